// SPDX-License-Identifier: BSL-1.0
#include "extensions/solver.hpp"

#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/uniform.hpp>

#include <ranges>

#include "models/frozen_lake.hpp"
#include "support/approx_equal.hpp"
#include "support/catch.hpp"

TEST_CASE("a solver that is added from outside finds the values of the library's own, within the bound of its error") {
  models::frozen_lake<double, models::lake_8x8> const lake{};
  auto const any = [](int) { return bellman::uniform(std::views::iota(0, 4)); };
  extensions::gauss_seidel const method{1e-9};
  auto const mean = bellman::state_value(lake, any, 0.9);
  auto const best = bellman::solve(lake, 0.9);
  auto const v = bellman::state_value(lake, any, 0.9, method);
  auto const w = bellman::solve(lake, 0.9, method);
  CHECK(v.error_bound() > 0);
  CHECK(v.error_bound() <= 1.1e-9);
  for (int s = 0; s < 64; ++s) {
    CHECK(bellman::test::absolutely_close(v(s), mean(s), v.error_bound() + mean.error_bound()));
    CHECK(bellman::test::absolutely_close(w.value(s), best.value(s), w.value.error_bound() + best.value.error_bound()));
  }
}
