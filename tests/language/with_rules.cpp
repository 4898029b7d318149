// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/with_rules.hpp>

#include "language/rules_of_logits.hpp"

namespace logit_rules_of_language {

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

}  // namespace logit_rules_of_language
