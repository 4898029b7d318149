// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/tokeniser.hpp>

#include <bellman/language/context.hpp>
#include <bellman/language/vocabulary.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

namespace tokeniser_of_language {

namespace {

// Only what the concept asks for: a token is a byte.
struct bytes {
  std::vector<bellman::token> encode(std::string_view text) const {
    std::vector<bellman::token> tokens;
    for (char const c : text) tokens.push_back(static_cast<unsigned char>(c));
    return tokens;
  }
  std::string decode(std::vector<bellman::token> const& tokens) const {
    std::string text;
    for (bellman::token const t : tokens) text += static_cast<char>(t);
    return text;
  }
};
struct gives_letters {
  std::string encode(std::string_view text) const { return std::string(text); }
  std::string decode(std::string const& text) const { return text; }
};
struct cannot_decode {
  std::vector<bellman::token> encode(std::string_view) const { return {}; }
};

}  // namespace

TEST_CASE("a tokeniser encodes a text to tokens and decodes them to a text") {
  STATIC_REQUIRE(bellman::tokeniser<bytes>);
  STATIC_REQUIRE(!bellman::tokeniser<gives_letters> && !bellman::tokeniser<cannot_decode> && !bellman::tokeniser<int>);
  bytes const t;
  std::string every_byte;
  for (int c = 0; c < 256; ++c) every_byte += static_cast<char>(c);
  for (std::string const& text : {std::string(), std::string("ab\n"), every_byte}) {
    CHECK(t.decode(t.encode(text)) == text);
  }
  CHECK(bellman::context(t.encode("ab")).tokens() == std::vector<bellman::token>{97, 98});
}

}  // namespace tokeniser_of_language
