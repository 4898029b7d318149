// SPDX-License-Identifier: BSL-1.0

// Rules that check an answer: of texts, and of contexts by `of_answer`.
#include <bellman/decision/reward.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/language/answer_text.hpp>
#include <bellman/language/balanced_quotes.hpp>
#include <bellman/language/contains.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/exact_match.hpp>
#include <bellman/language/last_number_is.hpp>
#include <bellman/language/length_within.hpp>
#include <bellman/language/token_environment.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "language/three_words.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace text_rules_of_language {

namespace {

using bellman::balanced_quotes;
using bellman::concat;
using bellman::contains;
using bellman::context;
using bellman::exact_match;
using bellman::last_number_is;
using bellman::length_within;
using bellman::of_answer;
using bellman::rational;
using bellman::test::message_of;
using bellman::test::three_words::words;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("an exact match is the answer but for white space at its ends") {
  CHECK(true_at_both_times([] {
    exact_match const rule{"No more"};
    return rule("No more") && rule(" \t\nNo more\r\n") && !rule("no more") && !rule("No  more") && !rule("No more.") &&
           !rule("") && exact_match{" x "}("x") && exact_match{""}(" \n");
  }));
}

TEST_CASE("a text contains a part byte for byte") {
  CHECK(true_at_both_times([] {
    contains const rule{"happy"};
    return rule("happy") && rule("was unhappy.") && !rule("Happy") && !rule("happ y") && !rule("");
  }));
  CHECK(contains{"\u00E9"}("caf\u00E9"));
  CHECK(message_of([] { contains{""}; }) ==
        "bellman: contains{text}: the text is empty, which every text contains; it must have a letter");
}

TEST_CASE("a rule keeps a text of its own, and looks at one that lies elsewhere") {
  STATIC_REQUIRE(std::is_same_v<decltype(contains{"a"}), contains<std::string_view>>);
  STATIC_REQUIRE(std::is_same_v<decltype(contains{std::string("a")}), contains<std::string>>);
  STATIC_REQUIRE(std::is_same_v<decltype(last_number_is{"1"}), last_number_is<std::string_view>>);
  auto const make = [] {
    std::string const long_text(100, 'x');
    return contains{long_text};
  };
  CHECK(make()(std::string(120, 'x')));
}

TEST_CASE("quotes are balanced where all that are opened are closed") {
  CHECK(true_at_both_times([] {
    balanced_quotes const rule;
    return rule("") && rule("no quotes, don't you think") && rule("\"Yes\", she said, \"no\".") && !rule("\"Yes") &&
           !rule("\"a\" \"") && rule("\u201CYes\u201D") && !rule("\u201CYes") && !rule("\u201DYes\u201C") &&
           rule("\u201Ca \u201Cb\u201D\u201D") && !rule("\u201Ca \u201Cb\u201D") && rule("\u201C\"a\"\u201D") &&
           rule("\xE2\x80");
  }));
}

TEST_CASE("lengths are counted in characters of a text and in tokens of a context, both bounds included") {
  CHECK(true_at_both_times([] {
    length_within const rule(2, 3);
    context const s = concat(context{0, 0, 0, 0}, 0);
    return !rule("a") && rule("ab") && rule("abc") && !rule("abcd") && rule("\u00E9\U0001F600") && !rule(s) &&
           rule(concat(s, 0)) && rule(concat(concat(s, 1), 1)) && !rule(concat(concat(concat(s, 1), 1), 1)) &&
           length_within(0, 0)("");
  }));
  CHECK(message_of([] { length_within(3, 2); }) ==
        "bellman: length_within{least, most}: the least is 3; it must lie in [0, 2], up to the most");
  CHECK(message_of([] { length_within(-1, 2); }) ==
        "bellman: length_within{least, most}: a length is below 0; it must be at least 0");
}

TEST_CASE("the last number of a text is compared as a number, exactly") {
  CHECK(true_at_both_times([] {
    last_number_is const rule{18};
    return rule("18") && rule("is 18.") && rule("$18.00!") && rule("+18") && rule("= 0018") &&
           rule("5 + 13 = 18 apples") && rule("2-18") && rule("x-18") && !rule("-18") && !rule("18 and 2") && !rule("") && !rule("eighteen") &&
           !rule("180") && !rule("1.8") && !rule("18.01") && rule("18 .") && rule("<<9*2=18>>18");
  }));
  CHECK(true_at_both_times([] {
    last_number_is const rule{"-1,234.5"};
    return rule("-1234.5") && rule("about -1,234.50 m") && rule("(-01,234.5)") && rule("- -1234.500") &&
           !rule("1234.5") && !rule("-1234.05") && !rule("-1,2345.5") && !rule("1 - 1234.6");
  }));
}

TEST_CASE("numbers are read as people write them") {
  auto const is = [](std::string_view text, std::string const& number) { return last_number_is{number}(text); };
  CHECK(is("1,000,000", "1000000"));
  CHECK(is("1,00", "0"));          // no group of three
  CHECK(is("1234,567", "567"));    // no first group of at most three
  CHECK(is("1,2345", "2345"));
  CHECK(is("1, 234", "234"));
  CHECK(is("3/4", "4"));
  CHECK(is("version 1.2.3", "0.3"));
  CHECK(is("it costs .5", "0.5"));
  CHECK(is("it costs 5.", "5"));
  CHECK(is("-.5", "-0.50"));
  CHECK(is("a - 5", "5"));
  CHECK(is("a -5", "-5"));
  CHECK(is("-0", "0"));
  CHECK(is("-0.0", "+0"));
  CHECK(is("10-4", "4"));
  CHECK(is("\u22125", "5"));
  CHECK(is("99999999999999999999.1", "99999999999999999999.10"));
  CHECK(!is("99999999999999999999.1", "99999999999999999999.11"));
}

TEST_CASE("a number to be found is an integer of any size or a text that is one number") {
  CHECK(last_number_is{std::numeric_limits<std::int64_t>::min()}("-9223372036854775808"));
  CHECK(last_number_is{std::numeric_limits<std::uint64_t>::max()}("18,446,744,073,709,551,615.0"));
  CHECK(last_number_is{0}("0.000"));
  CHECK(!last_number_is{0}("0.001"));
  for (std::string const number : {"", "-", ".", "x", "1 2", "1,00", "1.", "--1", "1e5", "3/4"}) {
    INFO(number);
    CHECK(message_of([&] { last_number_is{number}; }) ==
          "bellman: last_number_is{answer}: the answer is \"" + number +
              "\"; it must be a number, such as \"-1,234.5\"");
  }
}

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
