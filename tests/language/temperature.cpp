// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/temperature.hpp>

#include "language/rules_of_logits.hpp"

namespace logit_rules_of_language {

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

}  // namespace logit_rules_of_language
