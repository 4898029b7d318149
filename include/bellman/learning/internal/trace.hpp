// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/learning/feature.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <vector>

namespace bellman::internal {

/// A long vector of which most is zero and which is walked through where it is not.
template <class V>
class trace {
 public:
  constexpr auto begin() const { return parts_.begin(); }
  constexpr auto end() const { return parts_.end(); }

  constexpr V operator[](std::size_t i) const {
    std::size_t const k = i < place_.size() ? place_[i] : nowhere;
    return k == nowhere ? scalar_traits<V>::zero() : parts_[k].value;
  }

  constexpr void clear() {
    for (auto const& part : parts_) place_[part.index] = nowhere;
    parts_.clear();
  }
  /// Multiplies all; what is zero then is no longer walked through.
  constexpr void scale(V const& by) {
    std::size_t kept = 0;
    for (std::size_t k = 0; k < parts_.size(); ++k) {
      V const x = product(by, parts_[k].value);
      place_[parts_[k].index] = nowhere;
      if (is_zero(x)) continue;
      place_[parts_[k].index] = kept;
      parts_[kept++] = feature<V>{parts_[k].index, x};
    }
    while (parts_.size() > kept) parts_.pop_back();
  }
  constexpr void add(std::size_t i, V const& x) {
    auto& part = at(i);
    part = sum(part, x);
  }
  constexpr void set(std::size_t i, V const& x) { at(i) = x; }

 private:
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

  constexpr V& at(std::size_t i) {
    if (place_.size() <= i) place_.resize(i + 1, nowhere);
    if (place_[i] == nowhere) {
      place_[i] = parts_.size();
      parts_.push_back(feature<V>{i, scalar_traits<V>::zero()});
    }
    return parts_[place_[i]].value;
  }

  std::vector<feature<V>> parts_{};
  internal::vector<std::size_t> place_{};  // of each index among the parts
};

}  // namespace bellman::internal
