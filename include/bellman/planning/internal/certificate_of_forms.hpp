// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/sweeps_of_forms.hpp>
#include <bellman/planning/state_index.hpp>

#include <cstddef>
#include <limits>

// What encloses rounds alike on all machines: no product and sum at once.
#if defined(__clang__)
#pragma float_control(push)
#pragma clang fp contract(off)
#endif

namespace bellman::internal {

/// How far the values of N states may be off, each way, and which of M slots may be optimal.
template <class V, std::size_t N, std::size_t M>
struct certified_radii {
  V below[N]{};
  V above[N]{};
  bool may_be_optimal[M + 1]{};
  V most{};
  bool proved = false;
};

/// A number that was computed, and how far rounding may have taken it.
template <class V>
struct enclosed {
  V value;
  V error;
};

/// The certificate of the planning room over the forms of an operator, in one enclosed sweep: radii with
///
///     T(v + above) <= v + above   and   v - below <= T_pi(v - below).
///
/// With a residual g of a slot and weights w > 0, `above = c w` does if `g <= c (w_s - sum of slope w)` for every slot
/// of the state: a lower limit for c where the bracket is above 0, an upper one where it is below. Discounted, w is 1;
/// else it is about the number of steps to an end, of the policy and of all that is nearly as good.
template <class Forms, class V>
struct certificate_of_forms {
  static constexpr std::size_t n = Forms::states;
  using radii = certified_radii<V, n, Forms::slots>;

  // Twice what a rounding takes, which leaves room for the roundings of the bounds.
  static constexpr V unit = std::numeric_limits<V>::epsilon();
  static constexpr V least = std::numeric_limits<V>::denorm_min();

  /// By how much a slot is worth more than its state. The slopes are discounted probabilities, each rounded, that sum to
  /// the discount: what they lack or have too much of it counts as staying where one is. `rest`: 1 less the discount.
  static constexpr enclosed<V> gain(Forms const& f, index_t s, index_t slot, V const* v, V const& rest) {
    V const here = v[s];
    V const by_time = rest * here;
    V g = f.constant[slot] - by_time;
    V size = (f.constant[slot] < V(0) ? -f.constant[slot] : f.constant[slot]) + (by_time < V(0) ? -by_time : by_time);
    index_t const first = f.first_term[slot];
    index_t const last = f.first_term[slot + 1];
    for (index_t t = first; t < last; ++t) {
      V const x = f.slope[t] * (v[f.next[t]] - here);
      g = g + x;
      size = size + (x < V(0) ? -x : x);
    }
    if (size == V(0)) return {g, V(0)};
    return {g, unit * V(static_cast<int>(last - first) + 6) * size + V(static_cast<int>(last - first) + 1) * least};
  }

  /// `w_s - sum of slope w`, at least.
  static constexpr V lost(Forms const& f, index_t s, index_t slot, V const* w, V const& rest) {
    V const here = w[s];
    V total = rest * here;
    V size = total;
    index_t const first = f.first_term[slot];
    index_t const last = f.first_term[slot + 1];
    for (index_t t = first; t < last; ++t) {
      V const x = f.slope[t] * (here - w[f.next[t]]);
      total = total + x;
      size = size + (x < V(0) ? -x : x);
    }
    return total - unit * V(static_cast<int>(last - first) + 6) * size;
  }

  /// `w`: 0 where a state is an end.
  static constexpr radii certify(Forms const& f, values_so_far<V, n> const& x, V const& rest, V const* w) {
    constexpr V largest = (std::numeric_limits<V>::max)() / V(1024);
    radii r;
    V above(0);         // c is at least
    V most = largest;   // and at most
    V below(0);
    bool sound = true;
    // A quotient that is in range.
    auto const limit = [&](V const& by, V const& share) {
      if (!(V(0) < share) || (share < V(1) && !(by < share * largest))) {
        sound = false;
        return V(0);
      }
      return by / share * (V(1) + V(8) * unit) + least;
    };
    for (index_t s = 0; s < n; ++s) {
      for (index_t k = f.first_slot[s]; k < f.first_slot[s + 1]; ++k) {
        enclosed<V> const g = gain(f, s, k, x.value, rest);
        V const error = g.error + unit * (g.value < V(0) ? -g.value : g.value);
        V const up = g.value + error;
        V const down = error - g.value;
        V const share = lost(f, s, k, w, rest);
        if (!(up <= V(0))) {
          V const c = limit(up, share);
          if (!(c <= above)) above = c;
        } else if (share < V(0) && -up < -share * largest) {
          V const c = up / share * (V(1) - V(8) * unit);
          if (c < most) most = c;
        }
        if (k == x.slot[s] && !(down <= V(0))) {
          V const c = limit(down, share);
          if (!(c <= below)) below = c;
        }
      }
    }
    if (!sound || !(above * (V(1) + V(8) * unit) <= most) || !(below <= largest)) return r;
    r.proved = true;
    for (index_t s = 0; s < n; ++s) {
      r.above[s] = above * w[s] * (V(1) + V(4) * unit);
      r.below[s] = below * w[s] * (V(1) + V(4) * unit);
      if (r.most < r.above[s]) r.most = r.above[s];
      if (r.most < r.below[s]) r.most = r.below[s];
    }
    return r;
  }

  /// Which slots may be optimal: those not certainly worth less than their state.
  static constexpr void compare(Forms const& f, values_so_far<V, n> const& x, V const& rest, radii& r) {
    for (index_t s = 0; s < n; ++s) {
      for (index_t k = f.first_slot[s]; k < f.first_slot[s + 1]; ++k) {
        enclosed<V> const g = gain(f, s, k, x.value, rest);
        V const more = f.value(k, r.above) - f.constant[k];
        V const margin = g.error + unit * V(8) * ((g.value < V(0) ? -g.value : g.value) + r.below[s] +
                                                  (more < V(0) ? -more : more)) + least;
        r.may_be_optimal[k] = k == x.slot[s] || !(g.value + more + margin < -r.below[s]);
      }
    }
  }
};

}  // namespace bellman::internal

#if defined(__clang__)
#pragma float_control(pop)
#endif
