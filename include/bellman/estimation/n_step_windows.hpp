// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/internal/over_recording.hpp>
#include <bellman/estimation/internal/requirements.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <vector>

namespace bellman {

/// `n_step_window{sum, discount, last}`: the rewards of some steps, discounted to the first of them, how much what
/// comes after the last is discounted, and the number of the last. It is the map `x -> sum + discount x` of what the
/// state after the last step is worth; where the discount is 0, x is not looked at.
///
/// *Use*:
///     bellman::n_step_window<double>{.sum = 2.0, .discount = 0.25, .last = 1}(8.0) == 4.0
template <class V>
struct n_step_window {
  V sum{};
  V discount{};
  std::size_t last = 0;

  constexpr V operator()(V const& value_after_last) const { return affine<V, V>{sum, discount}(value_after_last); }

  friend bool operator==(n_step_window const&, n_step_window const&) = default;
};

namespace refused {

struct windows_are_of_rewards_that_are_numbers_in_random_access {};
struct a_window_is_written_by_one_random_access_iterator {};

}  // namespace refused

namespace detail {

// What is known of a window as a vector: (sum, how much what comes after the last step counts). What the recording says
// comes after a step is a number; where it says nothing, it is left open.
template <class X>
struct sum_and_discount {
  using value = coordinates<X, 2>;

  static constexpr value open() { return {X(0), X(1)}; }
  template <class Number>
  static constexpr value known(Number const& x) {
    return {static_cast<X>(x), X(0)};
  }
};
// How many steps are in a window: each pays 1, and nothing comes after.
struct number_of_steps {
  using value = double;

  static constexpr value open() { return 0; }
  template <class Number>
  static constexpr value known(Number const&) {
    return 0;
  }
};

// The same steps, with other values after them.
template <class Of>
struct steps_with_values {
  using V = typename Of::value;

  static constexpr auto of(terminated) { return terminated{}; }
  static constexpr auto of(truncated<>) { return bellman::truncated<V>{Of::open()}; }
  template <class X>
  static constexpr auto of(truncated<X> const& cut) {
    return bellman::truncated<V>{Of::known(cut.value)};
  }
  template <class X>
  static constexpr auto of(step<X> const& s) {
    step<V> all;
    if (s.is_skipped()) {
      all = skipped{};
    } else if (s.is_ended()) {
      all = bellman::truncated<V>{Of::known(s.after())};
    }
    return all;
  }
  template <class A, class B, class C, class D, class E>
  static constexpr auto of(recorded_steps<A, B, C, D, E> const& s) {
    return internal::recorded(s.terminated, s.truncated, values_after(s.truncated, s.value_after), s.own,
                              after_last(s.value_after_last));
  }
  template <std::ranges::random_access_range Steps>
  static constexpr auto of(Steps const& steps) {
    return std::views::transform(steps, [](auto const& s) { return steps_with_values::of(s); });
  }

 private:
  static constexpr auto after_last(internal::nowhere) { return internal::nowhere{}; }
  static constexpr auto after_last(terminated) { return terminated{}; }
  static constexpr V after_last(truncated<>) { return Of::open(); }
  template <class Number>
  static constexpr V after_last(Number const& x) {
    return Of::known(x);
  }

  template <class Truncated, class ValueAfter>
  static constexpr auto values_after(Truncated const& cuts, ValueAfter const& values) {
    if constexpr (std::same_as<Truncated, internal::nowhere>) {
      return values;  // there is nothing to be said, or what no estimator takes
    } else if constexpr (std::same_as<ValueAfter, internal::nowhere>) {
      return std::views::transform(cuts, [](auto const&) { return Of::open(); });
    } else {
      return std::views::transform(values, [](auto const& x) { return Of::known(x); });
    }
  }
};

template <class Rewards>
using rewards_of_windows = internal::rule<(std::ranges::random_access_range<std::remove_cvref_t<Rewards> const&> &&
                                           internal::elements_are_numbers<Rewards>),
                                          refused::windows_are_of_rewards_that_are_numbers_in_random_access>;

template <class Steps>
consteval auto judge_steps_of_windows() {
  if constexpr (std::same_as<Steps, truncated<>>) {
    return internal::accepted{};
  } else if constexpr (internal::is_recorded_steps<Steps>) {
    return internal::accepted{};  // judged with the values after them
  } else {
    return typename internal::steps_or_an_ending<Steps>::type{};
  }
}
template <class Steps>
struct steps_of_windows {
  using type = decltype(detail::judge_steps_of_windows<Steps>());
};

// The windows as n-step returns.
template <class Rewards, class Steps, class N, class Gamma>
struct returns_of_windows {
  using X = number_t<std::ranges::range_value_t<Rewards>>;
  using V = typename sum_and_discount<X>::value;
  using type = typename internal::n_step_returns_of<
      deduced, std::vector<V>, std::vector<V>,
      std::remove_cvref_t<decltype(steps_with_values<sum_and_discount<X>>::of(std::declval<Steps const&>()))>, N,
      Gamma>::type;
};

template <class Rewards, class... Out>
struct outputs_of_windows
    : internal::rule<(sizeof...(Out) < 2 && (std::random_access_iterator<Out> && ...) &&
                      (std::indirectly_writable<Out, n_step_window<number_t<std::ranges::range_value_t<Rewards>>>> &&
                       ...)),
                     refused::a_window_is_written_by_one_random_access_iterator> {};

// What belongs to the steps lies as the rewards do, of one sequence or of several.
template <class Steps, internal::order_of_memory Order>
inline constexpr bool windows_lie_so = internal::steps_lie_so<Steps, Order>;
template <internal::order_of_memory Order>
inline constexpr bool windows_lie_so<truncated<>, Order> = true;
template <class Rewards, class Steps, class Gamma, class... Out>
using windows_in_one_layout =
    internal::rule<(windows_lie_so<Steps, internal::order_of_memory_of<Rewards>> &&
                    internal::parameter_lies_so<Gamma, internal::order_of_memory_of<Rewards>> &&
                    (internal::lies_so<Out, internal::order_of_memory_of<Rewards>> && ...)),
                   refused::a_recording_of_several_sequences_lies_in_one_layout_with_what_belongs_to_its_steps>;

struct n_step_windows_fn {
  template <
      class Rewards, class Steps, class N, class Gamma, class... Out,
      class = typename internal::every<
          windows_in_one_layout<std::remove_cvref_t<Rewards>, Steps, Gamma, Out...>,
          rewards_of_windows<internal::one_sequence_t<Rewards>>, steps_of_windows<internal::one_sequence_t<Steps>>,
          returns_of_windows<internal::one_sequence_t<Rewards>, internal::one_sequence_t<Steps>, N,
                             internal::one_sequence_t<Gamma>>,
          outputs_of_windows<internal::one_sequence_t<Rewards>,
                             typename internal::begin_of_one<Out>::type...>>::type::yes>
  constexpr auto operator()(Rewards&& rewards, Steps const& steps, N n, Gamma const& gamma, Out... out) const {
    using X = number_t<std::ranges::range_value_t<internal::one_sequence_t<Rewards>>>;
    if constexpr (sizeof...(Out) == 0) {
      auto windows = internal::room_for<n_step_window<X>>(rewards);
      (*this)(rewards, steps, n, gamma, internal::place_for(rewards, windows));
      return windows;
    } else if constexpr (layout<Rewards>) {
      internal::check_steps(steps, rewards);
      internal::check_shape(gamma, "discounts", rewards);
      (internal::check_shape(out, "places of an output", rewards), ...);
      for (std::size_t i = 0; i < rewards.sequences(); ++i) {
        (write<X>(rewards.sequence(i), internal::sequence_of(steps, i), n, internal::sequence_of(gamma, i),
                  out.sequence(i).begin()),
         ...);
      }
      return (out, ...);
    } else {
      return write<X>(rewards, steps, n, gamma, out...);
    }
  }

 private:
  template <class X, class Rewards, class Steps, class N, class Gamma, class Out>
  static constexpr Out write(Rewards const& rewards, Steps const& steps, N n, Gamma const& gamma, Out out) {
    using form = sum_and_discount<X>;
    std::size_t const size = internal::length_of(rewards);
    internal::vector<typename form::value> forms;
    for (std::size_t t = 0; t < size; ++t) forms.push_back(form::known(internal::element_at(rewards, t)));
    internal::vector<typename form::value> const open(size, form::open());
    n_step_returns(forms, open, steps_with_values<form>::of(steps), n, gamma, forms.begin());
    auto const counts = n_step_returns(internal::vector<double>(size, 1.0), internal::vector<double>(size, 0.0),
                                       steps_with_values<number_of_steps>::of(steps), n, 1.0);
    internal::vector<std::size_t> own;
    for (std::size_t t = 0; t < size; ++t) {
      if (counts[t] > 0) own.push_back(t);
    }
    std::size_t place = 0;
    for (std::size_t t = 0; t < size; ++t) {
      std::size_t last = t;
      if (counts[t] > 0) last = own[place++ + static_cast<std::size_t>(counts[t]) - 1];
      *out = n_step_window<X>{forms[t][0], forms[t][1], last};
      ++out;
    }
    return out;
  }
};

}  // namespace detail

/// `n_step_windows(rewards, steps, n, gamma)`: for each step the next n of the policy's own, fewer where the episode
/// ends, as what a replay buffer keeps of them:
///
///     sum       R_t + gamma R_{t+1} + ... + gamma^{k-1} R_{t+k-1}
///     discount  gamma^k, but 0 after a terminated step
///     last      the number of the last of the k steps
///
/// so that the return is `sum + discount V(the state after step last)`, with whatever V is when it is read.
///
/// They are the `n_step_returns` of a recording whose values are not known yet.
///
/// *Arguments*: as `n_step_returns` without values; of several sequences `last` counts the steps of its own. Steps that
/// are truncated need no value: after `truncated{}`, by `recorded_steps` without `.value_after` and with
/// `.value_after_last = truncated{}` the discount stays. Where there is a value, it is in the sum and the discount is
/// 0. The window of a skipped step is 0 and ends there. Gives one `n_step_window` for each reward, a `std::array` for a
/// `std::array`, else a vector; a last argument `out`, an iterator or an array laid out as the rewards, writes them
/// there and returns its end, or the array.
/// *Errors*: as `n_step_returns`.
/// *Cost*: twice that of `n_step_returns`; vectors for the steps.
/// *Laws*: applied to the value after its last step a window is the n-step return, exactly for exact scalars
/// (tests/estimation/n_step_windows.cpp).
/// *Use*:
///     bellman::n_step_windows(std::array{1.0, 2.0, 4.0}, bellman::terminated{}, 2, 0.5)[0] ==
///         bellman::n_step_window<double>{.sum = 2.0, .discount = 0.25, .last = 1}
inline constexpr detail::n_step_windows_fn n_step_windows{};

}  // namespace bellman
