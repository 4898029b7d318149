// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/rollout.hpp>

#include <bellman/decision/trajectories.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/probability/weight.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <ranges>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/path.hpp"
#include "models/token_tree.hpp"
#include "models/two_state_cycle.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::rollout;
using bellman::step_limit;
using bellman::trajectories;
using bellman::test::true_at_both_times;
using models::answer;
using exact_cycle = models::two_state_cycle<rational>;
using exact_tree = models::token_tree<rational>;

constexpr models::frozen_lake<double> icy_lake{};
constexpr auto any = [](int) { return bellman::uniform(std::views::iota(0, 4)); };
constexpr auto any_token = [](answer const&) { return bellman::uniform(std::array{'a', 'b', '.'}); };

struct quick_generator {
  using result_type = std::uint32_t;
  std::uint32_t state = 1;

  static constexpr std::uint32_t min() { return 0; }
  static constexpr std::uint32_t max() { return 0xffffffffu; }
  constexpr std::uint32_t operator()() { return state = 1664525u * state + 1013904223u; }
};

// What an episode says must be what the environment can do.
template <class E, class Episode>
bool is_possible(E const& env, Episode const& e) {
  if (e.states.size() != e.size() + 1 || e.rewards.size() != e.size()) return false;
  for (std::size_t t = 0; t < e.size(); ++t) {
    if (env.terminal(e.states[t])) return false;
    bool found = false;
    for (auto const& o : env.transition(e.states[t], e.actions[t])) {
      found = found || (o.value.next == e.states[t + 1] && o.value.reward == e.rewards[t]);
    }
    if (!found) return false;
  }
  return env.terminal(e.states.back()) == e.has_terminated();
}

// Episodes begin in state 0 or 1, with weights that nothing has checked.
struct begins_with : models::frozen_lake<double> {
  double second;

  explicit begins_with(double its_second) : models::frozen_lake<double>(icy_lake), second(its_second) {}

  std::vector<bellman::weighted<int, double>> start() const { return {{0, 0.5}, {1, second}}; }
};

}  // namespace

TEST_CASE("an episode goes on until a terminal state, and has then terminated") {
  std::mt19937 g(1);
  for (int i = 0; i < 200; ++i) {
    auto const e = rollout(icy_lake, any, 0, g);
    CHECK(e.states.front() == 0);
    CHECK(e.has_terminated());
    CHECK(is_possible(icy_lake, e));
  }
}

TEST_CASE("an episode is cut off after the limit, and has then been truncated") {
  CHECK(true_at_both_times([] {
    auto const go = [](int) { return 1; };
    auto const e = rollout(exact_cycle{}, go, 0, quick_generator{}, step_limit{5});
    return e.size() == 5 && !e.has_terminated() && e.states == std::vector{0, 1, 0, 1, 0, 1} &&
           e.actions == std::vector{1, 1, 1, 1, 1} && e.rewards[0] == rational(3) && e.rewards[1] == rational(-1);
  }));
  CHECK(true_at_both_times([] {
    auto const go = [](int) { return 1; };
    auto const e = rollout(exact_cycle{}, go, 1, quick_generator{}, step_limit{0});
    return e.size() == 0 && !e.has_terminated() && e.states == std::vector{1};
  }));
}

TEST_CASE("an episode that ends exactly at the limit has terminated") {
  CHECK(true_at_both_times([] {
    models::path const env{std::array{rational(1), rational(2)}};
    auto const on = [](std::size_t) { return 0; };
    auto const at = rollout(env, on, 0, quick_generator{}, step_limit{2});
    auto const before = rollout(env, on, 0, quick_generator{}, step_limit{1});
    auto const after = rollout(env, on, 2, quick_generator{}, step_limit{0});
    return at.has_terminated() && at.size() == 2 && !before.has_terminated() && before.size() == 1 &&
           after.has_terminated() && after.size() == 0;
  }));
}

TEST_CASE("an episode begins where the environment says, unless it is told where") {
  std::mt19937 g(1);
  CHECK(rollout(icy_lake, any, g).states.front() == 0);
  CHECK(rollout(icy_lake, any, g, step_limit{1}).size() == 1);
  CHECK(rollout(icy_lake, any, 9, g).states.front() == 9);
  CHECK(rollout(exact_tree{}, any_token, g).states.front() == answer{});
}

TEST_CASE("start weights that do not sum to one are refused") {
  std::mt19937 g(1);
  CHECK(rollout(begins_with{0.5}, any, g).has_terminated());
  CHECK_THROWS_AS(rollout(begins_with{0.25}, any, g), bellman::invalid_value);
}

TEST_CASE("the same seed gives the same episode") {
  CHECK(rollout(icy_lake, any, 0, std::mt19937(7)) == rollout(icy_lake, any, 0, std::mt19937(7)));
  CHECK(bellman::test::true_at_both_times([] {
    auto const e = rollout(exact_tree{}, any_token, answer{}, quick_generator{3});
    return e.has_terminated() && e == rollout(exact_tree{}, any_token, answer{}, quick_generator{3});
  }));
}

TEST_CASE("rolled-out returns have the mean that the trajectories have") {
  // The right answer ab. has the probability 1/27; an answer costs a tenth for each token.
  auto const paths = trajectories(exact_tree{}, any_token, answer{});
  auto const reward = [](auto const& e) {
    rational total(0);
    for (rational const& r : e.rewards) total += r;
    return total;
  };
  double const mean = bellman::to_double(bellman::expectation(paths, reward));
  std::mt19937 g(1);
  double total = 0;
  double squares = 0;
  constexpr int episodes = 20'000;
  for (int i = 0; i < episodes; ++i) {
    double const x = bellman::to_double(reward(rollout(exact_tree{}, any_token, g)));
    total += x;
    squares += x * x;
  }
  double const deviation = std::sqrt((squares / episodes - (total / episodes) * (total / episodes)) / episodes);
  CHECK(std::abs(total / episodes - mean) < 5 * deviation);
}
