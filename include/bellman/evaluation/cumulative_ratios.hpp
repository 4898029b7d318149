// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/evaluation/internal/numbers.hpp>
#include <bellman/evaluation/internal/rules.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_product_of_ratios_must_be_finite(std::size_t step) {
  internal::refuse("bellman: the product of the ratios up to step " + std::to_string(step) +
                   " is too large to be a number");
}

// Ratios that are walked once where it is said where to write, else counted first.
template <class Ratios, class... Out>
using ratios_to_read = std::conditional_t<sizeof...(Out) == 0, internal::a_forward_range_of_numbers<Ratios>,
                                          internal::a_range_of_numbers<Ratios>>;

struct cumulative_ratios_fn {
  template <class Ratios, class... Out,
            class = typename internal::every<ratios_to_read<Ratios, Out...>, internal::ordered_numbers_of<Ratios>,
                                             internal::at_most_one_output_of<Ratios, Out...>>::type::yes>
  constexpr auto operator()(Ratios&& ratios, Out... out) const {
    if constexpr (sizeof...(Out) == 0) {
      auto weights = internal::one_for_each<number_t<std::ranges::range_value_t<Ratios>>>(ratios);
      write(ratios, weights.begin());
      return weights;
    } else {
      return write(ratios, out...);
    }
  }

 private:
  template <class Ratios, class Out>
  static constexpr Out write(Ratios& ratios, Out out) {
    using P = number_t<std::ranges::range_value_t<Ratios>>;
    P weight(1);
    std::size_t step = 0;
    for (auto&& each : ratios) {
      P const ratio = static_cast<P>(each);
      if (!internal::is_finite_and_not_negative(ratio)) internal::a_ratio_must_not_be_negative(step, ratio);
      weight = product(weight, ratio);
      if (!is_finite(weight)) a_product_of_ratios_must_be_finite(step);
      *out = internal::as_stored<Out>(weight);
      ++out;
      ++step;
    }
    return out;
  }
};

}  // namespace detail

/// `cumulative_ratios(ratios)`: `W_t = rho_0 rho_1 ... rho_t`, how much more often the target policy takes the first
/// `t + 1` actions of an episode.
///
/// *Arguments*: importance ratios, one for each step; forms as `importance_ratios`.
/// *Errors*: `invalid_value` for a ratio below 0 or not finite, and for a product that is too large to be a number.
/// *Cost*: O(n).
/// *Use*:
///     bellman::cumulative_ratios(std::array{2.0, 0.5, 3.0}) == std::array{2.0, 1.0, 3.0}
inline constexpr detail::cumulative_ratios_fn cumulative_ratios{};

}  // namespace bellman
