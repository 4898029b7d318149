// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/internal/where_and_how.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_number_of_steps_is_a_whole_number {};
struct last_come_where_to_begin_and_a_function_of_values_in_this_order {};

}  // namespace refused

namespace internal {

template <class N>
[[noreturn]] void a_number_of_steps_must_not_be_negative(N const& steps) {
  internal::refuse("bellman: the number of steps is " + internal::describe(steps) + "; it must be at least 0");
}

/// How many steps are taken.
template <class N>
struct a_number_of_steps
    : rule<std::integral<N> && !std::same_as<N, bool>, refused::a_number_of_steps_is_a_whole_number> {};

template <class N>
constexpr std::size_t number_of_steps(N n) {
  if constexpr (std::signed_integral<N>) {
    if (n < 0) internal::a_number_of_steps_must_not_be_negative(n);
  }
  return static_cast<std::size_t>(n);
}

/// The values where none are given: 0.
struct no_values {};

template <class X, class E>
concept gives_values = accepts<a_value_function_of<X, E>>;

template <class E, class... Rest>
struct where_and_values {
  using type = refused::last_come_where_to_begin_and_a_function_of_values_in_this_order;
};
template <class E>
struct where_and_values<E> : a_listing<E> {};
template <class E, class X>
struct where_and_values<E, X> {
  static consteval auto judge() {
    if constexpr (gives_values<X, E>) {
      return typename a_listing<E>::type{};
    } else {
      return typename rule<says_where_to_begin<X, E>,
                           refused::last_come_where_to_begin_and_a_function_of_values_in_this_order>::type{};
    }
  }
  using type = decltype(judge());
};
template <class E, class Start, class End>
struct where_and_values<E, Start, End> {
  using type = typename every<
      a_place_to_begin<Start, E>,
      rule<gives_values<End, E>, refused::last_come_where_to_begin_and_a_function_of_values_in_this_order>>::type;
};
template <class E, class Equivalent, class... Rest>
requires is_certainty_equivalent_v<Equivalent>
struct where_and_values<E, Equivalent, Rest...> : where_and_values<E, Rest...> {
};
template <class E, class Equivalent>
requires is_certainty_equivalent_v<Equivalent>
struct where_and_values<E, Equivalent> : a_listing<E> {
};
template <class E, class Equivalent, class X>
requires is_certainty_equivalent_v<Equivalent>
struct where_and_values<E, Equivalent, X> : where_and_values<E, X> {
};

/// The numbers that an operator makes of its rewards and of values that are given.
template <class E, class Op, class End>
struct value_from {
  using type = operator_value_t<
      Op, std::remove_cvref_t<decltype(sum(std::declval<typename Op::environment_type::reward_type>(),
                                           std::declval<End const&>()(std::declval<state_t<E> const&>())))>>;
};
template <class E, class Op>
struct value_from<E, Op, no_values> {
  using type = operator_value_t<Op, typename Op::environment_type::reward_type>;
};

/// The values that are given, by the numbers of the states.
template <class E, class V, class Table, class End>
constexpr bounded_values<V> values_by_number(Table const& t, [[maybe_unused]] End const& end) {
  bounded_values<V> x;
  x.values.assign(t.size(), scalar_traits<V>::zero());
  if constexpr (!std::same_as<End, no_values>) {
    for (index_t s = 0; s < t.size(); ++s) {
      if (t.terminal(s)) continue;
      x.values[s] = static_cast<V>(end(internal::state_named<E>(t, s)));
    }
  }
  return x;
}

/// `use(equivalent, table, values)` with what stands last: where to begin, the values, both or neither.
struct read_where_and_values {
  template <class E, class Use, class... Rest>
  static constexpr auto in(E const& env, Use const& use, Rest const&... rest) {
    if constexpr (begins_with_an_equivalent<Rest...>) {
      return after(env, use, rest...);
    } else {
      return after(env, use, internal::equivalent_among(rest...), rest...);
    }
  }

 private:
  template <class E, class Use, class Equivalent>
  static constexpr auto after(E const& env, Use const& use, Equivalent const& equivalent) {
    return use(equivalent, internal::table_from<Equivalent>(env), no_values{});
  }
  template <class E, class Use, class Equivalent, class X>
  static constexpr auto after(E const& env, Use const& use, Equivalent const& equivalent, X const& x) {
    if constexpr (gives_values<X, E>) {
      return use(equivalent, internal::table_from<Equivalent>(env), x);
    } else {
      return use(equivalent, internal::table_from<Equivalent>(env, x), no_values{});
    }
  }
  template <class E, class Use, class Equivalent, class Start, class End>
  static constexpr auto after(E const& env, Use const& use, Equivalent const& equivalent, Start const& start,
                              End const& end) {
    return use(equivalent, internal::table_from<Equivalent>(env, start), end);
  }
};

}  // namespace internal

}  // namespace bellman
