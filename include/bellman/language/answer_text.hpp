// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/internal/requirements.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace bellman {

namespace refused {

struct a_rule_of_texts_is_called_with_a_text {};
struct this_vocabulary_has_no_texts {};

}  // namespace refused

namespace internal {

template <class V>
concept has_texts = has_tokens<V> && requires(V const& v) {
  { v.text(v.end_of_sequence()) } -> std::convertible_to<std::string_view>;
};
template <class V>
struct a_vocabulary_of_texts : rule<has_texts<V>, refused::this_vocabulary_has_no_texts> {};
// As it is called: a pointer to a member is not.
template <class Rule>
concept takes_a_text = requires(Rule const& rule, std::string_view text) {
  rule(text);
};
template <class Rule>
struct a_rule_of_texts : rule<takes_a_text<Rule>, refused::a_rule_of_texts_is_called_with_a_text> {};

/// The text of the generated tokens. No `std::string`: that of libstdc++ 12 is none of a constant expression.
template <class Vocabulary, class Context>
constexpr internal::vector<char> letters_of_answer(Vocabulary const& vocabulary, Context const& s) {
  internal::vector<char> letters;
  for (auto const t : s.generated()) {
    if (std::cmp_equal(t, vocabulary.end_of_sequence())) break;
    auto const& part = vocabulary.text(t);
    for (char const c : std::string_view(part)) letters.push_back(c);
  }
  return letters;
}

}  // namespace internal

namespace detail {

struct answer_text_fn {
  template <class Vocabulary, class Context,
            class = typename internal::every<internal::a_vocabulary<Vocabulary>,
                                             internal::a_vocabulary_of_texts<Vocabulary>,
                                             internal::a_context<Context>>::type::yes>
  std::string operator()(Vocabulary const& vocabulary, Context const& s) const {
    auto const letters = internal::letters_of_answer(vocabulary, s);
    return std::string(letters.begin(), letters.end());
  }
};

template <class Vocabulary, class Rule>
class rule_of_answers {
 public:
  constexpr rule_of_answers(Vocabulary its_vocabulary, Rule its_rule)
      : vocabulary_(std::move(its_vocabulary)), rule_(std::move(its_rule)) {}

  template <class Context, class = typename internal::a_context<Context>::type::yes>
  constexpr auto operator()(Context const& s) const {
    auto const letters = internal::letters_of_answer(vocabulary_, s);
    return rule_(std::string_view(letters.data(), letters.size()));
  }

 private:
  Vocabulary vocabulary_;
  Rule rule_;
};

struct of_answer_fn {
  template <class Vocabulary, class Rule,
            class = typename internal::every<internal::a_vocabulary<Vocabulary>,
                                             internal::a_vocabulary_of_texts<Vocabulary>,
                                             internal::a_rule_of_texts<Rule>>::type::yes>
  constexpr auto operator()(Vocabulary vocabulary, Rule rule) const {
    return rule_of_answers<Vocabulary, Rule>(std::move(vocabulary), std::move(rule));
  }
};

}  // namespace detail

/// `answer_text(vocabulary, context)`: what was generated as a text: the texts of the generated tokens one behind the
/// other, without the end of sequence.
///
/// *Arguments*: a vocabulary whose tokens have texts; a context.
/// *Errors*: `invalid_value` for a token that is not in the vocabulary.
/// *Cost*: O(length); at run time only.
/// *Use*:
///     bellman::answer_text(bellman::vocabulary{std::array<std::string_view, 2>{"a", "."}, 1},
///                          bellman::concat(bellman::concat(bellman::context{0}, 0), 1)) == "a"
inline constexpr detail::answer_text_fn answer_text{};

/// `of_answer(vocabulary, rule)`: a rule of texts as one of contexts, `rule(answer_text(vocabulary, context))`:
/// `verifiable<>(of_answer(words, contains{"happy"}))` is the reward 1 of an answer that has the word.
///
/// *Arguments*: a vocabulary, which is moved in or copied: one over a `std::span` of texts is small; any callable of a
/// `std::string_view`: `exact_match`, `contains`, `last_number_is`, `balanced_quotes`, `length_within`, `matches`, a
/// verifier of one's own, which may give a number.
/// *Errors*: those of `answer_text` and of the rule, when it is called.
/// *Cost*: O(length) and that of the rule.
/// *Use*:
///     bellman::of_answer(bellman::vocabulary{std::array<std::string_view, 2>{"a", "."}, 1},
///                        bellman::contains{"aa"})(bellman::concat(bellman::concat(bellman::context{}, 0), 0))
inline constexpr detail::of_answer_fn of_answer{};

}  // namespace bellman
