// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/models/internal/either.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <ranges>

namespace bellman::models {

/// `gamblers_problem<F>{.p_h = p}`: a gambler stakes some of his capital on a coin that shows heads with probability
/// `p_h`, and wins as much or loses it, until he has 100 or nothing. Reaching 100 pays 1.
///
/// The state is the capital, 0 to 100, the action the stake, 1 to `min(s, 100 - s)`: the book allows to stake nothing,
/// which changes nothing.
///
/// *Arguments*: F: the numbers, of any ordered field; `p_h`: 2/5, unless it is said otherwise.
/// *Errors*: `transition` throws `invalid_value` for a probability outside of [0, 1].
/// *Laws*: `solve` finds `optimal_value_at_discount_1`: tests/models.
/// *Source*: Sutton and Barto, example 4.3; Dubins and Savage (1965), How to gamble if you must.
/// *Use*:
///     bellman::models::gamblers_problem<>{.p_h = 0.25}.optimal_value_at_discount_1(25) == 0.0625
template <class F = double>
struct gamblers_problem {
  using state_type = int;
  using action_type = int;
  using reward_type = F;

  F p_h = F(2) / F(5);

  constexpr auto states() const { return std::views::iota(0, 101); }
  constexpr auto actions(int s) const { return std::views::iota(1, (s < 50 ? s : 100 - s) + 1); }
  constexpr bool terminal(int s) const { return s == 0 || s == 100; }

  constexpr auto transition(int s, int stake) const {
    return internal::either(p_h, outcome{F(s + stake == 100 ? 1 : 0), s + stake}, outcome{F(0), s - stake});
  }

  /// The probability of reaching 100. Up to `p_h = 1/2` bold play is best, all that can be lost or is needed:
  /// `V(s) = p_h V(2 s)` up to 50, and `p_h + (1 - p_h) V(2 s - 100)` above. Above 1/2 a stake of 1 is best:
  /// `(1 + r + ... + r^(s - 1)) / (1 + r + ... + r^99)` with `r = (1 - p_h) / p_h`. With 2/5 that is 4/25 of a capital
  /// of 25, 2/5 of 50 and 16/25 of 75; the others' denominators have up to 16 digits.
  constexpr F optimal_value_at_discount_1(int s) const {
    if (terminal(s)) return F(0);
    if (F(1) / F(2) < p_h) return by_timid_play(s);
    return by_bold_play(s);
  }

 private:
  // Both sums by Horner's rule, from what is positive: 1 - r^s would lose its digits where r is near 1.
  constexpr F by_timid_play(int s) const {
    F const r = quotient(F(F(1) - p_h), p_h);
    F total = F(1);
    F to_s = F(1);
    for (int n = 2; n <= 100; ++n) {
      total = sum(F(1), product(r, total));
      if (n == s) to_s = total;
    }
    return quotient(to_s, total);
  }

  // Doubled again and again, the capital comes to 100, or to what it was before: after two steps it is a multiple of 4,
  // of which doubling takes each to another. Until then V(s) = won + left V(now).
  constexpr F by_bold_play(int s) const {
    F won = F(0);
    F left = F(1);
    auto const step = [&](int now) {
      if (now <= 50) {
        left = product(left, p_h);
        return 2 * now;
      }
      won = sum(won, product(left, p_h));
      left = product(left, F(F(1) - p_h));
      return 2 * now - 100;
    };
    int now = s;
    for (int n = 0; n < 2 && now != 100; ++n) now = step(now);
    if (now == 100) return sum(won, left);
    F const won_before = won;
    F const left_before = left;
    won = F(0);
    left = F(1);
    int const first = now;
    do now = step(now);
    while (now != first);
    return sum(won_before, product(left_before, quotient(won, difference(F(1), left))));
  }
};

}  // namespace bellman::models
