// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/state_index.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

namespace bellman::test {

using whole = boost::multiprecision::cpp_int;
using fraction = boost::multiprecision::cpp_rational;

/// A float as it is: `m 2^e`, with m odd or 0.
struct dyadic {
  long long m = 0;
  int e = 0;

  constexpr dyadic() = default;
  template <class F>
  explicit dyadic(F x) {
    if (x == F(0)) return;
    int const digits = std::numeric_limits<F>::digits;
    m = static_cast<long long>(std::ldexp(std::frexp(x, &e), digits));
    e -= digits;
    while (m % 2 == 0) {
      m /= 2;
      ++e;
    }
  }
  /// `x / 2^unit`, where that is a whole number.
  whole in_units_of(int unit) const { return m == 0 ? whole(0) : whole(whole(m) << static_cast<unsigned>(e - unit)); }
  fraction as_fraction_of(int unit) const {
    if (m == 0) return fraction(0);
    if (e >= unit) return fraction(in_units_of(unit));
    return fraction(whole(m), whole(whole(1) << static_cast<unsigned>(unit - e)));
  }
};

/// What policies of a small table are worth, in whole numbers, by enumeration: an oracle that shares nothing with what
/// is tested but the table. Weights that add up to one only within rounding are as if they were divided by their sum.
///
/// Values are in units of a power of two, so that a model in tiny or huge rewards costs no more.
class enumeration {
 public:
  /// An equation of a slot, or of a mixture of slots: `sum_k a_k v_k = b`, of which all but the slot's own a are at
  /// most 0; what it leads to beyond, terminal or discounted, makes their sum positive.
  struct equation {
    std::vector<whole> a;
    whole b;
    bool pays = false;  // some slot's b is not 0

    /// `q(s, a) - v(s)`, times a positive number.
    fraction gain(std::vector<fraction> const& v) const {
      fraction total(b);
      for (std::size_t k = 0; k < a.size(); ++k) {
        if (a[k] != 0 && v[k] != 0) total -= a[k] * v[k];
      }
      return total;
    }
  };
  using policy = std::vector<equation>;                 // of each state; none where it is terminal
  using values = std::vector<std::optional<fraction>>;  // none where nothing is discounted and the policy never ends

  template <class Table, class F>
  enumeration(Table const& t, F gamma) {
    dyadic const g(gamma);
    int weight_unit = 0;
    bool paid = false;
    for (index_t slot = 0; slot < t.slots(); ++slot) {
      dyadic const r(t.rewards()[slot]);
      if (r.m != 0 && (!paid || r.e < unit_)) unit_ = r.e;
      paid = paid || r.m != 0;
      for (auto j = t.first_transitions()[slot]; j < t.first_transitions()[slot + 1]; ++j) {
        dyadic const p(t.probabilities()[j]);
        if (p.e < weight_unit) weight_unit = p.e;
      }
    }
    for (index_t s = 0; s < t.size(); ++s) {
      states_.emplace_back();
      for (index_t slot : t.actions(s)) {
        equation of_slot{std::vector<whole>(t.size()), 0, false};
        whole total = 0;
        for (auto j = t.first_transitions()[slot]; j < t.first_transitions()[slot + 1]; ++j) {
          whole const p = dyadic(t.probabilities()[j]).in_units_of(weight_unit);
          total += p;
          index_t const next = t.next_states()[j];
          if (!t.terminal(next)) of_slot.a[next] -= g.m * p << static_cast<unsigned>(g.e < 0 ? 0 : g.e);
        }
        unsigned const by = static_cast<unsigned>(g.e < 0 ? -g.e : 0);
        of_slot.a[s] += total << by;
        of_slot.b = dyadic(t.rewards()[slot]).in_units_of(unit_) << (by + static_cast<unsigned>(-weight_unit));
        of_slot.pays = of_slot.b != 0;
        states_.back().push_back(of_slot);
      }
    }
  }

  std::size_t size() const { return states_.size(); }
  std::vector<equation> const& slots(std::size_t s) const { return states_[s]; }
  bool terminal(std::size_t s) const { return states_[s].empty(); }

  template <class F>
  fraction in_units(F x) const {
    return dyadic(x).as_fraction_of(unit_);
  }

  /// An equation that mixes the slots of a state, with weights that need not add up to one.
  equation mixture(std::size_t s, std::vector<whole> const& weights) const {
    equation e{std::vector<whole>(size()), 0, false};
    for (std::size_t i = 0; i < weights.size(); ++i) {
      for (std::size_t k = 0; k < size(); ++k) e.a[k] += weights[i] * states_[s][i].a[k];
      e.b += weights[i] * states_[s][i].b;
      e.pays = e.pays || (weights[i] != 0 && states_[s][i].pays);
    }
    return e;
  }

  /// States of which no action pays or leads to one that does: whatever is done there, it is worth 0.
  std::vector<char> worthless() const {
    std::vector<char> in(size(), 1);
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t s = 0; s < size(); ++s) {
        for (auto const& slot : states_[s]) {
          if (in[s] == 0 || stays(slot, s, in)) continue;
          in[s] = 0;
          changed = true;
        }
      }
    }
    return in;
  }
  /// States in which a policy is never paid again, and states in which that could be had.
  std::vector<char> unpaid(policy const& pi) const {
    return greatest([&](std::size_t s, std::vector<char> const& in) { return stays(pi[s], s, in); });
  }
  std::vector<char> may_rest() const {
    return greatest([&](std::size_t s, std::vector<char> const& in) {
      for (auto const& slot : states_[s]) {
        if (!ends(slot) && stays(slot, s, in)) return true;
      }
      return false;
    });
  }

  /// The values of a policy; `zero` says which states are worth 0 whatever follows.
  values of_policy(policy const& pi, std::vector<char> const& zero) const {
    std::size_t const n = size();
    auto const done = [&](std::size_t s) { return terminal(s) || zero[s] != 0; };
    // Where it may end, and of these the states that never lead to one where it may not.
    std::vector<char> ok(n);
    for (std::size_t s = 0; s < n; ++s) ok[s] = done(s) || ends(pi[s]) ? 1 : 0;
    spread(
        pi, ok, done, [](bool leads_to_one, bool) { return leads_to_one; }, 1);
    spread(
        pi, ok, done, [](bool, bool leads_to_none) { return !leads_to_none; }, 0);
    std::vector<std::size_t> unknowns;
    for (std::size_t s = 0; s < n; ++s) {
      if (ok[s] != 0 && !done(s)) unknowns.push_back(s);
    }
    values v(n);
    for (std::size_t s = 0; s < n; ++s) {
      if (done(s)) v[s] = fraction(0);
    }
    auto const [x, divisor] = solved(pi, unknowns);
    for (std::size_t i = 0; i < unknowns.size(); ++i) v[unknowns[i]] = fraction(x[i], divisor);
    return v;
  }

  struct optimum {
    std::vector<fraction> v;
    /// From every state some policy ends, and none that never ends gains.
    bool exists = true;
    bool every_state_may_end = true;
    std::vector<char> zero;
    /// Some state could be gone round in for nothing, and every way to end costs more.
    bool resting_is_better = false;
  };
  /// The best that policies that end are worth, state by state, of all policies; `resting` says that what is never paid
  /// again has ended.
  optimum best(bool resting) const {
    std::size_t const n = size();
    optimum found;
    found.zero = worthless();
    values top(n);
    std::vector<std::size_t> choice(n, 0);
    while (true) {
      policy pi(n);
      for (std::size_t s = 0; s < n; ++s) {
        if (!terminal(s)) pi[s] = states_[s][choice[s]];
      }
      values const v = of_policy(pi, resting ? unpaid(pi) : found.zero);
      for (std::size_t s = 0; s < n; ++s) {
        if (v[s] && (!top[s] || *top[s] < *v[s])) top[s] = v[s];
      }
      std::size_t s = 0;
      for (; s < n; ++s) {
        if (terminal(s)) continue;
        if (++choice[s] < states_[s].size()) break;
        choice[s] = 0;
      }
      if (s == n) break;
    }
    for (std::size_t s = 0; s < n; ++s) {
      found.exists = found.exists && top[s].has_value();
      found.v.push_back(top[s].value_or(fraction(0)));
    }
    found.every_state_may_end = found.exists;
    if (!found.exists) return found;
    auto const rests = may_rest();
    for (std::size_t s = 0; s < n; ++s) {
      found.resting_is_better = found.resting_is_better || (rests[s] != 0 && found.v[s] < 0);
      if (found.zero[s] != 0) continue;
      for (auto const& slot : states_[s]) found.exists = found.exists && !(slot.gain(found.v) > 0);
    }
    return found;
  }

 private:
  static bool ends(equation const& e) {
    whole total = 0;
    for (auto const& x : e.a) total += x;
    return total > 0;
  }
  static bool stays(equation const& e, std::size_t s, std::vector<char> const& in) {
    if (e.pays) return false;
    for (std::size_t k = 0; k < e.a.size(); ++k) {
      if (k != s && e.a[k] != 0 && in[k] == 0) return false;
    }
    return true;
  }
  // The greatest set of states that are in it for what is in it.
  template <class Belongs>
  std::vector<char> greatest(Belongs const& belongs) const {
    std::vector<char> in(size());
    for (std::size_t s = 0; s < size(); ++s) in[s] = terminal(s) ? 0 : 1;
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t s = 0; s < size(); ++s) {
        if (in[s] == 0 || belongs(s, in)) continue;
        in[s] = 0;
        changed = true;
      }
    }
    return in;
  }
  template <class Done, class Keeps>
  static void spread(policy const& pi, std::vector<char>& in, Done const& done, Keeps const& keeps, char to) {
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t s = 0; s < in.size(); ++s) {
        if (done(s) || in[s] == to) continue;
        bool leads_to_one = false;
        bool leads_to_none = false;
        for (std::size_t k = 0; k < in.size(); ++k) {
          if (k == s || pi[s].a[k] == 0) continue;
          leads_to_one = leads_to_one || in[k] != 0;
          leads_to_none = leads_to_none || in[k] == 0;
        }
        if (keeps(leads_to_one, leads_to_none) != (to != 0)) continue;
        in[s] = to;
        changed = true;
      }
    }
  }

  struct solution {
    std::vector<whole> x;
    whole divisor;
  };
  // Elimination that stays in whole numbers (Bareiss 1968); no row needs to change its place, for what is left after
  // each step are again shares that leak.
  static solution solved(policy const& pi, std::vector<std::size_t> const& unknowns) {
    std::size_t const n = unknowns.size();
    std::vector<std::vector<whole>> m(n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k : unknowns) m[i].push_back(pi[unknowns[i]].a[k]);
      m[i].push_back(pi[unknowns[i]].b);
    }
    whole before = 1;
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t i = 0; i < n; ++i) {
        if (i == k) continue;
        for (std::size_t j = k + 1; j <= n; ++j) {
          m[i][j] = (m[k][k] * m[i][j] - m[i][k] * m[k][j]) / before;
        }
        m[i][k] = 0;
      }
      before = m[k][k];
    }
    solution found{{}, before};
    for (std::size_t i = 0; i < n; ++i) found.x.push_back(m[i][n]);
    return found;
  }

  std::vector<std::vector<equation>> states_;
  int unit_ = 0;
};

}  // namespace bellman::test
