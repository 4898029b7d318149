// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/forced_tokens.hpp>

#include "language/rules_of_logits.hpp"

namespace logit_rules_of_language {

TEST_CASE("forbidden and forced tokens may depend on the context") {
  CHECK(true_at_both_times([] {
    // Nothing twice in a row, and after two tokens the end.
    forbidden_tokens const not_again{[](context const& s) { return std::array{s.last()}; }};
    forced_tokens const end_in_time{[](context const& s) {
      return std::views::iota(token{s.generated_size() < 2 ? 0 : 2}, token{3});
    }};
    logit_rules const both{not_again, end_in_time};
    std::array const z{0.0, 1.0, 2.0};
    return both(said({}, {1}), z) == std::array{0.0, -infinity, 2.0} &&
           both(said({}, {1, 0}), z) == std::array{-infinity, -infinity, 2.0};
  }));
}

namespace {

constexpr auto is_even = [](token t) { return t % 2 == 0; };

}  // namespace

TEST_CASE("the tokens of a context may be any range, be it one that is walked only where it is not constant") {
  CHECK(true_at_both_times([] {
    forced_tokens const evens{[](context const&) { return std::views::iota(0, 4) | std::views::filter(is_even); }};
    forbidden_tokens const no_evens{
        [](context const&) { return std::views::iota(0, 4) | std::views::filter(is_even); }};
    std::array const z{0.0, 1.0, 2.0, 3.0};
    return evens(context{}, z) == std::array{0.0, -infinity, 2.0, -infinity} &&
           no_evens(context{}, z) == std::array{-infinity, 1.0, -infinity, 3.0};
  }));
}

}  // namespace logit_rules_of_language
