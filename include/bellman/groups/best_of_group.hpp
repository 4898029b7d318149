// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/internal/by_group.hpp>
#include <bellman/groups/internal/scaled_advantage.hpp>
#include <bellman/groups/internal/statistics_of_group.hpp>
#include <bellman/groups/internal/what_is_called.hpp>
#include <bellman/groups/scale.hpp>
#include <bellman/internal/place_in.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/parts.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct the_best_of_a_group_needs_rewards_with_a_total_order {};
struct the_scale_of_a_best_answer_must_give_a_number_for_the_statistics_of_its_group {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void the_best_of_a_group_needs_two_answers(internal::place const& only) {
  internal::refuse("bellman: " + only.of("answer") +
                   " is alone; the best is compared with the best of the others, so a group needs at least 2");
}

// Intervals have no total order; the scale is not one over the batch.
template <class Scale, class Groups>
struct a_best_of_groups {
  using V = internal::mean_of_group_t<Groups>;
  using type = typename internal::every<
      internal::rule<!internal::has_bounds<V>, refused::the_best_of_a_group_needs_rewards_with_a_total_order>,
      internal::rule<spread_of<Scale, V>,
                     refused::the_scale_of_a_best_answer_must_give_a_number_for_the_statistics_of_its_group>>::type;
};

}  // namespace detail

/// `best_of_group_advantages{scale}`: how much better a group's best reward is for an answer's being there,
///
///     advantage_i = (max_j r_j - max_{j != i} r_j) / scale
///
/// which is above 0 for the best answer alone, and 0 for all if there are two best. It is what pass@n of the whole
/// group gains.
///
/// *Arguments*: a spread of the group, not `over_batch`. Forms as in `group_advantages`.
/// *Errors*: `invalid_value` for a group of one, where there are no others, for a reward that is NaN or infinite, and
/// for lengths that differ. Intervals have no best reward and do not compile.
/// *Cost*: O(n), three passes over a group.
/// *Laws*: the gradient is that of the expected maximum. tests/laws/group_laws.cpp.
/// *Source*: Tang et al. 2025.
/// *Use*:
///     bellman::best_of_group_advantages{bellman::sample_variance{}}(std::array{3.0, 1.0}) == std::array{1.0, 0.0}
template <class Scale = unscaled>
struct best_of_group_advantages {
  using verdict_on_scale =
      internal::rule<internal::accepts<internal::what_may_be_a_scale<Scale>>,
                     refused::the_scale_of_a_best_answer_must_give_a_number_for_the_statistics_of_its_group>;

  [[no_unique_address]] Scale scale{};

  constexpr best_of_group_advantages() = default;
  constexpr explicit best_of_group_advantages(Scale its_scale) requires internal::accepts<verdict_on_scale>
      : scale(std::move(its_scale)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_scale::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit best_of_group_advantages(X...) = delete;

  template <class... Arguments,
            class = typename internal::a_group_call<best_of_group_advantages, 1, Arguments...>::type::yes>
  constexpr auto operator()(Arguments&&... arguments) const {
    return internal::by_group(*this, std::forward<Arguments>(arguments)...);
  }

  template <class Groups>
  using needs = detail::a_best_of_groups<Scale, Groups>;
  template <class Rewards>
  constexpr auto of_group(Rewards&& rewards) const {
    auto const group = statistics_of(rewards);
    using V = std::remove_cvref_t<decltype(group.mean)>;
    internal::place_in<std::remove_cvref_t<Rewards>> const place(rewards);
    if (group.count == 1) detail::the_best_of_a_group_needs_two_answers(place(0));
    std::size_t best = 0;
    std::size_t i = 0;
    V largest{};
    V second{};
    for (auto const& reward : rewards) {
      V const r = static_cast<V>(reward);
      if (i == 0 || largest < r) {
        second = largest;
        largest = r;
        best = i;
      } else if (i == 1 || second < r) {
        second = r;
      }
      ++i;
    }
    V lead{};
    if (group.count > 1) {
      lead = internal::scaled_advantage(difference(largest, second), static_cast<V>(scale(group)),
                                        [&] { return place(best).of("reward"); });
    }
    return [best, lead, i = std::size_t{0}](auto const&) mutable {
      if (i++ == best) return lead;
      return V{};
    };
  }
};
template <class Scale>
best_of_group_advantages(Scale) -> best_of_group_advantages<Scale>;

/// `best_of_group(rewards)`: the best answer's lead over the second, without a scale; 0 for the others.
///
/// *Arguments*: forms as in `group_advantages`.
/// *Errors*: those of `best_of_group_advantages`.
/// *Use*:
///     bellman::best_of_group(std::array{1, 0, 5, 2}) == std::array{0.0, 0.0, 3.0, 0.0}
inline constexpr best_of_group_advantages<> best_of_group{};

}  // namespace bellman
