// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/batch_mean.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/mean_over.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/scalar/dual.hpp>

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::batch_mean;
using bellman::rational;
using bellman::token_mean;
using bellman::test::true_at_both_times;

using mean = batch_mean<token_mean, rational>;

}  // namespace

TEST_CASE("a mean is the sum of its terms by their number") {
  CHECK(true_at_both_times([] { return mean{7, 2}.value() == rational(7, 2); }));
}

TEST_CASE("the means of parts are merged before they are divided") {
  CHECK(true_at_both_times([] {
    mean const a{6, 3};
    mean const b{5, 1};
    mean const c{-4, 2};
    mean all = a;
    all += b;
    return (a + b).value() == rational(11, 4) && (a + b) + c == a + (b + c) && a + b == b + a && a + mean{} == a &&
           all == a + b && a.value() + b.value() != 2 * (a + b).value();
  }));
}

TEST_CASE("of nothing there is no mean") {
  CHECK_THROWS_AS(mean{}.value(), bellman::invalid_value);
  try {
    mean{}.value();
    FAIL("the mean of nothing is not refused");
  } catch (bellman::invalid_value const& error) {
    CHECK(std::string(error.what()).find("the mean of nothing") != std::string::npos);
  }
}

TEST_CASE("parts in scopes of one type with other parameters have no common mean") {
  using bellman::fixed_length;
  std::vector<std::vector<rational>> const first{{1, 3}, {5}};
  std::vector<std::vector<rational>> const rest{{7}};
  CHECK(true_at_both_times([] {
    std::vector<std::vector<rational>> const all{{1, 3}, {5}, {7}};
    auto const in = [](auto const& batch, std::size_t length) {
      return bellman::mean_over(batch, fixed_length{length});
    };
    std::vector<std::vector<rational>> const nothing{};
    // Nothing has no length: (1 + 3 + 5 + 7) / (8 * 3)
    return (in(nothing, 4) + in(all, 8)).value() == rational(2, 3) && in(all, 8) + in(nothing, 4) == in(all, 8) &&
           in(all, 8) != in(all, 4);
  }));
  auto const message = bellman::test::message_of(
      [&] { (void)(bellman::mean_over(first, fixed_length{8}) + bellman::mean_over(rest, fixed_length{4})); });
  CHECK(message ==
        "bellman: two parts of a batch in scopes of other parameters, fixed_length{8} and fixed_length{4}, have no "
        "common mean");
  auto one = bellman::mean_over(first, fixed_length{8});
  CHECK_THROWS_AS(one += bellman::mean_over(rest, fixed_length{4}), bellman::invalid_value);
  CHECK(one == bellman::mean_over(first, fixed_length{8}));
}

TEST_CASE("a mean that is infinite has the derivatives of its terms, divided by their number") {
  using number = bellman::dual<double>;
  double const inf = std::numeric_limits<double>::infinity();
  bellman::batch_mean<bellman::token_mean, number> const two{number(-inf, {3.0}), 2};
  CHECK(two.value().value == -inf);
  CHECK(two.value().derivative[0] == 1.5);
  CHECK(bellman::fixed_length{4}(two).value().derivative[0] == 0.75);
}
