// SPDX-License-Identifier: BSL-1.0
#include <bellman/reflect/reward_terms.hpp>

#include <bellman/decision/reward.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/language_policy.hpp>
#include <bellman/language/token_environment.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/models/random_walk.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/reflect/name.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/advantage.hpp>

#include <boost/hana/size.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include "language/three_words.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/infinity.hpp"
#include "support/message_of.hpp"

namespace reward_terms_of_reflect {

namespace {

using bellman::context;
using bellman::rational;
using bellman::token;
using bellman::reflect::name;
using bellman::reflect::reward_terms;
using bellman::reflect::term;
using bellman::test::infinity;
using bellman::test::message_of;
using bellman::test::three_words::stop;
using bellman::test::three_words::words;
using bellman::test::true_at_both_times;

// Of every kind: at the end, of state and action, of the whole step.
constexpr reward_terms of_tokens(
    term<"right">(bellman::verifiable<rational>([](context const& s) { return s.generated_size() == 2; })),
    term<"says a">(3, [](context const&, token a) { return a == 0; }),
    term<"length">(rational(-1, 7), [](context const&, token, context const& next) {
      return static_cast<int>(next.size());
    }));
constexpr auto env = bellman::token_environment(words, bellman::length_limit{3}, of_tokens);
constexpr auto by_term = bellman::with_reward(env, of_tokens.by_term());

constexpr auto policy = [](context const& s) {
  rational const p(1, static_cast<long long>(s.size()) + 2);
  return bellman::categorical(std::array{bellman::weighted{token{0}, p}, bellman::weighted{token{1}, p},
                                         bellman::weighted{stop, 1 - 2 * p}});
};

template <class V>
constexpr auto sum_of(V const& v) {
  return v[0] + v[1] + v[2];
}

}  // namespace

TEST_CASE("a reward of terms is their weighted sum, and the breakdown has them by name") {
  CHECK(true_at_both_times([] {
    constexpr reward_terms reward(term<"right">([](std::string_view text) { return text == "42"; }),
                                  term<"format">(0.25, [](std::string_view text) { return text.size() < 4; }),
                                  term<"size">(-0.5, [](std::string_view text) { return text.size(); }));
    auto const terms = reward.breakdown("42");
    return reward("42") == 0.25 && terms[name<"right">] == 1.0 && terms[name<"format">] == 0.25 &&
           terms[name<"size">] == -1.0 && reward("1234") == -2.0 && reward.breakdown("1234")[name<"format">] == 0.0;
  }));
}

TEST_CASE("the number of a reward is that which its weights and values have in common") {
  auto const one = [](int) { return 1; };
  auto const holds = [](int) { return true; };
  STATIC_REQUIRE(std::is_same_v<decltype(reward_terms(term<"a">(one), term<"b">(2, holds))(0)), double>);
  STATIC_REQUIRE(std::is_same_v<decltype(reward_terms(term<"a">(one), term<"b">(2.0F, holds))(0)), float>);
  STATIC_REQUIRE(std::is_same_v<decltype(reward_terms(term<"a">(0.5, one), term<"b">(2.0F, holds))(0)), double>);
  STATIC_REQUIRE(std::is_same_v<decltype(reward_terms(term<"a">(rational(1, 2), one), term<"b">(holds))(0)), rational>);
  CHECK(reward_terms(term<"a">(rational(1, 2), one), term<"b">(5, holds))(0) == rational(11, 2));
  // A weight with a derivative: the reward's derivative by it is the term's value.
  using dual = bellman::dual<double, 1>;
  auto const r = reward_terms(term<"a">(dual::variable(0.5, 0), [](double x) { return x * x; }),
                              term<"b">([](double x) { return x; }))(3.0);
  CHECK((r.value == 7.5 && r.derivative[0] == 9.0));
}

TEST_CASE("an environment is paid by terms of every kind") {
  CHECK(true_at_both_times([] {
    context const s = bellman::concat(context{}, 0);
    auto const paid = [&](token a) { return env.transition(s, a).value().reward; };
    // Two tokens are right where the answer ends with them.
    return paid(0) == 3 - rational(2, 7) && paid(1) == rational(-2, 7) && paid(stop) == 1 - rational(2, 7);
  }));
  context const s{1}, next = bellman::concat(s, stop);
  auto const terms = of_tokens.breakdown(env, s, stop, next);
  CHECK(terms[name<"right">] == 0);
  CHECK(terms[name<"says a">] == 0);
  CHECK(terms[name<"length">] == rational(-2, 7));
  CHECK(decltype(boost::hana::size(terms))::value == 3);
}

TEST_CASE("values, action values and advantages by term sum to those of the reward") {
  CHECK(true_at_both_times([] {
    rational const gamma(2, 3);
    context const start{};
    auto const v = bellman::state_value(env, policy, gamma, start);
    auto const u = bellman::state_value(by_term, policy, gamma, start);
    auto const q = bellman::action_value(env, gamma, v);
    auto const r = bellman::action_value(by_term, gamma, u);
    for (context const& s : {start, bellman::concat(start, 0), bellman::concat(bellman::concat(start, 1), 0)}) {
      if (sum_of(u(s)) != v(s)) return false;
      for (token a = 0; a <= stop; ++a) {
        if (sum_of(r(s, a)) != q(s, a) || sum_of(bellman::advantage(r, u)(s, a)) != bellman::advantage(q, v)(s, a)) {
          return false;
        }
      }
    }
    // Each is the value of that term alone.
    auto const alone = bellman::state_value(
        bellman::with_reward(env, [](context const&, token a) { return rational(a == 0 ? 3 : 0); }), policy, gamma);
    auto const terms = of_tokens.by_name(u(start));
    return terms[name<"says a">] == alone(start) && terms[name<"says a">] == u(start)[1] && alone(start) > 0 &&
           terms[name<"right">] > 0 && terms[name<"length">] < 0;
  }));
}

TEST_CASE("an environment with cycles has values by term too") {
  // The random walk over five states ends on the right with probability s / 6, after s (6 - s) steps on average.
  CHECK(true_at_both_times([] {
    constexpr bellman::models::random_walk<rational> walk;
    auto const always = [](int) { return 0; };
    constexpr reward_terms reward(term<"right">([](int, int, int next) { return next == 6; }),
                                  term<"time">(rational(-1, 100), [](int, int) { return 1; }));
    auto const v = bellman::state_value(bellman::with_reward(walk, reward), always, rational(1));
    auto const u = bellman::state_value(bellman::with_reward(walk, reward.by_term()), always, rational(1));
    for (int s = 1; s < 6; ++s) {
      auto const terms = reward.by_name(u(s));
      if (terms[name<"right">] != rational(s, 6) || terms[name<"time">] != rational(-s * (6 - s), 100)) return false;
      if (v(s) != rational(s, 6) - rational(s * (6 - s), 100)) return false;
    }
    return true;
  }));
}

TEST_CASE("a term of weight 0 is off: it pays 0 whatever its function would, and is not asked") {
  CHECK(true_at_both_times([] {
    constexpr reward_terms reward(term<"right">([](int) { return 1.0; }),
                                  term<"kl">(-0.0, [](int) { return infinity; }));
    return reward(0) == 1.0 && reward.breakdown(0)[name<"kl">] == 0.0;
  }));
  int calls = 0;
  reward_terms const counted(term<"on">(2, [&](int x) { return ++calls, x; }),
                             term<"off">(0, [&](int x) { return ++calls, x; }));
  CHECK(counted(3) == 6);
  CHECK(calls == 1);
  // One whose weight has a derivative is about to be on.
  using dual = bellman::dual<double, 1>;
  auto const r = reward_terms(term<"kl">(dual::variable(0.0, 0), [](double x) { return x; }))(3.0);
  CHECK((r.value == 0 && r.derivative[0] == 3));
}

TEST_CASE("functions that cannot be copied are moved in") {
  struct counts {
    std::unique_ptr<int> n;
    int operator()(int x) const { return *n + x; }
  };
  reward_terms const reward(term<"a">(counts{std::make_unique<int>(1)}),
                            term<"b">(2, counts{std::make_unique<int>(2)}));
  CHECK(reward(1) == 8);
  CHECK(reward.breakdown(1)[name<"b">] == 6);
}

TEST_CASE("a weight that is not finite is refused with the term's name") {
  auto const f = [](int) { return 1.0; };
  CHECK(message_of([&] { static_cast<void>(term<"format">(infinity, f)); }) ==
        "bellman: the weight of the term \"format\" of a reward is inf; it must be a finite number");
  CHECK_THROWS_AS(term<"format">(std::numeric_limits<double>::quiet_NaN(), f), bellman::invalid_value);
}

namespace {

template <class... X>
concept makes_a_reward = requires(X const&... x) {
  reward_terms(x...);
};
template <class Weight, class F>
concept makes_a_term = requires(Weight const& w, F const& f) {
  term<"a">(w, f);
};
template <class V>
concept is_named = requires(V const& v) {
  of_tokens.by_name(v);
};

constexpr auto of_a_number = [](int x) { return 1.0 * x; };
constexpr auto to_a_text = [](int) { return std::string_view("x"); };
using a_term = decltype(term<"a">(of_a_number));
using another = decltype(term<"b">(of_a_number));
using of_a_text = decltype(term<"c">([](std::string_view) { return true; }));
using exact = decltype(term<"d">(rational(1, 2), of_a_number));

}  // namespace

TEST_CASE("what makes no reward can be asked about") {
  STATIC_REQUIRE(makes_a_reward<a_term> && makes_a_reward<a_term, another>);
  STATIC_REQUIRE(!makes_a_reward<> && !makes_a_reward<int> && !makes_a_reward<a_term, double>);
  STATIC_REQUIRE(!makes_a_reward<a_term, a_term>);
  STATIC_REQUIRE(makes_a_term<int, decltype(of_a_number)> && !makes_a_term<std::string_view, decltype(of_a_number)> &&
                 !makes_a_term<double, double>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(term<"a">), int>);
  using reward = reward_terms<a_term, another>;
  STATIC_REQUIRE(std::is_invocable_v<reward, int> && !std::is_invocable_v<reward, std::string_view> &&
                 !std::is_invocable_v<reward> && !std::is_invocable_v<reward, int, int>);
  STATIC_REQUIRE(!std::is_invocable_v<reward_terms<a_term, of_a_text>, int>);
  STATIC_REQUIRE(!std::is_invocable_v<reward_terms<decltype(term<"a">(to_a_text))>, int>);
  STATIC_REQUIRE(!std::is_invocable_v<reward_terms<a_term, exact>, int>);  // a double and a quotient
  STATIC_REQUIRE(is_named<std::array<int, 3>> && is_named<bellman::coordinates<double, 3>>);
  STATIC_REQUIRE(!is_named<std::array<int, 2>> && !is_named<double>);
}

}  // namespace reward_terms_of_reflect
