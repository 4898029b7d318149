// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/environment.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>

#include <vector>

#include "laws/check_laws.hpp"
#include "laws/sample.hpp"
#include "models/token_tree.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using models::answer;
using tree = models::token_tree<rational>;

static_assert(bellman::environment<tree> && !bellman::finite_environment<tree>);

// A language model of two contexts: what it writes depends on the token before.
constexpr auto language_model = [](answer const& s) {
  using point = bellman::weighted<char, rational>;
  if (s.last() == 'a') return std::vector{point{'a', {1, 4}}, point{'b', {1, 2}}, point{'.', {1, 4}}};
  return std::vector{point{'a', {2, 3}}, point{'.', {1, 3}}};
};

constexpr auto some_answers = [] {
  auto const all = tree::answers();
  std::vector const starts{answer{}, answer{}.followed_by('a')};
  return laws::sample{tree{}, language_model, all, all, starts, rational(9, 10), 3};
};

// With a discount of 1, the discount of a language model.
constexpr auto undiscounted_answers = [] {
  auto all = some_answers();
  all.gamma = rational(1);
  return all;
};

}  // namespace

TEST_CASE("the token tree obeys the laws") { laws::check_laws<decltype(some_answers)>(); }

TEST_CASE("the token tree obeys the laws without a discount") { laws::check_laws<decltype(undiscounted_answers)>(); }

TEST_CASE("the value of a token tree's path is its return") {
  CHECK(bellman::test::true_at_both_times([] {
    auto const writes_the_answer = [](answer const& s) { return s.size == 0 ? 'a' : s.size == 1 ? 'b' : '.'; };
    return laws::the_value_of_a_path_is_its_return(some_answers(), writes_the_answer);
  }));
}
