// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/last_number_is.hpp>

#include "language/rules_of_texts.hpp"

namespace text_rules_of_language {

TEST_CASE("the last number of a text is compared as a number, exactly") {
  CHECK(true_at_both_times([] {
    last_number_is const rule{18};
    return rule("18") && rule("is 18.") && rule("$18.00!") && rule("+18") && rule("= 0018") &&
           rule("5 + 13 = 18 apples") && rule("2-18") && rule("x-18") && !rule("-18") && !rule("18 and 2") &&
           !rule("") && !rule("eighteen") && !rule("180") && !rule("1.8") && !rule("18.01") && rule("18 .") &&
           rule("<<9*2=18>>18");
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
  CHECK(is("\u22125", "-5"));  // U+2212, a minus of print
  CHECK(is("-5", "\u22125"));
  CHECK(is("10\u22124", "4"));
  CHECK(is("5 \u2212 \u22122.5", "-2.5"));
  CHECK(is("\u2013" "5", "5"));  // U+2013, a dash
  CHECK(is("99999999999999999999.1", "99999999999999999999.10"));
  CHECK(!is("99999999999999999999.1", "99999999999999999999.11"));
}

TEST_CASE("a sign behind what is no letter and no digit of ASCII belongs to the number") {
  for (std::string const before : {"\u201C", "\u2264 ", "\u2264", "\u20AC", "\u00A0", "\uFF1A", "\u7B54\u6848\u662F",
                                   "$", "=", "(", "\\boxed{"}) {
    INFO(before);
    last_number_is const rule{-5};
    CHECK(rule(before + "-5"));
    CHECK(rule(before + "\u22125.0"));
    CHECK(!rule(before + "5"));
    CHECK(last_number_is{5}(before + "+5"));
  }
}

TEST_CASE("what a text may hold besides, and where a number may stand") {
  auto const is = [](std::string_view text, std::string const& number) { return last_number_is{number}(text); };
  using namespace std::string_view_literals;
  CHECK(is("x = 7\r\n", "7"));
  CHECK(is("7\0 8"sv, "8"));
  CHECK(is("+7", "7"));
  CHECK(is("7.", "7"));
  CHECK(is("$\\boxed{42}$", "42"));
  CHECK(is("\\boxed{1{,}234}", "234"));  // as it is written, not as it is set
  CHECK(is("0x10", "10"));
  CHECK(is("1e999", "999"));
  CHECK(is("1e-5", "5"));
  CHECK(is("$1,234.50", "1234.5"));
  CHECK(is("5..6", "0.6"));
  CHECK(is("\xFF-3\xFF", "-3"));
  CHECK(!last_number_is{0}(std::string_view()));
  std::string const digits(100'000, '9');
  CHECK(is(digits, digits));
  CHECK(!is(digits + "8", digits + "9"));
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

}  // namespace text_rules_of_language
