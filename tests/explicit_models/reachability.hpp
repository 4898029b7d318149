// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/interval.hpp>

#include <cstddef>
#include <ranges>
#include <span>
#include <vector>

namespace explicit_models {

using bellman::explicit_model;
using bellman::index_t;

/// A set of states.
using state_set = std::vector<bool>;

inline state_set set_of(std::span<index_t const> listed, index_t n) {
  state_set set(n, false);
  for (index_t s : listed) set[s] = true;
  return set;
}

/// The states from which no path leads to the target.
template <class R, class P>
state_set cannot_reach(explicit_model<R, P> const& model, state_set const& target) {
  state_set reaches = target;
  for (bool changed = true; changed;) {
    changed = false;
    for (index_t s : model.states()) {
      if (reaches[s]) continue;
      for (index_t a : model.actions(s)) {
        for (auto const& e : model.transition(s, a)) {
          if (!reaches[s] && reaches[e.value.next]) reaches[s] = changed = true;
        }
      }
    }
  }
  reaches.flip();
  return reaches;
}

/// The states from which some policy is sure never to come to the target.
template <class R, class P>
state_set can_avoid(explicit_model<R, P> const& model, state_set const& target) {
  state_set avoids = target;
  avoids.flip();
  for (bool changed = true; changed;) {
    changed = false;
    for (index_t s : model.states()) {
      if (!avoids[s] || model.terminal(s)) continue;
      bool stays = false;
      for (index_t a : model.actions(s)) {
        bool inside = true;
        for (auto const& e : model.transition(s, a)) inside = inside && avoids[e.value.next];
        stays = stays || inside;
      }
      if (!stays) {
        avoids[s] = false;
        changed = true;
      }
    }
  }
  return avoids;
}

/// A model in which some states end, and which pays otherwise: `sign` on arriving in the target, or `sign` times what
/// it pays.
template <class R>
struct until {
  using state_type = index_t;
  using action_type = index_t;
  using reward_type = R;

  explicit_model<R> model;
  state_set target;
  state_set end;  // besides the target
  R sign;
  bool pays_for_arriving;

  auto states() const { return model.states(); }
  auto actions(index_t s) const { return model.actions(s); }
  bool terminal(index_t s) const { return target[s] || end[s] || model.terminal(s); }
  auto transition(index_t s, index_t a) const {
    std::vector<bellman::weighted<bellman::outcome<R, index_t>, R>> outcomes;
    for (auto const& e : model.transition(s, a)) {
      R const r = !pays_for_arriving ? e.value.reward : target[e.value.next] ? R(1) : R(0);
      outcomes.push_back({{sign * r, e.value.next}, e.probability});
    }
    return outcomes;
  }
};

/// A chain with intervals of probabilities, in which each step takes one of the extreme distributions within them: of
/// the probabilities that sum to one, all but one at an end of their interval. An action is the number of one.
struct extremes {
  using state_type = index_t;
  using action_type = std::size_t;
  using reward_type = double;
  using distribution = std::vector<bellman::weighted<bellman::outcome<double, index_t>, double>>;

  explicit_model<double, bellman::interval<double>> model;
  state_set target;
  state_set end;
  double sign;

  auto states() const { return model.states(); }
  auto actions(index_t s) const { return std::views::iota(std::size_t{0}, extremes_of(s).size()); }
  bool terminal(index_t s) const { return target[s] || end[s]; }
  distribution transition(index_t s, std::size_t a) const { return extremes_of(s)[a]; }

  std::vector<distribution> extremes_of(index_t s) const {
    auto const row = model.transition(s, model.actions(s)[0]);
    std::size_t const n = row.size();
    std::vector<distribution> all;
    for (std::size_t free = 0; free < n; ++free) {
      for (std::size_t bits = 0; bits < std::size_t{1} << (n - 1); ++bits) {
        distribution d;
        double rest = 1;
        for (std::size_t k = 0, bit = 0; k < n; ++k) {
          auto const e = row.at(k);
          double p = 0;
          if (k != free) {
            p = (bits >> bit++ & 1) != 0 ? e.probability.upper() : e.probability.lower();
            rest -= p;
          }
          d.push_back({{target[e.value.next] ? sign : 0.0, e.value.next}, p});
        }
        auto const free_interval = row.at(free).probability;
        if (rest < free_interval.lower() - 1e-12 || rest > free_interval.upper() + 1e-12) continue;
        d[free].probability = rest < 0 ? 0 : rest;
        all.push_back(d);
      }
    }
    return all;
  }
};

}  // namespace explicit_models
