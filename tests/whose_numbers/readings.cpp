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

// What is found of advantages, and the best explanation of them.
struct known {
  whose_numbers::findings all;
  whose_numbers::explanation best;
  std::string text;
};
known known_of(json file, list const& numbers, char const* column = "advantages") {
  file[column] = numbers;
  known k{of(file), {}, ""};
  k.text = whose_numbers_tests::said(k.all);
  INFO(k.text);
  REQUIRE(!k.all.columns.at(0).found.empty());
  k.best = k.all.columns[0].found[0];
  return k;
}
list each(list xs, double times, double plus = 0) {
  for (double& x : xs) x = times * x + plus;
  return xs;
}
bool contains(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

TEST_CASE("two mistakes at once are found, each about something else") {
  list x = after();
  x[5] = 0;
  x[7] = 0;
  check_mistake(computed(x, sums()), "a cut is taken for an end, and the end of the recording is taken for an end");
  list rewards = r.rewards;
  rewards.erase(rewards.begin());
  rewards.push_back(0);
  x[7] = 2.5;
  check_mistake(by_hand::gae(rewards, r.values, x, sums(), gamma_is, lambda_is),
                "a cut is taken for an end, and rewards are read one step late");
}

TEST_CASE("a gamma that counts too often, or not, is found") {
  auto const with = [](double of_errors, double of_sum) {
    list x = after();
    // gae() multiplies both by the same gamma.
    for (double& v : x) v *= of_errors / gamma_is;
    return by_hand::gae(r.rewards, r.values, x, sums(), gamma_is, of_sum / gamma_is);
  };
  double const g = gamma_is, l = lambda_is;
  check_mistake(with(g, g * g * l), "gamma counts twice in the sum of errors");
  check_mistake(with(g, l), "gamma is missing in the sum of errors");
  check_mistake(with(1, g * l), "gamma is missing in the TD error");
  check_mistake(with(g * g, g * l), "gamma counts twice in the TD error");
}

TEST_CASE("rewards that are read early, clipped or multiplied are found") {
  list early = r.rewards;
  early.pop_back();
  early.insert(early.begin(), 0);
  list clipped = r.rewards, signs = r.rewards;
  for (double& x : clipped) x = std::fmin(1, std::fmax(-1, x));
  for (double& x : signs) x = x > 0 ? 1 : -1;
  auto const of_rewards = [](list const& rewards) {
    return by_hand::gae(rewards, r.values, after(), sums(), gamma_is, lambda_is);
  };
  check_mistake(of_rewards(early), "rewards are read one step early");
  check_mistake(of_rewards(clipped), "rewards are clipped to [-1, 1]");
  check_mistake(of_rewards(signs), "rewards count by their signs alone");
  check_mistake(of_rewards(each(r.rewards, 0.1)), "the rewards are multiplied by 0.1");
}

TEST_CASE("flags that are read late but at the last step are found") {
  // A loop over dones[t] in place of dones[t + 1], with next_done behind the last.
  by_hand::recording short_one = r;
  for (auto* const column : {&short_one.rewards, &short_one.values, &short_one.next_values}) column->resize(6);
  for (auto* const column : {&short_one.terminated, &short_one.truncated}) column->resize(6);
  list const x{1.25, -0.75, 2, 0, 1, 0};  // the flag of step 2 is read at 3; that of the last, a cut, where it is
  auto const wrong = by_hand::gae(short_one.rewards, short_one.values, x, {1, 1, 1, 0, 1, 0}, gamma_is, lambda_is);
  auto const k = known_of(short_one.file(), wrong);
  CHECK(whose_numbers::detail::mistake_of(k.all, k.all.columns[0], k.best) ==
        "the flags of ends are read one step late, but at the last step, and a cut is taken for an end");
}

TEST_CASE("a sign that is flipped is found, and returns among advantages, and the other way round") {
  list const x = right();
  check_mistake(x, "");
  auto const flipped = known_of(r.file(), each(x, -1));
  CHECK(contains(flipped.text, "advantages: A MISTAKE: the sign is flipped"));
  CHECK(std::fabs((*flipped.all.columns[0].right)[0][3] - x[3]) < 1e-12);
  list returns = x;
  for (std::size_t t = 0; t < x.size(); ++t) returns[t] += r.values[t];
  auto const among_advantages = known_of(r.file(), returns);
  CHECK(contains(among_advantages.text, "advantages: A MISTAKE: they are returns: the values are not subtracted"));
  CHECK(std::fabs((*among_advantages.all.columns[0].right)[0][3] - x[3]) < 1e-12);
  auto const among_returns = known_of(r.file(), x, "returns");
  CHECK(contains(among_returns.text, "returns: A MISTAKE: they are advantages: the values are subtracted"));
  CHECK(std::fabs((*among_returns.all.columns[0].right)[0][3] - returns[3]) < 1e-12);
}

TEST_CASE("whitened advantages that are added to the values are found among returns") {
  list const x = right();
  auto const m = by_hand::moments_of(x);
  list wrong = x;
  for (std::size_t t = 0; t < x.size(); ++t) wrong[t] = (x[t] - m.mean) / m.sample() + r.values[t];
  auto const k = known_of(r.file(), wrong, "returns");
  CHECK(contains(k.text, "returns: A MISTAKE: the values are added to advantages that were whitened"));
  CHECK(std::fabs((*k.all.columns[0].right)[0][3] - x[3] - r.values[3]) < 1e-12);
}

TEST_CASE("numbers that are divided by their deviation, or whitened with others, are found") {
  list const x = right();
  auto const m = by_hand::moments_of(x);
  auto const scaled = known_of(r.file(), each(x, 1 / m.sample()));
  CHECK(contains(scaled.text, "RIGHT. GAE with gamma = 0.95, lambda = 0.9, then divided by the sample deviation"));
  auto const k = known_of(r.file(), each(x, 0.37, -0.21));
  CHECK(contains(k.text, "RIGHT, UP TO A SCALE"));
  CHECK(contains(k.text, "times 0.37, less 0.21"));
  CHECK(whose_numbers::verdict_of(k.all, k.all.columns[0]) == whose_numbers::verdict::mistaken);
  // Numbers that do not differ are no line of anything.
  json file = r.file();
  file["advantages"] = list(8, 2.0);
  CHECK(of(file).columns[0].found.empty());
}

TEST_CASE("single precision loses of small advantages what values are large by, and small numbers are compared too") {
  json large = r.file();
  list values = r.values, next_values = r.next_values, rewards = r.rewards;
  for (std::size_t t = 0; t < r.size(); ++t) {
    values[t] += 1000;
    next_values[t] += 1000;
    rewards[t] += 50 + (r.terminated[t] ? 950 : 0);
  }
  list x(r.size());
  double next = 0;
  for (std::size_t t = r.size(); t-- > 0;) {
    double const v = t + 1 < r.size() && !r.is_ended(t) ? values[t + 1] : next_values[t];
    auto const error = static_cast<float>(static_cast<float>(rewards[t] + (r.terminated[t] ? 0 : gamma_is * v)) -
                                          static_cast<float>(values[t]));
    next = static_cast<float>(error + static_cast<float>(gamma_is * lambda_is * (r.is_ended(t) ? 0 : next)));
    x[t] = next;
  }
  auto const k = known_of({{"rewards", rewards},
                           {"values", values},
                           {"next_values", next_values},
                           {"terminated", r.terminated},
                           {"truncated", r.truncated}},
                          x);
  CHECK(contains(k.text, "RIGHT. GAE with gamma = 0.95, lambda = 0.9."));
  json small{{"rewards", each(r.rewards, 1e-7)},
             {"values", each(r.values, 1e-7)},
             {"next_values", each(r.next_values, 1e-7)},
             {"terminated", r.terminated},
             {"truncated", r.truncated}};
  CHECK(contains(known_of(small, each(right(), 1e-7)).text, "RIGHT. GAE with gamma = 0.95, lambda = 0.9."));
  small["advantages"] = list{1e-8, 7e-8, -3e-7, 2e-8, 5e-7, -1.5e-7, 2.25e-7, 0};
  CHECK(of(small).columns[0].found.empty());
}

TEST_CASE("V-trace whose next values are not those of the next rows is right") {
  json file = r.file();
  list const ratios{0.5, 1.5, 2, 0.25, 1, 0.75, 3, 0.875};
  list next = r.next_values;
  for (double& x : next) x += 0.125;
  file["next_values"] = next;
  file["ratios"] = ratios;
  list targets(r.size()), advantages(r.size());
  double sum = 0;
  for (std::size_t t = r.size(); t-- > 0;) {
    double const v = r.terminated[t] ? 0 : next[t];
    double const rho = std::fmin(1, ratios[t]);
    double const target = t + 1 == r.size() || r.is_ended(t) ? v : targets[t + 1];
    sum = rho * (r.rewards[t] + gamma_is * v - r.values[t]) + (r.is_ended(t) ? 0 : gamma_is * rho * sum);
    targets[t] = r.values[t] + sum;
    advantages[t] = rho * (r.rewards[t] + gamma_is * target - r.values[t]);
  }
  CHECK(contains(known_of(file, targets, "returns").text, "returns: RIGHT. V-trace's targets with gamma = 0.95"));
  CHECK(contains(known_of(file, advantages).text, "advantages: RIGHT. V-trace's advantages with gamma = 0.95"));
}

TEST_CASE("parameters that were given say what is asked for") {
  json file = r.file();
  file["gamma"] = gamma_is;
  file["lambda"] = lambda_is;
  // Not n steps, which the whole episode is.
  CHECK(contains(known_of(file, by_hand::gae(r.rewards, r.values, after(), sums(), gamma_is, 1)).text,
                 "OTHER PARAMETERS than those given.\n\n  They are GAE with gamma = 0.95, lambda = 1."));
  CHECK(contains(known_of(file, by_hand::gae(r.rewards, r.values, after(), sums(), lambda_is, gamma_is)).text,
                 "swapped"));
}

TEST_CASE("what is nearest is said with the share that it leaves") {
  json file = r.file();
  list x = right();
  for (double& y : x) y = static_cast<double>(std::lround(y * 128)) / 128;
  x[0] += 0.001;
  file["advantages"] = x;
  auto const f = of(file);
  CHECK(f.columns.at(0).found.empty());
  auto const text = whose_numbers_tests::said(f);
  CHECK(contains(text, "The nearest: GAE with gamma = 0.95"));
  CHECK(contains(text, "bfloat16"));
}

TEST_CASE("a long recording is searched by its last steps and judged by all") {
  json file;
  list rewards, values, next_values;
  std::vector<int> truncated;
  std::size_t const n = 5000;
  for (std::size_t t = 0; t < n; ++t) {
    rewards.push_back(std::sin(static_cast<double>(3 * t)));
    values.push_back(std::cos(static_cast<double>(5 * t)));
    next_values.push_back(std::cos(static_cast<double>(5 * t + 5)));
    truncated.push_back(t == 17);
  }
  next_values[17] = 4;
  list x(n);
  double next = 0;
  for (std::size_t t = n; t-- > 0;) {
    double const v = truncated[t] != 0 ? 0 : next_values[t];
    next = rewards[t] + gamma_is * v - values[t] + gamma_is * lambda_is * (truncated[t] != 0 ? 0 : next);
    x[t] = next;
  }
  file = {{"rewards", rewards}, {"values", values}, {"next_values", next_values}, {"truncated", truncated}};
  CHECK(contains(known_of(file, x).text, "A MISTAKE: a cut is taken for an end."));
  auto const m = by_hand::moments_of(x);
  for (double& y : x) y = (y - m.mean) / m.population();
  auto const k = known_of(file, x);
  CHECK(contains(k.text, "A MISTAKE: a cut is taken for an end."));
  CHECK(contains(k.text, "then whitened by the population"));
}

TEST_CASE("a NaN among numbers that are known is found, and where it stands") {
  json file = r.file();
  file["advantages"] = right();
  file["advantages"][4] = "NaN";
  auto const f = of(file);
  REQUIRE(!f.columns.at(0).found.empty());
  CHECK(whose_numbers::verdict_of(f, f.columns[0]) == whose_numbers::verdict::mistaken);
  auto const text = whose_numbers_tests::said(f);
  CHECK(contains(text, "A MISTAKE: a NaN was printed."));
  CHECK(contains(text, "The first NaN stands at step 4."));
  file["advantages"] = std::vector<std::string>(8, "NaN");
  CHECK(of(file).columns[0].found.empty());
}

}  // namespace whose_numbers_readings
