// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/logit_rule.hpp>

#include "language/rules_of_logits.hpp"

namespace logit_rules_of_language {

TEST_CASE("a rule gives the same in place, of any range and of any context") {
  CHECK(true_at_both_times([] {
    std::array z{0.0, 2.0, 1.0, -1.0};
    logit_rules{temperature{0.5}, top_k{2}}.in_place(z);
    return z == std::array{-infinity, 4.0, 2.0, -infinity};
  }));
  std::vector z{0.0, 2.0, 1.0, -1.0};
  std::list const listed(z.begin(), z.end());
  logit_rules const rules{frequency_penalty{2.0}, temperature{2.0}, top_p{0.7}};
  context const s = said({}, {1});
  auto const expected = rules(s, z);
  CHECK(rules(s, listed) == expected);
  CHECK(rules(s, z | std::views::transform([](double x) { return x; })) == expected);
  rules.in_place(s, std::span(z));
  CHECK(z == expected);
  std::vector<double> middle{9, 0, 2, 9};
  top_k{1}.in_place(std::span(middle).subspan(1, 2));
  CHECK(middle == std::vector<double>{9, -infinity, 2, 9});
  STATIC_REQUIRE(std::is_same_v<decltype(top_k{1}(std::array{1.0F})), std::array<float, 1>>);
  STATIC_REQUIRE(std::is_same_v<decltype(top_k{1}(listed)), std::vector<double>>);
}

namespace {

// A rule of one's own: what is even is twice as likely.
struct evens_are_likelier : bellman::changes_logits<evens_are_likelier> {
  template <class L>
  constexpr void change(std::span<L> logits) const {
    for (std::size_t t = 0; t < logits.size(); t += 2) logits[t] = logits[t] + bellman::log(L(2));
  }
};

}  // namespace

TEST_CASE("a rule of one's own has all call forms") {
  STATIC_REQUIRE(bellman::logit_rule<evens_are_likelier> && !bellman::logit_rule<int>);
  CHECK(true_at_both_times([] {
    auto const z = logit_rules{evens_are_likelier{}, top_k{1}}(std::array{0.0, 0.5});
    return z[1] == -infinity && evens_are_likelier{}(context{}, std::array{-infinity, 0.0})[0] == -infinity;
  }));
}

}  // namespace logit_rules_of_language
