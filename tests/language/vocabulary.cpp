// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/vocabulary.hpp>

#include <bellman/error.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::token;
using bellman::vocabulary;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

constexpr vocabulary answers(std::array<std::string_view, 4>{"yes", "no", "no", "."}, 3);

}  // namespace

TEST_CASE("tokens are numbered from zero in the order of their texts") {
  CHECK(true_at_both_times([] {
    return answers.size() == 4 && std::ranges::equal(answers.tokens(), std::array<token, 4>{0, 1, 2, 3}) &&
           answers.text(0) == "yes" && answers.text(1) == "no" && answers.text(3) == "." &&
           answers.end_of_sequence() == 3;
  }));
}

TEST_CASE("a text is found as the first token that has it") {
  CHECK(true_at_both_times([] {
    return answers.find("yes") == 0 && answers.find("no") == 1 && answers.find(".") == 3 &&
           answers.find("maybe") == bellman::no_token && answers.find("") == bellman::no_token;
  }));
}

TEST_CASE("a vocabulary contains its numbers only") {
  CHECK(true_at_both_times([] {
    return answers.contains(0) && answers.contains(3) && !answers.contains(4) && !answers.contains(bellman::no_token);
  }));
}

TEST_CASE("a vocabulary may own texts that were read at run time") {
  std::vector<std::string> texts{"a text that is too long to be stored in place", "."};
  vocabulary const own(texts, 1);
  texts[0] = "changed";
  CHECK(own.text(0) == "a text that is too long to be stored in place");
  CHECK(own.find(".") == own.end_of_sequence());
  CHECK(own.size() == 2);
}

TEST_CASE("the end of the sequence must be a token") {
  using texts = std::array<std::string_view, 2>;
  CHECK_THROWS_AS(vocabulary(texts{"a", "b"}, 2), bellman::invalid_value);
  CHECK_THROWS_AS(vocabulary(texts{"a", "b"}, bellman::no_token), bellman::invalid_value);
  CHECK_THROWS_AS(vocabulary(std::vector<std::string>{}, 0), bellman::invalid_value);
  CHECK(message_of([] {
          vocabulary(texts{"a", "b"}, 7);
        }) == "bellman: the end of sequence is token 7; it must lie in [0, 2)");
}

TEST_CASE("a number that is no token has no text") {
  CHECK_THROWS_AS(answers.text(4), bellman::invalid_value);
  CHECK(message_of([] { static_cast<void>(answers.text(-1)); }) ==
        "bellman: token -1 is not in the vocabulary; it must lie in [0, 4)");
}
