// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/internal/policy_chain.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace bellman::internal {

/// Visits as they were computed, with how many roundings each may be off by, in relation to itself, which are counted,
/// for nothing is subtracted; and what underflow may have lost of each, if anything.
template <class W>
struct counted_visits {
  std::vector<W> values;
  double roundings = 0;
  std::vector<W> lost = {};

  /// How far a number with the roundings of a visit and `more` may be from the true one. The roundings are counted by
  /// halves of a unit and paid for by whole ones, which is enough for their products.
  constexpr W radius(index_t s, W const& x, double more) const {
    double const n = roundings + more;
    W const share = n < 1e300 ? W(static_cast<W>(n) * scalar_traits<W>::epsilon()) : W(1);
    if (!(share < W(1) / W(4))) return std::numeric_limits<W>::infinity();
    return lost.empty() ? W(x * share) : W(x * share + lost[s]);
  }
};

/// Rows of a table sum to 1, and a policy's too, but for rounding: so many roundings, of which an answer sees each
/// twice.
template <class Op>
constexpr double roundings_of_row(policy_chain<Op> const& chain, index_t s) {
  int n = 3;
  chain.for_each_step(s, [&](index_t, auto const&) { ++n; });
  return 8.0 * n;
}

template <class Op, class W>
constexpr counted_visits<W> count_visits(policy_chain<Op> const& chain, equations_within<W> const& equations,
                                         std::vector<W> const& start) {
  if constexpr (!rounds<W>) {
    return {equations.visits(start, [](W const&) {})};
  } else {
    W least(1);
    auto const look_at = [&](W const& x) {
      if (!(x == W(0)) && x < least) least = x;
    };
    for (auto const& b : start) look_at(b);
    counted_visits<W> y{equations.visits(start, look_at), equations.equations().roundings()};
    for (index_t const s : equations.members()) y.roundings += internal::roundings_of_row(chain, s);
    // A share that underflows may be off by any number. What a visit loses is as if it had not begun there.
    W const smallest = (std::numeric_limits<W>::min)();
    W const share = equations.equations().least_share();
    if (product(share, share) < W(4) * smallest) {
      y.roundings = 1e300;
    } else if (product(share, least) < W(4) * smallest) {
      y.lost = equations.visits(std::vector<W>(start.size(), static_cast<W>(y.roundings) * smallest), [](W const&) {});
    }
    return y;
  }
}

/// How often the members of equations are visited from `start` on, and, once each, the states where it ends.
template <class Op, class W>
constexpr bounded_values<W> visits_from(policy_chain<Op> const& chain, equations_within<W> const& equations,
                                        std::vector<W> const& start) {
  auto const& t = chain.table();
  auto y = internal::count_visits(chain, equations, start);
  bounded_values<W> visits;
  if constexpr (rounds<W>) {
    for (index_t s = 0; s < t.size(); ++s) {
      visits.below.push_back(t.terminal(s) ? W(0) : y.radius(s, y.values[s], 0));
    }
  }
  for (index_t s = 0; s < t.size(); ++s) {
    if (t.terminal(s)) y.values[s] = start[s];
  }
  for (index_t const s : equations.members()) {
    [[maybe_unused]] W off_here(0);
    if constexpr (rounds<W>) off_here = y.radius(s, y.values[s], internal::roundings_of_row(chain, s) + 8);
    chain.for_each_step(s, [&](index_t next, W const& a) {
      if (!t.terminal(next)) return;
      y.values[next] = sum(y.values[next], product(a, y.values[s]));
      if constexpr (rounds<W>) {
        W const off = product(a, off_here);
        visits.below[next] = visits.below[next] + off + W(4) * (std::numeric_limits<W>::min)();
      }
    });
  }
  if constexpr (rounds<W>) {
    // What has arrived is a sum, too.
    for (index_t s = 0; s < t.size(); ++s) {
      if (!t.terminal(s) || visits.below[s] == W(0)) continue;
      W const terms = static_cast<W>(equations.members().size() + 8);
      visits.below[s] = visits.below[s] + terms * scalar_traits<W>::epsilon() * (y.values[s] + visits.below[s]);
    }
  }
  visits.above = visits.below;
  visits.values = std::move(y.values);
  return visits;
}

/// The shares of time of the states of a recurrent class: how often each is visited between two visits of the first.
template <class Op>
constexpr auto shares_of_class(policy_chain<Op>& chain, std::span<index_t const> members) {
  using W = typename policy_chain<Op>::W;
  index_t const z = members[0];
  auto const equations = chain.within(internal::vector<index_t>(members.begin() + 1, members.end()));
  std::vector<W> begin(chain.table().size(), W(0));
  chain.for_each_step(z, [&](index_t next, W const& a) { begin[next] = sum(begin[next], a); });
  auto y = internal::count_visits(chain, equations, begin);
  y.values[z] = W(1);
  W total(0);
  for (auto const& x : y.values) total = sum(total, x);
  bounded_values<W> shares;
  for (auto const& x : y.values) shares.values.push_back(quotient(x, total));
  if constexpr (rounds<W>) {
    // As far off as the visits, where they begin, and their sum.
    double const more = 2 * (internal::roundings_of_row(chain, z) + static_cast<double>(members.size()) + 4);
    W lost(0);
    for (auto const& x : y.lost) lost = lost + x;
    shares.below.assign(chain.table().size(), W(0));
    for (index_t const s : members) {
      W const radius = y.radius(s, shares.values[s], y.roundings + more) + W(2) * lost;
      shares.below[s] = radius < W(1) ? radius : W(1);
    }
  }
  shares.above = shares.below;
  return shares;
}

}  // namespace bellman::internal
