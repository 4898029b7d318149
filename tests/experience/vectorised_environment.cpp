// SPDX-License-Identifier: BSL-1.0
#include <bellman/experience/vectorised_environment.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/decision/start.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/n_step_windows.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/experience/autoreset.hpp>
#include <bellman/experience/batch_policy.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/uniform.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <random>
#include <ranges>
#include <span>
#include <string>
#include <vector>

#include "experience/walk.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/rationals.hpp"

namespace vectorised_environment_test {

using bellman::next_step_autoreset;
using bellman::rational;
using bellman::same_step_autoreset;
using bellman::step_limit;
using bellman::vectorised;
using bellman::test::half;
using bellman::test::message_of;
using bellman::test::true_at_both_times;
using experience::either_way;
using experience::quick_generator;
using experience::value_of;
using experience::walk;

constexpr bellman::trace_parameters<rational, rational> p{.gamma = rational(9, 10), .lambda = half};

template <class Recording>
constexpr std::vector<rational> values_of(Recording const& r) {
  std::vector<rational> values;
  for (int const s : r.states()) values.push_back(value_of(s));
  return values;
}

// The advantages of the policy's own steps of a recording, as `gae` gives them of the whole.
template <class Recording>
constexpr std::vector<rational> advantages_together(Recording const& r, std::size_t i) {
  auto const values = values_of(r);
  auto const all = bellman::gae(r.rewards(), r.of_steps(values), r.steps(values), p).advantages;
  std::vector<rational> own;
  for (std::size_t const place : r.transitions()) {
    if (place % r.shape().sequences == i) own.push_back(all[place]);
  }
  return own;
}

constexpr std::vector<rational> values_before_last(std::vector<int> const& states) {
  std::vector<rational> values;
  for (std::size_t t = 0; t + 1 < states.size(); ++t) values.push_back(value_of(states[t]));
  return values;
}

// Those of one episode, which is all that is known here: it came from `rollout`.
template <class Episode>
constexpr std::vector<rational> advantages_alone(Episode const& e) {
  auto const values = values_before_last(e.states);
  if (e.has_terminated()) return bellman::gae(e.rewards, values, bellman::terminated{}, p).advantages;
  return bellman::gae(e.rewards, values, bellman::truncated{value_of(e.states.back())}, p).advantages;
}

// One copy asks its generator for the same numbers as one roll-out after another does.
template <class Autoreset, class G>
constexpr bool is_as_one_roll_out_after_another(std::size_t steps, std::size_t limit, G urbg) {
  G same = urbg;
  auto together = vectorised(walk{}, 1, Autoreset{}, urbg, step_limit{limit});
  auto const r = together.record(steps, either_way, urbg);
  auto const a = advantages_together(r, 0);
  std::size_t seen = 0;
  std::size_t episodes = 0;
  while (episodes < r.finished().size()) {
    auto const e = bellman::rollout(walk{}, either_way, same, step_limit{limit});
    rational total(0);
    for (rational const& paid : e.rewards) total += paid;
    auto const& last = r.finished()[episodes++];
    if (last.total != total || last.steps != e.size() || r.transitions()[seen + e.size() - 1] != last.place)
      return false;
    auto const alone = advantages_alone(e);
    for (std::size_t t = 0; t < e.size(); ++t, ++seen) {
      std::size_t const place = r.transitions()[seen];
      if (a[seen] != alone[t] || r.state(place) != e.states[t] || r.action(place) != e.actions[t] ||
          r.reward(place) != e.rewards[t] || r.next_state(place) != e.states[t + 1]) {
        return false;
      }
    }
  }
  // The rest is an episode that the recording cuts off.
  std::size_t const rest = a.size() - seen;
  if (rest == 0) return episodes > 0;
  auto const e = bellman::rollout(walk{}, either_way, same, step_limit{rest});
  auto const values = values_before_last(e.states);
  auto const alone = bellman::gae(e.rewards, values, bellman::truncated{value_of(e.states.back())}, p).advantages;
  for (std::size_t t = 0; t < rest; ++t) {
    if (a[seen + t] != alone[t]) return false;
  }
  return episodes > 0;
}

TEST_CASE("estimates of a recording are those of the roll-outs that it consists of") {
  for (unsigned seed = 1; seed < 30; ++seed) {
    CHECK(is_as_one_roll_out_after_another<next_step_autoreset>(40 + seed, 5, std::mt19937(seed)));
    CHECK(is_as_one_roll_out_after_another<same_step_autoreset>(40 + seed, 5, std::mt19937(seed)));
  }
  CHECK(true_at_both_times([] {
    return is_as_one_roll_out_after_another<next_step_autoreset>(9, 3, quick_generator{7}) &&
           is_as_one_roll_out_after_another<same_step_autoreset>(9, 3, quick_generator{7});
  }));
}

// Of several copies the episodes are read from the recording: the states of a column, one after another.
template <class Autoreset>
bool each_episode_is_as_alone(unsigned seed) {
  std::mt19937 urbg(seed);
  constexpr std::size_t limit = 6;
  auto together = vectorised(walk{}, 5, Autoreset{}, urbg, step_limit{limit});
  std::size_t cuts = 0;
  std::size_t ends = 0;
  for (int part = 0; part < 3; ++part) {
    auto const r = together.record(20, either_way, urbg);
    auto const& shape = r.shape();
    for (std::size_t i = 0; i < shape.sequences; ++i) {
      auto const a = advantages_together(r, i);
      std::vector<std::size_t> own;
      for (std::size_t const place : r.transitions()) {
        if (place % shape.sequences == i) own.push_back(place);
      }
      std::size_t first = 0;
      for (std::size_t t = 0; t < own.size(); ++t) {
        bool const last = t + 1 == own.size();
        int const next = r.next_state(own[t]);
        bool const is_end = next == 0 || next == 5;
        bool is_cut = false;
        for (auto const& f : r.finished()) is_cut = is_cut || (f.place == own[t] && !is_end);
        if (!last && !is_end && !is_cut) {
          if (r.state(own[t + 1]) != next) return false;
          continue;
        }
        bellman::episode<int, int, rational> e;
        for (std::size_t k = first; k <= t; ++k) {
          e.states.push_back(r.state(own[k]));
          e.actions.push_back(r.action(own[k]));
          e.rewards.push_back(r.reward(own[k]));
        }
        e.states.push_back(next);
        if (!is_end) e.ending = bellman::truncated{};
        cuts += is_cut;
        ends += is_end;
        auto const alone = advantages_alone(e);
        if (!std::equal(alone.begin(), alone.end(), a.begin() + static_cast<std::ptrdiff_t>(first))) return false;
        first = t + 1;
      }
    }
  }
  return cuts > 5 && ends > 5;
}

TEST_CASE("of several copies, in recordings that go on where the last one stopped, each episode counts by itself") {
  for (unsigned seed = 1; seed < 10; ++seed) {
    CHECK(each_episode_is_as_alone<next_step_autoreset>(seed));
    CHECK(each_episode_is_as_alone<same_step_autoreset>(seed));
  }
}

// Two states, a step each; it says which steps are taken.
struct two_steps {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  constexpr auto start() const { return bellman::dirac{0}; }
  constexpr auto actions(int) const { return std::array{10, 11}; }
  constexpr bool terminal(int s) const { return s == 2; }
  constexpr auto transition(int s, int a) const { return bellman::dirac{bellman::outcome{1.0 * a, s + 1}}; }
};
constexpr auto ten_more = [](int s) { return 10 + s; };

TEST_CASE("a copy is reset in the next step, where no action is looked at and nothing is paid") {
  CHECK(true_at_both_times([] {
    quick_generator urbg;
    auto together = vectorised(two_steps{}, 2, next_step_autoreset{}, urbg);
    auto const r = together.record(4, ten_more, urbg);
    auto const rows = r.rewards();
    std::array const states{0, 0, 1, 1, 2, 2, 0, 0, 1, 1};
    std::array const values{99.0, 99.0, 99.0, 99.0, 99.0, 99.0, 99.0, 99.0, 8.0, 8.0};
    return r.shape() == bellman::steps_of_sequences{4, 2} && std::ranges::equal(r.states(), states) &&
           std::ranges::equal(rows.sequence(1), std::array{10.0, 11.0, 0.0, 10.0}) &&
           std::ranges::equal(r.actions().sequence(0), std::array{10, 11, 11, 10}) &&
           std::ranges::equal(r.transitions(), std::array{0, 1, 2, 3, 6, 7}) && r.next_state(2) == 2 &&
           std::ranges::equal(together.states(), std::array{1, 1}) && together.size() == 2 &&
           bellman::returns_to_go(rows, r.steps(values), 0.5) ==
               std::vector{15.5, 15.5, 11.0, 11.0, 0.0, 0.0, 14.0, 14.0};
  }));
}

TEST_CASE("a copy is reset in the same step, and the episode's last state stands behind all others") {
  CHECK(true_at_both_times([] {
    quick_generator urbg;
    auto together = vectorised(two_steps{}, 2, same_step_autoreset{}, urbg);
    auto const r = together.record(3, ten_more, urbg);
    std::array const states{0, 0, 1, 1, 0, 0, 1, 1, 2, 2};
    return std::ranges::equal(r.states(), states) &&
           std::ranges::equal(r.rewards().sequence(1), std::array{10.0, 11.0, 10.0}) && r.transitions().size() == 6 &&
           r.next_state(2) == 2 && r.next_state(0) == 1 && r.finished().size() == 2 &&
           r.finished()[1] == bellman::finished_episode<double>{3, 21.0, 2};
  }));
}

TEST_CASE("an episode at its limit is truncated with the value of where it was cut, one that ends there terminated") {
  CHECK(true_at_both_times([] {
    quick_generator urbg;
    auto at_two = vectorised(two_steps{}, 1, same_step_autoreset{}, urbg, step_limit{2});
    auto const ended = at_two.record(2, ten_more, urbg);
    std::array const unread{99.0, 99.0, 99.0, 99.0};
    bool const terminated =
        bellman::returns_to_go(ended.rewards(), ended.steps(unread), 0.5) == std::vector{15.5, 11.0};
    bool const is_one_of_both = ended.steps(unread).truncated.sequence(0)[1] == 0;
    auto at_one = vectorised(two_steps{}, 1, same_step_autoreset{}, urbg, step_limit{1});
    auto const cut = at_one.record(2, ten_more, urbg);  // states 0 0 0, and 1 1 behind
    std::array const values{99.0, 99.0, 99.0, 4.0, 8.0};
    return terminated && is_one_of_both &&
           bellman::returns_to_go(cut.rewards(), cut.steps(values), 0.5) == std::vector{12.0, 14.0} &&
           // For a replay buffer the value after a cut is left open.
           bellman::n_step_windows(cut.rewards(), cut.steps(), 2, 0.5)[1] ==
               bellman::n_step_window<double>{10.0, 0.5, 1};
  }));
}

TEST_CASE("a batch policy acts in all states at once as a policy does in each") {
  auto const of_all = [](std::span<int const> states) {
    std::vector<decltype(either_way(0))> all;
    for (int const s : states) all.push_back(either_way(s));
    return all;
  };
  std::mt19937 one(3), other(3);
  auto a = vectorised(walk{}, 4, next_step_autoreset{}, one, step_limit{4});
  auto b = vectorised(walk{}, 4, next_step_autoreset{}, other, step_limit{4});
  CHECK(a.record(50, either_way, one) == b.record(50, bellman::batch_policy{of_all}, other));
  CHECK(true_at_both_times([] {
    quick_generator urbg;
    auto together = vectorised(two_steps{}, 2, same_step_autoreset{}, urbg);
    bellman::batch_policy const by_place{[](std::span<int const>) { return std::array{10, 11}; }};
    auto const r = together.record(2, by_place, urbg);
    return std::ranges::equal(r.actions().sequence(0), std::array{10, 10}) &&
           std::ranges::equal(r.actions().sequence(1), std::array{11, 11});
  }));
}

TEST_CASE("two recordings are as one, and the same seed gives the same") {
  std::mt19937 one(5), other(5);
  auto a = vectorised(walk{}, 3, same_step_autoreset{}, one, step_limit{7});
  auto b = vectorised(walk{}, 3, same_step_autoreset{}, other, step_limit{7});
  auto const whole = a.record(24, either_way, one);
  auto const front = b.record(10, either_way, other);
  auto const back = b.record(14, either_way, other);
  for (std::size_t i = 0; i < 3; ++i) {
    auto const paid = whole.rewards().sequence(i);
    CHECK(std::ranges::equal(paid | std::views::take(10), front.rewards().sequence(i)));
    CHECK(std::ranges::equal(paid | std::views::drop(10), back.rewards().sequence(i)));
  }
  CHECK(std::ranges::equal(a.states(), b.states()));
  CHECK(whole.finished().size() == front.finished().size() + back.finished().size());
  for (std::size_t k = 0; k < back.finished().size(); ++k) {
    auto const& seen = whole.finished()[front.finished().size() + k];
    CHECK(seen.place == back.finished()[k].place + 30);
    CHECK(seen.total == back.finished()[k].total);
    CHECK(seen.steps == back.finished()[k].steps);
  }
}

TEST_CASE("the same numbers with every compiler") {
  // Drawn by a program of its own, in Python: two calls a draw, u = (x + 2^32 y) / 2^64.
  CHECK(true_at_both_times([] {
    quick_generator urbg{42};
    auto together = vectorised(walk{}, 2, next_step_autoreset{}, urbg, step_limit{5});
    auto const r = together.record(6, either_way, urbg);
    return std::ranges::equal(r.states(), std::array{1, 1, 1, 1, 1, 2, 1, 3, 0, 3, 3, 3, 3, 3});
  }));
}

// Points of a line that begin anywhere on it.
struct drawn_start {
  using state_type = std::array<double, 1>;
  using action_type = int;
  using reward_type = float;

  template <class G>
  constexpr state_type start(G& urbg) const {
    return {static_cast<double>(urbg() - (G::min)()) / 4294967296.0};
  }
  constexpr auto actions(state_type const&) const { return std::array{0}; }
  constexpr bool terminal(state_type const& s) const { return s[0] >= 1; }
  constexpr auto transition(state_type const& s, int) const {
    return bellman::dirac{bellman::outcome{0.1f, state_type{s[0] + 0.375}}};
  }
};

constexpr auto on = [](std::array<double, 1> const&) { return 0; };

TEST_CASE("where there are too many states to begin in, the environment draws one") {
  CHECK(true_at_both_times([] {
    quick_generator urbg, same;
    double const first = static_cast<double>(same()) / 4294967296.0;
    double const second = static_cast<double>(same()) / 4294967296.0;
    auto together = vectorised(drawn_start{}, 2, same_step_autoreset{}, urbg);
    auto const r = together.record(4, on, urbg);
    return r.states()[0][0] == first && r.states()[1][0] == second && r.states()[2][0] == first + 0.375 &&
           r.finished().size() >= 2 && r.finished()[0].total < 0.5f;
  }));
  drawn_start const env;
  std::mt19937 urbg(1);
  auto together = vectorised(std::ref(env), 3, next_step_autoreset{}, urbg, step_limit{2});
  auto const r = together.record(10, on, urbg);
  CHECK(r.transitions().size() < 30);
}

// Rewards of two parts, states that own memory.
struct two_parts {
  using state_type = std::vector<int>;
  using action_type = std::string;
  using reward_type = std::array<double, 2>;

  auto start() const { return bellman::dirac{state_type{}}; }
  auto actions(state_type const&) const { return std::array<std::string, 1>{"on"}; }
  bool terminal(state_type const& s) const { return s.size() == 3; }
  auto transition(state_type s, std::string const& a) const {
    s.push_back(static_cast<int>(a.size()));
    double const length = static_cast<double>(s.size());
    return bellman::dirac{bellman::outcome{reward_type{1, length}, s}};
  }
};

TEST_CASE("rewards may be vectors, and states and actions may own memory") {
  std::mt19937 urbg(1);
  auto together = vectorised(two_parts{}, 2, next_step_autoreset{}, urbg);
  auto const r = together.record(
      5, [](std::vector<int> const&) { return std::string("on"); }, urbg);
  REQUIRE(r.finished().size() == 2);
  CHECK(r.finished()[0].total == std::array{3.0, 6.0});
  CHECK(r.next_state(4) == std::vector{2, 2, 2});
  CHECK(r.reward(6) == std::array{0.0, 0.0});
  std::vector<std::array<double, 2>> const zeros(r.states().size());
  auto const returns = bellman::returns_to_go(r.rewards(), r.steps(zeros), 0.5);
  CHECK(returns[0] == std::array{1.75, 2.75});
}

struct begins_anywhere : walk {
  int first;
  constexpr explicit begins_anywhere(int its_first) : first(its_first) {}
  std::vector<bellman::weighted<int, double>> start() const { return {{first, 0.5}, {1, first == 2 ? 0.5 : 0.25}}; }
};

TEST_CASE("what cannot be stepped is refused, and leaves the copies where they were") {
  std::mt19937 urbg(1);
  CHECK(message_of([&] { (void)vectorised(walk{}, 0, next_step_autoreset{}, urbg); }) ==
        "bellman: 0 copies of an environment; there must be at least 1");
  CHECK(message_of([&] { (void)vectorised(walk{}, -1, next_step_autoreset{}, urbg); }) != "");
  CHECK(message_of([&] { (void)vectorised(walk{}, 2, next_step_autoreset{}, urbg, step_limit{0}); }) ==
        "bellman: episodes are cut off after 0 steps; the limit must be at least 1");
  CHECK(message_of([&] { (void)vectorised(begins_anywhere{3}, 2, next_step_autoreset{}, urbg); }) != "");
  CHECK(message_of([&] {
          (void)vectorised(bellman::with_start(walk{}, bellman::dirac{5}), 2, next_step_autoreset{}, urbg);
        }) == "bellman: copy 0 of the environment begins an episode in state 5, which is terminal; it must not be");

  auto together = vectorised(begins_anywhere{2}, 3, same_step_autoreset{}, urbg, step_limit{4});
  auto const before = std::vector<int>(together.states().begin(), together.states().end());
  CHECK(message_of([&] { (void)together.record(0, either_way, urbg); }) ==
        "bellman: a recording of 0 steps; there must be at least 1");
  int calls = 0;
  auto const wrong_at_last = [&](int) {
    return std::vector{bellman::weighted<int, double>{1, ++calls < 17 ? 1.0 : 0.5}};
  };
  CHECK(message_of([&] { (void)together.record(10, wrong_at_last, urbg); }) != "");
  CHECK(calls == 17);
  CHECK(std::ranges::equal(together.states(), before));
  auto const answers = [](std::size_t n) {
    return bellman::batch_policy{[n](std::span<int const>) { return std::vector<int>(n, 1); }};
  };
  CHECK(message_of([&] { (void)together.record(1, answers(2), urbg); }) ==
        "bellman: a batch policy gives 2 answers for 3 states; there must be one for each");
  CHECK(message_of([&] { (void)together.record(1, answers(4), urbg); }) ==
        "bellman: a batch policy gives more than 3 answers for 3 states; there must be one for each");
  CHECK(std::ranges::equal(together.states(), before));
  // The copies have not aged either: four more steps are all that is left to those that do not end before.
  auto const r = together.record(5, either_way, urbg);
  for (auto const& f : r.finished()) CHECK(f.steps <= 4);
}

}  // namespace vectorised_environment_test
