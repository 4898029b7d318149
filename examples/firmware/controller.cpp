// SPDX-License-Identifier: BSL-1.0

// The controller of the machine. It is solved while this file is compiled, with -fno-exceptions -fno-rtti; what is left
// for the device is a table of 567 bytes and a look-up.

#include "controller.hpp"

#include <bellman/planning/solve_at_compile_time.hpp>

#include <cstdint>

#include "machine.hpp"

namespace firmware {

namespace {

constexpr machine env;
constexpr auto solution = bellman::solve_at_compile_time<env, discount, 1e-10>();

// What the best orders earn from an empty machine on a Monday: 35.3063, and each digit is proved.
static_assert(solution.value.lower(stock{}) > 35.30625 && solution.value.upper(stock{}) < 35.30635);

// For each state the place of the action that is taken among its actions.
constexpr auto table = solution.policy_table<std::uint8_t>();

// The number of a state: its digits, the first the most significant.
constexpr int number_of(int day, int coming, int fresh, int day_old, int last_day) {
  return (((day * 3 + coming) * 3 + fresh) * 3 + day_old) * 3 + last_day;
}

// By this number the table is sorted; and what it holds are numbers of crates.
constexpr bool table_is_as_it_is_read() {
  int n = 0;
  for (stock const& s : env.states()) {
    if (number_of(s.day, s.coming, s.fresh, s.day_old, s.last_day) != n) return false;
    auto const place = table.data()[n++];
    if (env.actions(s)[place] != place) return false;
  }
  return true;
}
static_assert(table_is_as_it_is_read());

}  // namespace

std::uint8_t crates_to_order(std::uint8_t day, std::uint8_t coming, std::uint8_t fresh, std::uint8_t day_old,
                             std::uint8_t last_day) noexcept {
  if (day > 6 || coming > 2 || fresh > 2 || day_old > 2 || last_day > 2) return no_such_stock;
  return table.data()[number_of(day, coming, fresh, day_old, last_day)];
}

}  // namespace firmware
