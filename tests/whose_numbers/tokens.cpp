// SPDX-License-Identifier: BSL-1.0
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "whose_numbers_tests.hpp"

// Answers in padded rows, with a tool's tokens among those of the policy; and what is done with the numbers then.
namespace whose_numbers_tokens {

using by_hand::list;
using by_hand::table;
using nlohmann::json;
using whose_numbers_tests::check_found;
using whose_numbers_tests::of;
using whose_numbers_tests::said;

table const rewards{{0, 0, 0, 0, 0, 1, 0, 0}, {0.5, 0, 0, 0, -1, 0, 0, 0}};
table const values{{0.25, 0.5, 9, -4, 0.75, 0.5, 3, 3}, {0.125, 1, 0.25, 0.5, -0.5, 5, 5, 5}};
std::vector<std::vector<int>> const mask{{1, 1, 0, 0, 1, 1, 0, 0}, {1, 1, 1, 1, 1, 0, 0, 0}};
constexpr double g = 0.95, l = 0.9;

json file() { return {{"rewards", rewards}, {"values", values}, {"mask", mask}}; }

// GAE of the own tokens alone, written where they stand, 0 elsewhere.
table of_own(double gamma, double lambda, table const& r = rewards) {
  table all;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    list const none(mask[i].size(), 0.0);
    all.push_back(none);
    double sum = 0, after = 0;
    for (std::size_t t = mask[i].size(); t-- > 0;) {
      if (mask[i][t] == 0) continue;
      sum = r[i][t] + gamma * after - values[i][t] + gamma * lambda * sum;
      after = values[i][t];
      all[i][t] = sum;
    }
  }
  return all;
}

json with(json x, char const* field, json const& y) {
  x[field] = y;
  return x;
}

TEST_CASE("tokens that are skipped are right") {
  check_found(with(file(), "advantages", of_own(g, l)), "", g, l, of_own(g, l));
}

TEST_CASE("a mask that costs a gamma is found") {
  table wrong;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    wrong.emplace_back(mask[i].size(), 0.0);
    double sum = 0, after = 0;
    for (std::size_t t = mask[i].size(); t-- > 0;) {
      double const v = mask[i][t] != 0 ? values[i][t] : 0;
      sum = rewards[i][t] * mask[i][t] + g * after - v + g * l * sum;
      after = v;
      wrong[i][t] = sum;
    }
  }
  check_found(with(file(), "advantages", wrong), "each masked token costs a gamma, as a step of value 0", g, l,
              of_own(g, l));
  CHECK(said(with(file(), "advantages", wrong)).find("OpenRLHF") != std::string::npos);
}

TEST_CASE("a mask that costs a gamma is found in returns") {
  table wrong, right;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    wrong.emplace_back(mask[i].size(), 0.0);
    right.emplace_back(mask[i].size(), 0.0);
    double sum = 0, own = 0;
    for (std::size_t t = mask[i].size(); t-- > 0;) {
      sum = rewards[i][t] * mask[i][t] + g * sum;
      wrong[i][t] = sum;
      if (mask[i][t] == 0) continue;
      own = rewards[i][t] + g * own;
      right[i][t] = own;
    }
  }
  json x{{"rewards", rewards}, {"mask", mask}, {"returns", wrong}};
  check_found(x, "each masked token costs a gamma, as a step of value 0", g, 1, right);
  x["returns"] = right;
  check_found(x, "", g, 1, right);
}

TEST_CASE("credit that a masked token wipes out is found") {
  table wrong, right;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    wrong.emplace_back(mask[i].size(), 0.0);
    right.emplace_back(mask[i].size(), 0.0);
    double running = 0, own = 0;
    for (std::size_t t = mask[i].size(); t-- > 0;) {
      running = rewards[i][t] + g * running;
      wrong[i][t] = running;
      running *= mask[i][t];
      if (mask[i][t] == 0) continue;
      own = rewards[i][t] + g * own;
      right[i][t] = own;
    }
  }
  json const x{{"rewards", rewards}, {"mask", mask}, {"returns", wrong}};
  check_found(x, "a masked token wipes out all credit for the tokens before it", g, 1, right);
  CHECK(said(x).find("issue 7278") != std::string::npos);
}

TEST_CASE("a mask that is not read is found") {
  table wrong;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    list after = values[i];
    after.erase(after.begin());
    after.push_back(0);
    wrong.push_back(by_hand::gae(rewards[i], values[i], after, std::vector<int>(after.size(), 1), g, l));
  }
  check_found(with(file(), "advantages", wrong), "the mask is not read", g, l, of_own(g, l));
}

// One answer of three tokens in a row of six.
list const own_values{0.25, -0.5, 0.75, 0.5, 2, 4};
json padded(json const& its_rewards) {
  return {{"rewards", json::array({its_rewards})},
          {"values", json::array({own_values})},
          {"mask", json::array({json{1, 1, 1, 0, 0, 0}})}};
}
table right_of_padded() {
  list x{0, 0, 0, 0, 0, 0};
  double sum = 0, after = 0;
  for (std::size_t t = 3; t-- > 0;) {
    sum = (t == 2 ? 1 : 0) + g * after - own_values[t] + g * l * sum;
    after = own_values[t];
    x[t] = sum;
  }
  return {x};
}
// The reward at a slot behind the answer, and what the slots on the way are worth.
table on_padding(std::size_t at, list const& its_values) {
  list r(6, 0.0);
  r[at] = 1;
  list x(6, 0.0);
  double sum = 0, after = 0;
  for (std::size_t t = at + 1; t-- > 0;) {
    sum = r[t] + g * after - its_values[t] + g * l * sum;
    after = its_values[t];
    x[t] = sum;
  }
  return {x};
}

TEST_CASE("a reward on the padding is found, and it is that of the last token") {
  table const first_slot = on_padding(3, own_values);
  for (json x : {padded({0, 0, 0, 1, 0, 0}), with(padded({0, 0, 0, 0, 0, 0}), "scores", {1})}) {
    x["advantages"] = first_slot;
    check_found(x, "the reward lies on the padding", g, l, right_of_padded());
    CHECK(said(x).find("TRL") != std::string::npos);
  }
  table const last_slot = on_padding(5, {0.25, -0.5, 0.75, 0, 0, 0});
  for (json x : {padded({0, 0, 0, 0, 0, 1}), with(padded({0, 0, 0, 0, 0, 0}), "scores", {1})}) {
    x["advantages"] = last_slot;
    check_found(x, "the reward lies at the end of the padding", g, l, right_of_padded());
  }
  // It is lost.
  list x(6, 0.0);
  double sum = 0, after = 0;
  for (std::size_t t = 3; t-- > 0;) {
    sum = g * after - own_values[t] + g * l * sum;
    after = own_values[t];
    x[t] = sum;
  }
  json const lost = with(padded({0, 0, 0, 1, 0, 0}), "advantages", table{x});
  check_found(lost, "the reward on the padding is lost", g, l, right_of_padded());
  // The value there counts, the reward is where it should be.
  sum = 0;
  after = own_values[3];
  for (std::size_t t = 3; t-- > 0;) {
    sum = (t == 2 ? 1 : 0) + g * after - own_values[t] + g * l * sum;
    after = own_values[t];
    x[t] = sum;
  }
  check_found(with(padded({0, 0, 1, 0, 0, 0}), "advantages", table{x}), "the value of the first slot of padding counts",
              g, l, right_of_padded());
}

// Every number through the same function of the own tokens' moments.
template <class F>
table each(table xs, F const& f) {
  for (list& row : xs) {
    for (double& x : row) x = f(x);
  }
  return xs;
}
list own_numbers(table const& xs) {
  list all;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    for (std::size_t t = 0; t < xs[i].size(); ++t) {
      if (mask[i][t] != 0) all.push_back(xs[i][t]);
    }
  }
  return all;
}

std::string finish_of(table const& xs) {
  auto const f = of(with(file(), "advantages", xs));
  REQUIRE(!f.columns.at(0).found.empty());
  auto const& e = f.columns[0].found[0];
  CHECK(f.readings[e.reading].is_right());
  CHECK(e.is_tight);
  CHECK(e.at.gamma == g);
  CHECK(e.at.lambda == l);
  return f.finishes[e.finish].what;
}

TEST_CASE("how numbers were whitened is found") {
  table const raw = of_own(g, l);
  auto const m = by_hand::moments_of(own_numbers(raw));
  auto const by = [&](double width) { return each(raw, [&](double x) { return (x - m.mean) / width; }); };
  CHECK(finish_of(by(m.sample())) == "whitened by the sample deviation (n - 1)");
  CHECK(finish_of(by(m.sample() + 1e-8)) ==
        "whitened by the sample deviation (n - 1) + 1e-8, as CleanRL and stable-baselines3");
  CHECK(finish_of(by(m.population())) == "whitened by the population deviation (n)");
  CHECK(finish_of(by(m.population() + 1e-8)) == "whitened by the population deviation (n) + 1e-8, as NumPy's std does");
  CHECK(finish_of(by(1)) == "less their mean");
  table rows = raw;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    list own;
    for (std::size_t t = 0; t < rows[i].size(); ++t) {
      if (mask[i][t] != 0) own.push_back(rows[i][t]);
    }
    auto const of_row = by_hand::moments_of(own);
    for (double& x : rows[i]) x = (x - of_row.mean) / of_row.sample();
  }
  CHECK(finish_of(rows) == "each row whitened by itself, by the sample deviation (n - 1)");
}

TEST_CASE("a whitening that counts the padding is a mistake, and the right one is shown") {
  table const raw = of_own(g, l);
  list all;
  for (list const& row : raw) all.insert(all.end(), row.begin(), row.end());
  auto const wrong = by_hand::moments_of(all), right = by_hand::moments_of(own_numbers(raw));
  for (bool const of_sample : {true, false}) {
    double const width = of_sample ? wrong.sample() : wrong.population();
    json const x = with(file(), "advantages", each(raw, [&](double a) { return (a - wrong.mean) / width; }));
    check_found(x, "the mean and the deviation are those of the masked positions too", g, l,
                each(raw, [&](double a) { return (a - right.mean) / right.sample(); }));
  }
}

TEST_CASE("a mistake is found behind a whitening") {
  table wrong;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    wrong.emplace_back(mask[i].size(), 0.0);
    double sum = 0, after = 0;
    for (std::size_t t = mask[i].size(); t-- > 0;) {
      double const v = mask[i][t] != 0 ? values[i][t] : 0;
      sum = rewards[i][t] * mask[i][t] + g * after - v + g * l * sum;
      after = v;
      wrong[i][t] = sum;
    }
  }
  auto const m = by_hand::moments_of(own_numbers(wrong));
  table const raw = of_own(g, l);
  auto const right = by_hand::moments_of(own_numbers(raw));
  check_found(with(file(), "advantages", each(wrong, [&](double x) { return (x - m.mean) / m.sample(); })),
              "each masked token costs a gamma, as a step of value 0", g, l,
              each(raw, [&](double x) { return (x - right.mean) / right.sample(); }));
}

}  // namespace whose_numbers_tokens
