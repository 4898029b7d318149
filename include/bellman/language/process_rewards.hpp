// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/in_step.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/language/internal/requirements.hpp>
#include <bellman/language/outcome_rewards.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct this_is_no_range_of_lengths {};
struct this_is_no_range_of_lengths_that_can_be_walked_twice {};

}  // namespace refused

namespace internal {

/// The lengths of steps, which are read twice where room for their tokens is made.
template <class Lengths, bool Twice>
using lengths_of_steps = every<rule<(std::ranges::input_range<Lengths> && whole_number<elements_of_t<Lengths>>),
                                    refused::this_is_no_range_of_lengths>,
                               rule<(!Twice || std::ranges::forward_range<Lengths>),
                                    refused::this_is_no_range_of_lengths_that_can_be_walked_twice>>;

}  // namespace internal

namespace detail {

[[noreturn]] inline void a_step_needs_a_token_to_be_rewarded(std::size_t step) {
  internal::refuse("bellman: step " + std::to_string(step) + " has no tokens, so none to bear its reward");
}
[[noreturn]] inline void each_step_needs_one_reward(std::size_t shorter) {
  internal::refuse("bellman: of the lengths and the rewards of steps one ends after " + std::to_string(shorter) +
                   ", the other goes on; there must be one reward for each step");
}

struct process_rewards_fn {
  template <
      class Lengths, class Rewards, class... Out,
      class = typename internal::every<
          internal::lengths_of_steps<Lengths, sizeof...(Out) == 0>, internal::a_range_of_numbers_or_vectors<Rewards>,
          internal::at_most_one_output<internal::elements_of_t<Rewards>, Out...>>::type::yes>
  constexpr auto operator()(Lengths&& lengths, Rewards&& rewards, Out... out) const {
    if constexpr (sizeof...(Out) == 0) {
      using R = std::ranges::range_value_t<Rewards>;
      std::size_t tokens = 0;
      std::size_t step = 0;
      for (auto const& length : lengths) tokens += tokens_of(length, step++);
      std::vector<R> all(tokens, R{});
      std::size_t end = 0;
      step = 0;
      auto const pay = [&](auto const& length, R const& reward) {
        end += tokens_of(length, step++);
        all[end - 1] = reward;
      };
      internal::in_step(each_step_needs_one_reward, pay, lengths, rewards);
      return all;
    } else {
      return write(lengths, rewards, std::move(out)...);
    }
  }

 private:
  template <class Lengths, class Rewards, class Out>
  static constexpr Out write(Lengths&& lengths, Rewards&& rewards, Out out) {
    std::size_t step = 0;
    auto const pay = [&](auto const& length, std::ranges::range_value_t<Rewards> const& reward) {
      out = outcome_rewards(tokens_of(length, step), reward, out);
      ++step;
    };
    internal::in_step(each_step_needs_one_reward, pay, lengths, rewards);
    return out;
  }

  template <class Length>
  static constexpr std::size_t tokens_of(Length const& length, std::size_t step) {
    if (!(Length(0) < length)) a_step_needs_a_token_to_be_rewarded(step);
    return static_cast<std::size_t>(length);
  }
};

}  // namespace detail

/// `process_rewards(lengths, rewards)`: each step's reward, paid for its last token: the `outcome_rewards` of one step
/// after another.
///
/// *Arguments*: how many tokens each step has, and its reward. A `std::vector` comes out; a last argument `out` writes
/// the rewards there and returns its end.
/// *Errors*: a step of no tokens, and lengths and rewards that are not as many, throw `invalid_value`.
/// *Cost*: O(tokens).
/// *Laws*: of one step it is `outcome_rewards` (tests/language/process_rewards.cpp).
/// *Source*: Lightman et al. 2023; Shao et al. 2024, section 4.1.3.
/// *Use*:
///     bellman::process_rewards(std::array{2, 1}, std::array{0.5, -1.0}) == std::vector{0.0, 0.5, -1.0}
inline constexpr detail::process_rewards_fn process_rewards{};

}  // namespace bellman
