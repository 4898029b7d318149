// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/answer_text.hpp>

#include "language/rules_of_texts.hpp"

namespace text_rules_of_language {

TEST_CASE("an answer's text is that of what was generated, without the end") {
  context const s = concat(concat(concat(context{1, 1}, 0), 1), 2);
  CHECK(bellman::answer_text(words, s) == "ab");
  CHECK(bellman::answer_text(words, context{0}).empty());
  CHECK_THROWS_AS(bellman::answer_text(words, concat(context{}, 9)), bellman::invalid_value);
}

TEST_CASE("a rule of texts becomes a reward of an environment") {
  CHECK(true_at_both_times([] {
    // Of the answers of at most two tokens, all as likely as their tokens are, "ab" alone has the text: 1/3 * 1/3.
    auto const env = bellman::token_environment(
        words, bellman::length_limit{2}, bellman::verifiable<rational>(of_answer(words, exact_match{"ab"})));
    auto const uniform_policy = [](context const&) { return bellman::uniform(words.tokens()); };
    return bellman::state_value(env, uniform_policy, rational(1))(context{}) == rational(1, 9);
  }));
  // A verifier of one's own, which gives a number.
  auto const share_of_a = of_answer(words, [](std::string_view text) {
    std::size_t n = 0;
    for (char const c : text) n += c == 'a';
    return text.empty() ? 0.0 : static_cast<double>(n) / static_cast<double>(text.size());
  });
  CHECK(share_of_a(concat(concat(context{}, 0), 1)) == 0.5);
  // Over a span the vocabulary is not copied.
  std::vector<std::string> const texts{"yes", "no", "."};
  bellman::vocabulary const seen{std::span(texts), 2};
  CHECK(of_answer(seen, contains{"yesno"})(concat(concat(context{}, 0), 1)));
}

}  // namespace text_rules_of_language
