// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/group_filter.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/whiten.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/check_output.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <array>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

namespace bellman {

/// REINFORCE without a baseline: the reward itself. Williams 1992.
inline constexpr group_advantages<no_baseline> reinforce{};

/// REINFORCE with the mean of the group as its baseline, which is GRPO without the standard deviation:
/// `r - mean`. Liu et al. 2025 (Dr. GRPO), 3.2.
inline constexpr group_advantages<group_mean> dr_grpo{};

/// `(r - mean) / standard deviation`, Bessel's, without any epsilon: none is needed, since a group of equal rewards
/// gets exactly 0. Shao et al. 2024 (DeepSeekMath), 4.1.1. To take the deviation another way, name it:
/// `group_advantages{group_mean{}, spread_plus{standard_deviation{}, 1e-4}}`.
inline constexpr group_advantages<group_mean, standard_deviation> grpo{};

/// `r - mean of the others`, equal to `n / (n - 1)` times Dr. GRPO's. Kool et al. 2019; Ahmadian et al. 2024.
inline constexpr group_advantages<leave_one_out> rloo{};

/// `opo(rewards, lengths)`, `opo(rewards, lengths, grouping)`: `r - sum l r / sum l`, the mean of the group weighted by
/// the answers' lengths. Hao et al. 2025.
inline constexpr weighted_group_advantages<group_mean> opo{};

namespace detail {

[[noreturn]] inline void there_must_be_one_baseline_for_each_reward(std::size_t shorter) {
  throw invalid_value("bellman: one of rewards and baselines ends after " + std::to_string(shorter) +
                      ", the other goes on; there must be one baseline for each reward");
}
template <class B>
[[noreturn]] void baselines_must_be_finite(std::size_t index, B const& baseline) {
  throw invalid_value("bellman: baseline " + std::to_string(index) + " is " + internal::describe(baseline) +
                      "; it must be a finite number");
}
[[noreturn]] inline void the_best_of_a_group_needs_two_answers(std::size_t answers) {
  throw invalid_value("bellman: a group of " + std::to_string(answers) +
                      " answers; the best is compared with the best of the others, so it needs at least 2");
}
[[noreturn]] inline void there_must_be_one_weight_for_each_objective(std::size_t objectives, std::size_t weights) {
  throw invalid_value("bellman: " + std::to_string(objectives) + " objectives and " + std::to_string(weights) +
                      " weights; there must be one for each");
}

struct remax_fn {
  template <std::ranges::forward_range Returns, class B>
  constexpr auto operator()(Returns&& returns, B const& greedy) const {
    if constexpr (std::ranges::forward_range<B const>) {
      auto advantages = internal::one_for_each<number_t<std::ranges::range_value_t<Returns>>>(returns);
      (*this)(returns, greedy, advantages.begin());
      return advantages;
    } else {
      return group_advantages{given_baseline{greedy}}(returns);
    }
  }

  template <std::ranges::forward_range Returns, class B, std::input_or_output_iterator Out>
  constexpr Out operator()(Returns&& returns, B const& greedy, Out out) const {
    if constexpr (std::ranges::forward_range<B const>) {
      statistics_of(returns);  // every reward is finite
      auto b = std::ranges::begin(greedy);
      auto const end = std::ranges::end(greedy);
      std::size_t index = 0;
      for (std::ranges::range_value_t<Returns> const g : returns) {
        if (b == end) there_must_be_one_baseline_for_each_reward(index);
        std::ranges::range_value_t<B const> const baseline = *b;
        if (!is_finite(baseline)) baselines_must_be_finite(index, baseline);
        out = (*this)(std::array{g}, baseline, out);
        ++b;
        ++index;
      }
      if (b != end) there_must_be_one_baseline_for_each_reward(index);
      return out;
    } else {
      return group_advantages{given_baseline{greedy}}(returns, out);
    }
  }
};

struct gpg_fn {
  template <std::ranges::random_access_range Rewards>
  constexpr auto operator()(Rewards const& rewards, grouping const& groups) const {
    using A = number_t<std::ranges::range_value_t<Rewards>>;
    std::vector<A> advantages(groups.rows(), A{});
    (*this)(rewards, groups, advantages.begin());
    return advantages;
  }

  template <std::ranges::random_access_range Rewards, std::input_or_output_iterator Out>
  constexpr Out operator()(Rewards const& rewards, grouping const& groups, Out out) const {
    using A = number_t<std::ranges::range_value_t<Rewards>>;
    internal::check_output<Out, A>();
    auto const alive = groups_with_signal(rewards, groups);
    std::size_t all = 0;
    std::size_t some = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) all += groups[g].size();
    for (std::size_t g = 0; g < alive.size(); ++g) some += alive[g].size();
    if (some == 0) return dr_grpo(rewards, groups, out);
    A const factor = quotient(as_number<A>(all), as_number<A>(some));
    for (A const& a : dr_grpo(rewards, groups)) {
      *out = product(factor, a);
      ++out;
    }
    return out;
  }
};

}  // namespace detail

/// `remax(returns, greedy)`: the returns less the reward of the greedy answer to the same prompt, `G - b`: the rewards
/// of a group or the returns of one answer's tokens with one `b`, or rewards with a range of one `b` each. It is
/// `group_advantages` with a given baseline, where each reward of a range has its own. A last argument `out` writes the
/// advantages there and returns its end. Throws `invalid_value` for lengths that differ and for what is NaN or
/// infinite. Li et al. 2023.
inline constexpr detail::remax_fn remax{};

/// `gpg(rewards, grouping)`: `alpha (r - mean)`, where `alpha` makes up for the groups without signal: the number of
/// answers divided by the number of those in groups whose rewards differ. Of no such group, all 0. A last argument
/// `out` writes the advantages there and returns its end. Chu et al. 2025.
inline constexpr detail::gpg_fn gpg{};

/// `best_of_group_advantages{scale}`: how much better a group's best reward is for an answer's being there,
///
///     advantage_i = (max_j r_j - max_{j != i} r_j) / scale
///
/// which is above 0 for the best answer alone, and 0 for all if there are two best. It is the gain of pass@n of the
/// whole group. Forms as in `group_advantages`; the scale is one of the group, not `over_batch`. Throws `invalid_value`
/// for a group of one, where there are no others, for a reward that is NaN or infinite, and for lengths that differ.
/// Intervals have no best reward and do not compile. Tang et al. 2025.
template <class Scale = unscaled>
struct best_of_group_advantages {
  Scale scale{};

  template <std::ranges::forward_range Rewards>
  constexpr auto operator()(Rewards&& rewards) const {
    if constexpr (std::ranges::range<std::ranges::range_reference_t<Rewards>>) {
      std::vector<decltype((*this)(*std::ranges::begin(rewards)))> all;
      for (auto&& group : rewards) all.push_back((*this)(group));
      return all;
    } else {
      auto advantages = internal::one_for_each<number_t<std::ranges::range_value_t<Rewards>>>(rewards);
      (*this)(rewards, advantages.begin());
      return advantages;
    }
  }
  template <std::ranges::forward_range Rewards, std::input_or_output_iterator Out>
  constexpr Out operator()(Rewards&& rewards, Out out) const {
    if constexpr (std::ranges::range<std::ranges::range_reference_t<Rewards>>) {
      for (auto&& group : rewards) out = (*this)(group, out);
      return out;
    } else {
      return write(rewards, out);
    }
  }

  template <std::ranges::random_access_range Rewards>
  constexpr auto operator()(Rewards const& rewards, grouping const& groups) const {
    check_rows(rewards, groups);
    using A = number_t<std::ranges::range_value_t<Rewards>>;
    std::vector<A> advantages(groups.rows(), A{});
    for (std::size_t g = 0; g < groups.size(); ++g) {
      auto const rows = groups[g];
      write(part_of(rewards, rows), part_of(advantages, rows).begin());
    }
    return advantages;
  }
  template <std::ranges::random_access_range Rewards, std::input_or_output_iterator Out>
  constexpr Out operator()(Rewards const& rewards, grouping const& groups, Out out) const {
    internal::check_output<Out, number_t<std::ranges::range_value_t<Rewards>>>();
    for (auto const& a : (*this)(rewards, groups)) {
      *out = a;
      ++out;
    }
    return out;
  }

 private:
  // `out` may be where the rewards are.
  template <class Rewards, class Out>
  constexpr Out write(Rewards&& rewards, Out out) const {
    using A = number_t<std::ranges::range_value_t<Rewards>>;
    internal::check_output<Out, A>();
    auto const group = statistics_of(rewards);
    using V = std::remove_cvref_t<decltype(group.mean)>;
    static_assert(
        !requires(V const& v) { v.lower(); },
        "bellman: the best of a group needs rewards with a total order, which intervals have not");
    if (group.count == 0) return out;
    if (group.count == 1) detail::the_best_of_a_group_needs_two_answers(group.count);
    std::size_t best = 0;
    V largest = static_cast<V>(*std::ranges::begin(rewards));
    V second = largest;
    std::size_t i = 0;
    for (auto const& reward : rewards) {
      V const r = static_cast<V>(reward);
      if (largest < r) {
        second = largest;
        largest = r;
        best = i;
      } else if (i == 1 || (i > 1 && second < r)) {
        second = r;
      }
      ++i;
    }
    A const lead = static_cast<A>(scaled_advantage(difference(largest, second), static_cast<V>(scale(group))));
    for (i = 0; i < group.count; ++i) {
      *out = i == best ? lead : A{};
      ++out;
    }
    return out;
  }
};
template <class Scale>
best_of_group_advantages(Scale) -> best_of_group_advantages<Scale>;

/// The best answer's lead over the second, without a scale.
inline constexpr best_of_group_advantages<> best_of_group{};

/// `several_rewards{each, together}`: several rewards for each answer made one advantage,
///
///     advantage = together(sum_k w_k each(r_k))
///
/// where both are group methods. Called with a range of objectives, each a range of the rewards of all rows, a range of
/// their weights, and the grouping; a last argument `out` writes the advantages there and returns its end.
///
///     several_rewards{reinforce, grpo}     summed, then normalised: the objective that varies most dominates
///     several_rewards{grpo, reinforce}     normalised, then summed: each counts as its weight says
///     several_rewards{grpo, whiten}        the same, then whitened over the batch: GDPO
///
/// Throws `invalid_value` for lengths that differ, and what the methods throw.
template <class Each, class Together>
struct several_rewards {
  Each each{};
  Together together{};

  // Nothing, or the iterator to write to.
  template <std::ranges::forward_range Objectives, std::ranges::forward_range Weights,
            std::input_or_output_iterator... Out>
  constexpr auto operator()(Objectives const& objectives, Weights const& weights, grouping const& groups,
                            Out... out) const {
    if constexpr (!std::ranges::forward_range<std::ranges::range_reference_t<Objectives const>>) {
      static_assert(internal::refused<Objectives>,
                    "bellman: several rewards are given as a range of objectives, each a range of one reward a row");
      return std::vector<double>{};
    } else {
      return write(objectives, weights, groups, out...);
    }
  }

 private:
  template <class Objectives, class Weights, class... Out>
  constexpr auto write(Objectives const& objectives, Weights const& weights, grouping const& groups, Out... out) const {
    using A = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Objectives>>>;
    auto const n = static_cast<std::size_t>(std::ranges::distance(objectives));
    auto const m = static_cast<std::size_t>(std::ranges::distance(weights));
    if (n != m) detail::there_must_be_one_weight_for_each_objective(n, m);
    std::vector<A> total(groups.rows(), A{});
    auto weight = std::ranges::begin(weights);
    for (auto const& rewards : objectives) {
      A const w = static_cast<A>(*weight++);
      auto const advantages = each(rewards, groups);
      for (std::size_t row = 0; row < total.size(); ++row) total[row] = sum(total[row], product(w, advantages[row]));
    }
    return together(total, groups, out...);
  }
};
template <class Each, class Together>
several_rewards(Each, Together) -> several_rewards<Each, Together>;

/// Group reward-decoupled normalisation: each reward normalised in its group, their weighted sum whitened over the
/// batch. Liu et al. 2026.
inline constexpr several_rewards<group_advantages<group_mean, standard_deviation>, whitening<standard_deviation>>
    gdpo{};

namespace detail {

struct reinforce_plus_plus_fn {
  template <std::ranges::forward_range Sequences, class G, std::input_or_output_iterator... Out>
  constexpr auto operator()(Sequences&& sequences, G const& gamma, Out... out) const {
    using returns_t = decltype(discounted_returns(*std::ranges::begin(sequences), gamma));
    std::vector<returns_t> returns;
    for (auto&& rewards : sequences) returns.push_back(discounted_returns(rewards, gamma));
    return whiten(returns, out...);
  }
};

struct reinforce_plus_plus_baseline_fn {
  template <std::ranges::random_access_range Rewards, std::ranges::random_access_range Lengths,
            std::input_or_output_iterator... Out>
  constexpr auto operator()(Rewards const& rewards, Lengths const& lengths, grouping const& groups, Out... out) const {
    constexpr weighted_group_advantages<over_batch<group_mean>, over_batch<standard_deviation>> whitened{};
    return whitened(dr_grpo(rewards, groups), lengths, groups, out...);
  }
};

}  // namespace detail

/// `reinforce_plus_plus(sequences, gamma)`: the discounted returns of every token, from the rewards of its sequence,
/// whitened over all tokens of the batch: a vector of sequences. Where a sequence was cut off or has tokens that are
/// not the policy's own, whiten what its returns are: `whiten(returns)`. A last argument `out` writes the numbers one
/// after another and returns its end. Hu 2025.
inline constexpr detail::reinforce_plus_plus_fn reinforce_plus_plus{};

/// `reinforce_plus_plus_baseline(rewards, lengths, grouping)`: the reward less the mean of its group, then whitened
/// over all tokens of the batch, of which each answer has as many as its length: one number for each answer, to be
/// given to each of its tokens. A last argument `out` writes them there and returns its end. Hu 2025.
inline constexpr detail::reinforce_plus_plus_baseline_fn reinforce_plus_plus_baseline{};

}  // namespace bellman
