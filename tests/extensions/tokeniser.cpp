// SPDX-License-Identifier: BSL-1.0
#include "extensions/tokeniser.hpp"

#include <bellman/language/context.hpp>
#include <bellman/language/sequence_log_probability.hpp>
#include <bellman/scalar/exponential.hpp>

#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/catch.hpp"

TEST_CASE("a tokeniser that is added from outside makes prompts and texts: what is encoded comes back") {
  extensions::bytes_and_words const t({"the", " the", "th", "\u00E9"});
  CHECK(t.encode("the then") == std::vector<bellman::token>{256, 257, 'n'});
  CHECK(t.encode("th\u00E9 ") == std::vector<bellman::token>{258, 259, ' '});
  std::mt19937 urbg(3);
  std::string const letters("the \n\xC3\xA9\xFF\0", 9);
  for (int i = 0; i < 1000; ++i) {
    std::string text;
    for (auto n = urbg() % 20; n > 0; --n) text += letters[urbg() % letters.size()];
    CHECK(t.decode(t.encode(text)) == text);
  }
  CHECK_THROWS_AS(t.decode({260}), std::out_of_range);

  // A model that gives all of 260 tokens the same probability: "the" is one of them.
  bellman::context const prompt(t.encode("Once "));
  CHECK(prompt.size() == 5);
  auto const model = [](bellman::context const&) { return std::vector<double>(260); };
  CHECK(bellman::approx_equal(bellman::sequence_log_probability(model, prompt, t.encode("the the")),
                              -2 * bellman::log(260.0), 1e-14));
}
