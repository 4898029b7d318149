// SPDX-License-Identifier: BSL-1.0
#include "extensions/logit_rule.hpp"

#include <bellman/error.hpp>
#include <bellman/language/language_policy.hpp>
#include <bellman/language/logit_rules.hpp>
#include <bellman/language/top_k.hpp>
#include <bellman/language/with_rules.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <string_view>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/infinity.hpp"

namespace {

using bellman::context;
using bellman::test::infinity;
using bellman::test::true_at_both_times;
using extensions::epsilon_cut;
using extensions::no_row_twice;

constexpr context said(std::initializer_list<bellman::token> tokens) {
  context s{};
  for (auto const t : tokens) s = bellman::concat(s, t);
  return s;
}

}  // namespace

TEST_CASE("rules that are added from outside have all call forms and go with those of the library") {
  STATIC_REQUIRE(bellman::logit_rule<epsilon_cut> && bellman::logit_rule<no_row_twice>);
  CHECK(true_at_both_times([] {
    // 1/8, 2/8 and 5/8.
    std::array const z{0.0, bellman::log(2.0), bellman::log(5.0)};
    auto const cut = epsilon_cut{0.2}(z);
    // After "0 1 0" another 1 would say "0 1" twice.
    return cut == std::array{-infinity, z[1], z[2]} &&
           no_row_twice{2}(said({0, 1, 0}), z) == std::array{z[0], -infinity, z[2]} &&
           no_row_twice{3}(said({0, 1, 0}), z) == z && no_row_twice{4}(said({0, 1, 0}), z) == z &&
           no_row_twice{1}(said({0, 1, 0}), z) == std::array{-infinity, -infinity, z[2]} &&
           bellman::logit_rules{epsilon_cut{0.2}, no_row_twice{2}, bellman::top_k{1}}(said({2, 2}), z) ==
               std::array{-infinity, z[1], -infinity};
  }));
  auto const model = [](context const&) { return std::array{0.0F, 1.0F, 2.0F}; };
  bellman::vocabulary const words{std::array<std::string_view, 3>{"a", "b", "."}, 2};
  bellman::language_policy const policy{words, bellman::with_rules(model, no_row_twice{1}, epsilon_cut{0.3})};
  CHECK(bellman::expectation(policy(said({1})), [](bellman::token t) { return t == 2 ? 1.0F : 0.0F; }) == 1.0F);
}

TEST_CASE("where such a rule would leave nothing, nothing is changed") {
  std::vector z{0.0, 0.0, 0.0};
  CHECK_THROWS_AS(epsilon_cut{0.5}.in_place(z), bellman::invalid_value);
  CHECK_THROWS_AS(no_row_twice{1}.in_place(said({0, 1, 2}), z), bellman::invalid_value);
  CHECK(z == std::vector{0.0, 0.0, 0.0});
}
