// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/tabular_function.hpp>

#include <bellman/planning/tabulate.hpp>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/two_state_cycle.hpp"
#include "planning/contains.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::test::contains;
using bellman::test::message_of;
using bellman::test::true_at_both_times;
using plain_cycle = models::two_state_cycle<double>;

constexpr auto halves() {
  auto t = bellman::tabulate(plain_cycle{});
  return bellman::tabular_function<plain_cycle, double>(std::move(t), std::vector<double>{0.5, 1.5});
}

}  // namespace

TEST_CASE("a tabular function has a number for each state of its table") {
  CHECK(true_at_both_times([] {
    auto const f = halves();
    auto const same = f;
    return f(0) == 0.5 && f(1) == 1.5 && f.values()[1] == 1.5 && f.values().size() == 2 && f.table().size() == 2 &&
           same.values().data() == f.values().data();
  }));
}

TEST_CASE("a tabular function is asked for states of its table") {
  CHECK(contains(message_of([] { halves()(2); }), "the state 2 is not among the 2 states of the table"));
  using function = bellman::tabular_function<plain_cycle, double>;
  STATIC_REQUIRE(std::is_invocable_v<function, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<function, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<function, std::string>);
}
