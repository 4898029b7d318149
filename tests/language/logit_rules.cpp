// SPDX-License-Identifier: BSL-1.0

// What rules make of logits, against what they are defined to make: of rows of whole numbers, whose logarithms are the
// logits, so that every probability is a fraction and "reaches p" is decided among integers.
#include <bellman/language/logit_rules.hpp>

#include <bellman/error.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/forbidden_tokens.hpp>
#include <bellman/language/forced_tokens.hpp>
#include <bellman/language/frequency_penalty.hpp>
#include <bellman/language/language_policy.hpp>
#include <bellman/language/logit_rule.hpp>
#include <bellman/language/min_p.hpp>
#include <bellman/language/presence_penalty.hpp>
#include <bellman/language/repetition_penalty.hpp>
#include <bellman/language/temperature.hpp>
#include <bellman/language/top_k.hpp>
#include <bellman/language/top_p.hpp>
#include <bellman/language/typical_p.hpp>
#include <bellman/language/with_rules.hpp>
#include <bellman/probability/entropy.hpp>
#include <bellman/probability/kl_divergence.hpp>
#include <bellman/probability/softmax.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <list>
#include <random>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "language/three_words.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/infinity.hpp"
#include "support/message_of.hpp"

namespace logit_rules_of_language {

namespace {

using bellman::concat;
using bellman::context;
using bellman::forbidden_tokens;
using bellman::forced_tokens;
using bellman::frequency_penalty;
using bellman::logit_rules;
using bellman::min_p;
using bellman::presence_penalty;
using bellman::repetition_penalty;
using bellman::temperature;
using bellman::token;
using bellman::top_k;
using bellman::top_p;
using bellman::typical_p;
using bellman::with_rules;
using bellman::test::approx_equal;
using bellman::test::infinity;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

constexpr std::size_t tokens = 5;
using weights = std::array<int, tokens>;
using row = std::array<double, tokens>;
using kept = std::array<bool, tokens>;

row logits_of(weights const& w) {
  row z{};
  for (std::size_t t = 0; t < tokens; ++t) z[t] = w[t] == 0 ? -infinity : bellman::log(1.0 * w[t]);
  return z;
}
kept kept_in(row const& z) {
  kept all{};
  for (std::size_t t = 0; t < tokens; ++t) all[t] = z[t] != -infinity;
  return all;
}
int sum_of(weights const& w) {
  int total = 0;
  for (int const x : w) total += x;
  return total;
}

/// All rows of weights from 0 to 4, but for that of zeros.
template <class Body>
void for_all_weights(Body const& body) {
  for (int code = 1; code < 5 * 5 * 5 * 5 * 5; ++code) {
    weights w{};
    for (int rest = code; int& x : w) {
      x = rest % 5;
      rest /= 5;
    }
    body(w);
  }
}

/// The tokens by their weights, the largest first, of equal ones the lower number.
std::vector<std::size_t> by_weight(weights const& w) {
  std::vector<std::size_t> order;
  for (int x = 4; x > 0; --x) {
    for (std::size_t t = 0; t < tokens; ++t) {
      if (w[t] == x) order.push_back(t);
    }
  }
  return order;
}

bool are_close(row const& a, row const& b) {
  for (std::size_t t = 0; t < tokens; ++t) {
    if (a[t] != b[t] && !approx_equal(a[t], b[t], 1e-13)) return false;
  }
  return true;
}

row probabilities(row const& z) {
  row p{};
  for (auto const& e : bellman::softmax(z)) p[e.value] = e.probability;
  return p;
}

constexpr context said(std::initializer_list<token> prompt, std::initializer_list<token> generated) {
  context s(prompt);
  for (token const t : generated) s = concat(s, t);
  return s;
}

}  // namespace

TEST_CASE("top-k keeps the k largest logits, of equal ones the first") {
  for (std::size_t k = 1; k <= tokens + 1; ++k) {
    for_all_weights([&](weights const& w) {
      kept expected{};
      std::size_t n = 0;
      for (std::size_t const t : by_weight(w)) expected[t] = n++ < k;
      row const z = logits_of(w), changed = top_k(k)(z);
      CHECK(kept_in(changed) == expected);
      for (std::size_t t = 0; t < tokens; ++t) CHECK((changed[t] == z[t] || !expected[t]));
    });
  }
}

TEST_CASE("top-p keeps the smallest set of the largest probabilities that reaches p, exactly where it does") {
  for (int p = 1; p < 20; ++p) {
    for_all_weights([&](weights const& w) {
      kept expected{};
      int mass = 0;
      for (std::size_t const t : by_weight(w)) {
        if (20 * mass >= p * sum_of(w)) break;
        expected[t] = true;
        mass += w[t];
      }
      CHECK(kept_in(top_p(p / 20.0)(logits_of(w))) == expected);
    });
  }
}

TEST_CASE("min-p keeps what has at least that part of the largest probability") {
  for (int m = 1; m <= 12; ++m) {
    for_all_weights([&](weights const& w) {
      int const largest = w[by_weight(w).front()];
      kept expected{};
      for (std::size_t t = 0; t < tokens; ++t) expected[t] = w[t] != 0 && 12 * w[t] >= m * largest;
      CHECK(kept_in(min_p(m / 12.0)(logits_of(w))) == expected);
    });
  }
}

TEST_CASE("typical-p keeps the smallest set of those tokens whose surprise is next to the entropy") {
  for_all_weights([&](weights const& w) {
    // How typical the weights 1 to 4 are; where two of them are so alike that rounding decides, nothing is asked.
    int const total = sum_of(w);
    auto const surprise = [&](int x) { return -std::log(static_cast<long double>(x) / total); };
    long double entropy = 0;
    for (int const x : w) entropy += x == 0 ? 0 : surprise(x) * x / total;
    auto const distance = [&](int x) { return std::abs(surprise(x) - entropy); };
    std::vector<int> values;
    for (int x = 1; x <= 4; ++x) {
      auto at = values.begin();
      while (at != values.end() && distance(*at) < distance(x)) ++at;
      values.insert(at, x);
    }
    for (std::size_t i = 0; i + 1 < values.size(); ++i) {
      if (distance(values[i + 1]) - distance(values[i]) < 1e-9L) return;
    }
    for (int p = 1; p < 10; ++p) {
      kept expected{};
      int mass = 0;
      for (int const x : values) {
        for (std::size_t t = 0; t < tokens; ++t) {
          if (w[t] != x || 10 * mass >= p * total) continue;
          expected[t] = true;
          mass += x;
        }
      }
      CHECK(kept_in(typical_p(p / 10.0)(logits_of(w))) == expected);
    }
  });
}

TEST_CASE("the likeliest token may be less typical than the others") {
  // e / (e + 3) and three times 1 / (e + 3), which are 0.475 and 0.175: the entropy is 1.27, the surprises are 0.74 and
  // 1.74, of which the second is nearer to it; it takes two such tokens to reach 0.2.
  CHECK(true_at_both_times([] {
    auto const changed = typical_p{0.2}(std::array{1.0, 0.0, 0.0, 0.0});
    return changed[0] == -infinity && changed[1] == 0 && changed[2] == 0 && changed[3] == -infinity;
  }));
}

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

TEST_CASE("a temperature of one half squares the probabilities") {
  for_all_weights([](weights const& w) {
    weights squares{};
    for (std::size_t t = 0; t < tokens; ++t) squares[t] = w[t] * w[t];
    row expected{};
    for (std::size_t t = 0; t < tokens; ++t) expected[t] = 1.0 * squares[t] / sum_of(squares);
    CHECK(are_close(probabilities(temperature{0.5}(logits_of(w))), expected));
  });
  CHECK(true_at_both_times([] {
    return temperature{4.0}(std::array{8.0, -2.0, -infinity}) == std::array{2.0, -0.5, -infinity};
  }));
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

TEST_CASE("the order of a temperature and top-k does not matter, that of a temperature and top-p does") {
  for (double const t : {0.25, 0.7, 3.0}) {
    for_all_weights([&](weights const& w) {
      row const z = logits_of(w);
      for (std::size_t k = 1; k <= tokens; ++k) {
        CHECK(logit_rules{temperature{t}, top_k{k}}(z) == logit_rules{top_k{k}, temperature{t}}(z));
      }
    });
  }
  // Of 4, 3, 2, 1 it takes two to reach a half; of their squares, 16, 9, 4, 1, one.
  row const z = logits_of({4, 3, 2, 1, 0});
  CHECK(kept_in(logit_rules{top_p{0.5}, temperature{0.5}}(z)) == kept{true, true});
  CHECK(kept_in(logit_rules{temperature{0.5}, top_p{0.5}}(z)) == kept{true});
}

TEST_CASE("of two temperatures the product is one") {
  for_all_weights([](weights const& w) {
    row const z = logits_of(w);
    CHECK(logit_rules{temperature{0.5}, temperature{4.0}}(z) == temperature{2.0}(z));
  });
}

TEST_CASE("the repetition penalty divides above zero and multiplies below, once for all that was seen") {
  CHECK(true_at_both_times([] {
    return repetition_penalty{2.0}(said({0, 0}, {1, 2, 2, 3}), std::array{1.0, -1.0, 0.0, -infinity, 5.0}) ==
           std::array{0.5, -2.0, 0.0, -infinity, 5.0};
  }));
  CHECK(repetition_penalty{0.5}(said({0}, {1}), std::array{1.0, -1.0, 3.0}) == std::array{2.0, -0.5, 3.0});
}

TEST_CASE("presence and frequency penalties count what was generated, and not the prompt") {
  CHECK(true_at_both_times([] {
    context const s = said({0, 3}, {1, 2, 2, 4, 4, 4});
    std::array const z{1.0, 1.0, 1.0, -infinity, 1.0};
    return presence_penalty{0.25}(s, z) == std::array{1.0, 0.75, 0.75, -infinity, 0.75} &&
           frequency_penalty{0.25}(s, z) == std::array{1.0, 0.75, 0.5, -infinity, 0.25} &&
           presence_penalty{-0.5}(s, z)[1] == 1.5;
  }));
  // The odds to what was not said are divided by exp(a), each time.
  context const s = said({}, {1, 1});
  for_all_weights([&](weights const& w) {
    if (w[0] == 0 || w[1] == 0) return;
    row const before = probabilities(logits_of(w));
    row const after = probabilities(frequency_penalty{0.75}(s, logits_of(w)));
    CHECK(approx_equal(after[1] / after[0], before[1] / before[0] * std::exp(-1.5), 1e-13));
  });
}

TEST_CASE("penalties add up and commute, and are one where nothing was said twice") {
  context const twice = said({1}, {0, 0, 3}), once = said({1}, {0, 3});
  for_all_weights([&](weights const& w) {
    row const z = logits_of(w);
    CHECK(are_close(logit_rules{presence_penalty{0.5}, presence_penalty{0.25}}(twice, z),
                    presence_penalty{0.75}(twice, z)));
    CHECK(are_close(logit_rules{presence_penalty{0.5}, frequency_penalty{0.25}}(twice, z),
                    logit_rules{frequency_penalty{0.25}, presence_penalty{0.5}}(twice, z)));
    CHECK(frequency_penalty{0.5}(once, z) == presence_penalty{0.5}(once, z));
    if (w[0] != 0) CHECK(frequency_penalty{0.5}(twice, z) != presence_penalty{0.5}(twice, z));
  });
}

TEST_CASE("forbidden tokens are left out, forced ones are what is left") {
  context const s = said({}, {0, 0, 3});
  for_all_weights([&](weights const& w) {
    row const z = logits_of(w);
    row expected = z;
    expected[1] = expected[3] = -infinity;
    bool const is_left = w[0] + w[2] + w[4] > 0;
    forbidden_tokens const not_odd{std::array{1, 3, 1}};
    forced_tokens const even{std::vector<std::int64_t>{4, 2, 0}};
    if (is_left) {
      CHECK(not_odd(z) == expected);
      CHECK(even(z) == expected);
      CHECK(not_odd(not_odd(z)) == not_odd(z));
      CHECK(are_close(logit_rules{not_odd, frequency_penalty{0.5}}(s, z),
                      logit_rules{frequency_penalty{0.5}, not_odd}(s, z)));
    } else {
      CHECK_THROWS_AS(not_odd(z), bellman::invalid_value);
      CHECK_THROWS_AS(even(z), bellman::invalid_value);
    }
  });
}

TEST_CASE("forbidden and forced tokens may depend on the context") {
  CHECK(true_at_both_times([] {
    // Nothing twice in a row, and after two tokens the end.
    forbidden_tokens const not_again{[](context const& s) { return std::array{s.last()}; }};
    forced_tokens const end_in_time{[](context const& s) {
      return std::views::iota(token{s.generated_size() < 2 ? 0 : 2}, token{3});
    }};
    logit_rules const both{not_again, end_in_time};
    std::array const z{0.0, 1.0, 2.0};
    return both(said({}, {1}), z) == std::array{0.0, -infinity, 2.0} &&
           both(said({}, {1, 0}), z) == std::array{-infinity, -infinity, 2.0};
  }));
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

TEST_CASE("a rule gives the same in place, of any range and of any context") {
  CHECK(true_at_both_times([] {
    std::array z{0.0, 2.0, 1.0, -1.0};
    logit_rules{temperature{0.5}, top_k{2}}.in_place(z);
    return z == std::array{-infinity, 4.0, 2.0, -infinity};
  }));
  std::vector z{0.0, 2.0, 1.0, -1.0};
  std::list const listed(z.begin(), z.end());
  logit_rules const rules{frequency_penalty{2.0}, temperature{2.0}, top_p{0.7}};
  context const s = said({}, {1});
  auto const expected = rules(s, z);
  CHECK(rules(s, listed) == expected);
  CHECK(rules(s, z | std::views::transform([](double x) { return x; })) == expected);
  rules.in_place(s, std::span(z));
  CHECK(z == expected);
  std::vector<double> middle{9, 0, 2, 9};
  top_k{1}.in_place(std::span(middle).subspan(1, 2));
  CHECK(middle == std::vector<double>{9, -infinity, 2, 9});
  STATIC_REQUIRE(std::is_same_v<decltype(top_k{1}(std::array{1.0F})), std::array<float, 1>>);
  STATIC_REQUIRE(std::is_same_v<decltype(top_k{1}(listed)), std::vector<double>>);
}

TEST_CASE("the logits of a model under rules make a policy") {
  using bellman::test::three_words::words;
  CHECK(true_at_both_times([] {
    auto const model = [](context const&) { return std::array{2.0, 1.0, 0.0}; };
    auto const sampled = with_rules(model, presence_penalty{1.5}, temperature{0.5}, top_k{2});
    return sampled(context{}) == std::array{4.0, 2.0, -infinity} &&
           sampled(said({}, {0})) == std::array{1.0, 2.0, -infinity} && with_rules(model)(context{})[1] == 1.0;
  }));
  bellman::language_policy const policy(words, with_rules([](context const&) { return std::vector{2.0, 1.0, 0.0}; },
                                                          top_k{1}, forbidden_tokens{std::array{2}}));
  for (auto const& e : policy(context{})) CHECK(e.probability == (e.value == 0 ? 1.0 : 0.0));
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

TEST_CASE("large vocabularies are cut as sorting cuts them") {
  // Logits of three kinds: next to each other, with few values, and so far apart that most weights are zero.
  std::mt19937 urbg(11);
  for (std::size_t const n : {33u, 100u, 600u, 5000u}) {
    for (int kind = 0; kind < 4; ++kind) {
      std::vector<float> z(n);
      for (float& x : z) {
        auto const draw = static_cast<float>(urbg() % 100000) / 1000;
        x = kind == 0   ? draw / 1000
            : kind == 1 ? static_cast<float>(urbg() % 7) - 3
            : kind == 2 ? draw * 20 - 1000
                        : -0.0F;
        if (urbg() % 50 == 0) x = -std::numeric_limits<float>::infinity();
      }
      z[n / 2] = 0.5F;
      std::vector<std::size_t> order(n);
      for (std::size_t t = 0; t < n; ++t) order[t] = t;
      std::sort(order.begin(), order.end(),
                [&](std::size_t a, std::size_t b) { return z[a] > z[b] || (z[a] == z[b] && a < b); });
      std::vector<long double> mass(n + 1);
      for (std::size_t k = 0; k < n; ++k) {
        mass[k + 1] = mass[k] + std::exp(static_cast<long double>(z[order[k]]) - static_cast<long double>(z[order[0]]));
      }
      for (double const p : {0.001, 0.3, 0.5, 0.9, 0.99, 0.999999}) {
        std::vector<bool> expected(n);
        auto const target = static_cast<long double>(p) * mass[n];
        for (std::size_t k = 0; k < n && mass[k] < target; ++k) expected[order[k]] = true;
        auto const changed = top_p{p}(z);
        std::size_t wrong = 0;
        for (std::size_t t = 0; t < n; ++t) wrong += expected[t] != std::isfinite(changed[t]);
        CHECK(wrong == 0);
      }
      for (std::size_t const k : {std::size_t{1}, std::size_t{17}, n / 2, n - 1}) {
        auto const changed = top_k{k}(z);
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < n; ++i) {
          std::size_t const t = order[i];
          wrong += (i < k && std::isfinite(z[t])) != std::isfinite(changed[t]);
        }
        CHECK(wrong == 0);
      }
    }
  }
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

namespace {

// A rule of one's own: what is even is twice as likely.
struct evens_are_likelier : bellman::changes_logits<evens_are_likelier> {
  template <class L>
  constexpr void change(std::span<L> logits) const {
    for (std::size_t t = 0; t < logits.size(); t += 2) logits[t] = logits[t] + bellman::log(L(2));
  }
};

}  // namespace

TEST_CASE("a rule of one's own has all call forms") {
  STATIC_REQUIRE(bellman::logit_rule<evens_are_likelier> && !bellman::logit_rule<int>);
  CHECK(true_at_both_times([] {
    auto const z = logit_rules{evens_are_likelier{}, top_k{1}}(std::array{0.0, 0.5});
    return z[1] == -infinity && evens_are_likelier{}(context{}, std::array{-infinity, 0.0})[0] == -infinity;
  }));
}

}  // namespace logit_rules_of_language
