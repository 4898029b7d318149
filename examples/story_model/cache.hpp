// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "parameters.hpp"

#include <bellman/bellman.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace story_model {

/// The keys and values of what some sequences have in them so far. Each number of a head has a row of its own, over the
/// positions of a sequence, so that several positions are computed with at once.
template <class Number>
class cache {
 public:
  cache(shape const& its_shape, std::size_t its_sequences, std::size_t its_length)
      : shape_(its_shape), sequences_(its_sequences), length_(its_length) {
    constexpr std::size_t width = bellman::register_width<Number>;
    row_ = (length_ + width - 1) / width * width;
    keys_.assign(shape_.layers * sequences_ * size_of_one(), Number(0));
    values_ = keys_;
  }

  std::size_t sequences() const { return sequences_; }
  /// How many tokens a sequence has room for.
  std::size_t length() const { return length_; }
  /// How many numbers lie in a row: the length, rounded up to what a register holds.
  std::size_t row() const { return row_; }

  Number* keys(std::size_t layer, std::size_t sequence, std::size_t head) {
    return &keys_[begin_of(layer, sequence, head)];
  }
  Number* values(std::size_t layer, std::size_t sequence, std::size_t head) {
    return &values_[begin_of(layer, sequence, head)];
  }

  /// A sequence begins with the first `positions` of one of another cache.
  void copy(std::size_t sequence, cache const& from, std::size_t other, std::size_t positions) {
    for (std::size_t l = 0; l < shape_.layers; ++l) {
      std::size_t const to = begin_of(l, sequence, 0), source = from.begin_of(l, other, 0);
      for (std::size_t i = 0; i < shape_.kv_dimension(); ++i) {
        std::copy_n(&from.keys_[source + i * from.row_], positions, &keys_[to + i * row_]);
        std::copy_n(&from.values_[source + i * from.row_], positions, &values_[to + i * row_]);
      }
    }
  }

 private:
  std::size_t size_of_one() const { return shape_.kv_dimension() * row_; }
  std::size_t begin_of(std::size_t layer, std::size_t sequence, std::size_t head) const {
    return (layer * sequences_ + sequence) * size_of_one() + head * shape_.head_size() * row_;
  }

  shape shape_;
  std::size_t sequences_, length_, row_ = 0;
  std::vector<Number> keys_{}, values_{};
};

}  // namespace story_model
