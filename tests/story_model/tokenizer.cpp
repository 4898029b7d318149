// SPDX-License-Identifier: BSL-1.0
#include "story_model/tokenizer.hpp"

#include "story_model/random_model.hpp"
#include "story_model/stories.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "support/catch.hpp"

namespace story_model_tokenizer_test {

using story_model::token;
using story_model::tokenizer;

tokenizer some_tokenizer() {
  std::vector<tokenizer::piece> pieces{{"<unk>", 0}, {"\n<s>\n", 0}, {"\n</s>\n", 0}, {"<0xC3>", 0}, {"<0xA9>", 0}};
  float score = 0;
  for (char const* const text : {" ", "a", "b", "c", "bc", "ab", " a", "abc"}) pieces.push_back({text, score -= 1});
  return tokenizer(pieces);
}

TEST_CASE("of two merges the one of the higher score comes first, and merges what comes of it") {
  auto const words = some_tokenizer();
  CHECK(words.encode("abc") == std::vector<token>{11, 9});  // bc before ab, then " a"
  CHECK(words.encode("babc") == std::vector<token>{5, 7, 12});
  CHECK(words.encode("") == std::vector<token>{});
}

TEST_CASE("a character without a token is its bytes, and comes back") {
  auto const words = some_tokenizer();
  CHECK(words.encode("a\xC3\xA9") == std::vector<token>{11, 3, 4});
  CHECK(words.text(3) == "\xC3");
  CHECK(words.decode({1, 11, 3, 4}) == "a\xC3\xA9");
  CHECK(words.encode("x") == std::vector<token>{5});
}

TEST_CASE("what begins and ends a text is no text, and the space before its first word none either") {
  auto const words = some_tokenizer();
  CHECK(words.decode({1, 11, 11, 1, 11, 2}) == "a aa");
  CHECK(words.text(0) + words.text(1) + words.text(2) == "");
}

TEST_CASE("text comes back from the tokens of the small model") {
  auto const words = story_model::small_tokenizer();
  for (std::string const text : {"One day, Lily was happy.", "\"y!\"", "happy happy", " two"}) {
    auto const tokens = words.encode(text);
    std::string all;
    for (token const t : tokens) all += words.text(t);
    CHECK((text == " two" || all == " " + text));
  }
  CHECK(words.text(words.encode("happy").at(0)) == " happy");
}

TEST_CASE("what is watched of a text") {
  CHECK(story_model::has_balanced_quotes("\"a\" b"));
  CHECK_FALSE(story_model::has_balanced_quotes("\"a\" \"b"));
  CHECK(story_model::share_of_distinct_words("The dog, the cat's. THE") == 0.6);
  CHECK(story_model::share_of_distinct_words(" .!") == 1);
}

}  // namespace story_model_tokenizer_test
