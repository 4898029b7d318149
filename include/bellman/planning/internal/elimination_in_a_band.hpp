// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/order_of_states.hpp>
#include <bellman/planning/state_index.hpp>

#include <cstddef>

// What rounds alike on all machines: no product and sum at once.
#if defined(__clang__)
#pragma float_control(push)
#pragma clang fp contract(off)
#endif

namespace bellman::internal {

/// What a policy's values lack: the `d` with `d = residual + A d`, where A are the slopes of the policy's slots, by
/// elimination of one state after another in the order of sweeps, the last first. What a state leads to is at most
/// `Width` places from it, and stays so. Nothing is subtracted: `lost`, 1 less the discount, is given, and what leads to
/// an end is lost too.
///
/// False where nothing is lost.
///
/// *Source*: Grassmann, Taksar and Heyman, Operations Research 33 (1985).
template <std::size_t Width, class Forms, class V, std::size_t N>
constexpr bool eliminate_in_a_band(Forms const& f, order_of_states<N> const& order, index_t const* slot, V const& lost,
                                   V* residual) {
  constexpr std::size_t row = 2 * Width + 1;
  V share[N * row]{};  // that of the state at place i to that at place j stands at i * row + Width + j - i
  V leak[N]{};
  V out[N]{};
  V d[N]{};
  for (std::size_t i = 0; i < N; ++i) {
    index_t const s = order.state[i];
    if (f.first_slot[s] == f.first_slot[s + 1]) continue;
    leak[i] = lost;
    d[i] = residual[s];
    for (index_t t = f.first_term[slot[s]]; t < f.first_term[slot[s] + 1]; ++t) {
      index_t const to = f.next[t];
      if (f.first_slot[to] == f.first_slot[to + 1]) {
        leak[i] += f.slope[t];
      } else if (to != s) {
        share[i * row + Width + order.position[to] - i] += f.slope[t];
      }
    }
  }
  for (std::size_t m = N; m-- > 0;) {
    index_t const s = order.state[m];
    if (f.first_slot[s] == f.first_slot[s + 1]) continue;
    std::size_t const first = m < Width ? 0 : m - Width;
    V total = leak[m];
    for (std::size_t j = first; j < m; ++j) total += share[m * row + Width + j - m];
    if (!(V(0) < total)) return false;
    out[m] = total;
    for (std::size_t i = first; i < m; ++i) {
      V const through = share[i * row + Width + m - i];
      if (through == V(0)) continue;
      V const part = through / total;
      for (std::size_t j = first; j < m; ++j) {
        if (j != i) share[i * row + Width + j - i] += part * share[m * row + Width + j - m];
      }
      leak[i] += part * leak[m];
      d[i] += part * d[m];
    }
  }
  for (std::size_t m = 0; m < N; ++m) {
    index_t const s = order.state[m];
    if (f.first_slot[s] == f.first_slot[s + 1]) continue;
    for (std::size_t j = m < Width ? 0 : m - Width; j < m; ++j) d[m] += share[m * row + Width + j - m] * d[j];
    d[m] /= out[m];
    residual[s] = d[m];
  }
  return true;
}

}  // namespace bellman::internal

#if defined(__clang__)
#pragma float_control(pop)
#endif
