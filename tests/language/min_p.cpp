// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/min_p.hpp>

#include "language/rules_of_logits.hpp"

namespace logit_rules_of_language {

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

}  // namespace logit_rules_of_language
