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

}  // namespace text_rules_of_language
