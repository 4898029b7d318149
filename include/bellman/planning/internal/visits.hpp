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

/// Visits as they were computed, and how many roundings each may be off by, in relation to itself: counted, for nothing
/// is subtracted; what underflows is off by any number.
template <class W>
struct counted_visits {
  std::vector<W> values;
  double roundings = 0;

  /// How far one of them may be from the true one after `more` roundings, for numbers that round. The roundings are
  /// counted by halves of a unit and paid for by whole ones, which is enough for their products.
  constexpr W radius(W const& x, double more) const {
    double const n = roundings + more;
    if (x == W(0) && n < 1e300) return W(0);
    W const share = n < 1e300 ? W(static_cast<W>(n) * scalar_traits<W>::epsilon()) : W(1);
    if (!(share < W(1) / W(4))) return (std::numeric_limits<W>::max)() * W(2);
    return x * share;
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
    // No product has underflowed if the least of its factors could not.
    W const share = equations.equations().least_share();
    W const smallest = share < least ? share : least;
    if (product(share, smallest) < W(4) * (std::numeric_limits<W>::min)()) y.roundings = 1e300;
    return y;
  }
}

/// How often the members of equations are visited from `start` on, and, once each, the states where it ends.
template <class Op, class W>
constexpr bounded_values<W> visits_from(policy_chain<Op> const& chain, equations_within<W> const& equations,
                                        std::vector<W> const& start) {
  auto const& t = chain.table();
  auto y = internal::count_visits(chain, equations, start);
  for (index_t s = 0; s < t.size(); ++s) {
    if (t.terminal(s)) y.values[s] = start[s];
  }
  for (index_t const s : equations.members()) {
    chain.for_each_step(s, [&](index_t next, W const& a) {
      if (t.terminal(next)) y.values[next] = sum(y.values[next], product(a, y.values[s]));
    });
  }
  bounded_values<W> visits;
  if constexpr (rounds<W>) {
    for (auto const& x : y.values) visits.below.push_back(y.radius(x, 8));
    visits.above = visits.below;
  }
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
  for (auto const& x : y.values) {
    W const share = quotient(x, total);
    // As far off as the visits, where it begins, and their sum.
    if constexpr (rounds<W>) {
      double const more = 2 * (internal::roundings_of_row(chain, z) + static_cast<double>(members.size()) + 4);
      W const radius = y.radius(share, y.roundings + more);
      shares.below.push_back(radius < W(1) ? radius : W(1));
    }
    shares.values.push_back(share);
  }
  shares.above = shares.below;
  return shares;
}

}  // namespace bellman::internal
