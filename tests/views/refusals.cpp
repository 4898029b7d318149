// SPDX-License-Identifier: BSL-1.0

// What the views take, and what they refuse.
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/views/discounted_returns.hpp>
#include <bellman/views/episodes.hpp>
#include <bellman/views/gae.hpp>
#include <bellman/views/lambda_returns.hpp>
#include <bellman/views/n_step_returns.hpp>
#include <bellman/views/returns_to_go.hpp>
#include <bellman/views/td_errors.hpp>

#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace {

namespace views = bellman::views;

using bellman::terminated;
using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;
using doubles = std::vector<double>;
using gamma_and_lambda = bellman::trace_parameters<double>;

template <class Range, class Closure>
constexpr bool pipes = requires(Range range, Closure closure) {
  range | closure;
};

}  // namespace

TEST_CASE("views are asked whether they take their arguments") {
  CHECK(wrong_answers<views::gae>(arguments<doubles&, doubles&, terminated, gamma_and_lambda>{}) == "");
  CHECK(wrong_answers<views::gae>(arguments<doubles&, terminated, gamma_and_lambda>{}) == "");
  CHECK(wrong_answers<views::lambda_returns>(arguments<doubles&, doubles&, terminated, gamma_and_lambda>{}) == "");
  CHECK(wrong_answers<views::returns_to_go>(arguments<doubles&, terminated, double>{}, except<2, int>{}) == "");
  CHECK(wrong_answers<views::returns_to_go>(arguments<terminated, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<views::td_errors>(arguments<doubles&, doubles&, terminated, double>{}, except<3, int>{}) == "");
  CHECK(wrong_answers<views::td_errors>(arguments<doubles&, terminated, double>{}, except<2, int>{}) == "");
  CHECK(wrong_answers<views::n_step_returns>(arguments<doubles&, doubles&, terminated, int, double>{},
                                             except<3, int>{}) == "");
  CHECK(wrong_answers<views::n_step_returns>(arguments<doubles&, terminated, int, double>{}, except<2, int>{}) == "");
  CHECK(wrong_answers<views::discounted_returns>(arguments<doubles&, terminated, double>{}, except<2, int>{}) == "");
  CHECK(wrong_answers<views::discounted_returns>(arguments<doubles&, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<views::discounted_returns>(arguments<terminated, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<views::discounted_returns>(arguments<double>{}, except<0, int>{}) == "");
}

TEST_CASE("the view of episodes is asked whether it takes its arguments") {
  using flags = std::vector<bool>;
  CHECK(wrong_answers<views::episodes>(arguments<flags&, flags&>{},
                                       except<0, std::string, std::vector<word>, std::vector<std::string>>{},
                                       except<1, std::string>{}) == "");
  CHECK(wrong_answers<views::episodes>(arguments<flags&>{}, except<0, std::string, word>{}) == "");
}

TEST_CASE("what cannot be piped into a view is refused, not an error") {
  using gae = decltype(views::gae(std::declval<doubles&>(), terminated{}, gamma_and_lambda{1, 1}));
  using both = decltype(views::discounted_returns(0.5) | std::views::take(1));
  STATIC_REQUIRE(pipes<doubles&, gae>);
  STATIC_REQUIRE_FALSE(pipes<std::vector<word>&, gae>);
  STATIC_REQUIRE_FALSE(pipes<std::string&, gae>);
  STATIC_REQUIRE_FALSE(pipes<int, gae>);
  STATIC_REQUIRE(pipes<doubles&, both>);
  STATIC_REQUIRE_FALSE(pipes<std::string&, both>);
  STATIC_REQUIRE(std::is_invocable_v<gae, doubles&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<gae, std::vector<word>&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<gae, int>);
}
