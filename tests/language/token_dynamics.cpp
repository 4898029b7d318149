// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/token_dynamics.hpp>

#include <bellman/decision/environment.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/dirac.hpp>

#include <algorithm>
#include <array>
#include <type_traits>

#include "language/three_words.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::concat;
using bellman::context;
using bellman::dirac;
using bellman::length_limit;
using bellman::outcome;
using bellman::rational;
using bellman::token;
using bellman::token_dynamics;
using bellman::test::three_words::stop;
using bellman::test::three_words::words;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("text generation without a reward pays nothing") {
  CHECK(true_at_both_times([] {
    bellman::token_dynamics<std::remove_const_t<decltype(words)>, rational> const dynamics(words, length_limit{2});
    return dynamics.transition(context{0}, 1) == dirac{outcome{rational(0), concat(context{0}, 1)}} &&
           dynamics.vocabulary().size() == 3;
  }));
}

TEST_CASE("text is generated token by token, up to the end of the sequence or the limit") {
  CHECK(true_at_both_times([] {
    token_dynamics const dynamics(words, length_limit{2});
    context const s{0, stop};
    return std::ranges::equal(dynamics.actions(s), std::array<token, 3>{0, 1, 2}) && !dynamics.terminal(s) &&
           dynamics.terminal(concat(s, stop)) && !dynamics.terminal(concat(s, 1)) &&
           dynamics.terminal(concat(concat(s, 1), 0));
  }));
  STATIC_REQUIRE(bellman::deterministic_environment<token_dynamics<std::remove_const_t<decltype(words)>>>);
}

TEST_CASE("a limit of no tokens is refused") {
  CHECK_THROWS_AS(token_dynamics(words, length_limit{0}), bellman::invalid_value);
}
