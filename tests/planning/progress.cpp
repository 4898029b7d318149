// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/progress.hpp>

#include <bellman/decision/environment.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/tabulate.hpp>

#include <cstddef>
#include <functional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/token_tree.hpp"
#include "planning/cases.hpp"
#include "support/catch.hpp"

namespace progress_tests {

using bellman::tabulate;
using bellman::with_progress;
using calls = std::vector<std::pair<std::size_t, std::size_t>>;

bellman::explicit_model<double> four_in_a_row() {
  bellman::model_builder<double> builder(4);
  for (int s = 0; s < 3; ++s) builder.add(s, 0, s + 1, 1.0, 1.0);
  return builder.build();
}

TEST_CASE("a tabulation says how far it is, and gives the same table") {
  calls seen;
  auto const report = [&](std::size_t done, std::size_t total) { seen.emplace_back(done, total); };
  auto const t = tabulate(with_progress(four_in_a_row(), report));
  CHECK(seen == calls{{1, 4}, {2, 4}, {3, 4}, {4, 4}});
  CHECK(t.size() == 4);
  CHECK(bellman::solve(t, 1.0).value(0) == bellman::solve(four_in_a_row(), 1.0).value(0));
}

TEST_CASE("of an environment without a list it is not known how many states there will be") {
  calls seen;
  auto const report = [&](std::size_t done, std::size_t total) { seen.emplace_back(done, total); };
  bellman::test::tree const env{};
  auto const t = tabulate(with_progress(std::cref(env), report));
  CHECK(t.size() == 22);
  CHECK(seen.size() == 22);
  CHECK(seen.back() == std::pair<std::size_t, std::size_t>{22, 0});
}

TEST_CASE("what a report throws ends the tabulation") {
  auto const report = [](std::size_t done, std::size_t) {
    if (done == 2) throw std::runtime_error("enough");
  };
  CHECK_THROWS_AS(tabulate(with_progress(four_in_a_row(), report)), std::runtime_error);
}

TEST_CASE("progress is reported to a function of two numbers") {
  auto const wrong = [](char const*) {};
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(with_progress), bellman::explicit_model<double>, decltype(wrong)>);
  STATIC_REQUIRE(bellman::finite_environment<decltype(with_progress(four_in_a_row(), [](std::size_t, std::size_t) {}))>);
}

}  // namespace progress_tests
