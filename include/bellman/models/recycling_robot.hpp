// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/models/internal/either.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <array>
#include <initializer_list>
#include <ranges>

namespace bellman::models {

/// The states of the recycling robot.
enum class battery { high, low };
/// Its actions.
enum class deed { search, wait, recharge };

/// `recycling_robot<F>{.alpha = a, .beta = b, .r_search = x, .r_wait = y}`: a robot that collects cans, for ever.
/// Searching finds `r_search` of them and leaves a high battery high with probability `alpha`, a low one low with
/// `beta`; otherwise a low one is empty, and the robot is carried home and charged, which costs 3. Waiting finds
/// `r_wait`. A low battery can be recharged.
///
/// *Arguments*: F: the numbers, of any ordered field. The book leaves the four parameters open; unless it is said
/// otherwise they are 3/4, 1/2, 2 and 1.
/// *Errors*: `transition` throws `invalid_value` for a probability outside of [0, 1].
/// *Laws*: `solve` finds `optimal_value`: tests/models.
/// *Source*: Sutton and Barto, examples 3.3 and 3.9.
/// *Use*:
///     bellman::models::recycling_robot<>{}.optimal_value(bellman::models::battery::low, 0.5) == 2
template <class F = double>
struct recycling_robot {
  using state_type = battery;
  using action_type = deed;
  using reward_type = F;

  F alpha = F(3) / F(4);
  F beta = F(1) / F(2);
  F r_search = F(2);
  F r_wait = F(1);

  static constexpr std::array<battery, 2> batteries{battery::high, battery::low};
  static constexpr std::array<deed, 3> deeds{deed::search, deed::wait, deed::recharge};

  constexpr auto states() const { return std::views::all(batteries); }
  constexpr auto actions(battery s) const {
    return std::views::all(deeds) | std::views::take(s == battery::high ? 2 : 3);
  }
  constexpr bool terminal(battery) const { return false; }

  constexpr auto transition(battery s, deed a) const {
    using step = outcome<F, battery>;
    if (a == deed::wait) return internal::either(F(1), step{r_wait, s}, step{F(0), s});
    if (a == deed::recharge) return internal::either(F(1), step{F(0), battery::high}, step{F(0), battery::low});
    if (s == battery::high) {
      return internal::either(alpha, step{r_search, battery::high}, step{r_search, battery::low});
    }
    return internal::either(beta, step{r_search, battery::low}, step{F(-3), battery::high});
  }

  /// The best of what the six deterministic policies are worth, each the solution of its two equations; of a discount
  /// below 1.
  constexpr F optimal_value(battery s, F const& gamma) const {
    F best = value_by(s, way(battery::high, deed::search), way(battery::low, deed::search), gamma);
    for (deed const high : {deed::search, deed::wait}) {
      for (deed const low : deeds) {
        F const value = value_by(s, way(battery::high, high), way(battery::low, low), gamma);
        if (best < value) best = value;
      }
    }
    return best;
  }

 private:
  // What an action pays on average, and with which probability the battery is high after it.
  struct expected {
    F reward;
    F high;
  };
  constexpr expected way(battery s, deed a) const {
    if (a == deed::wait) return {r_wait, F(s == battery::high ? 1 : 0)};
    if (a == deed::recharge) return {F(0), F(1)};
    if (s == battery::high) return {r_search, alpha};
    F const carried = F(1) - beta;
    return {difference(product(beta, r_search), product(F(3), carried)), carried};
  }

  // With x the value of a high battery and y that of a low one:
  // x = r + gamma (p x + (1 - p) y), y = t + gamma (q x + (1 - q) y), by Cramer's rule. The determinant is
  // (1 - gamma) (1 - gamma (p - q)). What is 1 less a product is taken as a sum of what is not negative, so that a
  // gamma near 1 costs no digits.
  static constexpr F value_by(battery s, expected const& high, expected const& low, F const& gamma) {
    F const rest = difference(F(1), gamma);
    F const to_y = product(gamma, difference(F(1), high.high));
    F const to_x = product(gamma, low.high);
    F const from_x = sum(rest, to_y);
    F const from_y = sum(rest, to_x);
    F const both = sum(from_x, to_x);
    if (s == battery::high) {
      return quotient(quotient(sum(product(high.reward, from_y), product(to_y, low.reward)), both), rest);
    }
    return quotient(quotient(sum(product(from_x, low.reward), product(to_x, high.reward)), both), rest);
  }
};

}  // namespace bellman::models
