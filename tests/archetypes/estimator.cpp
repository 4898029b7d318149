// SPDX-License-Identifier: BSL-1.0
#include <bellman/affine/order.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/correction.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/td_errors.hpp>

#include <vector>

#include "archetypes/archetypes.hpp"
#include "archetypes/line.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using archetypes::half;
using archetypes::line;
using archetypes::number;

// With nothing but columns and terms: half of what comes after is believed.
struct minimal {
  using columns = bellman::columns<bellman::value_column<"values">>;

  template <class Step, class X>
  static constexpr auto terms(Step const& step, X const& v) {
    return bellman::correction{.value = v, .trace = decltype(step.gamma)(step.gamma), .action_value = v};
  }
};

struct without_columns {
  static constexpr int terms(...) { return 0; }
};
struct without_terms {
  using columns = bellman::columns<>;
};
struct of_other_terms {
  using columns = bellman::columns<bellman::value_column<"values">>;
  template <class Step, class X>
  static constexpr X terms(Step const&, X const& v) {
    return v;
  }
};

template <class Order>
constexpr bellman::estimator_fn<minimal, bellman::deduced, Order> estimates{};

}  // namespace

TEST_CASE("an estimator needs columns and terms, and no more") {
  STATIC_REQUIRE(bellman::estimator<minimal>);
  STATIC_REQUIRE(!bellman::estimator<without_columns>);
  STATIC_REQUIRE(!bellman::estimator<without_terms>);
  STATIC_REQUIRE(!bellman::estimator<of_other_terms>);

  CHECK(bellman::test::true_at_both_times([] {
    auto const numbers = [](int a, int b, int c) { return line(std::vector{number(a), number(b), number(c)}); };
    auto const one_by_one =
        estimates<bellman::sequential>(numbers(1, 2, 4), numbers(2, 4, 6), bellman::terminated{}, half);
    auto const in_twos =
        estimates<bellman::in_register<2>>(numbers(1, 2, 4), numbers(2, 4, 6), bellman::terminated{}, half);
    // G_2 = 4, y_2 = 6 + (4 - 6) / 2 = 5, G_1 = 2 + 5/2, y_1 = 4 + (9/2 - 4) / 2, G_0 = 1 + 17/8
    return one_by_one == in_twos && one_by_one[2] == number(4) && one_by_one[1] == number(9, 2) &&
           one_by_one[0] == number(25, 8);
  }));
}
