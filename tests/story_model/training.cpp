// SPDX-License-Identifier: BSL-1.0
#include "story_model/checkpoint.hpp"
#include "story_model/methods.hpp"
#include "story_model/program.hpp"
#include "story_model/trainer.hpp"

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.hpp"
#include "support/folder.hpp"

namespace story_model_training_test {

using story_model::method;
using story_model::methods;
using story_model::scored;
using story_model::trainer;

bool near(std::vector<float> const& a, std::vector<double> const& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (!(std::abs(double{a[k]} - b[k]) < 1e-5)) return false;
  }
  return true;
}

// Two groups of two stories, of two tokens or one; the reference thinks half a nat less of each token.
scored some_stories() {
  scored s;
  s.rewards = {1, 0, 1, 1};
  s.group = 2;
  s.log_probs = {{-1, -2}, {-1}, {-3, -1}, {-2}};
  s.reference_log_probs = {{-1.5, -2.5}, {-1.5}, {-3.5, -1.5}, {-2.5}};
  s.values = {{0.5, 0.5}, {0.5}, {0.5, 0.5}, {0.5}};
  return s;
}

TEST_CASE("each method credits a small batch with what its formula says") {
  auto const s = some_stories();
  double const a = std::sqrt(0.5);
  auto const grpo = methods[0].credit_of(s, 0).advantages;
  CHECK(near(grpo[0], {a, a}));
  CHECK(near(grpo[1], {-a}));
  CHECK(near(grpo[2], {0, 0}));
  auto const rloo = methods[1].credit_of(s, 0).advantages;
  CHECK(near(rloo[0], {1, 1}));
  CHECK(near(rloo[1], {-1}));
  CHECK(near(rloo[3], {0}));
  // Each token costs 0.2 * 0.5; the returns are 0.8, 0.9, -0.1, 0.8, 0.9, 0.9: their mean is 0.7, the squares of what
  // is left 0.01 + 0.04 + 0.64 + 0.01 + 0.04 + 0.04.
  double const d = std::sqrt(0.78 / 5);
  auto const plus = methods[2].credit_of(s, 0.2).advantages;
  CHECK(near(plus[0], {0.1 / d, 0.2 / d}));
  CHECK(near(plus[1], {-0.8 / d}));
  // With lambda 0.99 the first of two tokens has -0.1 + 0.99 * 0.4 where the second has 0.9 - 0.5.
  auto const ppo = methods[3].credit_of(s, 0.2);
  CHECK(near(ppo.returns[0], {0.5 - 0.1 + 0.99 * 0.4, 0.9}));
  CHECK(near(ppo.returns[1], {-0.1}));
  std::vector<double> const raw{0.296, 0.4, -0.6, 0.296, 0.4, 0.4};
  double mean = 0, squares = 0;
  for (double const x : raw) mean += x / 6;
  for (double const x : raw) squares += (x - mean) * (x - mean) / 5;
  CHECK(near(ppo.advantages[0], {(0.296 - mean) / std::sqrt(squares), (0.4 - mean) / std::sqrt(squares)}));
}

// A small model, and few short stories an update.
struct small_task {
  story_model::language l = story_model::read_language({});
  story_model::settings how{};

  small_task() {
    how.longest = 14;
    how.batch = 16;
    how.group = 4;
    how.minibatch = 8;
    how.updates = 12;
    how.rate = 2e-3;
  }
  trainer begin(method const& by, std::uint64_t seed = 1, std::size_t threads = 1) const {
    return trainer(l.of, l.words, how, by, seed, threads);
  }
};

std::string state_of(trainer& t) {
  std::string bytes;
  t.visit_state(story_model::detail::state_writer(bytes));
  return bytes;
}

TEST_CASE("the same seed learns the same, by however many threads") {
  small_task task;
  task.how.updates = 3;
  for (method const& by : methods) {
    std::vector<std::string> states;
    for (std::size_t const threads : {1u, 2u, 3u, 2u}) {
      auto t = task.begin(by, 7, threads);
      while (!t.has_ended()) t.update();
      states.push_back(state_of(t));
    }
    for (auto const& state : states) CHECK((state == states[0]));
    auto other = task.begin(by, 8);
    while (!other.has_ended()) other.update();
    CHECK((state_of(other) != states[0]));
  }
}

TEST_CASE("each method learns to write what is rewarded") {
  small_task task;
  task.how = story_model::detail::settings_for({});
  for (method const& by : methods) {
    auto t = task.begin(by, 1, 2);
    while (!t.has_ended()) t.update();
    CHECK(t.history().front().reward < 0.4);
    CHECK(t.history().back().reward > 0.7);
    CHECK(std::abs(t.history().front().kl) < 1e-4);
    CHECK(t.history().back().kl > 0.1);
  }
}

TEST_CASE("a resumed run has the numbers of one that was not interrupted") {
  small_task const task;
  folder const f;
  for (method const& by : {methods[1], methods[3]}) {
    auto whole = task.begin(by);
    while (!whole.has_ended()) whole.update();
    story_model::checkpoint const kept(f.file(std::string(by.name)), "run");
    auto const silent = [](std::string const&) { CHECK(false); };
    auto first = task.begin(by);
    CHECK_FALSE(kept.load(first, silent));
    for (int k = 0; k < 5; ++k) first.update();
    kept.save(first);
    auto second = task.begin(by, 99);  // the generator's state is in the file
    REQUIRE(kept.load(second, silent));
    CHECK((state_of(second) == state_of(first)));
    while (!second.has_ended()) second.update();
    CHECK((state_of(second) == state_of(whole)));
    CHECK(second.history() == whole.history());
  }
}

TEST_CASE("a damaged checkpoint is refused and the one before it used") {
  small_task const task;
  folder const f;
  std::string const path = f.file("kept");
  story_model::checkpoint const kept(path, "run");
  auto t = task.begin(methods[0]);
  std::vector<std::string> states;
  for (int k = 0; k < 2; ++k) {
    t.update();
    kept.save(t);
    states.push_back(state_of(t));
  }
  std::string const good = read_whole(path), older = read_whole(path + ".before");
  auto const loaded = [&](std::string const& bytes, std::string const& message) {
    f.write("kept", bytes);
    f.write("kept.before", older);
    auto other = task.begin(methods[0]);
    std::string said;
    CHECK(kept.load(other, [&](std::string const& what) { said += what; }));
    CHECK((state_of(other) == states[said.empty() ? 1 : 0]));
    CHECK(said.find(message) != said.npos);
    CHECK(said.empty() == message.empty());
  };
  loaded(good, "");
  std::mt19937 urbg(1);
  for (int k = 0; k < 40; ++k) {
    std::string bad = good;
    bad[15 + urbg() % (bad.size() - 15)] ^= static_cast<char>(1 << urbg() % 8);
    loaded(bad, path + ": is damaged");
    loaded(good.substr(0, 15 + urbg() % (good.size() - 15)), path + ": is damaged");
  }
  loaded("", "is no checkpoint of this program");
  loaded("story", "is no checkpoint of this program");

  // Ended between the two names: the one before is there, and it is no damaged one that was found before.
  f.write("kept", "damaged");
  f.write("kept.before", older);
  auto other = task.begin(methods[0]);
  CHECK(kept.load(other, [](std::string const&) {}));
  for (int k = 0; k < 2; ++k) {
    if (std::filesystem::exists(path)) std::filesystem::rename(path, path + ".before");
    other = task.begin(methods[0]);
    CHECK(kept.load(other, [](std::string const&) { CHECK(false); }));
    CHECK((state_of(other) == states[0]));
  }

  // None of use, or of another run: as it was.
  f.write("kept", good);
  story_model::checkpoint const another(path, "other");
  auto untouched = task.begin(methods[0]);
  std::string const before = state_of(untouched);
  std::string said;
  CHECK_THROWS_AS(another.load(untouched, [&](std::string const& what) { said += what + '\n'; }), support::bad_input);
  CHECK((state_of(untouched) == before));
  CHECK(said.find("kept: is of another run: \"run\", and not \"other\"") != said.npos);
  CHECK_THROWS_AS(story_model::checkpoint("/no such folder/kept", "run").save(t), support::bad_input);
}

TEST_CASE("whenever a save is killed, a checkpoint is there and whole") {
  small_task const task;
  folder const f;
  story_model::checkpoint const kept(f.file("kept"), "run");
  auto one = task.begin(methods[0]);
  one.update();
  auto two = one;
  two.update();
  std::string const first = state_of(one), second = state_of(two);
  kept.save(one);
  std::mt19937 urbg(1);
  for (int kills = 0; kills < 100; ++kills) {
    pid_t const child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      try {
        for (;;) {
          kept.save(two);
          kept.save(one);
        }
      } catch (...) {
        _exit(4);
      }
    }
    std::this_thread::sleep_for(std::chrono::microseconds(200 + urbg() % 3000));
    kill(child, SIGKILL);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    auto found = task.begin(methods[0]);
    REQUIRE(kept.load(found, [](std::string const&) { CHECK(false); }));
    std::string const state = state_of(found);
    CHECK((state == first || state == second));
  }
}

TEST_CASE("killed at any moment, and begun again as often as that takes, it comes to the same") {
  small_task task;
  task.how.updates = 30;
  auto whole = task.begin(methods[3]);
  while (!whole.has_ended()) whole.update();
  folder const f;
  story_model::checkpoint const kept(f.file("kept"), "run");
  std::mt19937 urbg(1);
  int kills = 0;
  for (;;) {
    pid_t const child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      try {
        auto t = task.begin(methods[3]);
        kept.load(t, [](std::string const&) { _exit(3); });  // what is there is never damaged
        while (!t.has_ended()) {
          t.update();
          kept.save(t);
        }
        _exit(0);
      } catch (...) {
        _exit(4);
      }
    }
    // Longer from kill to kill, so that a machine on which an update takes long comes to an end too.
    auto const longest = 200000 + 20000 * static_cast<unsigned>(kills);
    std::this_thread::sleep_for(std::chrono::microseconds(5000 + urbg() % longest));
    kill(child, SIGKILL);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) {
      REQUIRE(WEXITSTATUS(status) == 0);
      break;
    }
    REQUIRE(++kills < 2000);
  }
  auto last = task.begin(methods[3]);
  REQUIRE(kept.load(last, [](std::string const&) { CHECK(false); }));
  CHECK(last.has_ended());
  CHECK((state_of(last) == state_of(whole)));
  CHECK(kills > 0);
}

}  // namespace story_model_training_test
