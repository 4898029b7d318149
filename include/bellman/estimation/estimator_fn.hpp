// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/order_within.hpp>
#include <bellman/estimation/internal/over_recording.hpp>
#include <bellman/estimation/internal/requirements.hpp>
#include <bellman/internal/array_of.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace internal {

/// What an estimator makes of its outputs: of one itself.
template <class Estimator, class X>
constexpr X results_of(X x) {
  return x;
}
template <class Estimator, class... X>
  requires(sizeof...(X) > 1)
constexpr auto results_of(X... x) {
  return Estimator::results(std::move(x)...);
}

/// Room for as many numbers as the rewards are, and where they are written: of several sequences, laid out alike.
template <class V, class Rewards>
constexpr auto room_for(Rewards const& rewards) {
  if constexpr (layout<Rewards>) {
    return std::vector<V>(rewards.size(), V{});
  } else {
    return internal::one_for_each<V>(rewards);
  }
}
template <class Rewards, class Room>
constexpr auto place_for(Rewards const& rewards, Room& room) {
  if constexpr (layout<Rewards>) {
    return rewards.over(room.data());
  } else {
    return room.begin();
  }
}

/// What is returned of an output: of one sequence its end, of several the array.
template <class Out, class Rewards>
constexpr Out behind(Out const& out, Rewards const& rewards) {
  if constexpr (layout<Rewards>) {
    return out;
  } else {
    return Out(out + static_cast<std::iter_difference_t<Out>>(internal::length_of(rewards)));
  }
}

template <class Estimator, class Parameters, class... Out, class... Columns>
constexpr auto part_of_estimates(Parameters const& p, std::tuple<Out...> const& out, Columns const&... column) {
  return part_of_a_pass<Estimator, Parameters, std::tuple<Columns const&...>, std::tuple<Out...>>{p, {column...}, out};
}

/// The estimates of one pass, in a container like that of the rewards for each output, or where `out` says.
template <class Estimator, class V, class Order, class Steps, class Parameters, class... Out, class Rewards,
          class... Columns>
constexpr auto estimated(Order const& order, Steps const& steps, Parameters const& p, std::tuple<Out...> const& out,
                         Rewards const& rewards, Columns const&... column) {
  if constexpr (sizeof...(Out) == 0) {
    auto all = internal::array_of<outputs_of<Estimator>>([&](std::size_t) { return internal::room_for<V>(rewards); });
    auto const places =
        std::apply([&](auto&... x) { return std::tuple(internal::place_for(rewards, x)...); }, all);
    internal::over_recording<V>(order, rewards, steps, internal::part_of_estimates<Estimator>(p, places, column...));
    return std::apply([](auto&... x) { return internal::results_of<Estimator>(std::move(x)...); }, all);
  } else {
    internal::over_recording<V>(order, rewards, steps, internal::part_of_estimates<Estimator>(p, out, column...));
    return std::apply(
        [&](Out const&... x) { return internal::results_of<Estimator>(internal::behind(x, rewards)...); }, out);
  }
}

/// The parameters that an estimator of these rewards takes in braces: of rewards that are none, some.
template <class Rewards, class X = elements_of_t<one_sequence_t<Rewards>>>
using number_of_rewards = std::conditional_t<number_or_vector<X>, std::type_identity<X>, std::type_identity<double>>;
template <class Estimator, class Rewards>
using braces_t = typename parameters_in_braces<Estimator, parameter_t<typename number_of_rewards<Rewards>::type>>::type;

/// The estimator of a function.
template <class Function>
using estimator_of = typename std::remove_cvref_t<Function>::estimator_type;

}  // namespace internal

/// `estimator_fn<E>{}`: the function of an estimator, `f(rewards, columns..., steps, parameters)`, with all its call
/// forms: `inline constexpr estimator_fn<my_estimator> my_estimates{};`.
///
/// *Arguments*: rewards and columns, random-access ranges with one element for each step; the steps, `steps_or_ending`;
/// the parameters, in braces or by their type. Iterators as last arguments, one for each output, say where to write,
/// which may be where what is read stands, and their ends are returned; otherwise `std::array` in, `std::array` out,
/// else `std::vector`, together in the estimator's `results`. Several sequences are a `layout`, of rewards and alike of
/// columns, flags and outputs; without outputs their estimates come in a `std::vector`, laid out so without gaps. The
/// estimates are of the widest of the types of rewards and values, where integers take the type of the others and,
/// among themselves, `double`; a ratio or a parameter that is no built-in number, such as a dual number, widens them.
/// `Value` names the type instead, `Order` the order of the pass: `sequential` or `in_register<Width>`.
/// *Errors*: `invalid_value` for lengths that differ, for parameters outside [0, 1], and where the last step does not
/// end. Rewards and values are not checked: a NaN among them makes the estimates of its episode NaN that depend on it,
/// and no others.
/// *Cost*: O(n); nothing is allocated but the result. `float` and `double` are composed in registers, so that the last
/// digits may differ from those of the order `sequential`.
template <class Estimator, class Value = deduced, class Order = deduced,
          std::size_t Columns = Estimator::columns::size>
struct estimator_fn {
  static_assert(internal::refused<Estimator>, "bellman: an estimator reads at most four columns besides the rewards");
};

// One for each number of columns: what is in braces is only understood where it stands at a place of its own.
template <estimator Estimator, class Value, class Order>
struct estimator_fn<Estimator, Value, Order, 0> {
  using estimator_type = Estimator;
  [[no_unique_address]] internal::kept_order<Order> order{};

  /// The same function in another order.
  template <class Other, class = typename internal::an_order_of_an_estimator<Other>::type::yes>
  [[nodiscard]] constexpr auto in(Other const& other) const {
    return estimator_fn<Estimator, Value, Other>{internal::kept_order<Other>(other)};
  }

  template <class Rewards, class Steps, class Parameters = internal::braces_t<Estimator, Rewards>, class... Out,
            class = typename internal::an_estimate<Estimator, Value, Order, internal::given<Rewards>, Steps, Parameters,
                                                   Out...>::type::yes>
  constexpr auto operator()(Rewards&& rewards, Steps const& steps, Parameters const& p, Out... out) const {
    using V = internal::estimated_t<Value, Steps, Parameters, Estimator, Rewards>;
    return internal::estimated<Estimator, V>(order(), steps, p, std::tuple<Out...>(out...), rewards);
  }
};

template <estimator Estimator, class Value, class Order>
struct estimator_fn<Estimator, Value, Order, 1> {
  using estimator_type = Estimator;
  [[no_unique_address]] internal::kept_order<Order> order{};

  /// The same function in another order.
  template <class Other, class = typename internal::an_order_of_an_estimator<Other>::type::yes>
  [[nodiscard]] constexpr auto in(Other const& other) const {
    return estimator_fn<Estimator, Value, Other>{internal::kept_order<Other>(other)};
  }

  template <class Rewards, class A, class Steps, class Parameters = internal::braces_t<Estimator, Rewards>,
            class... Out,
            class = typename internal::an_estimate<Estimator, Value, Order, internal::given<Rewards, A>, Steps,
                                                   Parameters, Out...>::type::yes>
  constexpr auto operator()(Rewards&& rewards, A&& a, Steps const& steps, Parameters const& p, Out... out) const {
    using V = internal::estimated_t<Value, Steps, Parameters, Estimator, Rewards, A>;
    return internal::estimated<Estimator, V>(order(), steps, p, std::tuple<Out...>(out...), rewards, a);
  }
};

template <estimator Estimator, class Value, class Order>
struct estimator_fn<Estimator, Value, Order, 2> {
  using estimator_type = Estimator;
  [[no_unique_address]] internal::kept_order<Order> order{};

  /// The same function in another order.
  template <class Other, class = typename internal::an_order_of_an_estimator<Other>::type::yes>
  [[nodiscard]] constexpr auto in(Other const& other) const {
    return estimator_fn<Estimator, Value, Other>{internal::kept_order<Other>(other)};
  }

  template <class Rewards, class A, class B, class Steps, class Parameters = internal::braces_t<Estimator, Rewards>,
            class... Out,
            class = typename internal::an_estimate<Estimator, Value, Order, internal::given<Rewards, A, B>, Steps,
                                                   Parameters, Out...>::type::yes>
  constexpr auto operator()(Rewards&& rewards, A&& a, B&& b, Steps const& steps, Parameters const& p,
                            Out... out) const {
    using V = internal::estimated_t<Value, Steps, Parameters, Estimator, Rewards, A, B>;
    return internal::estimated<Estimator, V>(order(), steps, p, std::tuple<Out...>(out...), rewards, a, b);
  }
};

template <estimator Estimator, class Value, class Order>
struct estimator_fn<Estimator, Value, Order, 3> {
  using estimator_type = Estimator;
  [[no_unique_address]] internal::kept_order<Order> order{};

  /// The same function in another order.
  template <class Other, class = typename internal::an_order_of_an_estimator<Other>::type::yes>
  [[nodiscard]] constexpr auto in(Other const& other) const {
    return estimator_fn<Estimator, Value, Other>{internal::kept_order<Other>(other)};
  }

  template <class Rewards, class A, class B, class C, class Steps,
            class Parameters = internal::braces_t<Estimator, Rewards>, class... Out,
            class = typename internal::an_estimate<Estimator, Value, Order, internal::given<Rewards, A, B, C>, Steps,
                                                   Parameters, Out...>::type::yes>
  constexpr auto operator()(Rewards&& rewards, A&& a, B&& b, C&& c, Steps const& steps, Parameters const& p,
                            Out... out) const {
    using V = internal::estimated_t<Value, Steps, Parameters, Estimator, Rewards, A, B, C>;
    return internal::estimated<Estimator, V>(order(), steps, p, std::tuple<Out...>(out...), rewards, a, b, c);
  }
};

template <estimator Estimator, class Value, class Order>
struct estimator_fn<Estimator, Value, Order, 4> {
  using estimator_type = Estimator;
  [[no_unique_address]] internal::kept_order<Order> order{};

  /// The same function in another order.
  template <class Other, class = typename internal::an_order_of_an_estimator<Other>::type::yes>
  [[nodiscard]] constexpr auto in(Other const& other) const {
    return estimator_fn<Estimator, Value, Other>{internal::kept_order<Other>(other)};
  }

  template <class Rewards, class A, class B, class C, class D, class Steps,
            class Parameters = internal::braces_t<Estimator, Rewards>, class... Out,
            class = typename internal::an_estimate<Estimator, Value, Order, internal::given<Rewards, A, B, C, D>, Steps,
                                                   Parameters, Out...>::type::yes>
  constexpr auto operator()(Rewards&& rewards, A&& a, B&& b, C&& c, D&& d, Steps const& steps, Parameters const& p,
                            Out... out) const {
    using V = internal::estimated_t<Value, Steps, Parameters, Estimator, Rewards, A, B, C, D>;
    return internal::estimated<Estimator, V>(order(), steps, p, std::tuple<Out...>(out...), rewards, a, b, c, d);
  }
};

}  // namespace bellman
