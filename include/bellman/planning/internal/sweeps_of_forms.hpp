// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/elimination_in_a_band.hpp>
#include <bellman/planning/internal/order_of_states.hpp>
#include <bellman/planning/state_index.hpp>

#include <cstddef>
#include <limits>

namespace bellman::internal {

/// Where the loop stands: values, a policy, and how far the last sweep moved the values.
template <class V, std::size_t N>
struct values_so_far {
  V value[N]{};
  index_t slot[N]{};
  V change{};
  V largest{};              // value
  V aim{};                  // the change to come to
  V least{};                // change since it is within a few roundings
  double reads = 0;         // of terms
  int rounds = 0;           // since the aim was set, or the policy changed where nothing is discounted
  int waits = 0;            // how often the change did not fall by half since it is within a few roundings
  index_t goes_on = no_index;  // a state from which what is better never ends
  bool settled = false;
  bool stalled = false;
  bool unbounded = false;
};

/// Modified policy iteration over the forms of an operator: improve the policy by a sweep in place; evaluate it by
/// `evaluations` sweeps of the policy alone, and by the combination of these with the least change; where that takes
/// long, by elimination, if states lead to others that are near in the order. It decides when to stop, not what is
/// right: that is certified.
///
/// Where nothing is discounted it begins with a policy that ends, evaluates each as far as the aim, and leaves it only
/// for what is better by more than rounding: so each policy ends, or what never ends gains.
///
/// *Source*: Puterman and Shin 1978; the combination: Eddy 1979, Mesina 1977 (reduced rank extrapolation), of which
/// MacQueen's shift is the case of two sweeps that differ by a constant.
template <class Forms, class V, std::size_t Width, bool Undiscounted>
struct sweeps_of_forms {
  static constexpr std::size_t n = Forms::states;
  using order_type = order_of_states<n>;
  using values = values_so_far<V, n>;

  // What compilers grant a constant expression is counted in steps: clang 2^20, of which a term takes about 6.
  static constexpr std::size_t reads_at_once = 100000;
  static constexpr std::size_t reads_to_improve = (Undiscounted ? 4 : 1) * (Forms::terms + 2 * Forms::slots + 3 * n);
  static constexpr std::size_t reads_to_follow = (Forms::terms / (Forms::slots + 1) + 4) * n;
  static constexpr std::size_t reads_to_eliminate = n * (Width + 2) * (Width + 2) + reads_to_follow;
  static constexpr bool can_eliminate = Width <= 200 && reads_to_eliminate + reads_to_improve <= reads_at_once;
  static constexpr std::size_t reads_of_a_round(std::size_t k) {
    return reads_to_improve + k * reads_to_follow + k * (k + 4) / 2 * n;
  }
  static constexpr std::size_t evaluations = [] {
    std::size_t k = 7;
    while (k > 0 && reads_of_a_round(k) > reads_at_once) --k;
    return k;
  }();
  static constexpr std::size_t rounds_at_once = [] {
    std::size_t const reads = can_eliminate && reads_of_a_round(evaluations) < reads_to_eliminate + reads_to_improve
                                  ? reads_to_eliminate + reads_to_improve
                                  : reads_of_a_round(evaluations);
    std::size_t const rounds = reads_at_once / reads;
    return rounds < 1 ? 1 : rounds < 50 ? rounds : 50;
  }();
  // After how many rounds of sweeps the equations are solved.
  static constexpr int patience = Undiscounted ? 3 : 8;

  static constexpr V few_roundings = V(4096) * std::numeric_limits<V>::epsilon();
  static constexpr double reads_of_a_policy =
      static_cast<double>(Forms::terms * n) / static_cast<double>(Forms::slots + (Forms::slots == 0 ? 1 : 0));

  // Beyond, rounding would take more than the combination gives.
  static constexpr V most_weight = [] {
    V w(1);
    for (int k = 0; k < std::numeric_limits<V>::digits / 2; ++k) w *= V(2);
    return w;
  }();

  // Larger values are not combined, so that what combines them stays in range.
  static constexpr V most_combined = (std::numeric_limits<V>::max)() / most_weight / V(1024);
  // Beyond, values are taken for what leaves the range.
  static constexpr V most_value = (std::numeric_limits<V>::max)() / V(64);

  static constexpr values begin(order_type const& order, V const& aim) {
    values x;
    for (std::size_t s = 0; s < n; ++s) x.slot[s] = order.slot[s];
    x.aim = aim;
    return x;
  }

  /// One sweep in place, of the best slots, or of those of the policy; the former every other time backwards,
  /// where states lead to others that are near.
  template <bool Improves>
  static constexpr void sweep(Forms const& f, order_type const& order, values& x) {
    V most(0);
    V largest(0);
    bool const back = Improves && can_eliminate && x.rounds % 2 == 1;
    for (std::size_t i = 0; i < n; ++i) {
      index_t const s = order.state[back ? n - 1 - i : i];
      index_t const first = f.first_slot[s];
      index_t const last = f.first_slot[s + 1];
      if (first == last) continue;
      index_t const kept = x.slot[s];
      V q = f.value(kept, x.value);
      if constexpr (Improves) {
        for (index_t k = first; k < last; ++k) {
          if (k == kept) continue;
          V const other = f.value(k, x.value);
          if (q < other) {
            q = other;
            x.slot[s] = k;
          }
        }
      }
      V const d = q < x.value[s] ? x.value[s] - q : q - x.value[s];
      if (!(d <= most)) most = d;  // what is no number stays
      x.value[s] = q;
      V const size = q < V(0) ? -q : q;
      if (largest < size) largest = size;
    }
    x.change = most;
    x.largest = largest;
    x.reads += Improves ? static_cast<double>(Forms::terms) : reads_of_a_policy;
  }

  /// Leaves the policy for what is better by more than rounding, in place, there and back; says whether it did. As values
  /// only grow by it, a policy that never ends is better than one that ends only if it gains for ever. It is not taken
  /// for that before the policy is evaluated as far as rounding allows.
  static constexpr bool choose(Forms const& f, order_type const& order, values& x) {
    values const before = x;
    bool changed = false;
    V const margin = V(16) * std::numeric_limits<V>::epsilon() * x.largest + V(4) * x.change;
    for (std::size_t i = 0; i < 2 * n; ++i) {
      index_t const s = order.state[i < n ? i : 2 * n - 1 - i];
      if (f.first_slot[s] == f.first_slot[s + 1]) continue;
      index_t const kept = x.slot[s];
      V best = f.value(kept, x.value) + margin;
      bool better = false;
      for (index_t k = f.first_slot[s]; k < f.first_slot[s + 1]; ++k) {
        V const other = f.value(k, x.value);
        if (!(best < other)) continue;
        best = other;
        x.slot[s] = k;
        better = true;
      }
      if (!better) continue;
      x.value[s] = best;
      changed = true;
    }
    x.reads += 2 * static_cast<double>(Forms::terms);
    if (!changed) return false;
    x.goes_on = internal::never_ends(f, x.slot);
    if (x.goes_on == no_index) {
      x.rounds = 0;
    } else if (!x.stalled) {
      x = before;
      x.aim = V(0);
    }
    return true;
  }

  /// Sweeps of the policy, which are combined so that a further one would change least.
  static constexpr void evaluate(Forms const& f, order_type const& order, values& x) {
    if constexpr (evaluations > 0) {
      constexpr std::size_t k = evaluations - 1;
      V change[evaluations][n]{};  // by each sweep, the last first
      for (std::size_t j = evaluations; j-- > 0;) {
        for (std::size_t i = 0; i < n; ++i) {
          index_t const s = order.state[i];
          if (f.first_slot[s] == f.first_slot[s + 1]) continue;
          V const q = f.value(x.slot[s], x.value);
          change[j][s] = q - x.value[s];
          x.value[s] = q;
        }
      }
      x.reads += static_cast<double>(evaluations) * reads_of_a_policy;
      // In units of the largest, so that no square is out of range.
      V unit(0);
      for (std::size_t j = 0; j < evaluations; ++j) {
        for (std::size_t s = 0; s < n; ++s) {
          V const size = change[j][s] < V(0) ? -change[j][s] : change[j][s];
          if (unit < size) unit = size;
        }
      }
      if (!(V(0) < unit) || !(unit < most_combined)) return;
      for (std::size_t j = 0; j < evaluations; ++j) {
        for (std::size_t s = 0; s < n; ++s) change[j][s] /= unit;
      }
      // The last change less a combination of what each differs from the one after it, at its least: the normal
      // equations, of as many as are independent.
      V a[k + 1][k + 1]{};
      for (std::size_t j = 0; j < k; ++j) {
        V* const e = change[j + 1];
        V const* const after = change[j];
        V total(0);
        for (std::size_t s = 0; s < n; ++s) total += (e[s] - after[s]) * change[0][s];
        a[j][k] = -total;
        for (std::size_t i = 0; i <= j; ++i) {
          V const* const d = change[i + 1];
          V const* const then = change[i];
          total = V(0);
          for (std::size_t s = 0; s < n; ++s) total += (e[s] - after[s]) * (d[s] - then[s]);
          a[i][j] = a[j][i] = total;
        }
      }
      V weight[k + 1]{};
      std::size_t independent = 0;
      for (; independent < k; ++independent) {
        V const pivot = a[independent][independent];
        V size(0);
        for (std::size_t s = 0; s < n; ++s) {
          V const d = change[independent + 1][s] - change[independent][s];
          size += d * d;
        }
        if (!(size / most_weight < pivot)) break;
        for (std::size_t i = independent + 1; i < k; ++i) {
          V const share = a[i][independent] / pivot;
          for (std::size_t e = independent; e <= k; ++e) a[i][e] -= share * a[independent][e];
        }
      }
      for (std::size_t j = independent; j-- > 0;) {
        V w = a[j][k];
        for (std::size_t e = j + 1; e < independent; ++e) w -= a[j][e] * weight[e];
        weight[j] = w / a[j][j];
        if (!(-most_weight < weight[j] && weight[j] < most_weight)) return;
      }
      // Each weight takes the values after a sweep back to those before it.
      for (std::size_t j = 0; j < independent; ++j) {
        for (std::size_t s = 0; s < n; ++s) x.value[s] -= weight[j] * (unit * change[j][s]);
      }
    }
  }

  /// Where nothing ends, all values are off by about the same, which sweeps take away by a share of 1 - gamma alone: it
  /// is taken away at once.
  static constexpr void shift(Forms const& f, order_type const& order, values& x) {
    V off(0);
    V rest(0);
    for (std::size_t i = order.ending; i < n; ++i) {
      index_t const s = order.state[i];
      index_t const slot = x.slot[s];
      V lost(1);
      for (index_t t = f.first_term[slot], last = f.first_term[slot + 1]; t < last; ++t) lost -= f.slope[t];
      off += lost * (f.value(slot, x.value) - x.value[s]);
      rest += lost * lost;
    }
    if (!(V(0) < rest)) return;
    V const by = off / rest;
    for (std::size_t i = order.ending; i < n; ++i) x.value[order.state[i]] += by;
  }

  /// The policy's equations, solved for what its values lack.
  static constexpr void eliminate(Forms const& f, order_type const& order, V const& lost, values& x) {
    V lack[n]{};
    for (index_t s = 0; s < n; ++s) {
      if (f.first_slot[s] != f.first_slot[s + 1]) lack[s] = f.gain(s, x.slot[s], x.value, lost);
    }
    x.reads += reads_of_a_policy;
    if (!internal::eliminate_in_a_band<Width>(f, order, x.slot, lost, lack)) return;
    for (std::size_t s = 0; s < n; ++s) x.value[s] += lack[s];
  }

  /// Goes on until a sweep changes the values by no more than the aim, or no less than rounding does. `lost`: 1 less
  /// the discount.
  static constexpr values advanced(Forms const& f, order_type const& order, V const& lost, values x) {
    x.settled = false;
    for (std::size_t k = 0; k < rounds_at_once; ++k) {
      sweep<!Undiscounted>(f, order, x);
      x.unbounded = !(x.largest <= most_value) || !(x.change <= most_value);
      bool reached = x.change <= x.aim * x.largest;
      if (!reached && x.change <= few_roundings * x.largest) {
        bool const falls = x.waits == 0 || x.change < x.least / V(2);
        if (falls) x.least = x.change;
        x.waits = falls ? 1 : x.waits + 1;
        reached = x.waits > 6;
        x.stalled = reached;
      }
      x.stalled = x.stalled || x.change == V(0);
      ++x.rounds;
      if constexpr (Undiscounted) {
        if (reached && !x.unbounded && choose(f, order, x) && x.goes_on == no_index) {
          reached = x.stalled = false;
          x.waits = 0;
        }
      }
      x.settled = reached || x.unbounded;
      if (x.settled) break;
      if constexpr (can_eliminate) {
        if (x.rounds > patience) {
          eliminate(f, order, lost, x);
          continue;
        }
      }
      evaluate(f, order, x);
      if (order.ending < n) shift(f, order, x);
    }
    return x;
  }
};

}  // namespace bellman::internal
