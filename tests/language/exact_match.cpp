// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/exact_match.hpp>

#include "language/rules_of_texts.hpp"

namespace text_rules_of_language {

TEST_CASE("an exact match is the answer but for white space at its ends") {
  CHECK(true_at_both_times([] {
    exact_match const rule{"No more"};
    return rule("No more") && rule(" \t\nNo more\r\n") && !rule("no more") && !rule("No  more") && !rule("No more.") &&
           !rule("") && exact_match{" x "}("x") && exact_match{""}(" \n");
  }));
}

TEST_CASE("a text may have any bytes, and a rule any type that is read as one") {
  using namespace std::string_view_literals;
  CHECK(exact_match{"a\0b"sv}(" a\0b\r\n"sv));
  CHECK(!exact_match{"a\0b"sv}("a"));
  CHECK(contains{"\0"sv}("a\0b"sv));
  CHECK(!exact_match{"x"}("\u00A0x"));  // white space of ASCII alone
  CHECK(exact_match{""}(std::string_view()));
  struct both {
    operator std::string_view() const { return "yes"; }
    operator char const*() const { return "no"; }
  };
  CHECK(exact_match{both{}}("yes"));
  CHECK(contains{both{}}("oh yes"));
}

}  // namespace text_rules_of_language
