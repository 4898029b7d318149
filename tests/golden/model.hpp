// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/distribution.hpp>

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <vector>

#include "golden/number.hpp"

namespace golden {

/// An environment as a file lists it: for each state the actions it has, for each of those its outcomes. Where `done`
/// steps end, one more state follows the others; a state without actions is terminal.
template <class R>
struct environment {
  using state_type = int;
  using action_type = int;
  using reward_type = R;
  using point = bellman::weighted<bellman::outcome<R, int>, R>;
  struct choice {
    int action;
    std::vector<point> outcomes;
  };

  std::vector<std::vector<choice>> choices;

  auto states() const { return std::views::iota(0, static_cast<int>(choices.size())); }
  auto actions(int s) const { return at(s) | std::views::transform(&choice::action); }
  bool has(int s, int a) const { return std::ranges::find(at(s), a, &choice::action) != at(s).end(); }
  bool terminal(int s) const { return at(s).empty(); }
  std::vector<point> const& transition(int s, int a) const {
    return std::ranges::find(at(s), a, &choice::action)->outcomes;
  }

  std::vector<choice> const& at(int s) const { return choices[static_cast<std::size_t>(s)]; }
};

/// The same model in floating point and as fractions.
struct model {
  int states = 0;   // those of the file
  int actions = 0;  // the most that a state has
  bool fractions_sum_to_one = true;
  environment<double> rounded;
  environment<exact> fractions;

  explicit model(int its_states, int its_actions) : states(its_states), actions(its_actions) {
    rounded.choices.resize(static_cast<std::size_t>(states));
    fractions.choices.resize(static_cast<std::size_t>(states));
  }

  /// One outcome of action `a` in state `s`; `next` may be `end()`.
  void add(int s, int a, json const& p, int next, exact const& reward) {
    if (s < 0 || s >= states || a < 0 || a >= actions || next < 0 || next > states) {
      throw bad_file("a transition names a state or an action that there is not");
    }
    if (probability(p) < exact(0) || exact(1) < probability(p)) throw bad_file("a probability is " + p.dump());
    double const rounded_p = p.is_number() ? p.get<double>() : to_double(number(p));
    put(rounded, s, a, rounded_p, next, to_double(reward));
    put(fractions, s, a, probability(p), next, reward);
  }

  int end() const { return states; }

  /// To be called when all transitions are there.
  void complete() {
    rounded.choices.emplace_back();
    fractions.choices.emplace_back();
    for (auto const& choices : fractions.choices) {
      for (auto const& c : choices) fractions_sum_to_one = fractions_sum_to_one && total_of(c.outcomes) == exact(1);
    }
  }

  /// Fractions near decimals may sum to a little more or less than one. The equations `V = sum p (r + gamma V)` that
  /// they make are those of the discount 1 where `gamma p` is the probability of going on and the rest that of the end.
  environment<exact> with_the_discount_as_an_end(exact const& gamma) const {
    environment<exact> env = fractions;
    for (auto& choices : env.choices) {
      for (auto& c : choices) {
        exact mean(0);
        for (auto const& e : c.outcomes) mean += e.probability * e.value.reward;
        for (auto& e : c.outcomes) e = {{mean, e.value.next}, gamma * e.probability};
        c.outcomes.push_back({{mean, end()}, exact(1) - total_of(c.outcomes)});
      }
    }
    return env;
  }

 private:
  static exact total_of(std::vector<environment<exact>::point> const& outcomes) {
    exact total(0);
    for (auto const& e : outcomes) total += e.probability;
    return total;
  }

  template <class R>
  static void put(environment<R>& env, int s, int a, R const& p, int next, R const& reward) {
    auto& choices = env.choices[static_cast<std::size_t>(s)];
    auto c = std::ranges::find(choices, a, &environment<R>::choice::action);
    if (c == choices.end()) c = choices.insert(c, {a, {}});
    c->outcomes.push_back({{reward, next}, p});
  }
};

}  // namespace golden
