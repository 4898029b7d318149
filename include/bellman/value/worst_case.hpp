// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/value/certainty_equivalent.hpp>

#include <type_traits>

namespace bellman {

/// The worst outcome that has a probability.
///
/// *Source*: minimax control; Heger 1994.
/// *Use*:
///     bellman::worst_case{}(bellman::uniform(std::array{3.0, 1.0, 2.0}), [](double x) { return x; }) == 1.0
struct worst_case {
  template <class D, class F>
  constexpr auto operator()(D const& d, F const& f) const {
    using X = std::remove_cvref_t<decltype(f((*d.begin()).value))>;
    bool found = false;
    X least{};
    for (auto&& e : d) {
      if (internal::is_nothing(e.probability)) continue;
      X const x = f(e.value);
      if (!found || x < least) least = x;
      found = true;
    }
    return least;
  }
};

template <>
inline constexpr bool is_certainty_equivalent_v<worst_case> = true;

}  // namespace bellman
