// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/top_k.hpp>

#include "language/rules_of_logits.hpp"

namespace logit_rules_of_language {

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

}  // namespace logit_rules_of_language
