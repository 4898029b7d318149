// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "parameters.hpp"

#include <bellman/bellman.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace story_model {

/// The keys and values of what some sequences have in them so far. Each number of a key has a row of its own, over the
/// positions of a sequence, so that a query is multiplied with the keys of several positions at once; values lie in a
/// row for each position.
template <class Number>
class cache {
 public:
  /// Throws `std::length_error` where the model reads no sequence so long.
  cache(shape const& its_shape, std::size_t its_sequences, std::size_t its_length)
      : shape_(its_shape), sequences_(its_sequences), length_(its_length) {
    if (length_ > shape_.context) {
      throw std::length_error("sequences of " + std::to_string(length_) + " tokens; the model reads at most " +
                              std::to_string(shape_.context));
    }
    constexpr std::size_t width = bellman::register_width<Number>;
    row_ = (length_ + width - 1) / width * width;
    // Rows that lie a power of two apart fall into few sets of a processor's cache.
    if (row_ % 64 == 0) row_ += 16;
    keys_.assign(shape_.layers * sequences_ * shape_.kv_dimension() * row_, Number(0));
    values_ = keys_;
  }

  std::size_t sequences() const { return sequences_; }
  /// How many tokens a sequence has room for.
  std::size_t length() const { return length_; }
  /// How many numbers lie in a row of keys: the length, rounded up to a multiple of what a register holds.
  std::size_t row() const { return row_; }

  /// A row for each number of all heads' keys.
  Number* keys(std::size_t layer, std::size_t sequence) { return &keys_[begin_of(layer, sequence)]; }
  /// A row for each position, with the values of all heads.
  Number* values(std::size_t layer, std::size_t sequence) { return &values_[begin_of(layer, sequence)]; }

  /// A sequence begins with the first `positions` of one of another cache.
  void copy(std::size_t sequence, cache const& from, std::size_t other, std::size_t positions) {
    std::size_t const kv = shape_.kv_dimension();
    for (std::size_t l = 0; l < shape_.layers; ++l) {
      std::size_t const to = begin_of(l, sequence), source = from.begin_of(l, other);
      for (std::size_t i = 0; i < kv; ++i) {
        std::copy_n(&from.keys_[source + i * from.row_], positions, &keys_[to + i * row_]);
      }
      std::copy_n(&from.values_[source], positions * kv, &values_[to]);
    }
  }

 private:
  std::size_t begin_of(std::size_t layer, std::size_t sequence) const {
    return (layer * sequences_ + sequence) * shape_.kv_dimension() * row_;
  }

  shape shape_;
  std::size_t sequences_, length_, row_ = 0;
  std::vector<Number> keys_{}, values_{};
};

}  // namespace story_model
