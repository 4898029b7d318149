// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/backward_passes.hpp>
#include <bellman/affine/column.hpp>
#include <bellman/affine/internal/pieces.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/body_of.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/order_within.hpp>
#include <bellman/estimation/internal/over_steps.hpp>
#include <bellman/estimation/internal/step_source.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/layout/internal/overlap.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/scalar/pack.hpp>
#include <bellman/scalar/register_width.hpp>

#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// Sees to it that an array of sequences has the shape of the rewards; anything else belongs to all.
template <class X, class Rewards>
constexpr void check_shape([[maybe_unused]] X const& x, [[maybe_unused]] char const* what,
                           [[maybe_unused]] Rewards const& rewards) {
  if constexpr (order_of_memory_of<X> == order_of_memory::packed) {
    if (x.sequences() != rewards.sequences()) {
      internal::there_must_be_as_many_sequences(what, x.sequences(), rewards.sequences());
    }
    for (std::size_t i = 0; i < x.sequences(); ++i) {
      if (x.steps_of(i) != rewards.steps_of(i)) {
        internal::there_must_be_one_for_each_reward(what, x.steps_of(i), rewards.steps_of(i), i);
      }
    }
  } else if constexpr (layout<X>) {
    if (x.shape() != rewards.shape()) {
      internal::there_must_be_one_for_each_reward(what, x.shape(), rewards.shape());
    }
  }
}
/// The same of flags, which may lack the last step: their lengths are looked at with those of each sequence.
template <class X, class Rewards>
constexpr void check_sequences([[maybe_unused]] X const& x, [[maybe_unused]] char const* what,
                               [[maybe_unused]] Rewards const& rewards) {
  if constexpr (layout<X>) {
    if (x.sequences() != rewards.sequences()) {
      internal::there_must_be_as_many_sequences(what, x.sequences(), rewards.sequences());
    }
  }
}
template <class Steps, class Rewards>
constexpr void check_steps(Steps const& steps, Rewards const& rewards) {
  if constexpr (is_recorded_steps<Steps>) {
    internal::check_sequences(steps.terminated, "flags of termination", rewards);
    internal::check_sequences(steps.truncated, "flags of truncation", rewards);
    internal::check_sequences(steps.value_after, "values after", rewards);
    internal::check_shape(steps.own, "elements of the mask", rewards);
    if constexpr (one_for_each_sequence<std::remove_cvref_t<decltype(steps.value_after_last)>>) {
      std::size_t const found = internal::length_of(steps.value_after_last);
      if (found != rewards.sequences()) internal::there_must_be_one_for_each_sequence(found, rewards.sequences());
    }
  } else {
    internal::check_shape(steps, "steps", rewards);
  }
}

/// What a function makes of the elements of a tuple. Unlike `std::apply` it is inlined by clang as well: a body that is
/// made in memory is loaded again, before it is there, at the first steps of every sequence.
template <class F, class Tuple>
[[gnu::always_inline]] constexpr auto applied(F const& f, Tuple const& x) {
  return [&]<std::size_t... Index>(std::index_sequence<Index...>) __attribute__((always_inline)) {
    return f(std::get<Index>(x)...);
  }
  (std::make_index_sequence<std::tuple_size_v<Tuple>>{});
}

/// One estimator of a pass: its parameters, the columns that it reads besides the rewards, and where it writes:
/// iterators or, of several sequences, arrays laid out as the rewards are.
template <class Estimator, class Parameters, class Columns, class Outs>
struct part_of_a_pass;
template <class Estimator, class Parameters, class... Columns, class... Out>
struct part_of_a_pass<Estimator, Parameters, std::tuple<Columns const&...>, std::tuple<Out...>> {
  Parameters const& parameters;
  std::tuple<Columns const&...> columns;
  std::tuple<Out...> outs;

  /// Whether what is wrong may be so in one sequence alone.
  static constexpr bool differs_by_sequence =
      one_for_each_step<gamma_t<Estimator, Parameters>> || one_for_each_step<lambda_t<Estimator, Parameters>>;

  static constexpr std::index_sequence_for<Columns...> numbers_of_columns{};
  static constexpr std::index_sequence_for<Out...> numbers_of_outs{};

  // Over one sequence; in one call, as each is a line of a compiler's message where something is refused.
  template <class V, class Source, class Rewards, std::size_t... Column, std::size_t... Output>
  constexpr auto started(Source const& source, Rewards const& rewards, std::index_sequence<Column...>,
                         std::index_sequence<Output...>) const {
    return internal::started<V>(
        internal::body_with<Estimator, V>(internal::length_of(rewards), source, parameters,
                                          internal::gamma_of<Estimator>(parameters),
                                          internal::lambda_of<Estimator>(parameters), rewards,
                                          std::get<Column>(columns)...),
        source, std::get<Output>(outs)...);
  }
  // Over one of several sequences.
  template <class V, class Source, class Rewards>
  [[gnu::always_inline]] constexpr auto started(Source const& source, Rewards const& rewards_of_it,
                                                steps_of_one const& n) const {
    std::size_t const i = n.sequence;
    return internal::applied(
        [&](auto const&... out) __attribute__((always_inline)) {
          return internal::applied(
              [&](auto const&... column) __attribute__((always_inline)) {
                return internal::started<V>(
                    internal::body_with<Estimator, V>(
                        n, source, parameters, internal::sequence_of(internal::gamma_of<Estimator>(parameters), i),
                        internal::sequence_of(internal::lambda_of<Estimator>(parameters), i), rewards_of_it,
                        internal::sequence_of(column, i)...),
                    source, out.sequence(i).begin()...);
              },
              columns);
        },
        outs);
  }
  // Over all sequences, row by row.
  template <class V, class Source, class Rewards>
  constexpr auto beside_one_another(Source const& source, Rewards const& rewards) const {
    return internal::applied(
        [&](auto const&... out) __attribute__((always_inline)) {
          return internal::applied(
              [&](auto const&... column) __attribute__((always_inline)) {
                return side_by_side{internal::body_of<Estimator, V>(source, parameters, rewards, column...),
                                    std::tuple{column_of_rows{out.begin_of_rows(), out.stride()}...}};
              },
              columns);
        },
        outs);
  }

  // Sees to it that what it reads and writes is laid out as the rewards are, and that it overwrites nothing unread.
  template <class Rewards, class Steps>
  constexpr void check(Rewards const& rewards, Steps const& steps) const {
    check_columns(typename Estimator::columns{}, rewards);
    internal::check_shape(internal::gamma_of<Estimator>(parameters), "discounts", rewards);
    internal::check_shape(internal::lambda_of<Estimator>(parameters), "lambdas", rewards);
    std::apply([&](auto const&... out) { (check_output(out, rewards, steps), ...); }, outs);
  }

 private:
  template <class... Kind, class Rewards>
  constexpr void check_columns(bellman::columns<Kind...>, Rewards const& rewards) const {
    std::apply([&](auto const&... column) { (internal::check_shape(column, Kind::name.characters, rewards), ...); },
               columns);
  }
  template <class Output, class Rewards, class Steps>
  constexpr void check_output(Output const& out, Rewards const& rewards, Steps const& steps) const {
    internal::check_shape(out, "places of an output", rewards);
    internal::check_overlap(out, rewards, "the rewards");
    std::apply([&](auto const&... column) { (internal::check_overlap(out, column, "a column"), ...); }, columns);
    internal::check_overlap(out, internal::gamma_of<Estimator>(parameters), "the discounts");
    internal::check_overlap(out, internal::lambda_of<Estimator>(parameters), "the lambdas");
    if constexpr (is_recorded_steps<Steps>) {
      internal::check_overlap(out, steps.terminated, "the flags of termination");
      internal::check_overlap(out, steps.truncated, "the flags of truncation");
      internal::check_overlap(out, steps.value_after, "the values after");
      internal::check_overlap(out, steps.own, "the mask");
      internal::check_overlap(out, steps.value_after_last, "the values after the last step");
    } else {
      internal::check_overlap(out, steps, "the steps");
    }
  }
};

/// All outputs of all parts lie apart.
template <class... Out>
constexpr void check_outputs_apart(std::tuple<Out...> const& outs) {
  [&]<std::size_t... Index>(std::index_sequence<Index...>) {
    (
        [&]<std::size_t First, std::size_t... Before>(std::integral_constant<std::size_t, First>,
                                                      std::index_sequence<Before...>) {
          (internal::check_overlap_of_outputs(std::get<First>(outs), std::get<Before>(outs)), ...);
        }(std::integral_constant<std::size_t, Index>{}, std::make_index_sequence<Index>{}),
        ...);
  }
  (std::make_index_sequence<sizeof...(Out)>{});
}

/// Whether what is said of steps can be wrong at a step of one sequence and right at those of the others.
template <class Steps>
inline constexpr bool differs_by_sequence = !is_ending<Steps> && !is_step<Steps>;
template <class Terminated, class Truncated, class ValueAfter, class Own, class AfterLast>
inline constexpr bool differs_by_sequence<recorded_steps<Terminated, Truncated, ValueAfter, Own, AfterLast>> =
    std::same_as<AfterLast, nowhere>;

template <class Part, class V, class Source, class Rewards>
concept takes_lanes = requires(Part const& part, Source const& source, Rewards const& rewards,
                               pack<V, lanes_of_a_register<V>> const& x) {
  part.template beside_one_another<V>(source, rewards).body.start(x);
};

template <class V, class Order, class Source, class... Running>
[[gnu::always_inline]] constexpr void over_sequence(Order order, std::size_t n, Source const& source,
                                                    Running&&... running) {
  // Of copies no call has seen the address: what they carry stays in registers.
  [&](std::remove_cvref_t<Running>... copy) __attribute__((always_inline)) {
    internal::over_steps<V>(order, n, source, copy...);
  }
  (std::forward<Running>(running)...);
}

/// The passes of several sequences whose rows are steps.
template <class V, class Order, class Source, class... Body>
constexpr void over_rows(Order const& order, steps_of_sequences const& n, Source const& source, Body const&... bodies) {
  using of_rows = typename order_within<Order, V>::of_rows;
  internal::for_each_piece(order, n.sequences, lanes_of_a_register<V>, [&](std::size_t first, std::size_t last) {
    backward_passes<V>(of_rows{}, n.steps, first, last, source, bodies...);
  });
}

/// `over_recording<V>(order, rewards, steps, parts...)`: one backward pass over a recording, in which all parts are
/// taken in turn at each step: over one sequence, or over all sequences of an array of several, row by row where rows
/// are steps, else one after the other. Nothing is written before all has been checked.
template <class V, class Order, class Rewards, class Steps, class... Part>
constexpr void over_recording(Order const& order, Rewards const& rewards, Steps const& steps, Part const&... parts) {
  using within = typename order_within<Order, V>::type;
  if constexpr (!layout<Rewards>) {
    auto const n = internal::length_of(rewards);
    auto const source = internal::step_source<V>(steps, n);
    internal::over_sequence<V>(
        within{}, n, source,
        parts.template started<V>(source, rewards, Part::numbers_of_columns, Part::numbers_of_outs)...);
  } else {
    internal::check_steps(steps, rewards);
    (parts.check(rewards, steps), ...);
    internal::check_outputs_apart(std::tuple_cat(parts.outs...));
    if constexpr (is_time_major<Rewards> && number_of_a_register<V>) {
      using of_rows = typename order_within<Order, V>::of_rows;
      using source_type = decltype(internal::step_source<V>(steps, rewards.shape()));
      if constexpr (!std::same_as<of_rows, sequential> && (takes_lanes<Part, V, source_type, Rewards> && ...)) {
        if (!std::is_constant_evaluated()) {
          auto const source = internal::step_source<V>(steps, rewards.shape());
          internal::over_rows<V, Order>(order, rewards.shape(), source,
                                        parts.template beside_one_another<V>(source, rewards)...);
          return;
        }
      }
    }
    auto const of_sequence = [&](std::size_t i, auto const& f) __attribute__((always_inline)) {
      auto const its_rewards = rewards.sequence(i);
      auto const its_steps = internal::sequence_of(steps, i);
      steps_of_one const n{internal::length_of(its_rewards), i};
      auto const source = internal::step_source<V>(its_steps, n);
      f(n.steps, source, parts.template started<V>(source, its_rewards, n)...);
    };
    constexpr bool is_ragged = order_of_memory_of<Rewards> == order_of_memory::packed;
    // What is wrong in all is seen in the first.
    constexpr bool may_differ = is_ragged || differs_by_sequence<Steps> || (Part::differs_by_sequence || ...);
    std::size_t const looked_at = may_differ || rewards.sequences() == 0 ? rewards.sequences() : 1;
    for (std::size_t i = 0; i < looked_at; ++i) of_sequence(i, [](auto const&...) {});
    internal::for_each_piece(order, rewards.sequences(), 1, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i) {
        of_sequence(i, [](std::size_t n, auto const& source, auto const&... running) __attribute__((always_inline)) {
          internal::over_sequence<V>(within{}, n, source, running...);
        });
      }
    });
  }
}

}  // namespace bellman::internal
