// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/check_output.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

/// What an answer is compared with: an estimate of `V` at the prompt, from the statistics of its group and the reward
/// itself. Anything called as `baseline(statistics, reward)` is one.
///
/// Nothing: the reward stays what it is.
struct no_baseline {
  template <class V, class W>
  constexpr V operator()(statistics<V, W> const&, V const&) const {
    return V{};
  }
};

/// The mean of the group, the answer itself included. Each answer pulls its own baseline towards its reward, which
/// makes the expected gradient `(n - 1) / n` of the right one.
struct group_mean {
  template <class V, class W>
  constexpr V operator()(statistics<V, W> const& group, V const&) const {
    return group.mean;
  }
};

/// The mean of the others, `(n mean - reward) / (n - 1)`, written so that it is exactly the reward where all are equal.
/// Of a group of one, its reward. It does not depend on the answer, so that the gradient is unbiased.
struct leave_one_out {
  template <class V>
  constexpr V operator()(statistics<V> const& group, V const& reward) const {
    if (group.count < 2) return group.mean;
    V const others = as_number<V>(group.count - 1);
    return difference(group.mean, quotient(difference(reward, group.mean), others));
  }
};

/// A number that was estimated elsewhere: the reward of the greedy answer, or a critic's value of the prompt.
template <class B>
struct given_baseline {
  B value;

  template <class V, class W>
  constexpr V operator()(statistics<V, W> const&, V const&) const {
    if constexpr (std::constructible_from<V, B const&>) {
      return static_cast<V>(value);
    } else {
      static_assert(internal::refused<V, B>,
                    "bellman: a given baseline must be a number of the rewards' kind: exact rewards need an exact one");
      return V{};
    }
  }
};
template <class B>
given_baseline(B) -> given_baseline<B>;

/// A scale that leaves what it divides as it is.
struct unscaled {
  template <class V, class W>
  constexpr V operator()(statistics<V, W> const&) const {
    return V(1);
  }
};

/// A baseline or a scale, but for a group of one it is the constant `value`.
template <class Function, class X>
struct unless_alone {
  Function function;
  X value;

  template <class V, class... Reward>
  constexpr V operator()(statistics<V> const& group, Reward const&... reward) const {
    if (group.count == 1) return static_cast<V>(value);
    return function(group, reward...);
  }
};
template <class Function, class X>
unless_alone(Function, X) -> unless_alone<Function, X>;

/// A baseline or a scale, but of the statistics of all groups together.
template <class Function>
struct over_batch {
  Function function;
};
template <class Function>
over_batch(Function) -> over_batch<Function>;

namespace detail {

template <class V>
[[noreturn]] void the_scale_of_an_advantage_must_be_finite_and_not_zero(V const& centred, V const& scale) {
  throw invalid_value("bellman: a reward differs from its baseline by " + internal::describe(centred) +
                      ", and the scale of its group is " + internal::describe(scale) + "; it must be finite and not 0");
}
template <class V>
[[noreturn]] void an_advantage_must_be_finite(V const& centred, V const& scale) {
  throw invalid_value("bellman: a reward differs from its baseline by " + internal::describe(centred) +
                      ", and the scale of its group is " + internal::describe(scale) +
                      "; the advantage, their quotient, must be finite");
}

struct scaled_advantage_fn {
  template <class V>
  constexpr V operator()(V const& centred, V const& scale) const {
    if (scale == V(0) || !is_finite(scale)) {
      if (!(centred == V(0))) the_scale_of_an_advantage_must_be_finite_and_not_zero(centred, scale);
      return V{};
    }
    V const advantage = quotient(centred, scale);
    if (!is_finite(advantage)) an_advantage_must_be_finite(centred, scale);
    return advantage;
  }
};

template <class Function>
inline constexpr bool takes_batch = false;
template <class Function>
inline constexpr bool takes_batch<over_batch<Function>> = true;

template <class Function, class Statistics, class... Reward>
constexpr auto of_group_or_batch(Function const& f, Statistics const& group, Statistics const& batch,
                                 Reward const&... reward) {
  if constexpr (takes_batch<Function>) {
    return f.function(batch, reward...);
  } else {
    return f(group, reward...);
  }
}

// A batch is a range of groups, a group a range of numbers.
template <class R>
concept numbers_of_a_group = std::ranges::forward_range<R> && !std::ranges::range<std::ranges::range_value_t<R>>;
template <class R>
concept batch_of_groups =
    std::ranges::forward_range<R> && std::ranges::forward_range<std::ranges::range_reference_t<R>>;

template <class Baseline, class Scale, class Rewards, class Statistics, class Out>
constexpr Out write_group(Baseline const& baseline, Scale const& scale, Rewards&& rewards, Statistics const& group,
                          Statistics const& batch, Out out) {
  using V = std::remove_cvref_t<decltype(group.mean)>;
  using A = number_t<std::ranges::range_value_t<Rewards>>;
  internal::check_output<Out, A>();
  V const width = of_group_or_batch(scale, group, batch);
  for (auto const& reward : rewards) {
    V const r = static_cast<V>(reward);
    V const centred = difference(r, static_cast<V>(of_group_or_batch(baseline, group, batch, r)));
    *out = static_cast<A>(scaled_advantage_fn{}(centred, width));
    ++out;
  }
  return out;
}

// `weights` is no range or one, with a weight for each row.
template <class Baseline, class Scale, class Out, class Rewards, class... Weights>
constexpr Out write_rows(Baseline const& baseline, Scale const& scale, grouping const& groups, Out out,
                         Rewards const& rewards, Weights const&... weights) {
  using A = number_t<std::ranges::range_value_t<Rewards>>;
  internal::check_output<Out, A>();
  check_rows(rewards, groups);
  (check_rows(weights, groups), ...);
  auto const statistics_in = [&](auto const& rows) {
    return statistics_of(part_of(rewards, rows), part_of(weights, rows)...);
  };
  using S = decltype(statistics_in(groups[0]));
  S batch{};
  if constexpr (takes_batch<Baseline> || takes_batch<Scale>) {
    for (std::size_t g = 0; g < groups.size(); ++g) batch = merged(batch, statistics_in(groups[g]));
  }
  std::vector<A> advantages(groups.rows(), A{});
  for (std::size_t g = 0; g < groups.size(); ++g) {
    auto const rows = groups[g];
    S const group = takes_batch<Baseline> && takes_batch<Scale> ? S{} : statistics_in(rows);
    write_group(baseline, scale, part_of(rewards, rows), group, batch, part_of(advantages, rows).begin());
  }
  for (auto const& a : advantages) {
    *out = a;
    ++out;
  }
  return out;
}

}  // namespace detail

/// `scaled_advantage(centred, scale)`: `centred / scale`, but 0 where both are 0: an answer that is no better than its
/// baseline has no advantage, however narrow its group. Throws `invalid_value` where only the scale is 0, or is not
/// finite because the squares of a group overflowed, and where the advantage would not be finite.
inline constexpr detail::scaled_advantage_fn scaled_advantage{};

/// `group_advantages{baseline, scale}`: for every answer of a group
///
///     advantage = (reward - baseline) / scale
///
/// where the baseline and the scale are types, so that every method of this kind is one line (group_methods.hpp).
///
///  - `method(rewards)`: one group. A `std::array` gives a `std::array`, other ranges a `std::vector`.
///  - `method(groups)`: a range of groups, each of its own size, gives a vector of such results.
///  - `method(rewards, grouping)`: rows of several groups in any order give a vector in the order of the rows; a row
///    that belongs to no group gets 0.
///
/// A last argument `out` writes the advantages in the order of the rewards, and returns its end. Integers give
/// `double`, other rewards their own type; floats are computed with as `double` and rounded once.
///
/// Where the baseline is an average of the group, equal rewards get exactly 0 in any precision, whatever the scale: an
/// answer that is no better than its baseline has advantage 0 even where the scale is 0. So does a group of one, unless
/// `unless_alone` says otherwise. An empty group gives nothing. Throws `invalid_value` for a reward that is NaN or
/// infinite, for a scale of 0 or infinity that something would be divided by, for an advantage that is too large to be
/// a number, and for lengths that differ. O(n), two passes over a group. Laws: tests/laws/group_laws.cpp; adding a
/// constant to the rewards changes nothing unless the baseline is given or none; where the scale is the standard
/// deviation, nor does a positive factor.
template <class Baseline, class Scale = unscaled>
struct group_advantages {
  [[no_unique_address]] Baseline baseline{};
  [[no_unique_address]] Scale scale{};

  template <detail::numbers_of_a_group Rewards>
  constexpr auto operator()(Rewards&& rewards) const {
    auto advantages = internal::one_for_each<number_t<std::ranges::range_value_t<Rewards>>>(rewards);
    (*this)(rewards, advantages.begin());
    return advantages;
  }
  template <detail::numbers_of_a_group Rewards, std::input_or_output_iterator Out>
  constexpr Out operator()(Rewards&& rewards, Out out) const {
    auto const group = statistics_of(rewards);
    return detail::write_group(baseline, scale, rewards, group, group, out);
  }

  template <detail::batch_of_groups Groups>
  constexpr auto operator()(Groups&& groups) const {
    using group_t = std::ranges::range_reference_t<Groups>;
    using A = number_t<std::ranges::range_value_t<group_t>>;
    auto const batch = statistics_of_batch(groups);
    std::vector<decltype(internal::one_for_each<A>(std::declval<group_t>()))> all;
    for (auto&& rewards : groups) {
      all.push_back(internal::one_for_each<A>(rewards));
      detail::write_group(baseline, scale, rewards, statistics_of_group(rewards), batch, all.back().begin());
    }
    return all;
  }
  template <detail::batch_of_groups Groups, std::input_or_output_iterator Out>
  constexpr Out operator()(Groups&& groups, Out out) const {
    auto const batch = statistics_of_batch(groups);
    for (auto&& rewards : groups) {
      out = detail::write_group(baseline, scale, rewards, statistics_of_group(rewards), batch, out);
    }
    return out;
  }

  template <std::ranges::random_access_range Rewards>
  constexpr auto operator()(Rewards const& rewards, grouping const& groups) const {
    using A = number_t<std::ranges::range_value_t<Rewards>>;
    std::vector<A> advantages(groups.rows(), A{});
    (*this)(rewards, groups, advantages.begin());
    return advantages;
  }
  template <std::ranges::random_access_range Rewards, std::input_or_output_iterator Out>
  constexpr Out operator()(Rewards const& rewards, grouping const& groups, Out out) const {
    return detail::write_rows(baseline, scale, groups, out, rewards);
  }

  // Ids or weights, which nothing tells apart.
  template <std::ranges::range Rewards, std::ranges::range Ids>
  constexpr auto operator()(Rewards const& rewards, Ids const&) const {
    static_assert(internal::refused<Ids>, "bellman: the ids of the rows' groups are given as grouping(ids)");
    return (*this)(rewards, grouping());  // of the right type, so that this is the only error
  }

 private:
  template <class Rewards>
  static constexpr auto statistics_of_group(Rewards&& rewards) {
    if constexpr (detail::takes_batch<Baseline> && detail::takes_batch<Scale>) {
      return decltype(statistics_of(rewards)){};
    } else {
      return statistics_of(rewards);
    }
  }
  template <class Groups>
  static constexpr auto statistics_of_batch(Groups&& groups) {
    decltype(statistics_of(*std::ranges::begin(groups))) batch{};
    if constexpr (detail::takes_batch<Baseline> || detail::takes_batch<Scale>) {
      for (auto&& rewards : groups) batch = merged(batch, statistics_of(rewards));
    }
    return batch;
  }
};
template <class Baseline, class Scale>
group_advantages(Baseline, Scale) -> group_advantages<Baseline, Scale>;
template <class Baseline>
group_advantages(Baseline) -> group_advantages<Baseline>;

/// The same with statistics in which every answer counts as often as its weight says, such as its number of tokens:
/// `method(rewards, weights)`, `method(rewards, weights, grouping)`, each also with a last argument `out`.
///
/// Throws also for a negative weight. In a group without any weight the mean is 0.
template <class Baseline, class Scale = unscaled>
struct weighted_group_advantages {
  [[no_unique_address]] Baseline baseline{};
  [[no_unique_address]] Scale scale{};

  template <detail::numbers_of_a_group Rewards, std::ranges::forward_range Weights>
  constexpr auto operator()(Rewards&& rewards, Weights&& weights) const {
    auto advantages = internal::one_for_each<number_t<std::ranges::range_value_t<Rewards>>>(rewards);
    (*this)(rewards, weights, advantages.begin());
    return advantages;
  }
  template <detail::numbers_of_a_group Rewards, std::ranges::forward_range Weights, std::input_or_output_iterator Out>
  constexpr Out operator()(Rewards&& rewards, Weights&& weights, Out out) const {
    auto const group = statistics_of(rewards, weights);
    return detail::write_group(baseline, scale, rewards, group, group, out);
  }

  template <std::ranges::random_access_range Rewards, std::ranges::random_access_range Weights>
  constexpr auto operator()(Rewards const& rewards, Weights const& weights, grouping const& groups) const {
    using A = number_t<std::ranges::range_value_t<Rewards>>;
    std::vector<A> advantages(groups.rows(), A{});
    (*this)(rewards, weights, groups, advantages.begin());
    return advantages;
  }
  template <std::ranges::random_access_range Rewards, std::ranges::random_access_range Weights,
            std::input_or_output_iterator Out>
  constexpr Out operator()(Rewards const& rewards, Weights const& weights, grouping const& groups, Out out) const {
    return detail::write_rows(baseline, scale, groups, out, rewards, weights);
  }
};
template <class Baseline, class Scale>
weighted_group_advantages(Baseline, Scale) -> weighted_group_advantages<Baseline, Scale>;
template <class Baseline>
weighted_group_advantages(Baseline) -> weighted_group_advantages<Baseline>;

}  // namespace bellman
