// SPDX-License-Identifier: BSL-1.0
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "whose_numbers_tests.hpp"

// Groups of answers: the method and its convention are named, and the mistakes of misread groups.
namespace whose_numbers_answers {

using by_hand::list;
using nlohmann::json;
using whose_numbers::method;
using whose_numbers_tests::of;
using whose_numbers_tests::said;

list const rewards{1, 0, 0.25, 2, 0.5, -1, 0, 3};
std::vector<int> const groups{7, 8, 7, 7, 8, 8, 7, 8};  // the answers to one question do not stand together

// f of the rewards of a group, of an answer's group.
template <class F>
list by_group(F const& f, std::vector<int> const& ids = groups) {
  list all;
  for (std::size_t i = 0; i < rewards.size(); ++i) {
    list of_group;
    for (std::size_t j = 0; j < rewards.size(); ++j) {
      if (ids[j] == ids[i]) of_group.push_back(rewards[j]);
    }
    all.push_back(f(rewards[i], of_group));
  }
  return all;
}

double scaled(double x, list const& xs, double epsilon, bool of_sample = true) {
  auto const m = by_hand::moments_of(xs);
  return (x - m.mean) / ((of_sample ? m.sample() : m.population()) + epsilon);
}
double less_others(double x, list const& xs) {
  double sum = -x;
  for (double const y : xs) sum += y;
  return x - sum / static_cast<double>(xs.size() - 1);
}

whose_numbers::variant best(list const& advantages) {
  auto const f = of({{"rewards", rewards}, {"groups", groups}, {"advantages", advantages}});
  REQUIRE(!f.columns.at(0).variants.empty());
  return f.columns[0].variants[0];
}

TEST_CASE("the methods are told apart, and their epsilons") {
  auto const grpo = [](double epsilon, bool of_sample = true) {
    return best(by_group([&](double x, list const& xs) { return scaled(x, xs, epsilon, of_sample); }));
  };
  CHECK(grpo(0).of == method::grpo);
  CHECK(grpo(0).how.empty());
  CHECK(grpo(1e-4).library == "TRL");
  CHECK(grpo(1e-6).library == "verl");
  CHECK(grpo(0, false).how == "the deviation is that of the population (n), not of a sample (n - 1)");
  CHECK(grpo(1e-4, false).how.find("population") != std::string::npos);
  auto const less_mean = best(by_group([](double x, list const& xs) { return x - by_hand::moments_of(xs).mean; }));
  CHECK(less_mean.of == method::dr_grpo);
  CHECK(less_mean.mistake.empty());
  CHECK(best(by_group(less_others)).of == method::rloo);
  CHECK(best(rewards).of == method::reinforce);
  CHECK(best(by_group([](double x, list const& xs) {
          list sorted = xs;
          std::sort(sorted.rbegin(), sorted.rend());
          return x == sorted[0] ? sorted[0] - sorted[1] : 0.0;
        })).of == method::best_of_group);
}

TEST_CASE("groups that are not read, or read as they come, are mistakes, and the right numbers are shown") {
  json x{{"rewards", rewards}, {"groups", groups}};
  struct wrong_groups {
    std::vector<int> ids;
    char const* mistake;
  };
  for (wrong_groups const& w :
       {wrong_groups{{0, 0, 0, 0, 0, 0, 0, 0}, "the groups are not read"},
        wrong_groups{{0, 0, 0, 0, 1, 1, 1, 1}, "rows are taken 4 at a time, whatever their groups"}}) {
    x["advantages"] = by_group(less_others, w.ids);
    auto const f = of(x);
    REQUIRE(!f.columns.at(0).variants.empty());
    CHECK(f.columns[0].variants[0].mistake == w.mistake);
    CHECK(f.columns[0].variants[0].of == method::rloo);
    REQUIRE(f.columns[0].right);
    list const right = by_group(less_others);
    for (std::size_t i = 0; i < right.size(); ++i) CHECK(std::fabs((*f.columns[0].right)[i][0] - right[i]) < 1e-12);
    CHECK(whose_numbers::verdict_of(f, f.columns[0]) == whose_numbers::verdict::mistaken);
  }
}

TEST_CASE("the right numbers of a group are fractions where they can be") {
  // Each reward less the mean of the other three: 1 - 1/3 and 0 - 2/3.
  std::string const text = said(json{{"rewards", {1, 0, 0.5}}, {"groups", {"q", "q", "q"}}, {"advantages", {1, 2, 4}}});
  CHECK(text.find("UNKNOWN") != std::string::npos);
  std::string const right = said(json{
      {"rewards", {1, 0, 0, 1}}, {"groups", {1, 1, 1, 1}}, {"advantages", {0.666667, -0.666667, -0.666667, 0.666667}}});
  CHECK(right.find("RIGHT") != std::string::npos);
  CHECK(right.find("-2/3") != std::string::npos);
}

TEST_CASE("rewards at masked positions that count are a mistake") {
  json const x{{"rewards", {{0, 5, 1}, {0, 0, 0}, {0, 0, 2}}},
               {"mask", {{1, 0, 1}, {1, 1, 1}, {1, 1, 1}}},
               {"groups", {1, 1, 1}},
               {"advantages", {5, -4, -1}}};  // of the rewards 6, 0 and 2, less the mean of the others
  json wrong = x;
  wrong["advantages"] = {5, -4, -1};
  auto const f = of(wrong);
  REQUIRE(!f.columns.at(0).variants.empty());
  CHECK(f.columns[0].variants[0].mistake == "rewards at masked positions count");
  REQUIRE(f.columns[0].right);
  // Of 1, 0 and 2.
  CHECK((*f.columns[0].right)[0][0] == 0);
  CHECK((*f.columns[0].right)[1][0] == -1.5);
  CHECK((*f.columns[0].right)[2][0] == 1.5);
}

TEST_CASE("rows that lie apart taken for a group, and a flipped sign, are mistakes") {
  json x{{"rewards", rewards}, {"groups", {0, 0, 0, 0, 1, 1, 1, 1}}};
  x["advantages"] = by_group(less_others, {0, 1, 0, 1, 0, 1, 0, 1});
  auto const in_turn = of(x);
  REQUIRE(!in_turn.columns.at(0).variants.empty());
  CHECK(in_turn.columns[0].variants[0].mistake == "rows 2 apart are taken for a group, whatever their groups");
  list flipped = by_group(less_others);
  for (double& y : flipped) y = -y;
  auto const v = best(flipped);
  CHECK(v.of == method::rloo);
  CHECK(v.mistake == "the sign is flipped");
}

TEST_CASE("ReMax and GDPO are known where the file has what they need") {
  list const greedy{0.5, 0.25, 0.5, 0.5, 0.25, 0.25, 0.5, 0.25};
  list less_greedy = rewards;
  for (std::size_t i = 0; i < greedy.size(); ++i) less_greedy[i] -= greedy[i];
  json x{{"rewards", rewards}, {"groups", groups}, {"greedy", greedy}, {"advantages", less_greedy}};
  auto const f = of(x);
  REQUIRE(!f.columns.at(0).variants.empty());
  CHECK(f.columns[0].variants[0].of == method::remax);
  CHECK(said(x).find("RIGHT. ReMax") != std::string::npos);

  list const second{0, 1, 0.5, 0.25, 1, 0, 0.75, 0.5};
  json objectives = json::array();
  list sums = rewards;
  for (std::size_t i = 0; i < rewards.size(); ++i) {
    objectives.push_back({rewards[i], second[i]});
    sums[i] += 0.5 * second[i];
  }
  // Liu et al. 2026: each normalised in its group, the weighted sum over the batch.
  auto const normalised = [](list const& its_rewards, double epsilon) {
    list all;
    for (std::size_t i = 0; i < its_rewards.size(); ++i) {
      list of_group;
      for (std::size_t j = 0; j < its_rewards.size(); ++j) {
        if (groups[j] == groups[i]) of_group.push_back(its_rewards[j]);
      }
      all.push_back(scaled(its_rewards[i], of_group, epsilon));
    }
    return all;
  };
  list both = normalised(rewards, 0), other = normalised(second, 0);
  for (std::size_t i = 0; i < both.size(); ++i) both[i] += 0.5 * other[i];
  list advantages;
  for (double const y : both) advantages.push_back(scaled(y, both, 0));
  json const y{{"rewards", sums},
               {"groups", groups},
               {"objectives", objectives},
               {"weights", {1, 0.5}},
               {"advantages", advantages}};
  auto const g = of(y);
  REQUIRE(!g.columns.at(0).variants.empty());
  CHECK(g.columns[0].variants[0].of == method::gdpo);
  CHECK(g.columns[0].variants[0].mistake.empty());
}

}  // namespace whose_numbers_answers
