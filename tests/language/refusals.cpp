// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/environment.hpp>
#include <bellman/error.hpp>
#include <bellman/language/answer_text.hpp>
#include <bellman/language/contains.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/exact_match.hpp>
#include <bellman/language/forbidden_tokens.hpp>
#include <bellman/language/forced_tokens.hpp>
#include <bellman/language/kl_shaped_rewards.hpp>
#include <bellman/language/language_policy.hpp>
#include <bellman/language/last_number_is.hpp>
#include <bellman/language/length_within.hpp>
#include <bellman/language/logit_rules.hpp>
#include <bellman/language/outcome_rewards.hpp>
#include <bellman/language/presence_penalty.hpp>
#include <bellman/language/process_rewards.hpp>
#include <bellman/language/sample_top_p.hpp>
#include <bellman/language/sequence_log_probability.hpp>
#include <bellman/language/soft_overlong_penalty.hpp>
#include <bellman/language/token_dynamics.hpp>
#include <bellman/language/token_environment.hpp>
#include <bellman/language/token_log_probabilities.hpp>
#include <bellman/language/top_k.hpp>
#include <bellman/language/top_p.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/language/with_rules.hpp>
#include <bellman/loss/kl_estimate.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

// Of its own, so that the names below are those of no other file of one translation unit.
namespace refusals_of_language {

namespace {

using bellman::context;
using bellman::length_limit;
using bellman::token;
using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;

using numbers = std::vector<double>;
using words = bellman::vocabulary<std::array<std::string_view, 2>>;
using k2 = std::remove_const_t<decltype(bellman::k2)>;
template <std::size_t Position>
using an_int = except<Position, int>;

constexpr auto by_token = [](context const&, token a) { return 1.0 * a; };
constexpr auto logits = [](context const&) { return std::array{0.0, 0.0}; };
constexpr auto integers_as_logits = [](context const&) { return std::array{0, 1}; };
constexpr auto words_as_logits = [](context const&) { return std::array{word(), word()}; };

template <class Vocabulary, class Logits>
concept makes_a_policy = requires(Vocabulary const& v, Logits const& z) {
  bellman::language_policy{v, z};
};
template <class Texts, class End>
concept makes_a_vocabulary = requires(Texts const& texts, End const& end) {
  bellman::vocabulary(texts, end);
};
template <class Vocabulary, class Number>
concept has_the_text = requires(Vocabulary const& v, Number const& t) {
  v.text(t);
  v.contains(t);
};
template <class Dynamics, class Number>
concept moves_on = requires(Dynamics const& d, context const& s, Number const& t) {
  d.transition(s, t);
};
template <class Vocabulary>
concept makes_dynamics = requires(Vocabulary const& v) {
  bellman::token_dynamics(v, length_limit{2});
};

}  // namespace

TEST_CASE("what is called with contexts, tokens and their rewards refuses what is none") {
  CHECK(wrong_answers<bellman::concat>(arguments<context, token>{}, an_int<1>{}) == "");
  CHECK(wrong_answers<bellman::outcome_rewards>(arguments<std::size_t, double>{}, an_int<0>{}, an_int<1>{}) == "");
  CHECK(wrong_answers<bellman::outcome_rewards>(arguments<std::size_t, double, double*>{}, an_int<0>{}, an_int<1>{}) ==
        "");
  CHECK(wrong_answers<bellman::process_rewards>(arguments<std::vector<int>, numbers>{}) == "");
  CHECK(wrong_answers<bellman::process_rewards>(arguments<std::vector<int>, numbers, double*>{}) == "");
  CHECK(wrong_answers<bellman::kl_shaped_rewards>(arguments<numbers, numbers, numbers, double>{}, an_int<3>{}) == "");
  CHECK(wrong_answers<bellman::kl_shaped_rewards>(arguments<numbers, numbers, numbers, double, double*>{},
                                                  an_int<3>{}) == "");
  CHECK(wrong_answers<bellman::kl_shaped_rewards>(arguments<numbers, numbers, numbers, double, k2>{}, an_int<3>{}) ==
        "");
  CHECK(wrong_answers<bellman::kl_shaped_rewards>(arguments<numbers, numbers, numbers, double, k2, double*>{},
                                                  an_int<3>{}) == "");
  CHECK(wrong_answers<bellman::token_environment>(arguments<words, length_limit, decltype(by_token)>{}) == "");
  static constexpr bellman::soft_overlong_penalty penalty(4, 2);
  CHECK(wrong_answers<penalty>(arguments<std::size_t>{}, an_int<0>{}) == "");
  static constexpr bellman::language_policy policy{words{{"a", "."}, 1}, logits};
  CHECK(wrong_answers<policy>(arguments<context>{}) == "");
}

TEST_CASE("types of the room are made of what they are said to be made of") {
  STATIC_REQUIRE(std::constructible_from<context, std::vector<int>>);
  STATIC_REQUIRE(!std::constructible_from<context, std::string>);
  STATIC_REQUIRE(!std::constructible_from<context, std::vector<word>>);
  STATIC_REQUIRE(!std::constructible_from<context, std::vector<double>>);
  STATIC_REQUIRE(!std::constructible_from<context, double>);
  STATIC_REQUIRE(!std::convertible_to<std::string, context>);

  STATIC_REQUIRE(makes_a_policy<words, decltype(logits)>);
  STATIC_REQUIRE(!makes_a_policy<int, decltype(logits)>);
  STATIC_REQUIRE(!makes_a_policy<words, int>);
  STATIC_REQUIRE(!makes_a_policy<words, decltype(words_as_logits)>);
  // Of which no softmax is made.
  STATIC_REQUIRE(!makes_a_policy<words, decltype(integers_as_logits)>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(bellman::with_rules), decltype(integers_as_logits)>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(bellman::sequence_log_probability), decltype(integers_as_logits),
                                      context, std::vector<int>>);
  STATIC_REQUIRE(!makes_a_policy<words, std::string>);

  STATIC_REQUIRE(makes_a_vocabulary<std::vector<std::string>, int>);
  STATIC_REQUIRE(!makes_a_vocabulary<std::vector<std::string>, double>);
  STATIC_REQUIRE(!makes_a_vocabulary<std::vector<word>, int>);
  STATIC_REQUIRE(!makes_a_vocabulary<std::string, int>);
  STATIC_REQUIRE(!makes_a_vocabulary<int, int>);

  STATIC_REQUIRE(makes_dynamics<words>);
  STATIC_REQUIRE(!makes_dynamics<int>);
  STATIC_REQUIRE(!makes_dynamics<std::string>);
}

namespace {

constexpr bellman::top_p a_rule{0.5};
constexpr bellman::presence_penalty a_penalty{0.5};
constexpr auto keep_half = [](auto const&... x) -> decltype(a_rule.in_place(x...)) { a_rule.in_place(x...); };
constexpr auto text_is_short = [](std::string_view text) { return text.size() < 3; };
template <class Tokens>
concept forbids = requires(Tokens const& t) {
  bellman::forbidden_tokens{t};
  bellman::forced_tokens{t};
};
template <class... Rule>
concept makes_rules = requires(Rule const&... rule) {
  bellman::logit_rules{rule...};
};
template <class Text>
concept makes_a_text_rule = requires(Text const& text) {
  bellman::exact_match{text};
  bellman::contains{text};
};
template <class Number>
concept makes_a_number_rule = requires(Number const& number) {
  bellman::last_number_is{number};
};

}  // namespace

TEST_CASE("rules of logits and of texts refuse what is none") {
  CHECK(wrong_answers<a_rule>(arguments<numbers>{}) == "");
  CHECK(wrong_answers<a_rule>(arguments<context, numbers>{}) == "");
  CHECK(wrong_answers<a_penalty>(arguments<context, numbers>{}) == "");
  STATIC_REQUIRE(!std::is_invocable_v<decltype(a_penalty), numbers>);
  CHECK(wrong_answers<keep_half>(arguments<std::span<double>>{}) == "");
  STATIC_REQUIRE(!std::is_invocable_v<decltype(keep_half), std::span<double const>> &&
                 !std::is_invocable_v<decltype(keep_half), numbers>);  // as a constant
  CHECK(wrong_answers<bellman::with_rules>(arguments<decltype(logits), bellman::top_p, bellman::top_k>{}) == "");
  CHECK(wrong_answers<bellman::sample_top_p>(arguments<numbers, double, std::mt19937&>{}, an_int<1>{}) == "");
  CHECK(wrong_answers<bellman::sequence_log_probability>(arguments<decltype(logits), context, std::vector<int>>{}) ==
        "");
  CHECK(wrong_answers<bellman::token_log_probabilities>(arguments<decltype(logits), context, std::vector<int>>{}) ==
        "");
  CHECK(wrong_answers<bellman::answer_text>(arguments<words, context>{}) == "");
  CHECK(wrong_answers<bellman::of_answer>(arguments<words, decltype(text_is_short)>{}) == "");
  STATIC_REQUIRE(!std::is_invocable_v<decltype(bellman::of_answer), words, decltype(&std::string_view::size)>);

  STATIC_REQUIRE(forbids<std::vector<token>> && forbids<std::array<std::size_t, 2>>);
  STATIC_REQUIRE(!forbids<token> && !forbids<std::string> && !forbids<numbers> && !forbids<std::vector<std::string>> &&
                 !forbids<decltype(by_token)>);
  STATIC_REQUIRE(makes_rules<> && makes_rules<bellman::top_p, bellman::presence_penalty> && !makes_rules<int> &&
                 !makes_rules<bellman::top_p, word>);
  STATIC_REQUIRE(makes_a_text_rule<std::string> && makes_a_text_rule<char const*> && makes_a_text_rule<char[3]>);
  STATIC_REQUIRE(!makes_a_text_rule<int> && !makes_a_text_rule<word> && !makes_a_text_rule<numbers>);
  STATIC_REQUIRE(makes_a_number_rule<int> && makes_a_number_rule<std::string> && makes_a_number_rule<char[3]>);
  STATIC_REQUIRE(!makes_a_number_rule<double> && !makes_a_number_rule<char> && !makes_a_number_rule<bool> &&
                 !makes_a_number_rule<word>);
  STATIC_REQUIRE(std::constructible_from<bellman::top_k, int> && !std::constructible_from<bellman::top_k, double> &&
                 !std::constructible_from<bellman::top_k, bool>);
  STATIC_REQUIRE(std::constructible_from<bellman::length_within, int, std::size_t> &&
                 !std::constructible_from<bellman::length_within, double, int>);
}

template <class Number>
concept is_a_context_in_braces = requires(Number const& t) {
  context{t};
};

TEST_CASE("a truth value and a letter are no tokens and no number of them") {
  STATIC_REQUIRE(is_a_context_in_braces<token> && is_a_context_in_braces<context>);
  STATIC_REQUIRE(!is_a_context_in_braces<char> && !is_a_context_in_braces<bool>);
  STATIC_REQUIRE(!std::constructible_from<context, char> && !std::constructible_from<context, bool>);
  STATIC_REQUIRE(std::constructible_from<context, context&>);

  using outcome = decltype(bellman::outcome_rewards);
  STATIC_REQUIRE(std::is_invocable_v<outcome, int, int> && std::is_invocable_v<outcome, unsigned, double>);
  STATIC_REQUIRE(!std::is_invocable_v<outcome, double, int> && !std::is_invocable_v<outcome, bool, int> &&
                 !std::is_invocable_v<outcome, char, int>);
  CHECK_THROWS_AS(bellman::outcome_rewards(-1, 0.5), bellman::invalid_value);

  using penalty = bellman::soft_overlong_penalty<>;
  STATIC_REQUIRE(std::is_invocable_v<penalty, int> && std::is_invocable_v<penalty, std::size_t>);
  STATIC_REQUIRE(!std::is_invocable_v<penalty, double> && !std::is_invocable_v<penalty, bool>);
  CHECK_THROWS_AS(penalty(10, 5)(-1), bellman::invalid_value);
}

TEST_CASE("rewards that are truth values are paid as such") {
  std::vector<bool> rewards{true, false};
  CHECK(bellman::process_rewards(std::array{2, 1}, rewards) == std::vector{false, true, false});
  CHECK(bellman::outcome_rewards(2, true) == std::vector{false, true});
}

TEST_CASE("a number that is no integer is no token") {
  STATIC_REQUIRE(!std::is_invocable_v<decltype(bellman::concat), context, double>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(bellman::concat), context, char>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(bellman::concat), context, bool>);
  STATIC_REQUIRE(has_the_text<words, token> && !has_the_text<words, double>);
  STATIC_REQUIRE(moves_on<bellman::token_dynamics<words>, token> && !moves_on<bellman::token_dynamics<words>, double>);
  STATIC_REQUIRE(bellman::environment<bellman::token_dynamics<words>>);
  CHECK_THROWS_AS(bellman::concat(context{}, std::numeric_limits<std::int64_t>::max()), bellman::invalid_value);
  CHECK(bellman::concat(context{}, std::int64_t{7}) == bellman::concat(context{}, 7));
  CHECK(!words({"a", "."}, 1).contains(std::numeric_limits<std::int64_t>::max()));
  CHECK_THROWS_AS(words({"a", "."}, std::numeric_limits<std::int64_t>::max()), bellman::invalid_value);
}

TEST_CASE("what a temporary gives out does not refer into it") {
  auto const prompt = context{5, 6, 7}.prompt();
  CHECK(prompt == std::vector<token>{5, 6, 7});
  context const s{5, 6};
  STATIC_REQUIRE(std::is_same_v<decltype(s.prompt()), std::span<token const>>);
  STATIC_REQUIRE(std::is_same_v<decltype(std::move(s).prompt()), std::vector<token>>);
  std::string const long_text(100, 'x');
  auto const text = bellman::vocabulary(std::vector{long_text}, 0).text(0);
  CHECK(text == long_text);
  words const kept{{"a", "."}, 1};
  STATIC_REQUIRE(std::is_same_v<decltype(kept.text(0)), std::string_view>);
  auto const vocabulary = [] { return bellman::token_dynamics(words{{"a", "."}, 1}, length_limit{2}); }().vocabulary();
  CHECK(vocabulary.text(1) == ".");
  STATIC_REQUIRE(std::is_same_v<decltype(std::declval<bellman::token_dynamics<words>>().vocabulary()), words>);
}

}  // namespace refusals_of_language
