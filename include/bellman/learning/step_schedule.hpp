// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/learning/constant_step.hpp>
#include <bellman/learning/internal/step_size_rules.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct step_sizes_are_numbers_of_a_field_with_an_order {};
struct a_step_schedule_is_a_number_or_a_callable_of_the_count_of_the_step {};
struct the_step_schedule_must_return_a_number {};
struct this_step_size_cannot_be_used_with_these_values_and_exact_values_need_an_exact_one {};

}  // namespace refused

namespace internal {

// As it is called: a pointer to a member is not.
template <class S>
concept takes_a_count = requires(S const& s, std::size_t n) {
  s(n);
};

/// Whether a number, as a schedule gives it, becomes a V: an exact one is not made of one that was rounded.
template <class X, class V>
concept a_step_size_made_into = std::same_as<X, unit_fraction> || std::same_as<X, V> ||
    (a_number_made_into<X, V> && (std::integral<X> || !exact_scalar<V>));

template <class X, class V>
consteval auto judge_step_size() {
  if constexpr (!number<X> && !std::same_as<X, unit_fraction>) {
    return refused::the_step_schedule_must_return_a_number{};
  } else if constexpr (!a_step_size_made_into<X, V>) {
    return refused::this_step_size_cannot_be_used_with_these_values_and_exact_values_need_an_exact_one{};
  } else {
    return accepted{};
  }
}

template <class S, class V>
consteval auto judge_step_schedule() {
  if constexpr (!ordered_field<V>) {
    return refused::step_sizes_are_numbers_of_a_field_with_an_order{};
  } else if constexpr (number<S>) {
    return internal::judge_step_size<S, V>();
  } else if constexpr (takes_a_count<S>) {
    return internal::judge_step_size<
        std::remove_cvref_t<decltype(std::declval<S const&>()(std::declval<std::size_t>()))>, V>();
  } else {
    return refused::a_step_schedule_is_a_number_or_a_callable_of_the_count_of_the_step{};
  }
}

/// A schedule of step sizes for what is learned as numbers V.
template <class S, class V>
struct a_step_schedule_for {
  using type = decltype(internal::judge_step_schedule<S, V>());
};

}  // namespace internal

/// How far a learner of numbers V goes towards its target with its n-th step, n = 1, 2, 3, ...
///
/// Minimal definition: a number, or a callable of a `std::size_t` that returns one, which becomes a V.
///
/// Axiom: the number lies in (0, 1].
///
/// Models: `constant_step`, `harmonic_step`, `generalised_harmonic_step`, `power_step`, `linear_step`; numbers; any
/// such callable.
template <class S, class V>
concept step_schedule = internal::accepts<internal::a_step_schedule_for<S, V>>;

namespace detail {

template <class V>
struct step_size_of_fn {
  template <class S, class = typename internal::a_step_schedule_for<S, V>::type::yes>
  constexpr V operator()(S const& schedule, std::size_t n) const {
    internal::check_count(n);
    V const a = as_a_number(answer(schedule, n));
    if (!internal::is_a_step_size(a)) internal::a_step_size_must_lie_above_zero_and_at_most_at_one(a, n);
    return a;
  }

 private:
  template <class S>
  static constexpr decltype(auto) answer(S const& schedule, [[maybe_unused]] std::size_t n) {
    if constexpr (internal::number<S>) {
      return (schedule);
    } else {
      return schedule(n);
    }
  }
  template <class X>
  static constexpr V as_a_number(X const& x) {
    if constexpr (std::same_as<X, unit_fraction>) {
      return weigh(x, V(1));
    } else {
      return as_number<V>(x);
    }
  }
};

template <class S>
struct held_schedule {
  using type = S;
};
template <internal::number S>
struct held_schedule<S> {
  using type = constant_step<S>;
};

}  // namespace detail

/// `step_size_of<V>(schedule, n)`: the size of step n as a V.
///
/// *Arguments*: V: an ordered field; a `step_schedule` for it; n = 1, 2, 3, ...
/// *Errors*: `invalid_value` for the count 0, and for a size outside (0, 1], a NaN, or one that is 0 as a V; does not
/// compile where V is exact and the size is not.
/// *Cost*: one call of the schedule.
/// *Use*:
///     bellman::step_size_of<boost::rational<int>>(bellman::harmonic_step{}, 3) == boost::rational<int>(1, 3) &&
///         bellman::step_size_of<float>(0.5, 3) == 0.5f
template <class V>
inline constexpr detail::step_size_of_fn<V> step_size_of{};

/// What holds a schedule: the schedule itself, of a number `constant_step`, so that the number is checked where the
/// learner is built.
///
/// *Use*:
///     std::is_same_v<bellman::step_schedule_t<double>, bellman::constant_step<double>> &&
///         std::is_same_v<bellman::step_schedule_t<bellman::harmonic_step>, bellman::harmonic_step>
template <class S>
using step_schedule_t = typename detail::held_schedule<S>::type;

}  // namespace bellman
