// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/sweep.hpp>

#include <bellman/planning/tabulate.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <array>
#include <span>

#include "models/textbook.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a sweep applies the operator once, into the caller's memory") {
  CHECK(true_at_both_times([] {
    auto const table = bellman::tabulate(models::way_to_a_corner<double>{});
    auto const T = bellman::bellman_optimality(table, 1.0);
    std::array<double, 16> v{};
    std::array<double, 16> out{};
    bellman::sweep(T, table, std::span<double const>(v), std::span<double>(out));
    bellman::sweep(T, table, std::span<double const>(out), std::span<double>(v));
    return out[0] == 0.0 && out[1] == -1.0 && out[5] == -1.0 && v[1] == -1.0 && v[5] == -2.0 && v[15] == 0.0;
  }));
}
