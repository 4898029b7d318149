// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/reflect/states_of.hpp>

#include <boost/hana/define_struct.hpp>

#include <array>

// A vending machine of fresh food, which orders for itself. What it sells is good for three days; what it orders in the
// morning comes two mornings later; how much is asked for depends on the day of the week. A profit of tomorrow is worth
// 0.95 of one of today, and nothing ends.
namespace firmware {

using bellman::reflect::bounded;
using bellman::reflect::states_of;

/// Crates in the morning, after the delivery, and the day of the week, from 0 for Monday on.
struct stock {
  BOOST_HANA_DEFINE_STRUCT(stock,
    (bounded<0, 6>, day),
    (bounded<0, 2>, coming),   // tomorrow morning
    (bounded<0, 2>, fresh),    // came this morning
    (bounded<0, 2>, day_old),
    (bounded<0, 2>, last_day)  // spoiled in the evening
  );

  friend constexpr bool operator==(stock const&, stock const&) = default;
};

/// How many crates are ordered.
using crates = bounded<0, 2>;

/// The probabilities that 0, 1 or 2 crates are asked for: Monday to Thursday, Friday and Saturday, Sunday.
inline constexpr double demand[3][3] = {{0.25, 0.5, 0.25}, {0.125, 0.25, 0.625}, {0.75, 0.25, 0}};
constexpr auto const& demand_on(int day) { return demand[day == 6 ? 2 : day >= 4 ? 1 : 0]; }

/// What a crate that is sold brings, what one costs to order, to throw away, and not to have when it is asked for.
inline constexpr double price = 6, cost = 3, disposal = 1, missed = 1;

/// What became of a day: the crates that were sold, that spoiled and that were asked for in vain; the next morning.
struct sales {
  int sold, spoiled, missed;
  stock next;
};

inline constexpr double discount = 0.95;

struct machine {
  using state_type = stock;
  using action_type = crates;
  using reward_type = double;

  constexpr auto states() const { return states_of<stock>(); }
  constexpr auto actions(stock const&) const { return states_of<crates>(); }
  constexpr bool terminal(stock const&) const { return false; }

  /// A day on which `asked` crates are asked for and as many sold as there are, the oldest first.
  constexpr sales day_with(int asked, stock const& s, crates ordered) const {
    int left[3] = {s.last_day, s.day_old, s.fresh};
    int wanted = asked;
    for (int& of_this_age : left) {
      int const sold = wanted < of_this_age ? wanted : of_this_age;
      of_this_age -= sold;
      wanted -= sold;
    }
    return {asked - wanted, left[0], wanted, {(s.day + 1) % 7, ordered, s.coming, left[2], left[1]}};
  }
  constexpr double profit(sales const& x, crates ordered) const {
    return price * x.sold - cost * ordered - disposal * x.spoiled - missed * x.missed;
  }

  constexpr auto transition(stock const& s, crates ordered) const {
    auto const& p = demand_on(s.day);
    auto const after = [&](int asked) {
      sales const x = day_with(asked, s, ordered);
      return bellman::weighted{bellman::outcome{profit(x, ordered), x.next}, p[asked]};
    };
    return std::array{after(0), after(1), after(2)};
  }
};

}  // namespace firmware
