// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/internal/check_output.hpp>

#include <cstddef>
#include <iterator>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void an_answer_needs_a_token_to_be_rewarded() {
  internal::refuse("bellman: an answer of no tokens has no last one to bear its reward");
}

struct outcome_rewards_fn {
  template <class R>
  constexpr std::vector<R> operator()(std::size_t tokens, R const& reward) const {
    std::vector<R> rewards(tokens, R{});
    (*this)(tokens, reward, rewards.begin());
    return rewards;
  }

  template <class R, std::output_iterator<R const&> Out>
  constexpr Out operator()(std::size_t tokens, R const& reward, Out out) const {
    internal::check_output<Out, R>();
    if (tokens == 0) an_answer_needs_a_token_to_be_rewarded();
    for (std::size_t t = 1; t < tokens; ++t) *out++ = R{};
    *out++ = reward;
    return out;
  }
};

}  // namespace detail

/// `outcome_rewards(tokens, r)`: `0, ..., 0, r`: the reward of an answer, paid for its last token, after which it is
/// judged.
///
/// *Arguments*: how many tokens the answer has, and its reward. A `std::vector` comes out; a last argument `out` writes
/// the rewards there and returns its end.
/// *Errors*: an answer of no tokens throws `invalid_value`.
/// *Cost*: O(tokens).
/// *Use*:
///     bellman::outcome_rewards(3, 0.5) == std::vector{0.0, 0.0, 0.5}
inline constexpr detail::outcome_rewards_fn outcome_rewards{};

}  // namespace bellman
