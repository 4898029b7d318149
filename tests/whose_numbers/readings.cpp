// SPDX-License-Identifier: BSL-1.0
#include "whose_numbers/program.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "whose_numbers_tests.hpp"

// Each mistake, made by a plain loop, is named, and the right numbers stand beside it.
namespace whose_numbers_readings {

using by_hand::list;
using nlohmann::json;
using whose_numbers_tests::check_found;
using whose_numbers_tests::of;

constexpr double gamma_is = 0.95, lambda_is = 0.9;
by_hand::recording const r;

// What comes after a step as it is meant, and whether the sum of errors goes on there.
list after() {
  list all(r.size());
  for (std::size_t t = 0; t < r.size(); ++t) {
    all[t] = r.terminated[t] ? 0 : r.truncated[t] ? r.next_values[t] : t + 1 < r.size() ? r.values[t + 1] : 2.5;
  }
  return all;
}
std::vector<int> sums() {
  std::vector<int> all(r.size());
  for (std::size_t t = 0; t < r.size(); ++t) all[t] = !r.is_ended(t);
  return all;
}
list right() { return by_hand::gae(r.rewards, r.values, after(), sums(), gamma_is, lambda_is); }

// The mistake in a recording of the advantages, and of the returns that are made of them.
void check_mistake(list const& advantages, std::string const& mistake) {
  INFO(mistake);
  json file = r.file();
  file["advantages"] = advantages;
  check_found(file, mistake, gamma_is, lambda_is, {right()});
  json returns = r.file();
  list wrong = advantages, meant = right();
  for (std::size_t t = 0; t < r.size(); ++t) {
    wrong[t] += r.values[t];
    meant[t] += r.values[t];
  }
  returns["returns"] = wrong;
  check_found(returns, mistake, gamma_is, lambda_is, {meant});
}

list computed(list const& its_after, std::vector<int> const& its_sums) {
  return by_hand::gae(r.rewards, r.values, its_after, its_sums, gamma_is, lambda_is);
}

TEST_CASE("numbers that are right are found to be") { check_mistake(right(), ""); }

TEST_CASE("a cut taken for an end is found") {
  list x = after();
  x[5] = 0;
  check_mistake(computed(x, sums()), "a cut is taken for an end");
}

TEST_CASE("an end taken for a cut is found") {
  list x = after();
  x[2] = 7;
  check_mistake(computed(x, sums()), "an end is taken for a cut");
}

TEST_CASE("the first state of the next episode taken for the last observation is found") {
  list x = after();
  x[5] = r.values[6];
  check_mistake(computed(x, sums()), "the state after a cut is taken to be the first of the next episode");
  x[2] = r.values[3];
  check_mistake(computed(x, sums()), "the value after an end is not masked");
}

TEST_CASE("flags that are not read are found") {
  list x = after();
  std::vector<int> s = sums();
  x[5] = r.values[6];
  s[5] = 1;
  check_mistake(computed(x, s), "the flags of cuts are not read");
  x[2] = r.values[3];
  s[2] = 1;
  check_mistake(computed(x, s), "the flags of ends are not read");
}

TEST_CASE("a sum of errors that goes on behind an end is found") {
  std::vector<int> s = sums();
  s[5] = 1;
  check_mistake(computed(after(), s), "the sum of errors goes on behind a cut");
  s[2] = 1;
  check_mistake(computed(after(), s), "the sum of errors goes on behind an end");
  list x = after();
  x[5] = 0;
  check_mistake(computed(x, s), "the sum of errors goes on behind an end, and a cut is taken for an end");
}

TEST_CASE("a step at a cut that is left out is found") {
  list rewards = r.rewards, x = after();
  x[5] = 0;
  rewards[5] = r.values[5];
  check_mistake(by_hand::gae(rewards, r.values, x, sums(), gamma_is, lambda_is), "the step at a cut is left out");
}

TEST_CASE("the state before a cut taken for the one after is found") {
  list x = after();
  x[5] = r.values[5];
  check_mistake(computed(x, sums()), "the state after a cut is taken to be the one before");
}

TEST_CASE("flags read at the wrong index are found") {
  for (int const shift : {1, -1}) {
    for (bool const keeps_cuts : {false, true}) {
      list x(r.size());
      std::vector<int> s(r.size(), 1);
      for (std::size_t t = 0; t < r.size(); ++t) x[t] = t + 1 < r.size() ? r.values[t + 1] : 2.5;
      for (std::size_t t = 0; t < r.size(); ++t) {
        if (!r.is_ended(t)) continue;
        std::size_t const at = t + static_cast<std::size_t>(shift);
        s[at] = 0;
        x[at] = keeps_cuts && r.truncated[t] ? r.next_values[at] : 0;
      }
      check_mistake(computed(x, s), std::string("the flags of ends are read one step ") +
                                        (shift == 1 ? "late" : "early") +
                                        (keeps_cuts ? "" : ", and a cut is taken for an end"));
    }
  }
}

TEST_CASE("the end of the recording taken for an end is found") {
  list x = after();
  x[7] = 0;
  check_mistake(computed(x, sums()), "the end of the recording is taken for an end");
}

TEST_CASE("rewards read one step late are found") {
  list rewards = r.rewards;
  rewards.erase(rewards.begin());
  rewards.push_back(0);
  check_mistake(by_hand::gae(rewards, r.values, after(), sums(), gamma_is, lambda_is),
                "rewards are read one step late");
}

TEST_CASE("parameters that are none of the usual ones are fitted") {
  list const x = by_hand::gae(r.rewards, r.values, after(), sums(), 0.937, 0.8825);
  json file = r.file();
  file["advantages"] = x;
  check_found(file, "", 0.937, 0.8825, {x});
  file["gamma"] = 0.937;
  check_found(file, "", 0.937, 0.8825, {x});
  // Under a mistake too.
  list cut_is_end = after();
  cut_is_end[5] = 0;
  file["advantages"] = by_hand::gae(r.rewards, r.values, cut_is_end, sums(), 0.937, 0.8825);
  check_found(file, "a cut is taken for an end", 0.937, 0.8825, {x});
}

TEST_CASE("parameters other than those given are said") {
  json file = r.file();
  file["advantages"] = right();
  file["gamma"] = 0.99;
  file["lambda"] = 0.95;
  auto const f = of(file);
  REQUIRE(f.columns.size() == 1);
  CHECK(f.columns[0].with_other_parameters);
  CHECK(whose_numbers::verdict_of(f, f.columns[0]) == whose_numbers::verdict::mistaken);
  CHECK(f.columns[0].found.at(0).at.gamma == 0.95);
  CHECK(f.columns[0].found.at(0).at.lambda == 0.9);
}

TEST_CASE("numbers of nobody are not explained") {
  json file = r.file();
  file["advantages"] = {0.1, 0.7, -3, 0.2, 5, -1.5, 2.25, 0};
  auto const f = of(file);
  CHECK(f.columns.at(0).found.empty());
  CHECK(f.columns[0].nearest.has_value());
  CHECK(whose_numbers::verdict_of(f, f.columns[0]) == whose_numbers::verdict::unexplained);
}

TEST_CASE("numbers printed in a few digits are explained within these") {
  json file = r.file();
  list x = right();
  for (double& y : x) y = std::round(y * 1000) / 1000;
  file["advantages"] = x;
  auto const f = of(file);
  REQUIRE(!f.columns.at(0).found.empty());
  auto const& e = f.columns[0].found[0];
  CHECK(f.readings[e.reading].is_right());
  CHECK(e.at.gamma == 0.95);
  CHECK(e.at.lambda == 0.9);
  CHECK(!e.is_tight);
}

TEST_CASE("flags at the next observation, and rows of steps, are read as what they are") {
  list x = after();
  x[5] = 0;  // nobody can say that it is a cut
  list const advantages = computed(x, sums());
  json file{{"rewards", r.rewards},
            {"values", r.values},
            {"starts", {1, 0, 0, 1, 0, 0, 1, 0}},
            {"last_value", 2.5},
            {"advantages", advantages}};
  check_found(file, "", gamma_is, lambda_is, {advantages});
  json by_rows{{"rows", "steps"}};
  for (auto const& [key, column] : file.items()) {
    if (key == "last_value") {
      by_rows[key] = {2.5, 2.5};
      continue;
    }
    for (auto const& number : column) by_rows[key].push_back({number, number});
  }
  check_found(by_rows, "", gamma_is, lambda_is, {advantages, advantages});
}

TEST_CASE("returns to go, n-step returns and V-trace are found") {
  list to_go(r.size()), two_steps(r.size()), targets(r.size()), pg(r.size());
  list const ratios{0.5, 1.5, 2, 0.25, 1, 0.75, 3, 0.875};
  list const x = after();
  auto const s = sums();
  double next = 2.5, behind = 0;
  for (std::size_t t = r.size(); t-- > 0;) {
    if (!s[t]) next = x[t];
    next = r.rewards[t] + gamma_is * next;
    to_go[t] = next;
    double const one = x[t];
    double const second = !s[t] || t + 1 == r.size() ? one : r.rewards[t + 1] + gamma_is * x[t + 1];
    two_steps[t] = r.rewards[t] + gamma_is * second;
    // Espeholt et al. 2018, (1).
    if (!s[t]) behind = 0;
    double const target_after = t + 1 == r.size() || !s[t] ? x[t] : r.values[t + 1] + behind;
    double const rho = std::fmin(1, ratios[t]);
    pg[t] = rho * (r.rewards[t] + gamma_is * target_after - r.values[t]);
    behind = rho * (r.rewards[t] + gamma_is * x[t] - r.values[t]) + gamma_is * rho * behind;
    targets[t] = r.values[t] + behind;
  }
  auto const found = [](json file, list const& numbers, char const* column) {
    file[column] = numbers;
    auto const f = of(file);
    REQUIRE(!f.columns.at(0).found.empty());
    auto const e = f.columns[0].found[0];
    CHECK(f.readings[e.reading].is_right());
    CHECK(e.is_tight);
    CHECK(e.at.gamma == gamma_is);
    return e;
  };
  CHECK(found(r.file(), to_go, "returns").what == whose_numbers::quantity::returns_to_go);
  auto const by_two = found(r.file(), two_steps, "returns");
  CHECK(by_two.what == whose_numbers::quantity::n_step_returns);
  CHECK(by_two.at.n == 2);
  json file = r.file();
  file["ratios"] = ratios;
  auto const of_targets = found(file, targets, "returns");
  CHECK(of_targets.what == whose_numbers::quantity::vtrace_targets);
  CHECK(of_targets.at.lambda == 1);
  CHECK(found(file, pg, "advantages").what == whose_numbers::quantity::vtrace_advantages);
}

}  // namespace whose_numbers_readings
