// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/environment.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/decision/start.hpp>
#include <bellman/learning/objective.hpp>
#include <bellman/learning/policy_gradient.hpp>
#include <bellman/learning/policy_gradient_agent.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

// Of its own, so that the names below are those of no other file of one translation unit.
namespace refusals_of_learning {

namespace {

using bellman::dual;
using support::arguments;
using support::except;
using support::word;
using support::wrong_answers;

struct two_rooms {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, 2); }
  constexpr auto actions(int) const { return std::array{0, 1}; }
  constexpr bool terminal(int s) const { return s == 1; }
  constexpr auto transition(int, int) const { return bellman::dirac{bellman::outcome{1.0, 1}}; }
};
using started = bellman::started_environment<two_rooms, bellman::dirac<int>>;

struct rooms_without_transition : two_rooms {
  void transition(int, int) const = delete;
};
struct rooms_that_pay_words : two_rooms {
  using reward_type = word;
  constexpr auto transition(int, int) const { return bellman::dirac{bellman::outcome{word{}, 1}}; }
};

constexpr auto stay = [](int) { return 0; };
constexpr auto says_words = [](int) { return word{}; };
constexpr auto chance = [](int) {
  auto const p = dual<double>::variable(0.25);
  return std::vector{bellman::weighted{0, p}, bellman::weighted{1, 1 - p}};
};
using stays = decltype(stay);
using chances = decltype(chance);

constexpr auto family = [](auto const&, int) { return bellman::dirac{'x'}; };
template <class Family, class... X>
concept makes_an_agent = requires(Family const& f, X const&... x) {
  bellman::policy_gradient_agent(f, x...);
};

}  // namespace

TEST_CASE("an objective refuses what is no environment, no policy, no discount, no start") {
  CHECK(wrong_answers<bellman::objective>(arguments<two_rooms, stays, double, int>{}, except<2, int>{},
                                          except<3, int>{}) == "");
  CHECK(wrong_answers<bellman::objective>(arguments<started, stays, double>{}, except<2, int>{}) == "");
  using F = decltype(bellman::objective);
  STATIC_REQUIRE(!std::is_invocable_v<F, two_rooms, stays, double>);
  STATIC_REQUIRE(!std::is_invocable_v<F, two_rooms, stays, double, double>);  // a state is an int
  STATIC_REQUIRE(!std::is_invocable_v<F, rooms_without_transition, stays, double, int>);
  STATIC_REQUIRE(!std::is_invocable_v<F, rooms_that_pay_words, stays, double, int>);
  STATIC_REQUIRE(!std::is_invocable_v<F, two_rooms, decltype(says_words), double, int>);
}

TEST_CASE("a policy gradient refuses the same, and probabilities without derivatives") {
  CHECK(wrong_answers<bellman::policy_gradient>(arguments<two_rooms, chances, double, int>{}, except<2, int>{},
                                                except<3, int>{}) == "");
  CHECK(wrong_answers<bellman::policy_gradient>(arguments<started, chances, double>{}, except<2, int>{}) == "");
  STATIC_REQUIRE(!std::is_invocable_v<decltype(bellman::policy_gradient), two_rooms, stays, double, int>);
}

TEST_CASE("an agent is made of a family, parameters, a discount and a rate") {
  using parameters = std::array<double, 2>;
  STATIC_REQUIRE(makes_an_agent<decltype(family), parameters, double, double>);
  STATIC_REQUIRE(!makes_an_agent<int, parameters, double, double>);
  STATIC_REQUIRE(!makes_an_agent<std::string, parameters, double, double>);
  STATIC_REQUIRE(!makes_an_agent<decltype(family), std::array<word, 2>, word, word>);
  STATIC_REQUIRE(!makes_an_agent<decltype(family), parameters, std::string, double>);
  STATIC_REQUIRE(!makes_an_agent<decltype(family), parameters, double, word>);
}

}  // namespace refusals_of_learning
