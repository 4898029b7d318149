// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/contains.hpp>

#include "language/rules_of_texts.hpp"

namespace text_rules_of_language {

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

}  // namespace text_rules_of_language
