// SPDX-License-Identifier: BSL-1.0
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "grid_world/program.hpp"
#include "support/answered.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"

namespace {

using grid_world::fraction;
using grid_world::move;
using grid_world::square;

auto run(std::vector<std::string> const& arguments) {
  return bellman::test::answered([](auto const& given, auto&... streams) { return grid_world::run(given, streams...); },
                                 arguments);
}

}  // namespace

TEST_CASE("a move goes where it should with 8/10 and to either side with 1/10, and walls stop it") {
  grid_world::world<fraction> const here{fraction(-1, 25)};
  auto const from_start = here.transition({1, 1}, move::up);
  CHECK(from_start[0].value.next == square{1, 2});
  CHECK(from_start[0].probability == fraction(8, 10));
  CHECK(from_start[1].value.next == square{2, 1});
  CHECK(from_start[2].value.next == square{1, 1});
  // Below the wall, and beside the ends.
  CHECK(here.transition({2, 1}, move::up)[0].value.next == square{2, 1});
  CHECK(here.transition({3, 3}, move::right)[0].value.reward == fraction(24, 25));
  CHECK(here.transition({3, 2}, move::right)[0].value.reward == fraction(-26, 25));
  CHECK(here.states().size() == 11);
}

TEST_CASE("the first sweeps by hand") {
  auto const sweeps = grid_world::value_iteration(fraction(-1, 25), 2);
  CHECK(sweeps[0].value.at({3, 3}) == 0);
  // -1/25 + 8/10, then -1/25 + (8 + 19/25 - 1/25) / 10.
  CHECK(sweeps[1].value.at({3, 3}) == fraction(19, 25));
  CHECK(sweeps[2].value.at({3, 3}) == fraction(104, 125));
  CHECK(sweeps[1].greedy.at({3, 2}) == std::vector{move::up});
}

TEST_CASE("everything that is said holds, and is drawn") {
  folder const here;
  auto const a = run({"--svg", here.file("grid.svg")});
  CHECK(a.err == "");
  CHECK(a.status == 0);
  CHECK(a.out.find("NO ") == std::string::npos);
  CHECK(a.out.find("4119/5840") != std::string::npos);
  CHECK(read_whole(here.file("grid.svg")).find("<svg") == 0);
}

TEST_CASE("where the best policy changes is found by halving too") {
  auto const ranges = grid_world::ranges_below_zero();
  REQUIRE(ranges.size() == 9);
  for (std::size_t i = 0; i + 1 < ranges.size(); ++i) {
    auto const s = grid_world::only_difference(ranges[i], ranges[i + 1]);
    REQUIRE(s.has_value());
    // In doubles, by solving anew: the square's move is the old one below, the new one above.
    double const end = grid_world::rounded(*ranges[i].to);
    double below = end - 0.005;
    double above = end + 0.005;
    for (int step = 0; step < 30; ++step) {
      double const middle = (below + above) / 2;
      auto const best = bellman::solve(grid_world::world<double>{middle}, 1.0).policy;
      (best.optimal_actions(*s).front() == ranges[i].best_move(*s) ? below : above) = middle;
    }
    CHECK(std::fabs(below - end) < 1e-9);
  }
}

TEST_CASE("another step reward may be given, unless going round for ever pays") {
  CHECK(run({"--step-reward", "-2"}).status == 0);
  CHECK(run({"--step-reward", "0"}).status == 0);
  auto const a = run({"--step-reward", "1/1000"});
  CHECK(a.status == 2);
  CHECK(a.err.find("never ends") != std::string::npos);
  for (std::string const wrong : {"x", "", "1/0", "1/", "/2", "1/-2", "0.5", "99999999999"}) {
    CHECK(run({"--step-reward", wrong}).err.find("expected a quotient like -1/25, found \"" + wrong + '"') !=
          std::string::npos);
  }
  CHECK(run({"--step-reward"}).status == 2);
  CHECK(run({"--what"}).err.find("--what") != std::string::npos);
  CHECK(run({"--help"}).out.find("--svg") != std::string::npos);
}
