// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/text_file.hpp"
#include "model.hpp"
#include "tokenizer.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <istream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

// Models and tokenizers in the published files of tinyllamas: numbers of four bytes, the lowest byte first.
namespace story_model {

using support::bad_input;

namespace detail {

// A file's bytes, read from the first to the last.
class binary_reader {
 public:
  binary_reader(std::istream& in, std::string its_name)
      : bytes_(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()), name_(std::move(its_name)) {
    if (in.bad()) fail("reading failed");
  }

  std::size_t size() const { return bytes_.size(); }
  std::size_t left() const { return bytes_.size() - at_; }

  std::int32_t integer(std::string const& what) { return std::bit_cast<std::int32_t>(word(what)); }
  float number(std::string const& what) {
    auto const x = std::bit_cast<float>(word(what));
    if (!bellman::is_finite(x)) {
      fail("byte " + std::to_string(at_ - 4) + ", " + what + ": is " + std::to_string(x) +
           "; a finite number is expected");
    }
    return x;
  }
  std::string text(std::size_t n, std::string const& what) {
    expect(n, what);
    at_ += n;
    return bytes_.substr(at_ - n, n);
  }

  /// A whole number from `least` to `most`.
  std::size_t count(std::string const& what, std::int32_t least, std::int32_t most) {
    std::int32_t const n = integer(what);
    if (n < least || n > most) {
      fail(what + " is " + std::to_string(n) + "; a whole number from " + std::to_string(least) + " to " +
           std::to_string(most) + " is expected");
    }
    return static_cast<std::size_t>(n);
  }

  /// Throws `bad_input` with the file and `what`.
  [[noreturn]] void fail(std::string const& what) const { throw bad_input(name_ + ": " + what); }

 private:
  void expect(std::size_t n, std::string const& what) const {
    if (n <= left()) return;
    fail("ends after " + std::to_string(size()) + " bytes, within " + what);
  }
  std::uint32_t word(std::string const& what) {
    expect(4, what);
    std::uint32_t x = 0;
    for (int i = 3; i >= 0; --i) x = x << 8 | static_cast<unsigned char>(bytes_[at_ + static_cast<std::size_t>(i)]);
    at_ += 4;
    return x;
  }

  std::string bytes_;
  std::string name_;
  std::size_t at_ = 0;
};

template <class Read>
auto read_binary(std::filesystem::path const& path, Read const& read) {
  auto in = support::opened(path);
  return read(in, path.string());
}

}  // namespace detail

/// A model: seven sizes, then its weights, then two tables of angles that are not used. Throws `bad_input`, with the
/// name and what was expected.
template <class Number = float>
model<Number> read_model(std::istream& in, std::string const& name) {
  detail::binary_reader file(in, name);
  shape s{};
  s.dimension = file.count("the dimension", 2, 1 << 14);
  s.hidden = file.count("the hidden dimension", 1, 1 << 16);
  s.layers = file.count("the number of layers", 1, 1 << 8);
  s.heads = file.count("the number of heads", 1, 1 << 8);
  s.kv_heads = file.count("the number of heads of keys", 1, 1 << 8);
  s.vocabulary = file.count("the vocabulary", 3, 1 << 18);
  s.context = file.count("the longest context", 1, 1 << 16);
  if (s.dimension % s.heads != 0 || s.head_size() % 2 != 0) {
    file.fail("a dimension of " + std::to_string(s.dimension) + " for " + std::to_string(s.heads) +
              " heads; an even number for each is expected");
  }
  if (s.heads % s.kv_heads != 0) {
    file.fail(std::to_string(s.heads) + " heads for " + std::to_string(s.kv_heads) +
              " heads of keys; as many for each are expected");
  }
  std::size_t const n = parameters(s).size();
  std::size_t const expected = 4 * (n + s.context * s.head_size());
  if (file.left() != expected) {
    file.fail("has " + std::to_string(file.size()) + " bytes; a model of these sizes has " +
              std::to_string(file.size() - file.left() + expected));
  }
  std::vector<Number> weights;
  weights.reserve(n);
  for (std::size_t k = 0; k < n; ++k) weights.push_back(Number(file.number("weight " + std::to_string(k))));
  return model<Number>(s, std::move(weights));
}
template <class Number = float>
model<Number> read_model(std::filesystem::path const& path) {
  return detail::read_binary(
      path, [](std::istream& in, std::string const& name) { return story_model::read_model<Number>(in, name); });
}

/// A tokenizer of so many tokens: the length of the longest, then for each its score, its length and its bytes. Throws
/// `bad_input`.
inline tokenizer read_tokenizer(std::istream& in, std::string const& name, std::size_t vocabulary) {
  detail::binary_reader file(in, name);
  std::size_t const longest = file.count("the length of the longest token", 1, 1 << 10);
  std::vector<tokenizer::piece> pieces;
  for (std::size_t k = 0; k < vocabulary; ++k) {
    std::string const which = "token " + std::to_string(k);
    float const score = file.number("the score of " + which);
    // The tokens that stand for no text have names, which may be longer.
    std::size_t const n = file.count("the length of " + which, 0, k < 3 ? 1 << 10 : static_cast<std::int32_t>(longest));
    pieces.push_back({file.text(n, which), score});
  }
  if (file.left() != 0) {
    file.fail("has " + std::to_string(file.left()) + " bytes behind token " + std::to_string(vocabulary - 1) +
              ", which is the last of the model");
  }
  return tokenizer(std::move(pieces));
}
inline tokenizer read_tokenizer(std::filesystem::path const& path, std::size_t vocabulary) {
  return detail::read_binary(path, [&](std::istream& in, std::string const& name) {
    return story_model::read_tokenizer(in, name, vocabulary);
  });
}

}  // namespace story_model
