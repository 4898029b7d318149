// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/language/internal/requirements.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void an_answer_needs_a_token_to_be_rewarded() {
  internal::refuse("bellman: an answer of no tokens has no last one to bear its reward");
}

struct outcome_rewards_fn {
  template <class N, class R, class... Out,
            class = typename internal::every<internal::a_number_of_tokens<N>, internal::a_number_or_vector<R>,
                                             internal::at_most_one_output<R, Out...>>::type::yes>
  constexpr auto operator()(N number, R const& reward, Out... out) const {
    if (!(N(0) < number)) an_answer_needs_a_token_to_be_rewarded();
    auto const tokens = static_cast<std::size_t>(number);
    if constexpr (sizeof...(Out) == 0) {
      std::vector<R> rewards(tokens, R{});
      rewards.back() = reward;
      return rewards;
    } else {
      return write(tokens, reward, std::move(out)...);
    }
  }

 private:
  template <class R, class Out>
  static constexpr Out write(std::size_t tokens, R const& reward, Out out) {
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
