// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/internal/over_recording.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/layout/internal/rules.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/value/discount.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct rewards_to_scale_are_a_time_major_array_of_numbers {};
struct steps_of_rewards_to_scale_are_recorded_steps {};
struct a_discount_of_rewards_to_scale_is_a_number_with_an_order {};
struct this_is_no_spread_of_returns {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void there_must_be_rewards_of_as_many_environments(std::size_t found, std::size_t environments) {
  internal::refuse("bellman: rewards of " + std::to_string(found) + " environments; they are scaled for " +
                   std::to_string(environments));
}
template <class V>
[[noreturn]] void what_rewards_are_divided_by_must_be_positive(std::size_t step, V const& spread) {
  internal::refuse("bellman: at step " + std::to_string(step) + " the returns have the spread " +
                   internal::describe(spread) + ", by which rewards are divided; it must be greater than 0 and finite");
}

template <class Rewards>
consteval bool can_be_scaled() {
  if constexpr (internal::is_time_major<Rewards>) {
    return internal::number<typename std::remove_cvref_t<Rewards>::value_type>;
  } else {
    return false;
  }
}
template <class Rewards>
struct rewards_to_scale
    : internal::rule<detail::can_be_scaled<Rewards>(), refused::rewards_to_scale_are_a_time_major_array_of_numbers> {};
template <class Steps>
using steps_to_scale =
    internal::rule<internal::is_recorded_steps<Steps>, refused::steps_of_rewards_to_scale_are_recorded_steps>;

// A flag of a recording, which may be there or not, and may lack its last step.
constexpr bool flag_of(internal::nowhere, std::size_t, std::size_t, bool otherwise) { return otherwise; }
template <class Flags>
constexpr bool flag_of(Flags const& flags, std::size_t t, std::size_t i, bool otherwise) {
  using flag = typename Flags::value_type;
  if (t >= flags.steps()) return otherwise;
  auto const row = flags.step(t);
  return static_cast<bool>(internal::element_at(row, i) != flag(0));
}

}  // namespace detail

namespace internal {

template <class F, class Spread>
consteval auto judge_reward_scaling() {
  if constexpr (!ordered_field<F>) {
    return refused::a_discount_of_rewards_to_scale_is_a_number_with_an_order{};
  } else {
    return typename rule<spread_of<Spread, sum_t<F>>, refused::this_is_no_spread_of_returns>::type{};
  }
}
template <class F, class Spread>
struct a_discount_and_a_spread {
  using type = decltype(internal::judge_reward_scaling<F, Spread>());
};

// A whole number is taken as a double.
template <class F>
using discount_of_scaling_t = std::conditional_t<std::integral<F>, double, F>;

}  // namespace internal

/// `reward_scaling{gamma, N}`: rewards of N environments divided by the running deviation of their discounted returns.
/// For each environment it keeps the return so far, `G <- gamma G + R`, which begins anew after the end of an episode;
/// after each step the returns of all environments are merged into the `statistics` of all that there were, and the
/// rewards of the step are divided by the spread of these:
///
///     R / sqrt(squares / n + 1e-8)
///
/// `scaling(rewards, steps)`: the scaled rewards, laid out alike in a vector; a later call goes on where this one
/// stopped. `seen()`: the statistics so far.
///
/// `reward_scaling{gamma, N, spread}` divides by another spread.
///
/// *Arguments*: a discount, in whose type, or in `double` where it is a float, is computed; at least one environment; a
/// `spread_of` numbers of that type. `rewards` is a `time_major` array of N sequences, `steps` their
/// `recorded_steps`, such as a recording's `r.steps()`, of which values are not looked at. A reset counts as no return.
/// *Errors*: `invalid_value` for a discount outside [0, 1], no environments, an array of another number of sequences or
/// with flags of another shape, rewards that are not finite and a spread of 0 or beyond all numbers; all is then as it
/// was.
/// *Cost*: O(T N), a division for each of T steps and one for each reward.
/// *Laws*: the statistics are those of two passes over all returns (tests/experience/reward_scaling.cpp).
/// *Source*: `VecNormalize` of Stable-Baselines3, whose statistics begin with 1e-4 imagined returns of deviation 1, and
/// `NormalizeReward` of Gymnasium; Engstrom et al. 2020, "Implementation matters in deep policy gradients".
/// *Use*:
///     [rewards = std::array{1.0, 3.0}, ends = std::array{0, 0}] {
///       bellman::reward_scaling scaling(0.5, 2, bellman::population_variance{});
///       auto const scaled = scaling(bellman::time_major(rewards, 2),
///                                   bellman::recorded_steps{.terminated = bellman::time_major(ends, 2)});
///       return scaled == std::vector{1.0, 3.0} && scaling.seen().mean == 2.0;
///     }()
template <class F, class Spread = root_of<spread_plus<population_variance, double>>,
          class Verdict = typename internal::a_discount_and_a_spread<F, Spread>::type>
class reward_scaling {
 public:
  // Of parts that do not go together, which no call has; the last argument of the type says why.
  template <class Reason = Verdict, class = typename Reason::yes>
  reward_scaling(F const&, std::size_t, auto const&...);
};

template <class F, class Spread>
class reward_scaling<F, Spread, internal::accepted> {
  using V = sum_t<F>;

 public:
  constexpr reward_scaling(F its_gamma, std::size_t environments, Spread its_spread)
      : gamma_(V(its_gamma)), returns_(environments, V(0)), spread_(std::move(its_spread)) {
    if (environments == 0) internal::there_must_be_at_least_one("environments");
  }
  constexpr reward_scaling(F its_gamma, std::size_t environments) requires
      std::same_as<Spread, root_of<spread_plus<population_variance, double>>>
      : reward_scaling(its_gamma, environments, Spread{spread_plus{population_variance{}, 1e-8}}) {}

  constexpr statistics<V> const& seen() const& { return seen_; }
  constexpr statistics<V> seen() const&& { return seen_; }

  template <
      class Rewards, class Steps,
      class = typename internal::every<detail::rewards_to_scale<Rewards>, detail::steps_to_scale<Steps>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Steps const& steps) {
    using R = number_t<typename Rewards::value_type>;
    std::size_t const n = returns_.size();
    if (rewards.sequences() != n) {
      detail::there_must_be_rewards_of_as_many_environments(rewards.sequences(), n);
    }
    internal::check_steps(steps, rewards);
    auto returns = returns_;
    auto seen = seen_;
    std::vector<R> scaled;
    scaled.reserve(rewards.size());
    std::vector<V> of_row;
    for (std::size_t t = 0; t < rewards.steps(); ++t) {
      auto const row = rewards.step(t);
      of_row.clear();
      for (std::size_t i = 0; i < n; ++i) {
        if (!detail::flag_of(steps.own, t, i, true)) continue;
        returns[i] = sum(product(gamma_.value(), returns[i]), static_cast<V>(internal::element_at(row, i)));
        of_row.push_back(returns[i]);
      }
      seen = merged(seen, statistics_of(of_row));
      V const spread = static_cast<V>(spread_(seen));
      if (!of_row.empty() && (!(V(0) < spread) || !is_finite(spread))) {
        detail::what_rewards_are_divided_by_must_be_positive(t, spread);
      }
      for (std::size_t i = 0; i < n; ++i) {
        bool const is_own = detail::flag_of(steps.own, t, i, true);
        V const reward = is_own ? static_cast<V>(internal::element_at(row, i)) : V(0);
        scaled.push_back(is_own ? static_cast<R>(quotient(reward, spread)) : static_cast<R>(V(0)));
        if (detail::flag_of(steps.terminated, t, i, false) || detail::flag_of(steps.truncated, t, i, false)) {
          returns[i] = V(0);
        }
      }
    }
    returns_ = std::move(returns);
    seen_ = seen;
    return scaled;
  }

 private:
  discount<V> gamma_;
  std::vector<V> returns_;
  statistics<V> seen_{};
  Spread spread_;
};
template <class F>
reward_scaling(F, std::size_t) -> reward_scaling<internal::discount_of_scaling_t<F>>;
template <class F, class Spread>
reward_scaling(F, std::size_t, Spread) -> reward_scaling<internal::discount_of_scaling_t<F>, Spread>;

}  // namespace bellman
