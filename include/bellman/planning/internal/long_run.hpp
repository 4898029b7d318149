// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/planning/bounded_number.hpp>
#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/enclosed_gain.hpp>
#include <bellman/planning/internal/policy_chain.hpp>
#include <bellman/planning/internal/visits.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <span>
#include <utility>
#include <vector>

// What the linker takes from any of several files must round alike on all machines: no product and sum at once.
#if defined(__clang__)
#pragma float_control(push)
#pragma clang fp contract(off)
#endif

namespace bellman::internal {

/// Of a policy with one recurrent class, over operators that discount nothing.
template <class V>
struct long_run {
  V gain;               // what a step pays in the long run
  std::vector<V> bias;  // h = r - gain + P h, whose mean over the shares of time is 0
};

/// Gain and bias of a policy with one recurrent class. Values are measured from its state where the policy is most,
/// which it comes back to soonest: from another they would be larger, and their rounding too.
template <class Op>
constexpr auto long_run_of(policy_chain<Op>& chain, std::span<index_t const> members) {
  using V = typename policy_chain<Op>::value_type;
  auto const shares = internal::shares_of_class(chain, members).values;
  index_t from = members[0];
  for (index_t const s : members) {
    if (shares[from] < shares[s]) from = s;
  }
  internal::vector<index_t> others;
  for (index_t s = 0; s < chain.table().size(); ++s) {
    if (s != from && !chain.table().terminal(s)) others.push_back(s);
  }
  auto paid = chain.rewards();
  V const gain = internal::weighted_sum(shares, paid);
  for (auto& r : paid) r = difference(r, gain);
  auto bias = chain.within(std::move(others)).values(paid);
  V const mean = internal::weighted_sum(shares, bias);
  for (auto& h : bias) h = difference(h, mean);
  return long_run<V>{gain, std::move(bias)};
}

/// The bounds that a bias gives, whatever it is: `min (T_pi h - h)` over the recurrent class of a policy, which the
/// policy's gain is not below, and `max (T h - h)` over all states, which the gain of no policy is above.
template <class Policy, class All, class V>
constexpr bounded_number<V> bounds_of_gain(Policy const& of_policy, All const& of_all, std::span<index_t const> members,
                                           long_run<V> const& found) {
  if constexpr (!has_proofs<V>) {
    if constexpr (has_bounds<V>) {
      return {found.gain, V(scalar_traits<V>::lower(found.gain)), V(scalar_traits<V>::upper(found.gain))};
    } else {
      return {found.gain, found.gain, found.gain};
    }
  } else {
    auto const& t = of_policy.table();
    enclosed_gain<Policy, V, side::none> policy(of_policy, found.bias.data(), nullptr);
    enclosed_gain<All, V, side::none> all(of_all, found.bias.data(), nullptr);
    bounded_number<V> g{found.gain, found.gain, found.gain};
    bool first = true;
    for (index_t const s : members) {
      policy.turn_to(s);
      V const least = t.terminal(s) ? V(0) : V(internal::lower_bound_of(policy.of_policy()));
      if (first || least < g.lower) g.lower = least;
      first = false;
    }
    first = true;
    for (index_t s = 0; s < t.size(); ++s) {
      all.turn_to(s);
      V const most = t.terminal(s) ? V(0) : V(internal::upper_bound_of(all.of_choice()));
      if (first || g.upper < most) g.upper = most;
      first = false;
    }
    // The gain as computed may be a rounding off what its bounds say.
    if (g.value < g.lower) g.value = g.lower;
    if (g.upper < g.value) g.value = g.upper;
    return g;
  }
}

}  // namespace bellman::internal

#if defined(__clang__)
#pragma float_control(pop)
#endif
