// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/rules.hpp>
#include <bellman/evaluation/internal/rules.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/value/discount.hpp>

#include <cstddef>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::internal {

template <class E>
concept logged = requires(E const& e) {
  requires std::ranges::random_access_range<decltype((e.rewards))>;
  requires std::ranges::random_access_range<decltype((e.ratios))>;
  e.ending;
};
template <class E>
concept modelled = logged<E> && requires(E const& e) {
  requires std::ranges::random_access_range<decltype((e.action_values))>;
  requires std::ranges::random_access_range<decltype((e.state_values))>;
};
// What the elements of a range are computed with; of letters nothing is.
template <class Range, class X = std::ranges::range_value_t<Range>>
using number_in_t = std::conditional_t<is_a_letter<X>, void, number_t<X>>;
template <class... Numbers>
concept of_one_type = requires {
  typename std::common_type_t<Numbers...>;
};

// The numbers of an episode, as the arguments of a template.
template <class... Numbers>
struct numbers {};
template <class E>
constexpr auto numbers_of([[maybe_unused]] E const& e) {
  if constexpr (modelled<E>) {
    return numbers<number_in_t<decltype((e.rewards))>, number_in_t<decltype((e.ratios))>,
                   number_in_t<decltype((e.action_values))>, number_in_t<decltype((e.state_values))>>{};
  } else {
    return numbers<number_in_t<decltype((e.rewards))>, number_in_t<decltype((e.ratios))>>{};
  }
}
template <class E>
using numbers_of_t = decltype(internal::numbers_of(std::declval<E const&>()));
template <class... Numbers>
consteval bool are_of_one_type(numbers<Numbers...>) {
  return of_one_type<Numbers...>;
}
template <class... Numbers>
consteval bool are_ordered(numbers<Numbers...>) {
  return (accepts<a_number_with_an_order<Numbers>> && ...);
}
template <class E>
using ending_of = std::remove_cvref_t<decltype((std::declval<E const&>().ending))>;

template <class... Numbers>
std::common_type<Numbers...> widest(numbers<Numbers...>);
template <class V, class... G>
struct discounted {
  using type = V;
};
template <class V, class G>
struct discounted<V, G> {
  using type = discount_scalar_t<V, G>;
};
// What is estimated from episodes E with discount G, or without one.
template <class E, class... G>
using evaluated_t =
    typename discounted<typename decltype(internal::widest(internal::numbers_of(std::declval<E const&>())))::type,
                        G...>::type;

template <class V, class Range>
constexpr V number_at_step(Range const& range, std::size_t t) {
  return static_cast<V>(internal::element_at(range, t));
}
template <class V, class Ratios>
constexpr V ratio_at(Ratios const& ratios, std::size_t t) {
  V const ratio = internal::number_at_step<V>(ratios, t);
  if (!internal::is_finite_and_not_negative(ratio)) internal::a_ratio_must_not_be_negative(t, ratio);
  return ratio;
}
template <class Range>
constexpr void check_length(char const* what, Range const& range, std::size_t n) {
  if (internal::length_of(range) != n) internal::there_must_be_one_for_each_reward(what, internal::length_of(range), n);
}

/// f(0), f(1), ..., f(n - 1)
template <class F>
constexpr auto of_steps(std::size_t n, F const& f) {
  return std::views::iota(std::size_t{0}, n) | std::views::transform(f);
}

}  // namespace bellman::internal
