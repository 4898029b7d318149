// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/logit_rules.hpp>

#include "language/rules_of_logits.hpp"

#include <algorithm>
#include <functional>

namespace logit_rules_of_language {

TEST_CASE("whatever is kept keeps its shares, and is a distribution") {
  auto const check = [](auto const& rule) {
    for_all_weights([&](weights const& w) {
      row const z = rule(logits_of(w));
      int mass = 0;
      for (std::size_t t = 0; t < tokens; ++t) mass += z[t] == -infinity ? 0 : w[t];
      row expected{};
      for (std::size_t t = 0; t < tokens; ++t) expected[t] = z[t] == -infinity ? 0.0 : 1.0 * w[t] / mass;
      CHECK(are_close(probabilities(z), expected));
    });
  };
  check(top_k{2});
  check(top_p{0.7});
  check(min_p{0.4});
  check(typical_p{0.6});
  check(logit_rules{top_k{4}, typical_p{0.9}, min_p{0.3}, top_p{0.8}});
}

TEST_CASE("rules that are off change nothing") {
  context const s = said({0, 1}, {2, 2, 4});
  auto const all = std::views::iota(token{0}, static_cast<token>(tokens));
  for_all_weights([&](weights const& w) {
    row z = logits_of(w);
    for (double& x : z) x = x * 3 - 1;
    CHECK(temperature{1}(z) == z);
    CHECK(top_k{tokens}(z) == z);
    CHECK(top_k{1000}(z) == z);
    CHECK(top_p{1}(z) == z);
    CHECK(typical_p{1}(z) == z);
    CHECK(min_p{0}(z) == z);
    CHECK(repetition_penalty{1}(s, z) == z);
    CHECK(presence_penalty{0}(s, z) == z);
    CHECK(frequency_penalty{0}(s, z) == z);
    CHECK(forbidden_tokens{std::vector<token>{}}(z) == z);
    CHECK(forced_tokens{all}(z) == z);
    CHECK(logit_rules{}(z) == z);
  });
  // Even of what is so unlikely that its probability is no number above 0.
  CHECK(top_p{1}(std::array{0.0, -1e5}) == std::array{0.0, -1e5});
  CHECK(min_p{0}(std::array{0.0, -1e5}) == std::array{0.0, -1e5});
}

TEST_CASE("what leaves out by order or by a part of the largest is idempotent, what leaves out by a share is not") {
  for_all_weights([](weights const& w) {
    row const z = logits_of(w);
    for (std::size_t k = 1; k <= tokens; ++k) {
      CHECK(top_k(k)(top_k(k)(z)) == top_k(k)(z));
      CHECK(top_k(2)(top_k(k)(z)) == top_k(k < 2 ? k : 2)(z));
    }
    CHECK(min_p(0.3)(min_p(0.3)(z)) == min_p(0.3)(z));
    CHECK(min_p(0.3)(min_p(0.7)(z)) == min_p(0.7)(z));
    CHECK(min_p(0.7)(min_p(0.3)(z)) == min_p(0.7)(z));
  });
  // Of 5, 3 and 2 two reach 0.6; of these 5 has 5/8, which reaches it alone.
  row const z = logits_of({5, 3, 2, 0, 0});
  CHECK(kept_in(top_p{0.6}(z)) == kept{true, true});
  CHECK(kept_in(top_p{0.6}(top_p{0.6}(z))) == kept{true});
}

TEST_CASE("rules are composed in any way") {
  logit_rules const inner{temperature{0.5}, top_k{3}};
  context const s = said({0}, {1, 1});
  for_all_weights([&](weights const& w) {
    row const z = logits_of(w);
    auto const once = logit_rules{presence_penalty{1.0}, temperature{0.5}, top_k{3}, top_p{0.9}}(s, z);
    CHECK(logit_rules{presence_penalty{1.0}, inner, top_p{0.9}}(s, z) == once);
    CHECK(logit_rules{logit_rules{presence_penalty{1.0}, inner}, logit_rules{}, top_p{0.9}}(s, z) == once);
    CHECK(top_p{0.9}(inner(presence_penalty{1.0}(s, z))) == once);
  });
}

TEST_CASE("in every order of all rules what is left is a distribution, and what was left out stays so") {
  context const s = said({1}, {0, 0, 2});
  std::vector<std::function<row(row const&)>> const rules{
      [](row const& z) { return temperature{0.5}(z); },
      [](row const& z) { return top_k{3}(z); },
      [](row const& z) { return top_p{0.8}(z); },
      [](row const& z) { return min_p{0.1}(z); },
      [](row const& z) { return typical_p{0.9}(z); },
      [&](row const& z) { return logit_rules{repetition_penalty{1.2}, frequency_penalty{0.3}}(s, z); },
      [](row const& z) { return forbidden_tokens{std::array{4}}(z); },
  };
  std::vector<std::size_t> order(rules.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  int wrong = 0;
  do {
    for (weights const& w :
         {weights{4, 3, 2, 1, 0}, weights{1, 1, 1, 1, 1}, weights{0, 0, 0, 7, 0}, weights{0, 1, 9, 0, 9}}) {
      row z = logits_of(w);
      for (std::size_t const i : order) {
        row const before = z;
        if (i == 6 && kept_in(before) == kept{false, false, false, false, true}) break;  // which would leave nothing
        z = rules[i](z);
        for (std::size_t t = 0; t < tokens; ++t) wrong += before[t] == -infinity && z[t] != -infinity;
      }
      double total = 0;
      for (double const p : probabilities(z)) {
        wrong += !(p >= 0);
        total += p;
      }
      wrong += !bellman::absolutely_close(total, 1.0, 1e-14);
    }
  } while (std::next_permutation(order.begin(), order.end()));
  CHECK(wrong == 0);
}

TEST_CASE("the divergence of what is kept is the logarithm of what was kept, the other one is infinite") {
  for_all_weights([](weights const& w) {
    row const z = logits_of(w), nucleus = top_p{0.6}(z);
    int mass = 0, left_out = 0;
    for (std::size_t t = 0; t < tokens; ++t) (nucleus[t] == -infinity ? left_out : mass) += w[t];
    CHECK(bellman::absolutely_close(bellman::kl_divergence(nucleus, z), std::log(1.0 * sum_of(w) / mass), 1e-14));
    if (left_out > 0) CHECK(bellman::kl_divergence(z, nucleus) == infinity);
    double entropy = 0;
    for (std::size_t t = 0; t < tokens; ++t) {
      if (nucleus[t] != -infinity) entropy -= 1.0 * w[t] / mass * std::log(1.0 * w[t] / mass);
    }
    CHECK(bellman::absolutely_close(bellman::entropy(nucleus), entropy, 1e-14));
  });
}

TEST_CASE("derivatives go through the rules: left out is constant, a temperature divides them") {
  CHECK(true_at_both_times([] {
    using dual = bellman::dual<double, 3>;
    std::array const z{dual::variable(bellman::log(3.0), 0), dual::variable(0.0, 1), dual::variable(-5.0, 2)};
    std::size_t a = 0;
    // p = 3/4 and 1/4 to the power of 2: 9/10, 1/10; d p_a / d z_k = 2 p_a (1[a = k] - p_k)
    std::array const p{0.9, 0.1, 0.0};
    for (auto const& e : bellman::softmax(logit_rules{top_k{2}, temperature{0.5}}(z))) {
      for (std::size_t k = 0; k < 3; ++k) {
        if (!bellman::absolutely_close(e.probability.derivative[k], 2 * p[a] * ((a == k ? 1 : 0) - p[k]), 1e-14)) {
          return false;
        }
      }
      ++a;
    }
    return a == 3;
  }));
  using single = bellman::dual<float, 1>;
  auto const f = frequency_penalty{0.5}(said({}, {0, 0}), std::array{single::variable(1.0F, 0), single(2.0F)});
  CHECK((f[0].value == 0.0F && f[0].derivative[0] == 1.0F && f[1].value == 2.0F));
}

namespace {

/// What any rule and what each call form refuses.
template <class Change>
void check_refusal(Change const& change, std::vector<double> const& z, std::string const& message) {
  CHECK(message_of([&] { static_cast<void>(change(z)); }) == message);
}

}  // namespace

TEST_CASE("parameters that no rule has are refused") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  for (double const t : {0.0, -1.0, infinity, nan}) CHECK_THROWS_AS(temperature{t}, bellman::invalid_value);
  for (double const p : {0.0, -0.5, 1.0000001, infinity, nan}) {
    CHECK_THROWS_AS(top_p{p}, bellman::invalid_value);
    CHECK_THROWS_AS(typical_p{p}, bellman::invalid_value);
  }
  for (double const m : {-0.5, 1.0000001, infinity, nan}) CHECK_THROWS_AS(min_p{m}, bellman::invalid_value);
  for (double const r : {0.0, -1.0, infinity, nan}) CHECK_THROWS_AS(repetition_penalty{r}, bellman::invalid_value);
  for (double const a : {infinity, -infinity, nan}) {
    CHECK_THROWS_AS(presence_penalty{a}, bellman::invalid_value);
    CHECK_THROWS_AS(frequency_penalty{a}, bellman::invalid_value);
  }
  CHECK(message_of([] { top_k{0}; }) == "bellman: top_k{k}: k is 0; it must be at least 1");
  CHECK(message_of([] { top_k{-3}; }) == "bellman: top_k{k}: k is -3; it must be at least 1");
  CHECK(message_of([] { top_p{0}; }) == "bellman: the share of top_p is 0; it must lie in (0, 1]");
  CHECK(message_of([] { min_p{2}; }) == "bellman: min_p{m}: m is 2; it must lie in [0, 1]");
  CHECK(message_of([] { presence_penalty{-infinity}; }) ==
        "bellman: the presence penalty is -inf; it must be a finite number");
}

TEST_CASE("logits of which no softmax can be made are refused by every rule, and are left as they were") {
  auto const check = [](auto const& rule) {
    for (std::vector<double> const& bad :
         {std::vector{0.0, infinity}, std::vector{std::numeric_limits<double>::quiet_NaN(), 1.0},
          std::vector{-infinity, -infinity}, std::vector<double>{}}) {
      CHECK_THROWS_AS(rule(context{}, bad), bellman::invalid_value);
      auto z = bad;
      CHECK_THROWS_AS(rule.in_place(context{}, z), bellman::invalid_value);
      CHECK(std::ranges::equal(z, bad, [](double a, double b) { return a == b || (a != a && b != b); }));
    }
  };
  check(temperature{0.5});
  check(top_k{1});
  check(top_p{0.5});
  check(min_p{0.5});
  check(typical_p{0.5});
  check(repetition_penalty{2});
  check(presence_penalty{2});
  check(frequency_penalty{2});
  check(forbidden_tokens{std::vector<token>{}});
  check(logit_rules{temperature{2}, top_k{1}});
  check_refusal(top_p{0.5}, {0.0, infinity}, "bellman: logit 1 is inf; it must be a number or -infinity");
  check_refusal(top_p{0.5}, {-infinity}, "bellman: no logit is finite; at least one must be");
}

TEST_CASE("where a rule would leave no token, or a logit that is not finite, nothing is changed") {
  check_refusal(forbidden_tokens{std::array{0, 1}}, {0.0, 1.0},
                "bellman: no token is left to sample; a rule must leave at least one with a finite logit");
  check_refusal(forced_tokens{std::array{1}}, {0.0, -infinity},
                "bellman: no token is left to sample; a rule must leave at least one with a finite logit");
  check_refusal(temperature{1e-3}, {0.0, 1e308},
                "bellman: a rule makes the logit 1 of 1e+308 into inf; it must stay finite");
  check_refusal(forbidden_tokens{std::array{0, 7}}, {0.0, 1.0},
                "bellman: token 7 has no logit; there are 2, so that it must lie in [0, 2)");
  CHECK(message_of([] { static_cast<void>(presence_penalty{1}(said({}, {0, -1}), std::array{0.0, 1.0})); }) ==
        "bellman: token -1 has no logit; there are 2, so that it must lie in [0, 2)");
  CHECK_THROWS_AS(repetition_penalty{2}(said({5}, {}), std::array{0.0, 1.0}), bellman::invalid_value);

  std::vector z{1.0, 2.0, 1e308};
  auto const before = z;
  CHECK_THROWS_AS(temperature{1e-3}.in_place(z), bellman::invalid_value);
  CHECK(z == before);
  logit_rules const halved_then_none{temperature{2}, top_k{2}, forbidden_tokens{std::array{1, 2}}};
  CHECK_THROWS_AS(halved_then_none.in_place(z), bellman::invalid_value);
  CHECK(z == before);
  CHECK_THROWS_AS(frequency_penalty{1e308}.in_place(said({}, {0, 2, 2, 2}), z), bellman::invalid_value);
  CHECK(z == before);
}

}  // namespace logit_rules_of_language
