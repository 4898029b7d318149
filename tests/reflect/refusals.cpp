// SPDX-License-Identifier: BSL-1.0

// What bundles take, and what they refuse.
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/reflect/bundle.hpp>
#include <bellman/reflect/column_named.hpp>
#include <bellman/reflect/estimate.hpp>
#include <bellman/reflect/estimators.hpp>
#include <bellman/reflect/name.hpp>

#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>

#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace {

namespace hana = boost::hana;
namespace reflect = bellman::reflect;

using bellman::terminated;
using reflect::name;
using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;
using doubles = std::vector<double>;
using gamma_and_lambda = bellman::trace_parameters<double>;

template <class Rewards, class Values, class Steps>
using columns = decltype(hana::make_map(hana::make_pair(name<"rewards">, std::declval<Rewards>()),
                                        hana::make_pair(name<"values">, std::declval<Values>()),
                                        hana::make_pair(name<"steps">, std::declval<Steps>())));
using sequence = columns<doubles, doubles, terminated>;
using without_values =
    decltype(hana::make_map(hana::make_pair(name<"rewards">, doubles{}), hana::make_pair(name<"steps">, terminated{})));
using td = decltype(reflect::td_errors(0.5));
using both = decltype(reflect::bundle(reflect::td_errors(0.5), reflect::gae(gamma_and_lambda{1, 1})));
using outputs = decltype(reflect::estimate(std::declval<sequence>(), std::declval<both>()));
using integers = decltype(hana::make_map(hana::make_pair(name<"td_errors">, std::vector<int>{}),
                                         hana::make_pair(name<"gae">, bellman::advantages_and_returns<doubles>{})));

constexpr auto& as_another = reflect::as<"another">;
constexpr auto& reading_others = reflect::reading<"others">;
constexpr auto& reading_two = reflect::reading<"one", "another">;

}  // namespace

TEST_CASE("estimators of a bundle are asked whether they take their arguments") {
  CHECK(wrong_answers<reflect::returns_to_go>(arguments<double>{}, except<0, int>{}) == "");
  CHECK(wrong_answers<reflect::td_errors>(arguments<double>{}, except<0, int>{}) == "");
  CHECK(wrong_answers<reflect::gae>(arguments<gamma_and_lambda>{}) == "");
  CHECK(wrong_answers<reflect::lambda_returns>(arguments<gamma_and_lambda>{}) == "");
  CHECK(wrong_answers<reflect::vtrace>(arguments<bellman::vtrace_parameters<double>>{}) == "");
  CHECK(wrong_answers<reflect::off_policy_returns>(arguments<gamma_and_lambda>{}) == "");
  CHECK(wrong_answers<reflect::retrace>(arguments<gamma_and_lambda>{}) == "");
  CHECK(wrong_answers<reflect::tree_backup>(arguments<gamma_and_lambda>{}) == "");
  CHECK(wrong_answers<as_another>(arguments<td>{}) == "");
  CHECK(wrong_answers<reading_others>(arguments<td>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(reading_two), td>);
}

TEST_CASE("bundles are asked whether they take their arguments") {
  using far = decltype(as_another(reflect::td_errors(0.9)));
  CHECK(wrong_answers<reflect::bundle>(arguments<td, far>{}) == "");
  CHECK(wrong_answers<reflect::column_named>(arguments<sequence const&, decltype(name<"values">)>{}) == "");
  CHECK(wrong_answers<reflect::estimate>(arguments<sequence, both>{}) == "");
  CHECK(wrong_answers<reflect::estimate>(arguments<sequence, both, outputs&>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(reflect::bundle), td, td>);
}

TEST_CASE("a sequence that a bundle cannot be evaluated on is refused, not an error") {
  using estimate = decltype(reflect::estimate);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<estimate, without_values, both>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<estimate, columns<std::vector<word>, doubles, terminated>, both>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<estimate, columns<doubles, std::vector<word>, terminated>, both>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<estimate, columns<doubles, doubles, bellman::truncated<>>, both>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<estimate, sequence, both, integers&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<estimate, sequence, both, sequence&>);
}
