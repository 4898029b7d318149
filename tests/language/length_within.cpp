// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/length_within.hpp>

#include "language/rules_of_texts.hpp"

namespace text_rules_of_language {

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

}  // namespace text_rules_of_language
