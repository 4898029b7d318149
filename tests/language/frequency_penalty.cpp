// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/frequency_penalty.hpp>

#include "language/rules_of_logits.hpp"

namespace logit_rules_of_language {

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

}  // namespace logit_rules_of_language
