// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/deadlock.hpp>

#include <bellman/interop/tra.hpp>
#include <bellman/planning/solve.hpp>

#include <sstream>
#include <string>

#include "support/catch.hpp"
#include "support/message_of.hpp"

TEST_CASE("a state without transitions is refused, stays or ends, as is said") {
  auto const read = [](auto... choice) {
    std::istringstream in("dtmc\n0 1 1\n");
    return bellman::read_tra<double>(in, "two.tra", choice...);
  };
  std::string const refused =
      "bellman: two.tra: state 1 has no transition; to read it as one that stays or ends, say deadlock::stays or "
      "deadlock::ends";
  CHECK(bellman::test::message_of([&] { read(); }) == refused);
  CHECK(bellman::test::message_of([&] { read(bellman::deadlock::refused); }) == refused);
  auto const stays = read(bellman::deadlock::stays);
  CHECK(stays.transition(1, 0).at(0).value.next == 1);
  CHECK(bellman::solve(stays, 0.5).value(1) == 0);
  CHECK(read(bellman::deadlock::ends).terminal(1));
}
