// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/internal/broken_rule.hpp>
#include <bellman/planning/internal/forms_of_operator.hpp>
#include <bellman/planning/internal/listed_states.hpp>
#include <bellman/planning/internal/merged_forms.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/solved_forms.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <concepts>
#include <cstdint>
#include <ratio>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct an_environment_that_is_solved_at_compile_time_lists_its_states {};
struct an_environment_that_is_solved_at_compile_time_lists_a_state {};
struct what_is_solved_at_compile_time_is_in_floating_point_or_exact_numbers {};
struct a_tolerance_at_compile_time_is_a_number_or_a_ratio {};
struct actions_at_compile_time_can_be_made_without_arguments {};

}  // namespace refused

namespace internal {

template <class G>
using number_of_constant = std::remove_cvref_t<decltype(internal::constant_number<double>(std::declval<G const&>()))>;

/// The tolerance where none is asked for: what rounding does not allow for is not refused.
struct usual_tolerance {};
inline constexpr usual_tolerance as_usual{};

template <auto tolerance>
struct constant_tolerance {
  static constexpr double value = internal::constant_number<double>(tolerance);
  static constexpr bool is_asked = true;
};
template <usual_tolerance tolerance>
struct constant_tolerance<tolerance> {
  static constexpr double value = 1e-9;
  static constexpr bool is_asked = false;
};

// A discount as a number, or as a ratio of any.
template <class G, class E>
struct a_constant_discount_of : a_discount_of<G, E> {};
template <std::intmax_t Num, std::intmax_t Den, class E>
struct a_constant_discount_of<std::ratio<Num, Den>, E> : every<> {};

template <class E, class G>
consteval bool can_be_solved_in() {
  using F = std::remove_cvref_t<decltype(internal::constant_discount<reward_t<E>>(std::declval<G const&>()).value())>;
  return std::floating_point<F> || (exact_scalar<F> && ordered_field<F>);
}

template <class E, class G>
struct number_to_be_solved_in {
  using type = typename rule<internal::can_be_solved_in<E, G>(),
                             refused::what_is_solved_at_compile_time_is_in_floating_point_or_exact_numbers>::type;
};

template <auto env>
struct lists_a_state {
  using type = typename rule<(listed_states<env>::size > 0),
                             refused::an_environment_that_is_solved_at_compile_time_lists_a_state>::type;
};

/// An environment of type E with a discount and a tolerance that can be solved by the compiler.
template <auto env, class E, class G, class Tolerance>
struct solvable_at_compile_time
    : every<an_environment<E>,
            rule<finite_environment<E>, refused::an_environment_that_is_solved_at_compile_time_lists_its_states>,
            lists_a_state<env>,
            rule<std::default_initializable<action_t<E>>,
                 refused::actions_at_compile_time_can_be_made_without_arguments>,
            rewards_with_a_mean<E>, rewards_with_an_order<E>, a_constant_discount_of<std::remove_const_t<G>, E>,
            number_to_be_solved_in<E, std::remove_const_t<G>>,
            rule<std::is_same_v<std::remove_const_t<Tolerance>, usual_tolerance> ||
                     std::convertible_to<number_of_constant<std::remove_const_t<Tolerance>>, double>,
                 refused::a_tolerance_at_compile_time_is_a_number_or_a_ratio>> {};

template <class Source, class Rows, class Tolerance>
struct solver_of_forms {
  using type = solved_in_floats<Source, Rows, Tolerance>;
};
template <class Source, class Rows, class Tolerance>
  requires exact_scalar<typename Source::type::number>
struct solver_of_forms<Source, Rows, Tolerance> {
  using type = solved_exactly<Source, Rows>;
};
template <class Source, class Rows, class Tolerance>
using solved_forms = typename solver_of_forms<Source, Rows, Tolerance>::type;

// What breaks a rule has no solution.
template <class Source, class Tolerance>
struct unsolved_forms {
  using V = typename Source::type::number;
  using type = solved_values<V, Source::type::states, Source::type::slots>;

  static constexpr type make() {
    using enum rule_at_compile_time;
    if (Source::broken.is_kept()) return internal::unsolved<type>(the_tolerance_is_not_negative, 0, Tolerance::value);
    type x;
    x.broken = Source::broken;
    return x;
  }
  static constexpr type value = make();
};

// Where nothing is discounted, states that can be gone round in for nothing are one first, by structure.
template <class Source, class Rows, class Tolerance>
consteval auto solved_where_it_rests() {
  if constexpr (!(Rows::discount.value() < typename Source::type::number(1)) && internal::may_rest_in<Source>()) {
    using type = typename solved_forms<Source, Rows, Tolerance>::type;
    using solved = solved_forms<merged_source<Source>, merged_rows<Source, Rows>, Tolerance>;
    return std::type_identity<unmerged<Source, Rows, solved, type>>{};
  } else {
    return std::type_identity<solved_forms<Source, Rows, Tolerance>>{};
  }
}

/// The chain of constants that solves the forms of `Rows`; nothing where these break a rule.
template <auto env, class Rows, auto tolerance>
struct solved_at_compile_time {
 private:
  using source = forms_of_operator<env, Rows>;

  static consteval auto chain() {
    using how = constant_tolerance<tolerance>;
    if constexpr (source::broken.is_kept() && how::value >= 0) {
      return internal::solved_where_it_rests<source, Rows, how>();
    } else {
      return std::type_identity<unsolved_forms<source, how>>{};
    }
  }
  using solved = typename decltype(chain())::type;

 public:
  using V = typename solved::V;
  static constexpr auto const& forms = source::value;
  static constexpr auto const& actions = source::action;
  static constexpr auto const& value = solved::value;
  static constexpr broken_rule const& broken = value.broken;
};

}  // namespace internal

}  // namespace bellman
