// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/repetition_penalty.hpp>

#include "language/rules_of_logits.hpp"

namespace logit_rules_of_language {

TEST_CASE("the repetition penalty divides above zero and multiplies below, once for all that was seen") {
  CHECK(true_at_both_times([] {
    return repetition_penalty{2.0}(said({0, 0}, {1, 2, 2, 3}), std::array{1.0, -1.0, 0.0, -infinity, 5.0}) ==
           std::array{0.5, -2.0, 0.0, -infinity, 5.0};
  }));
  CHECK(repetition_penalty{0.5}(said({0}, {1}), std::array{1.0, -1.0, 3.0}) == std::array{2.0, -0.5, 3.0});
}

}  // namespace logit_rules_of_language
