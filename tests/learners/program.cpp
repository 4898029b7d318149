// SPDX-License-Identifier: BSL-1.0
#include <bellman/models/cliff_walking.hpp>
#include <bellman/models/frozen_lake.hpp>
#include <bellman/models/random_walk.hpp>
#include <bellman/models/recycling_robot.hpp>
#include <bellman/models/taxi.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "learners/program.hpp"
#include "support/answered.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"

namespace {

namespace models = bellman::models;

auto run(std::vector<std::string> const& arguments) {
  return bellman::test::answered([](auto const& given, auto&... streams) { return learners::run(given, streams...); },
                                 arguments);
}

bool near(double found, double wanted, double within = 1e-9) { return std::fabs(found - wanted) <= within; }

learners::lesson a_lesson(double gamma) {
  return {.name = "a world", .gamma = gamma, .episodes = 20, .longest = 50, .step = learners::falling_steps(0.6)};
}

}  // namespace

TEST_CASE("bands are as wide as the tables of Student's t say") {
  CHECK(near(learners::student_t_975(1), 12.7062, 5e-5));
  CHECK(near(learners::student_t_975(2), 4.3027, 5e-5));
  CHECK(near(learners::student_t_975(3), 3.1824, 5e-5));
  CHECK(near(learners::student_t_975(4), 2.7764, 5e-5));
  CHECK(near(learners::student_t_975(29), 2.0452, 5e-5));
  CHECK(near(learners::student_t_975(30), 2.0423, 5e-5));
  CHECK(near(learners::student_t_975(120), 1.9799, 5e-5));
  learners::courses seen;
  for (double const x : {1.0, 2.0, 6.0}) seen.add({0.0, x});
  // The deviation of 1, 2, 6 is sqrt(7).
  CHECK(near(seen.last().mean, 3.0));
  CHECK(near(seen.last().half_width, 4.3027 * std::sqrt(7.0 / 3), 2e-4));
  CHECK(seen[0].half_width == 0.0);
}

TEST_CASE("a world by numbers is the world: its exact values are those that are known") {
  learners::world const cliff(a_lesson(0.99), models::cliff_walking<>{});
  for (int s = 0; s < 37; ++s) {
    CHECK(near(cliff.best(static_cast<learners::state>(s)), models::cliff_walking<>{}.optimal_value(s, 0.99)));
  }
  CHECK(near(cliff.best(36, models::cliff_walking<>::right), -100 + 0.99 * cliff.best(36)));
  learners::world const lake(a_lesson(0.99), models::frozen_lake<double, models::lake_8x8>{});
  for (int s = 0; s < 64; ++s) {
    CHECK(near(lake.best(static_cast<learners::state>(s)),
               models::frozen_lake<double, models::lake_8x8>{}.optimal_value_at_discount_99_100(s), 1e-8));
  }
  learners::world const taxi(a_lesson(0.99), models::taxi<>{});
  for (int s = 0; s <= 500; ++s) {
    CHECK(near(taxi.best(static_cast<learners::state>(s)), models::taxi<>{}.optimal_value(s, 0.99), 1e-8));
  }
  learners::world const robot(a_lesson(0.9), models::recycling_robot<>{});
  CHECK(near(robot.best(0), models::recycling_robot<>{}.optimal_value(models::battery::high, 0.9), 1e-8));
  CHECK(near(robot.best(1), models::recycling_robot<>{}.optimal_value(models::battery::low, 0.9), 1e-8));
}

TEST_CASE("the exact answer is off by nothing, and what is off is counted as often as it is met") {
  learners::world const walk(a_lesson(1), models::random_walk<>{});
  learners::judged const pi(walk, 0);
  CHECK(near(pi.error([](learners::state s) { return s / 6.0; }), 0));
  // From the middle of five states the walk is 1, 2, 3, 2, 1 times in them, before it ends.
  CHECK(near(pi.error([](learners::state s) { return s / 6.0 + (s == 3 ? 1 : 0); }), std::sqrt(3 / 9.0)));
  CHECK(near(pi.error([](learners::state s) { return s / 6.0 - (s == 1 ? 2 : 0); }), std::sqrt(4 / 9.0)));

  learners::world const cliff(a_lesson(0.99), models::cliff_walking<>{});
  learners::sought const of(cliff);
  auto const best = [&](learners::state s, learners::action a) { return cliff.best(s, a); };
  CHECK(near(of.error(best), 0));
  CHECK(near(of.lost(bellman::epsilon_greedy{std::cref(cliff.env()), best, 0.0}), 0));
  CHECK(near(of.error([&](auto s, auto a) { return best(s, a) + 0.5; }), 0.5));
  // Up and against the edge for ever.
  double const on_and_on = -1 / (1 - 0.99);
  CHECK(near(of.lost([](learners::state) { return learners::action{0}; }), cliff.best(36) - on_and_on, 1e-7));
}

TEST_CASE("the counterexample is the book's") {
  learners::generator chance(1);
  auto const at = std::vector<std::size_t>{0, 1};
  for (auto const& one : learners::baird::runners()) {
    auto const run = one.run(at, chance);
    // The first values are 3 of six states and 12 of the last, to which solid leads.
    CHECK(near(run.residual[0], std::sqrt((6 * std::pow(0.99 * 12 - 3, 2) + std::pow(0.99 * 12 - 12, 2)) / 7)));
    CHECK(near(run.off[0], std::sqrt((6 * 9 + 144) / 7.0)));
  }
}

TEST_CASE("the same seed gives the same numbers, another one others") {
  learners::world const robot(a_lesson(0.9), models::recycling_robot<>{});
  learners::sought const of(robot);
  auto const at = learners::looks(20, 2);
  for (auto const& column : learners::controllers()) {
    for (auto const& one : column) {
      auto const with_seed = [&](unsigned seed) {
        learners::generator chance(seed);
        auto const found = one.run(of, at, chance);
        return std::pair{found.values, found.lost};
      };
      CHECK(with_seed(7) == with_seed(7));
      CHECK(with_seed(7).second.size() == 3);
      if (!with_seed(7).first.empty()) CHECK(with_seed(7).first != with_seed(8).first);
    }
  }
}

TEST_CASE("everything that is said holds, of a few seeds too") {
  folder const here;
  auto const file = here.path() / "errors.svg";
  auto const a = run({"--quick", "--svg", file.string()});
  CHECK(a.err == "");
  CHECK(a.status == 0);
  CHECK(a.out.find("NO ") == std::string::npos);
  CHECK(a.out.find("t = 4.303 with 2 degrees of freedom") != std::string::npos);
  CHECK(bellman::test::longest_line(a.out) <= 100);
  support::line_reader picture(file);
  std::string line, last;
  bool named = false;
  while (picture.next(line)) {
    named = named || line.find("Watkins' Q(0.8)") != std::string::npos;
    CHECK(line.find("nan") == std::string::npos);
    last = line;
  }
  CHECK(named);
  CHECK(last == "</svg>");
}

TEST_CASE("what is wrong with what is given is said") {
  CHECK(run({"--seeds", "1"}).err.find("expected a number from 2 to 1000") != std::string::npos);
  CHECK(run({"--seeds", "many"}).status == 2);
  CHECK(run({"--seeds"}).status == 2);
  CHECK(run({"--what"}).err.find("--what") != std::string::npos);
  CHECK(run({"--quick", "--svg", "/no/such/folder/x.svg"}).status == 2);
  CHECK(run({"--help"}).out.find("--quick") != std::string::npos);
  CHECK(learners::read_options({}).by.seeds == 30);
  CHECK(learners::read_options({"--quick"}).by.seeds == 3);
  CHECK(learners::read_options({"--seeds", "5", "--quick"}).by.seeds == 5);
}
