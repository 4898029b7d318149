// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/presence_penalty.hpp>

#include "language/rules_of_logits.hpp"

namespace logit_rules_of_language {

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

}  // namespace logit_rules_of_language
