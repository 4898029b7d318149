// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/batch_mean.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <list>
#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::batch_mean;
using bellman::fixed_length;
using bellman::mean_over;
using bellman::rational;
using bellman::sequence_mean;
using bellman::sequence_sum;
using bellman::token_mean;
using bellman::token_sum;
using bellman::test::true_at_both_times;

using sequence = std::vector<rational>;
using batch = std::vector<sequence>;

// Sums 6, 5, 0 and -4; lengths 3, 1, 0 and 2.
constexpr batch ragged() {
  return batch{sequence{rational(1), rational(2), rational(3)}, sequence{rational(5)}, sequence{},
               sequence{rational(-7), rational(3)}};
}

// Whether every way to cut the batch in two gives the mean of the whole.
template <class Scope>
constexpr bool splits(Scope const& scope) {
  batch const all = ragged();
  auto const whole = mean_over(all, scope);
  for (std::size_t cut = 0; cut <= all.size(); ++cut) {
    batch const first(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(cut));
    batch const rest(all.begin() + static_cast<std::ptrdiff_t>(cut), all.end());
    if (!(mean_over(first, scope) + mean_over(rest, scope) == whole)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("the four denominators of a loss") {
  CHECK(true_at_both_times([] { return mean_over(ragged(), token_mean{}).value() == rational(7, 6); }));
  CHECK(true_at_both_times([] { return mean_over(ragged(), sequence_mean{}).value() == rational(5, 3); }));
  CHECK(true_at_both_times([] { return mean_over(ragged(), sequence_sum{}).value() == rational(7, 3); }));
  CHECK(true_at_both_times([] { return mean_over(ragged(), fixed_length{10}).value() == rational(7, 30); }));
}

TEST_CASE("it makes no difference where a batch is split") {
  CHECK(true_at_both_times([] { return splits(token_mean{}); }));
  CHECK(true_at_both_times([] { return splits(sequence_mean{}); }));
  CHECK(true_at_both_times([] { return splits(sequence_sum{}); }));
  CHECK(true_at_both_times([] { return splits(fixed_length{7}); }));
}

TEST_CASE("the mean of two means would make a difference") {
  batch const all = ragged();
  batch const first(all.begin(), all.begin() + 2);
  batch const rest(all.begin() + 2, all.end());
  CHECK((mean_over(first, token_mean{}).value() + mean_over(rest, token_mean{}).value()) / 2 != rational(7, 6));
}

TEST_CASE("a token mean may be split inside of a sequence") {
  CHECK(true_at_both_times([] {
    auto const first = token_sum(std::array{rational(1), rational(2)});
    auto const rest = token_sum(std::array{rational(6)});
    return (first + rest).value() == rational(3) && first + rest == rest + first &&
           first + batch_mean<token_mean, rational>{} == first;
  }));
}

TEST_CASE("of nothing there is no mean") {
  CHECK_THROWS_AS(mean_over(batch{}, token_mean{}).value(), bellman::invalid_value);
  CHECK_THROWS_AS(mean_over(batch{sequence{}}, sequence_mean{}).value(), bellman::invalid_value);
  CHECK_THROWS_AS(mean_over(batch{sequence{}}, fixed_length{3}).value(), bellman::invalid_value);
  CHECK(mean_over(batch{}, sequence_sum{}) == batch_mean<sequence_sum, rational>{});
  try {
    mean_over(batch{}, token_mean{}).value();
    FAIL("the mean of nothing is not refused");
  } catch (bellman::invalid_value const& error) {
    CHECK(std::string(error.what()).find("the mean of nothing") != std::string::npos);
  }
  CHECK_THROWS_AS(fixed_length{0}, bellman::invalid_value);
}

TEST_CASE("a sum over tokens reads its rows in step") {
  CHECK(true_at_both_times([] {
    auto const all =
        token_sum([](rational const& x, rational const& y, int z) { return x * y + z; },
                  std::array{rational(1), rational(2)}, std::array{rational(1, 2), rational(3)}, std::array{10, 20});
    return all.total == rational(73, 2) && all.count == 2;
  }));
  std::list<double> const list{1, 2, 3};
  CHECK(token_sum([](double x, double y) { return x * y; }, list, std::vector{1.0, 1.0, 2.0}).total == 9);
}

TEST_CASE("rows of different lengths are refused, whichever is the longest") {
  auto const add = [](double x, double y, double z) { return x + y + z; };
  std::vector<double> const two(2, 1.0);
  std::vector<double> const three(3, 1.0);
  CHECK_THROWS_AS(token_sum(add, three, two, two), bellman::invalid_value);
  CHECK_THROWS_AS(token_sum(add, two, three, two), bellman::invalid_value);
  CHECK_THROWS_AS(token_sum(add, two, two, three), bellman::invalid_value);
  CHECK_THROWS_AS(token_sum(add, three, three, two), bellman::invalid_value);
}

TEST_CASE("integers are summed as double, and duals keep their derivatives") {
  STATIC_REQUIRE(std::same_as<decltype(token_sum(std::array{1, 2}).value()), double>);
  STATIC_REQUIRE(token_sum(std::array{1, 2}).value() == 1.5);
  CHECK(true_at_both_times([] {
    using dual = bellman::dual<rational>;
    auto const mean = token_sum(std::array{dual::variable(rational(3)), dual(rational(1))}).value();
    return mean.value == rational(2) && mean.derivative[0] == rational(1, 2);
  }));
}

TEST_CASE("a NaN makes the mean a NaN") {
  double const mean = token_sum(std::array{1.0, std::numeric_limits<double>::quiet_NaN()}).value();
  CHECK(mean != mean);
}
