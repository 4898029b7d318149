// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/common_number.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct a_number_of_values_is_an_integer {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void an_even_spacing_needs_two_values(std::size_t n) {
  internal::refuse("bellman: evenly_spaced: " + std::to_string(n) + " values; there must be two at least");
}

// The two ends, which are numbers of one kind.
template <class L, class H>
struct two_ends : internal::every<internal::a_number<L>, internal::a_number<H>,
                                  internal::a_number_with_an_order<internal::common_number_t<L, H>>> {};
template <class N>
using a_number_of_values = internal::rule<internal::whole_number<N>,
                                          refused::a_number_of_values_is_an_integer>;

template <class L, class H, class... Out>
struct place_for_values : internal::at_most_one_output<internal::common_number_t<L, H>, Out...> {};

struct evenly_spaced_fn {
  // A vector, or what is written to `out`, of which there is one at most.
  template <class L, class H, class N, class... Out,
            class = typename internal::every<two_ends<L, H>, a_number_of_values<N>,
                                             place_for_values<L, H, Out...>>::type::yes>
  constexpr auto operator()(L const& lowest, H const& highest, N count, Out... out) const {
    using V = internal::common_number_t<L, H>;
    return values<V>(static_cast<V>(lowest), static_cast<V>(highest), static_cast<std::size_t>(count),
                     std::move(out)...);
  }

 private:
  template <class V>
  static constexpr std::vector<V> values(V const& lowest, V const& highest, std::size_t count) {
    std::vector<V> all(count, V(0));
    evenly_spaced_fn::values<V>(lowest, highest, count, all.begin());
    return all;
  }
  template <class V, class Out>
  static constexpr Out values(V const& lowest, V const& highest, std::size_t count, Out out) {
    if (count < 2) an_even_spacing_needs_two_values(count);
    for (std::size_t k = 0; k < count; ++k) {
      V const below = product(as_number<V>(count - 1 - k), lowest);
      V const above = product(as_number<V>(k), highest);
      *out = quotient(V(sum(below, above)), as_number<V>(count - 1));
      ++out;
    }
    return out;
  }
};

}  // namespace detail

/// `evenly_spaced(lowest, highest, count)`: `count` values at equal distances, both ends included.
///
/// *Arguments*: the two ends, whose type the values have; an integer beside a number is one of its type, integers alone
/// count as `double`. A `std::vector` comes out; a last argument `out` writes the values there and returns its end.
/// *Errors*: fewer than two values throw `invalid_value`.
/// *Cost*: O(count).
/// *Use*:
///     bellman::evenly_spaced(-1, 1, 3) == std::vector{-1.0, 0.0, 1.0}
inline constexpr detail::evenly_spaced_fn evenly_spaced{};

}  // namespace bellman
