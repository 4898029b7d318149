// SPDX-License-Identifier: BSL-1.0
#include "story_model/reader.hpp"

#include "story_model/random_model.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/folder.hpp"

namespace story_model_reader_test {

using story_model::bad_input;

void append(std::string& bytes, std::uint32_t x) {
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>((x >> (8 * i)) & 0xFF);
}
void append(std::string& bytes, float x) { append(bytes, std::bit_cast<std::uint32_t>(x)); }

constexpr std::size_t header = 28;

// Sizes 4, 3, 1, 2, 1, 5, 6, and weights 0, 1, 2, ...: 20 of the embedding, 4 + 16 + 8 + 8 + 16 + 4 + 12 + 12 + 12 of
// the layer, 4 of the last norm; then 6 positions' two angles of a head of two numbers.
std::string some_file() {
  std::string bytes;
  for (std::uint32_t const x : {4u, 3u, 1u, 2u, 1u, 5u, 6u}) append(bytes, x);
  for (int k = 0; k < 20 + 92 + 4 + 12; ++k) append(bytes, static_cast<float>(k));
  return bytes;
}

auto read(std::string const& bytes) {
  std::istringstream in(bytes);
  return story_model::read_model<double>(in, "file");
}
std::string refusal(std::string const& bytes) {
  try {
    read(bytes);
  } catch (bad_input const& e) {
    return e.what();
  }
  return "";
}
std::string with(std::size_t at, std::uint32_t x) {
  std::string bytes = some_file(), four;
  append(four, x);
  return bytes.replace(at, 4, four);
}

TEST_CASE("a model's sizes and weights are read where they lie") {
  auto const m = read(some_file());
  CHECK(m.shape() == story_model::shape{4, 3, 1, 2, 1, 5, 6});
  REQUIRE(m.weights().size() == 116);
  for (std::size_t k = 0; k < 116; ++k) CHECK(m.weights()[k] == static_cast<double>(k));
  auto const p = m.where().layer(0);
  std::size_t at = 20;
  for (auto const& [part, outputs, inputs] : {std::tuple{p.attention_norm, 1, 4},
                                              {p.query, 4, 4},
                                              {p.key, 2, 4},
                                              {p.value, 2, 4},
                                              {p.output, 4, 4},
                                              {p.feed_forward_norm, 1, 4},
                                              {p.gate, 3, 4},
                                              {p.down, 4, 3},
                                              {p.up, 3, 4}}) {
    CHECK(part.at == at);
    CHECK(part.outputs == static_cast<std::size_t>(outputs));
    CHECK(part.inputs == static_cast<std::size_t>(inputs));
    at += part.size();
  }
  CHECK(m.where().final_norm().at == 112);
  CHECK(m.where().size() == 116);
}

TEST_CASE("of several layers each kind lies together") {
  story_model::shape const s{4, 3, 3, 2, 1, 5, 6};
  story_model::parameters const where(s);
  CHECK(where.layer(2).attention_norm.at == 20 + 2 * 4);
  CHECK(where.layer(0).query.at == 20 + 3 * 4);
  CHECK(where.layer(1).query.at == 20 + 3 * 4 + 16);
  CHECK(where.size() == 20 + 3 * 92 + 4);
}

TEST_CASE("what is no model is refused with what was expected") {
  CHECK(refusal("") == "file: ends after 0 bytes, within the dimension");
  CHECK(refusal(some_file().substr(0, 26)) == "file: ends after 26 bytes, within the longest context");
  CHECK(refusal("not a model, but a text that somebody gave its name") ==
        "file: the dimension is 544501614; a whole number from 2 to 16384 is expected");
  CHECK(refusal(with(8, 0)) == "file: the number of layers is 0; a whole number from 1 to 256 is expected");
  CHECK(refusal(with(20, static_cast<std::uint32_t>(-5))) ==
        "file: the vocabulary is -5; a whole number from 3 to 262144 is expected");
  CHECK(refusal(with(12, 3)) == "file: a dimension of 4 for 3 heads; an even number for each is expected");
  CHECK(refusal(with(12, 4)) == "file: a dimension of 4 for 4 heads; an even number for each is expected");
  CHECK(refusal(with(16, 3)) == "file: 2 heads for 3 heads of keys; as many for each are expected");
  std::string const whole = std::to_string(some_file().size());
  CHECK(refusal(some_file().substr(0, 300)) == "file: has 300 bytes; a model of these sizes has " + whole);
  CHECK(refusal(some_file() + "more") ==
        "file: has " + std::to_string(some_file().size() + 4) + " bytes; a model of these sizes has " + whole);
  float const nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
  CHECK(refusal(with(header + 4 * 7, std::bit_cast<std::uint32_t>(nan))) ==
        "file: byte 56, weight 7: is nan; a finite number is expected");
  CHECK(refusal(with(header, std::bit_cast<std::uint32_t>(-inf))) ==
        "file: byte 28, weight 0: is -inf; a finite number is expected");
  // Sizes that no file can have are not made room for.
  CHECK(refusal(with(20, 262144).replace(0, 4, std::string("\0\x40\0\0", 4))).starts_with("file: has 540 bytes; a"));
  CHECK_THROWS_AS(story_model::read_model<float>(std::filesystem::path("/no such file")), bad_input);
  CHECK_THROWS_AS(story_model::read_model<float>(std::filesystem::path("/")), bad_input);
}

std::string some_tokens() {
  std::string bytes;
  append(bytes, 2u);
  for (std::string const text : {"<unk>", "\n<s>\n", "\n</s>\n", "a", "ab"}) {
    append(bytes, static_cast<float>(text.size()));
    append(bytes, static_cast<std::uint32_t>(text.size()));
    bytes += text;
  }
  return bytes;
}
std::string refused_tokens(std::string const& bytes, std::size_t vocabulary = 5) {
  std::istringstream in(bytes);
  try {
    story_model::read_tokenizer(in, "file", vocabulary);
  } catch (bad_input const& e) {
    return e.what();
  }
  return "";
}

TEST_CASE("a tokenizer is read, or refused with what was expected") {
  std::istringstream in(some_tokens());
  auto const words = story_model::read_tokenizer(in, "file", 5);
  CHECK(words.size() == 5);
  CHECK(words.text(4) == "ab");
  CHECK(refused_tokens("") == "file: ends after 0 bytes, within the length of the longest token");
  CHECK(refused_tokens(some_tokens(), 4) == "file: has 10 bytes behind token 3, which is the last of the model");
  CHECK(refused_tokens(some_tokens(), 6) == "file: ends after 63 bytes, within the score of token 5");
  CHECK(refused_tokens(some_tokens().substr(0, 62)) == "file: ends after 62 bytes, within token 4");
  std::string longer = some_tokens();
  longer[longer.size() - 6] = 3;
  CHECK(refused_tokens(longer) == "file: the length of token 4 is 3; a whole number from 0 to 2 is expected");
}

}  // namespace story_model_reader_test
