// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>

#include "../support/claims.hpp"
#include "controller.hpp"
#include "machine.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

// The controller's orders and two rules, solved for and tried out.
namespace firmware {

/// The controller as a policy of the model.
inline crates controlled(stock const& s) {
  auto const reading = [](int x) { return static_cast<std::uint8_t>(x); };
  return crates_to_order(reading(s.day), reading(s.coming), reading(s.fresh), reading(s.day_old), reading(s.last_day));
}

/// Orders what is missing to `Level` crates, those that come among them.
template <int Level>
crates up_to(stock const& s) {
  int const missing = Level - s.coming - s.fresh - s.day_old - s.last_day;
  return missing < 0 ? 0 : missing > 2 ? 2 : missing;
}

/// What a rule earns from an empty machine on a Monday.
struct record {
  std::string rule;
  double value, lower, upper;                ///< the expected discounted profit, and its bounds
  double mean = 0, error = 0;                ///< the mean of that in simulated runs, and its standard error
  double sold = 0, spoiled = 0, missed = 0;  ///< crates a week
};

inline constexpr int runs = 10'000, days_of_a_run = 52 * 7;

struct findings {
  std::size_t states = 0;
  std::vector<record> records;  ///< the controller's first
  support::claims claims;
};

namespace detail {

/// The rule in `runs` years; in each run the same crates are asked for, whatever the rule.
template <class Rule>
void try_out(record& r, Rule const& rule) {
  constexpr machine env;
  std::mt19937_64 random;
  double sum = 0, squares = 0, sold = 0, spoiled = 0, missed = 0;
  for (int run = 0; run < runs; ++run) {
    double earned = 0, weight = 1;
    stock s;
    for (int day = 0; day < days_of_a_run; ++day) {
      double const u = static_cast<double>(random() >> 11) * 0x1p-53;
      auto const& p = demand_on(s.day);
      crates const ordered = rule(s);
      sales const x = env.day_with(u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2, s, ordered);
      earned += weight * env.profit(x, ordered);
      weight *= discount;
      sold += x.sold;
      spoiled += x.spoiled;
      missed += x.missed;
      s = x.next;
    }
    sum += earned;
    squares += earned * earned;
  }
  double const weeks = runs * (days_of_a_run / 7.0);
  r.sold = sold / weeks;
  r.spoiled = spoiled / weeks;
  r.missed = missed / weeks;
  r.mean = sum / runs;
  r.error = std::sqrt((squares / runs - r.mean * r.mean) / (runs - 1));
}

template <class Rule>
record record_of(std::string name, Rule const& rule) {
  auto const v = bellman::state_value(machine{}, rule, discount);
  record r{std::move(name), v(stock{}), v.lower(stock{}), v.upper(stock{})};
  detail::try_out(r, rule);
  return r;
}

/// What is earned where nothing is ever ordered: each crate that is asked for is missed.
inline double never_by_hand() {
  double sum = 0, weight = 1;
  for (int day = 0; day < 7; ++day, weight *= discount)
    sum -= weight * missed * (demand_on(day)[1] + 2 * demand_on(day)[2]);
  return sum / (1 - weight);
}

}  // namespace detail

inline findings find_out() {
  findings f;
  machine const env;
  f.states = env.states().size();
  f.records = {detail::record_of("the controller", controlled), detail::record_of("up to 4", up_to<4>),
               detail::record_of("never", up_to<0>)};

  auto const best = bellman::solve(env, discount);
  bool is_best = true;
  for (stock const& s : env.states())
    is_best = is_best && best.policy.optimal_actions(s).size() == 1 && controlled(s) == best.policy.action(s);
  f.claims.add("in each state the table has the one best order, as it is found at run time", is_best);
  f.claims.add("so the controller's profit is the best there is",
               best.value.lower(stock{}) <= f.records[0].upper && f.records[0].lower <= best.value.upper(stock{}));
  double const level_4 = f.records[1].lower;
  bool is_best_level = true;
  for (auto const& rule : {up_to<1>, up_to<2>, up_to<3>, up_to<5>, up_to<6>}) {
    is_best_level = is_best_level && bellman::state_value(env, rule, discount).upper(stock{}) < level_4;
  }
  f.claims.add("of the rules that order up to a level 4 is the best", is_best_level);
  double const never = detail::never_by_hand();
  f.claims.add("never to order costs what it costs by hand",
               f.records[2].lower - 1e-9 <= never && never <= f.records[2].upper + 1e-9);
  bool is_met = true;
  for (record const& r : f.records) is_met = is_met && std::abs(r.mean - r.value) < 4 * r.error;
  f.claims.add("each simulated mean is within 4 of its standard errors", is_met);
  return f;
}

}  // namespace firmware
