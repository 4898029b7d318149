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

  /// What a slot is worth. The slopes are discounted probabilities, each rounded, whose sum is.
  static constexpr enclosed<V> value(Forms const& f, index_t slot, V const* v) {
    V q = f.constant[slot];
    V size = q < V(0) ? -q : q;
    index_t const first = f.first_term[slot];
    index_t const last = f.first_term[slot + 1];
    for (index_t t = first; t < last; ++t) {
      V const x = f.slope[t] * v[f.next[t]];
      q = q + x;
      size = size + (x < V(0) ? -x : x);
    }
    if (size == V(0)) return {q, V(0)};
    return {q, unit * V(static_cast<int>(last - first) + 4) * size + V(static_cast<int>(last - first)) * least};
  }

  /// `w_s - sum of slope w`, at least.
  static constexpr V lost(Forms const& f, index_t s, index_t slot, V const* w) {
    V kept(0);
    index_t const first = f.first_term[slot];
    index_t const last = f.first_term[slot + 1];
    for (index_t t = first; t < last; ++t) kept = kept + f.slope[t] * w[f.next[t]];
    return (w[s] - kept) - unit * V(static_cast<int>(last - first) + 4) * (w[s] + kept);
  }

  /// `w`: 0 where a state is an end.
  static constexpr radii certify(Forms const& f, values_so_far<V, n> const& x, V const* w) {
    radii r;
    V above(0);                                  // c is at least
    V most(std::numeric_limits<V>::infinity());  // and at most
    V below(0);
    bool sound = true;
    for (index_t s = 0; s < n; ++s) {
      if (f.first_slot[s] == f.first_slot[s + 1]) continue;
      V const v = x.value[s];
      for (index_t k = f.first_slot[s]; k < f.first_slot[s + 1]; ++k) {
        enclosed<V> const q = value(f, k, x.value);
        V const gap = q.value - v;
        V const error = q.error + unit * (gap < V(0) ? -gap : gap);
        V const up = gap + error;
        V const down = error - gap;
        V const share = lost(f, s, k, w);
        if (V(0) < up || !(up <= V(0))) {
          if (!(V(0) < share)) sound = false;
          V const c = up / share * (V(1) + V(8) * unit);
          if (!(c <= above)) above = c;
        } else if (share < V(0)) {
          V const c = up / share * (V(1) - V(8) * unit);
          if (!(most <= c)) most = c;
        }
        if (k == x.slot[s] && (V(0) < down || !(down <= V(0)))) {
          if (!(V(0) < share)) sound = false;
          V const c = down / share * (V(1) + V(8) * unit);
          if (!(c <= below)) below = c;
        }
      }
    }
    if (!sound || !(above <= most) || !(below <= (std::numeric_limits<V>::max)())) return r;
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
  static constexpr void compare(Forms const& f, values_so_far<V, n> const& x, radii& r) {
    for (index_t s = 0; s < n; ++s) {
      V const least_value = x.value[s] - r.below[s];
      V const size = x.value[s] < V(0) ? -x.value[s] : x.value[s];
      for (index_t k = f.first_slot[s]; k < f.first_slot[s + 1]; ++k) {
        enclosed<V> const q = value(f, k, x.value);
        V const more = value(f, k, r.above).value - f.constant[k];
        V const margin = q.error + unit * V(8) * (size + r.below[s] + (more < V(0) ? -more : more));
        r.may_be_optimal[k] = k == x.slot[s] || !(q.value + more + margin < least_value);
      }
    }
  }
};

}  // namespace bellman::internal

#if defined(__clang__)
#pragma float_control(pop)
#endif
