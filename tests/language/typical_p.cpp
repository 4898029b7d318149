// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/typical_p.hpp>

#include "language/rules_of_logits.hpp"

namespace logit_rules_of_language {

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

}  // namespace logit_rules_of_language
