// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/balanced_quotes.hpp>

#include "language/rules_of_texts.hpp"

namespace text_rules_of_language {

TEST_CASE("quotes are balanced where all that are opened are closed") {
  CHECK(true_at_both_times([] {
    balanced_quotes const rule;
    return rule("") && rule("no quotes, don't you think") && rule("\"Yes\", she said, \"no\".") && !rule("\"Yes") &&
           !rule("\"a\" \"") && rule("\u201CYes\u201D") && !rule("\u201CYes") && !rule("\u201DYes\u201C") &&
           rule("\u201Ca \u201Cb\u201D\u201D") && !rule("\u201Ca \u201Cb\u201D") && rule("\u201C\"a\"\u201D") &&
           rule("\xE2\x80");
  }));
}

}  // namespace text_rules_of_language
