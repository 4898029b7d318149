// SPDX-License-Identifier: BSL-1.0

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/advantage.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/greedy_policy.hpp>
#include <bellman/value/return.hpp>
#include <bellman/value/value_after.hpp>

#include <complex>
#include <functional>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

#include "models/two_state_cycle.hpp"
#include "support/catch.hpp"
#include "support/rationals.hpp"
#include "support/refusals.hpp"

namespace value_refusals {

using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;

using cycle = models::two_state_cycle<double>;
using policy = int (*)(int);
using value = double (*)(int);
using rewards = std::vector<double>;

constexpr auto after = bellman::value_after<double>;
constexpr auto gamma_of_doubles = bellman::discount_for<double>;

TEST_CASE("what is made of an environment asks for one, a discount, a policy or a value function") {
  CHECK(wrong_answers<bellman::action_value>(arguments<cycle, double, value>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::greedy_policy>(arguments<cycle, double, value>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::bellman_expectation>(arguments<cycle, policy, double>{}, except<2, int>{}) == "");
  CHECK(wrong_answers<bellman::bellman_optimality>(arguments<cycle, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::bellman_soft>(arguments<cycle, double, double>{}, except<1, int>{}, except<2, int>{}) ==
        "");
  CHECK(wrong_answers<bellman::bellman_soft>(arguments<cycle, double, double, policy>{}, except<1, int>{},
                                             except<2, int>{}) == "");
  CHECK(wrong_answers<bellman::advantage>(arguments<double (*)(int, int), value>{}) == "");
  using referred = std::reference_wrapper<cycle const>;
  CHECK(wrong_answers<bellman::action_value>(arguments<referred, double, value>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::bellman_expectation>(arguments<referred, policy, double>{}, except<2, int>{}) == "");
}

TEST_CASE("value functions return what can be added to a reward") {
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::action_value), cycle, double, word (*)(int)>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::action_value), cycle, double, std::string (*)(int)>);
  using op = decltype(bellman::bellman_optimality(cycle{}, 0.5));
  STATIC_REQUIRE(std::is_invocable_v<op, value>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<op, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<op, word (*)(int)>);
}

TEST_CASE("a return asks for rewards, a discount and how they end") {
  CHECK(wrong_answers<bellman::discounted_return>(arguments<rewards, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::discounted_return>(arguments<rewards, bellman::terminated, double>{},
                                                  except<2, int>{}) == "");
  CHECK(wrong_answers<bellman::discounted_return>(arguments<rewards, bellman::truncated<double>, double>{},
                                                  except<2, int>{}) == "");
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::discounted_return), rewards, bellman::truncated<>, double>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::discounted_return), rewards, bellman::truncated<word>, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::discounted_return), rewards, std::complex<double>>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::discounted_return), std::vector<bellman::rational>, double>);
  CHECK(wrong_answers<after>(arguments<bellman::truncated<double>>{}) == "");
  CHECK(wrong_answers<gamma_of_doubles>(arguments<double>{}, except<0, int>{}) == "");
}

TEST_CASE("rewards in braces are rewards") {
  STATIC_REQUIRE(bellman::discounted_return({1.0, 2.0, 4.0}, 0.5) == 3.0);
  STATIC_REQUIRE(bellman::discounted_return({1.0, 2.0}, bellman::truncated{4.0}, 0.5) == 3.0);
}

TEST_CASE("what is asked for a state or an action is not given a number that is cut off") {
  using v = decltype(bellman::bellman_optimality(cycle{}, 0.5)(value{}));
  STATIC_REQUIRE(std::is_invocable_v<v, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<v, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<v, char>);
  using q = decltype(bellman::action_value(cycle{}, 0.5, value{}));
  STATIC_REQUIRE(std::is_invocable_v<q, int, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<q, double, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<q, int, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::value_after<int>), bellman::truncated<double>>);
}

TEST_CASE("a discount multiplies the rewards that it is for") {
  using both = bellman::coordinates<double, 2>;
  STATIC_REQUIRE(std::is_invocable_v<decltype(bellman::discounted_return), std::vector<both>, double>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::discounted_return), std::vector<both>, bellman::dual<double>>);
  CHECK(bellman::discount(1).value() == 1.0);
}

TEST_CASE("an advantage is a difference") {
  using of_texts = decltype(bellman::advantage([](int, int) { return std::string(); }, value{}));
  STATIC_REQUIRE_FALSE(std::is_invocable_v<of_texts, int, int>);
}

TEST_CASE("members that a table's parts have mean nothing elsewhere") {
  struct outcomes : std::vector<bellman::weighted<bellman::outcome<double, int>>> {
    double mean_reward() const { return 1000; }
  };
  struct pays_one : cycle {
    outcomes transition(int s, int) const {
      outcomes all;
      all.push_back({{1.0, s}, 1.0});
      return all;
    }
  };
  struct stays {
    int operator()(int) const { return 0; }
    std::vector<bellman::weighted<int>> over(std::ranges::iota_view<int, int>) const { return {{1, 1.0}}; }
  };
  auto const nothing = [](int) { return 0.0; };
  CHECK(bellman::action_value(pays_one{}, 0.5, nothing)(0, 0) == 1.0);
  CHECK(bellman::bellman_expectation(cycle{}, stays{}, 0.5)(nothing)(0) == 0.0);
}

}  // namespace value_refusals
