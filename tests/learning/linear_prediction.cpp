// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/linear_prediction.hpp>

#include <bellman/learning/prediction.hpp>

#include <array>
#include <cstddef>
#include <list>
#include <string>
#include <type_traits>
#include <vector>

#include <boost/rational.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace linear_prediction {

namespace b = bellman;
using b::test::message_of;
using b::test::true_at_both_times;

TEST_CASE("features are numbers, sparse numbers, or the place of the only one") {
  CHECK(true_at_both_times([] {
    std::vector const w{2.0, 3.0, 5.0};
    b::linear_prediction const dense(w, [](int s) { return std::array{1, 0, s}; });
    b::linear_prediction const sparse(w, [](int s) { return std::array{b::feature{2, 1.0 * s}, b::feature{0, 1.0}}; });
    b::linear_prediction const one(w, [](int s) { return s; });
    b::linear_prediction const of_actions(w, [](int s, int a) { return std::array{s, a, s * a}; });
    double total = 0;
    dense.gradient([&](std::size_t i, double d) { total += w[i] * d; }, 4);
    double of_sparse = 0;
    sparse.gradient([&](std::size_t i, double d) { of_sparse += w[i] * d; }, 4);
    return dense(4) == 22 && sparse(4) == 22 && one(1) == 3 && of_actions(2, 3) == 43 && total == 22 && of_sparse == 22;
  }));
}

TEST_CASE("features are of any range and any field") {
  using fraction = boost::rational<int>;
  b::linear_prediction const p(std::vector{fraction(1, 2), fraction(1, 3)},
                               [](int s) { return std::list{fraction(s), fraction(1)}; });
  CHECK(p(1) == fraction(5, 6));
  b::linear_prediction const zero(3, [](int) { return 1; });
  CHECK(zero(7) == 0.0);
  CHECK(zero.weights() == std::vector(3, 0.0));
}

TEST_CASE("features that do not fit the weights are refused") {
  b::linear_prediction const few(3, [](int) { return std::array{1.0, 2.0}; });
  CHECK(message_of([&] { few(0); }) == "bellman: 2 features and 3 weights; there must be one for each");
  b::linear_prediction const far(3, [](int s) { return s; });
  CHECK(message_of([&] { far(3); }) ==
        "bellman: a feature has the index 3; it must lie below 3, the number of weights");
  b::linear_prediction const sparse(3, [](int s) { return std::array{b::feature{static_cast<std::size_t>(s), 1.0}}; });
  CHECK(message_of([&] { sparse(4); }) != "");
}

TEST_CASE("what is no feature is refused") {
  auto const text = [](int) { return std::string("x"); };
  auto const number = [](int) { return 0.5; };
  STATIC_REQUIRE_FALSE(std::is_invocable_v<b::linear_prediction<double, decltype(text)> const&, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<b::linear_prediction<double, decltype(number)> const&, int>);
  auto const one = [](int s) { return s; };
  using of_one = b::linear_prediction<double, decltype(one)>;
  STATIC_REQUIRE(b::prediction_of<of_one, int>);
  STATIC_REQUIRE_FALSE(b::prediction_of<of_one, int, int>);
  STATIC_REQUIRE_FALSE(b::prediction_of<of_one, std::string>);
  STATIC_REQUIRE_FALSE(b::prediction_of<int, int>);
}

}  // namespace linear_prediction
