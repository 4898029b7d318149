// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/internal/rising_values.hpp>

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_level_must_lie_above_zero_and_at_most_at_one(std::string const& level) {
  internal::refuse("bellman: the level of the conditional value at risk is " + level + "; it must lie in (0, 1]");
}
}  // namespace detail

/// The mean of the worst outcomes that make up the share `level`, nested from step to step: the mean for a level of 1,
/// the worst outcome as it tends to 0.
///
/// *Arguments*: a level in (0, 1].
/// *Errors*: `invalid_value` for another level.
/// *Cost*: up to n^2 / 4 moves for n outcomes, and an allocation.
/// *Source*: Rockafellar and Uryasev 2000; nested: Ruszczynski 2010.
/// *Use*:
///     bellman::conditional_value_at_risk(0.5)(bellman::uniform(std::array{4.0, 1.0, 3.0, 2.0}),
///                                             [](double x) { return x; }) == 1.5
template <class L>
class conditional_value_at_risk {
 public:
  constexpr explicit conditional_value_at_risk(L its_level) : level_(std::move(its_level)) {
    if (!(L(0) < level_) || L(1) < level_) {
      detail::a_level_must_lie_above_zero_and_at_most_at_one(internal::describe(level_));
    }
  }

  template <class D, class F>
  constexpr auto operator()(D const& d, F const& f) const {
    auto const points = internal::rising_values(d, f);
    using X = std::remove_cvref_t<decltype(points[0].value)>;
    using W = scalar_t<X>;
    W const level = static_cast<W>(level_);
    W left = level;
    // What rounding leaves of the share goes to the last.
    X total = scalar_traits<X>::zero();
    for (std::size_t k = 0; k < points.size() && W(0) < left; ++k) {
      W const p = static_cast<W>(points[k].weight);
      bool const last = k + 1 == points.size();
      W const share = last || !(p < left) ? left : p;
      total = sum(total, static_cast<X>(product(quotient(share, level), points[k].value)));
      left = difference(left, share);
    }
    return total;
  }

 private:
  L level_;
};

template <class L>
inline constexpr bool is_certainty_equivalent_v<conditional_value_at_risk<L>> = true;

}  // namespace bellman
