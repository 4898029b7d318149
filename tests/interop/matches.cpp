// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/matches.hpp>

#include <bellman/error.hpp>
#include <bellman/language/answer_text.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/vocabulary.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace matches_of_interop {

namespace {

using bellman::matches;

}  // namespace

TEST_CASE("a text matches a regular expression as a whole") {
  matches const format{"<think>[^]*</think>\\s*<answer>(-?\\d+)</answer>"};
  CHECK(format("<think>\n2 + 2\n</think>\n<answer>4</answer>"));
  CHECK(!format("<think>2 + 2</think><answer>four</answer>"));
  CHECK(!format("so <think></think><answer>4</answer>"));
  CHECK(!format("<think></think><answer>4</answer>."));
  CHECK(matches{""}(""));
  CHECK(!matches{"a"}("A"));
  CHECK(matches{"a.c"}(std::string("a\0c", 3)));
}

TEST_CASE("it is a rule of answers") {
  constexpr bellman::vocabulary words(std::array<std::string_view, 3>{"a", "b", "."}, 2);
  auto const rule = bellman::of_answer(words, matches{"a+b*"});
  CHECK(rule(bellman::concat(bellman::concat(bellman::context{}, 0), 1)));
  CHECK(!rule(bellman::concat(bellman::concat(bellman::context{}, 1), 0)));
}

TEST_CASE("what is no regular expression is refused, and a text too long for the standard library") {
  CHECK(bellman::test::message_of([] { matches{"(a"}; }).starts_with(
      "bellman: matches{pattern}: \"(a\" is no regular expression: "));
  CHECK_THROWS_AS(matches{"[b-a]"}, bellman::invalid_value);
  CHECK_THROWS_AS(matches{"*"}, bellman::invalid_value);
  matches const any{"(a|[^])*"};
  // A sanitizer's frames take several times as much of the stack.
#if defined(__SANITIZE_ADDRESS__)
  std::size_t const within = matches::longest / 16;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
  std::size_t const within = matches::longest / 16;
#else
  std::size_t const within = matches::longest;
#endif
#else
  std::size_t const within = matches::longest;
#endif
  CHECK(any(std::string(within, 'a')));
  CHECK(bellman::test::message_of([&] { any(std::string(matches::longest + 1, 'a')); }) ==
        "bellman: matches{pattern}: the text has 8193 bytes; it must have at most 8192, since std::regex takes as much "
        "of the stack as the text is long");
}

}  // namespace matches_of_interop
