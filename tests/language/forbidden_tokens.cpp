// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/forbidden_tokens.hpp>

#include "language/rules_of_logits.hpp"

namespace logit_rules_of_language {

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

}  // namespace logit_rules_of_language
