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

namespace {

struct does_nothing : bellman::changes_logits<does_nothing> {};
struct of_floats final : bellman::changes_logits<of_floats> {
  constexpr void change(std::span<float> logits) const { logits[0] += 1; }
};
struct of_a_context_of_shorts : bellman::changes_logits<of_a_context_of_shorts> {
  template <class L>
  constexpr void change(bellman::basic_context<short> const&, std::span<L>) const {}
};
struct cannot_be_copied : bellman::changes_logits<cannot_be_copied> {
  constexpr cannot_be_copied() = default;
  constexpr cannot_be_copied(cannot_be_copied&&) = default;
  template <class L>
  constexpr void change(std::span<L> logits) const {
    logits[0] = L(-1);
  }
};
// A rule that is chosen at run time.
struct any_rule : bellman::changes_logits<any_rule> {
  virtual void change(std::span<double> logits) const = 0;
  virtual ~any_rule() = default;
};
struct raises_the_last final : any_rule {
  void change(std::span<double> logits) const override { logits.back() += 1; }
};

using doubles = std::array<double, 2>;
using floats = std::array<float, 2>;
template <class Rule, class... X>
concept takes = std::is_invocable_v<Rule const&, X...>;
template <class Rule, class... X>
concept takes_in_place = requires(Rule const& rule, X... x) {
  rule.in_place(x...);
};
template <class Logits, class... Rule>
concept goes_with = std::is_invocable_v<decltype(with_rules), Logits, Rule...>;

constexpr auto model_of_doubles = [](context const&) { return doubles{}; };
constexpr auto model_of_floats = [](context const&) { return floats{}; };

}  // namespace

TEST_CASE("whether a rule takes logits can be asked") {
  STATIC_REQUIRE(takes<of_floats, floats> && takes<of_floats, context, floats> &&
                 takes_in_place<of_floats, std::span<float>> && takes_in_place<of_floats, context, std::span<float>>);
  STATIC_REQUIRE(!takes<of_floats, doubles> && !takes<of_floats, context, doubles> &&
                 !takes_in_place<of_floats, std::span<double>> &&
                 !takes_in_place<of_floats, context, std::span<double>>);
  STATIC_REQUIRE(!takes<does_nothing, doubles> && !takes<does_nothing, context, doubles>);
  STATIC_REQUIRE(takes<of_a_context_of_shorts, bellman::basic_context<short>, doubles> &&
                 !takes<of_a_context_of_shorts, context, doubles> && !takes<of_a_context_of_shorts, doubles>);
  STATIC_REQUIRE(takes<logit_rules<top_k, of_floats>, context, floats> &&
                 !takes<logit_rules<top_k, of_floats>, context, doubles> &&
                 !takes<logit_rules<top_k, of_floats>, doubles>);
  auto const nothing_twice = [](context const& s) { return s.generated(); };
  STATIC_REQUIRE(takes<forbidden_tokens<decltype(nothing_twice)>, context, doubles> &&
                 !takes<forbidden_tokens<decltype(nothing_twice)>, bellman::basic_context<short>, doubles> &&
                 !takes<forbidden_tokens<decltype(nothing_twice)>, doubles>);
  STATIC_REQUIRE(goes_with<decltype(model_of_floats), of_floats, presence_penalty> &&
                 !goes_with<decltype(model_of_doubles), of_floats> &&
                 !goes_with<decltype(model_of_doubles), top_k, does_nothing>);
}

TEST_CASE("a rule may be final, of one type of logits, not to be copied, or chosen at run time") {
  CHECK(true_at_both_times([] {
    return of_floats{}(floats{1, 2}) == floats{2, 2} &&
           logit_rules{cannot_be_copied{}, top_k{1}}(doubles{1, 0}) == doubles{-infinity, 0} &&
           with_rules(model_of_doubles, cannot_be_copied{}, top_k{1})(context{}) == doubles{-infinity, 0};
  }));
  raises_the_last const last;
  any_rule const& rule = last;
  CHECK(rule(context{}, doubles{1, 2}) == doubles{1, 3});
}

namespace {

// In the x87's format, which has 64 digits, or any other that is no double; where it is one, nothing is asked.
constexpr bool is_wider = std::numeric_limits<long double>::digits > std::numeric_limits<double>::digits;

}  // namespace

TEST_CASE("rules tell logits of more digits than a double apart, and take those larger than any double") {
  if constexpr (is_wider) {
    long double const above = std::nextafter(1.0L, 2.0L), least = -std::numeric_limits<long double>::infinity();
    using wide = std::array<long double, 3>;
    CHECK(top_k{1}(wide{1, above, 1}) == wide{least, above, least});
    CHECK(top_k{2}(wide{1, above, 1}) == wide{1, above, least});
    CHECK(top_p{0.3}(wide{1, above, 1}) == wide{least, above, least});
    CHECK(top_p{0.5}(wide{1, 1, above}) == wide{1, least, above});
    // Of many as well, so that they are dealt by digits.
    std::vector<long double> z(100, 1.0L);
    z[70] = above;
    z[20] = std::nextafter(1.0L, 0.0L);
    auto const best = top_k{2}(z);
    for (std::size_t t = 0; t < z.size(); ++t) CHECK((best[t] != least) == (t == 0 || t == 70));

    long double const huge = std::numeric_limits<long double>::max() / 4;
    wide const far{huge, huge / 2, huge};
    wide const first{huge, least, least}, both{huge, least, huge};
    CHECK(top_p{0.4}(far) == first);
    CHECK(top_p{0.9}(far) == both);
    CHECK(min_p{0.5}(far) == both);
    CHECK(typical_p{0.9}(far) == both);
    CHECK(typical_p{0.4}(far) == first);
    CHECK(top_k{2}(wide{-huge, least, -huge * 2}) == wide{-huge, least, -huge * 2});
  }
}

}  // namespace logit_rules_of_language
