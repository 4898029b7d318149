// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/square_root.hpp>

#include <concepts>
#include <cstddef>

namespace bellman {

/// How wide values are spread: what makes a number of their statistics.
///
/// Minimal definition: `spread(s)` of `statistics<V, W>` is a `V`.
///
/// Axioms:
///  1. `spread(s)` depends on `s` alone;
///  2. it is not negative, and finite where the squares of `s` are.
///
/// It may be 0, as the spread of equal values is: what divides by a spread says what it does there. That the spread of
/// equal values is 0 is no axiom, for with a constant added it is that constant.
///
/// Models: `sample_variance`, `population_variance`, `root_of`, `spread_plus` and `spread_at_least` another, and what
/// these make together. A library's own way to take a standard deviation is such a composition:
///
///     standard_deviation{}                                          sqrt(squares / (n - 1))
///     spread_plus{standard_deviation{}, 1e-4}                       sqrt(squares / (n - 1)) + 1e-4
///     spread_at_least{standard_deviation{}, 1e-6}                   max(sqrt(squares / (n - 1)), 1e-6)
///     root_of{spread_plus{sample_variance{}, 1e-8}}                 sqrt(squares / (n - 1) + 1e-8)
///     root_of{spread_at_least{population_variance{}, 1e-8}}         sqrt(max(squares / n, 1e-8))
template <class S, class V, class W = std::size_t>
concept spread_of = requires(S const& spread, statistics<V, W> const& s) {
  { spread(s) } -> std::convertible_to<V>;
};

namespace refused {

struct this_is_no_spread_of_these_statistics {};

}  // namespace refused

namespace detail {

template <class Spread, class V, class W>
using a_spread_of = internal::rule<spread_of<Spread, V, W>, refused::this_is_no_spread_of_these_statistics>;

}  // namespace detail

/// `sample_variance{}(s) = squares / (n - 1)`: Bessel's correction, which makes it unbiased. Of one value, or none, it
/// is 0.
///
/// *Arguments*: `statistics`, of values with weights or without; their `count` is `n`.
/// *Use*:
///     bellman::sample_variance{}(bellman::statistics_of(std::array{1.0, 3.0})) == 2.0
struct sample_variance {
  template <class V, class W, class = typename internal::statistics_of_numbers<V, W>::type::yes>
  constexpr V operator()(statistics<V, W> const& s) const {
    if (!(W(1) < s.count)) return V{};
    return quotient(s.squares, as_number<V>(difference(s.count, W(1))));
  }
};

/// `population_variance{}(s) = squares / n`: the variance of just these values. Of no values it is 0.
///
/// *Arguments*: `statistics`, of values with weights or without; their `count` is `n`.
/// *Use*:
///     bellman::population_variance{}(bellman::statistics_of(std::array{1.0, 3.0})) == 1.0
struct population_variance {
  template <class V, class W, class = typename internal::statistics_of_numbers<V, W>::type::yes>
  constexpr V operator()(statistics<V, W> const& s) const {
    if (s.count == W{}) return V{};
    return quotient(s.squares, as_number<V>(s.count));
  }
};

/// `root_of{spread}(s) = sqrt(spread(s))`: the square root of another spread. Of 0 it is the constant 0, where a dual
/// number would have no derivative.
///
/// *Arguments*: a spread, and `statistics` in a scalar that has a square root.
/// *Errors*: a scalar without a square root does not compile.
/// *Use*:
///     bellman::root_of{bellman::sample_variance{}}(bellman::statistics_of(std::array{2.0, 0.0, -2.0})) == 2.0
template <class Spread>
struct root_of {
  Spread spread;

  template <class V, class W,
            class = typename internal::every<detail::a_spread_of<Spread, V, W>,
                                             internal::rule<std::invocable<decltype(bellman::sqrt), V const&>,
                                                            refused::this_number_has_no_sqrt>>::type::yes>
  constexpr V operator()(statistics<V, W> const& s) const {
    V const square = spread(s);
    if (square == V(0)) return V(0);
    return bellman::sqrt(square);
  }
};
template <class Spread>
root_of(Spread) -> root_of<Spread>;

/// `spread_plus{spread, epsilon}(s) = spread(s) + epsilon`: another spread plus a constant.
///
/// *Arguments*: a spread and a number, which is taken in the scalar of the statistics.
/// *Use*:
///     bellman::spread_plus{bellman::sample_variance{}, 0.5}(bellman::statistics_of(std::array{1.0, 3.0})) == 2.5
template <class Spread, class E>
struct spread_plus {
  Spread spread;
  E epsilon;

  template <class V, class W,
            class = typename internal::every<
                detail::a_spread_of<Spread, V, W>,
                internal::rule<internal::made_into<E, V>,
                               refused::this_cannot_be_made_into_the_number_that_is_named>>::type::yes>
  constexpr V operator()(statistics<V, W> const& s) const {
    return sum(spread(s), static_cast<V>(epsilon));
  }
};
template <class Spread, class E>
spread_plus(Spread, E) -> spread_plus<Spread, E>;

/// `spread_at_least{spread, floor}(s) = max(spread(s), floor)`: another spread, but no less than a constant.
///
/// *Arguments*: a spread and a number, which is taken in the scalar of the statistics.
/// *Use*:
///     bellman::spread_at_least{bellman::sample_variance{}, 3}(bellman::statistics_of(std::array{1.0, 3.0})) == 3.0
template <class Spread, class E>
struct spread_at_least {
  Spread spread;
  E floor;

  template <class V, class W,
            class = typename internal::every<
                detail::a_spread_of<Spread, V, W>, internal::a_number_with_an_order<V>,
                internal::rule<internal::made_into<E, V>,
                               refused::this_cannot_be_made_into_the_number_that_is_named>>::type::yes>
  constexpr V operator()(statistics<V, W> const& s) const {
    V const width = spread(s);
    V const least = static_cast<V>(floor);
    return width < least ? least : width;
  }
};
template <class Spread, class E>
spread_at_least(Spread, E) -> spread_at_least<Spread, E>;

/// `standard_deviation{}(s) = sqrt(squares / (n - 1))`, with Bessel's correction.
///
/// *Use*:
///     bellman::standard_deviation{}(bellman::statistics_of(std::array{3.0, 3.0})) == 0.0
using standard_deviation = root_of<sample_variance>;

/// `population_standard_deviation{}(s) = sqrt(squares / n)`, that of just these values.
///
/// *Use*:
///     bellman::population_standard_deviation{}(bellman::statistics_of(std::array{1.0, 3.0})) == 1.0
using population_standard_deviation = root_of<population_variance>;

}  // namespace bellman
