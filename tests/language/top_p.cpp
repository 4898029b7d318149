// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/top_p.hpp>

#include "language/rules_of_logits.hpp"

namespace logit_rules_of_language {

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

}  // namespace logit_rules_of_language
