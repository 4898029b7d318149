// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/probability/internal/weights.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman::internal {

template <class X, class P>
struct value_and_weight {
  X value;
  P weight;
};

/// `f` of the values of a distribution that have a probability, from the least to the greatest. Outcomes are few, so
/// each is put where it belongs: n^2 / 4 moves for n of them.
template <class D, class F>
constexpr auto rising_values(D const& d, F const& f) {
  using X = std::remove_cvref_t<decltype(f((*d.begin()).value))>;
  using P = std::remove_cvref_t<decltype((*d.begin()).probability)>;
  std::vector<value_and_weight<X, P>> found;
  for (auto&& e : d) {
    if (internal::is_nothing(e.probability)) continue;
    found.push_back({f(e.value), e.probability});
    for (std::size_t k = found.size() - 1; k > 0 && found[k].value < found[k - 1].value; --k) {
      std::swap(found[k], found[k - 1]);
    }
  }
  return found;
}

}  // namespace bellman::internal
