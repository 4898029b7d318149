// SPDX-License-Identifier: BSL-1.0

// What off-policy evaluation takes, and what it refuses.
#include <bellman/decision/ending.hpp>
#include <bellman/evaluation/cumulative_ratios.hpp>
#include <bellman/evaluation/direct_method.hpp>
#include <bellman/evaluation/doubly_robust.hpp>
#include <bellman/evaluation/effective_sample_size.hpp>
#include <bellman/evaluation/importance_ratios.hpp>
#include <bellman/evaluation/importance_sampling.hpp>
#include <bellman/evaluation/logged_episode.hpp>
#include <bellman/evaluation/per_decision_importance_sampling.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace {

using bellman::test::arguments;
using bellman::test::except;
using bellman::test::wrong_answers;
using doubles = std::vector<double>;
using logged = bellman::logged_episode<doubles, doubles>;
using modelled = bellman::modelled_episode<doubles, doubles, doubles, doubles>;

template <class... Part>
concept makes_an_episode = requires(Part const&... part) {
  bellman::logged_episode{part...};
};
template <class... Part>
concept makes_a_modelled_episode = requires(Part const&... part) {
  bellman::modelled_episode{part...};
};

}  // namespace

TEST_CASE("an episode is made of ranges") {
  STATIC_REQUIRE(makes_an_episode<doubles, doubles> && makes_an_episode<doubles, doubles, bellman::truncated<double>>);
  STATIC_REQUIRE_FALSE(makes_an_episode<int, int> || makes_an_episode<doubles> || makes_an_episode<doubles, double>);
  STATIC_REQUIRE(makes_an_episode<logged>);
  STATIC_REQUIRE(makes_a_modelled_episode<doubles, doubles, doubles, doubles>);
  STATIC_REQUIRE_FALSE(makes_a_modelled_episode<doubles, doubles, doubles, double> ||
                       makes_a_modelled_episode<int, doubles, doubles, doubles>);
}

TEST_CASE("ratios are asked whether they take their arguments") {
  CHECK(wrong_answers<bellman::importance_ratios>(arguments<doubles&, doubles&>{}) == "");
  CHECK(wrong_answers<bellman::importance_ratios>(arguments<doubles&, doubles&, double*>{}) == "");
  CHECK(wrong_answers<bellman::importance_ratios_of_logs>(arguments<doubles&, doubles&, double*>{}) == "");
  CHECK(wrong_answers<bellman::cumulative_ratios>(arguments<doubles&>{}) == "");
  CHECK(wrong_answers<bellman::cumulative_ratios>(arguments<doubles&, double*>{}) == "");
  CHECK(wrong_answers<bellman::effective_sample_size>(arguments<doubles&>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::cumulative_ratios), doubles&, int*>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::importance_ratios), doubles&, std::vector<bellman::rational>&>);
}

TEST_CASE("estimates of a policy's value are asked whether they take their arguments") {
  CHECK(wrong_answers<bellman::importance_sampling>(arguments<logged, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::importance_sampling>(arguments<std::vector<logged>, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::per_decision_importance_sampling>(arguments<logged, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::weighted_importance_sampling>(arguments<std::vector<logged>, double>{},
                                                             except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::weighted_per_decision_importance_sampling>(arguments<std::vector<logged>, double>{},
                                                                          except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::doubly_robust>(arguments<modelled, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::direct_method>(arguments<modelled>{}) == "");
  CHECK(wrong_answers<bellman::direct_method>(arguments<std::vector<modelled>>{}) == "");
}

TEST_CASE("episodes that an estimate cannot be made of are refused, not an error") {
  using bellman::importance_sampling;
  using rationals = std::vector<bellman::rational>;
  using texts = bellman::logged_episode<std::string, doubles>;
  using inexact = bellman::logged_episode<rationals, doubles>;
  using without_a_value = bellman::logged_episode<doubles, doubles, bellman::truncated<>>;
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(importance_sampling), texts, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(importance_sampling), inexact, bellman::rational>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(importance_sampling), without_a_value, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(importance_sampling), logged>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::weighted_importance_sampling), logged, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::doubly_robust), logged, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::direct_method), modelled, double>);
}
