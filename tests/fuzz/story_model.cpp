// SPDX-License-Identifier: BSL-1.0
#include "story_model/reader.hpp"

#include "story_model/decoder.hpp"

#include <bellman/error.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "fuzz/reader.hpp"

namespace {

using story_model::token;

template <class Read>
void read(std::string const& bytes, Read const& read_it) {
  std::istringstream in(bytes);
  try {
    read_it(in);
  } catch (story_model::bad_input const& error) {
    fuzz::must_hold(std::string(error.what()).starts_with("file: "), "a refusal says where");
  }
}

void read_and_use(std::string const& bytes) {
  read(bytes, [](std::istream& in) {
    auto const m = story_model::read_model<float>(in, "file");
    auto const& s = m.shape();
    if (m.weights().size() > 100'000) return;
    std::vector<token> tokens;
    for (std::size_t k = 0; k < 9 && k < s.context; ++k) tokens.push_back(static_cast<token>(k % s.vocabulary));
    try {
      for (float const x : story_model::log_probabilities<float>(m, tokens)) fuzz::must_hold(x <= 0, "a probability");
    } catch (bellman::invalid_value const&) {  // weights so large that logits overflow
    } catch (std::overflow_error const&) {     // or what they are made of
    }
  });
}

// Small sizes, and as many weights as they ask for, so that not every file has the wrong length.
std::string of_right_length(std::uint8_t const* data, std::size_t size) {
  if (size < 8) return "";
  std::size_t const heads = 1 + data[1] % 4, d = heads * 2 * (1 + data[0] % 3);
  story_model::shape const s{d,     1 + data[2] % 20u, 1 + data[3] % 3u, heads,
                             heads, 3 + data[4] % 20u, 1 + data[5] % 12u};
  std::string bytes;
  auto const add = [&](std::size_t x) {
    for (std::size_t k = 0; k < 4; ++k) bytes += static_cast<char>(x >> (8 * k) & 0xFF);
  };
  for (std::size_t const x : {s.dimension, s.hidden, s.layers, s.heads, s.kv_heads, s.vocabulary, s.context}) add(x);
  std::size_t const n = 4 * (story_model::parameters(s).size() + s.context * s.head_size());
  for (std::size_t k = 0; k < n; ++k) bytes += static_cast<char>(data[6 + k % (size - 6)]);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string const bytes(data, data + size);
  read_and_use(bytes);
  read_and_use(of_right_length(data, size));
  read(bytes, [&](std::istream& in) {
    auto const words = story_model::read_tokenizer(in, "file", size > 0 ? 3 + data[0] % 8u : 3);
    auto const tokens = words.encode(bytes.substr(0, 40));
    for (token const t : tokens) fuzz::must_hold(t < words.size(), "a token of the tokenizer");
    words.decode(tokens);
  });
  return 0;
}
