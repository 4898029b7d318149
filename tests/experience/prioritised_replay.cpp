// SPDX-License-Identifier: BSL-1.0
#include <bellman/experience/prioritised_replay.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/scalar/approx_equal.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace prioritised_replay_tests {

namespace {

using bellman::approx_equal;
using bellman::prioritised_replay;
using bellman::rational;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// Gives the numbers (k + 1/2) / n of [0, 1) one after another.
struct in_order {
  using result_type = std::uint64_t;
  std::uint64_t n;
  std::uint64_t k = 0;

  static constexpr std::uint64_t min() { return 0; }
  static constexpr std::uint64_t max() { return ~std::uint64_t{0}; }
  constexpr std::uint64_t operator()() {
    double const u = (static_cast<double>(k++ % n) + 0.5) / static_cast<double>(n);
    return static_cast<std::uint64_t>(u * 18446744073709551616.0);
  }
};

// Gives one number of [0, 1) all the time.
struct always {
  using result_type = std::uint64_t;
  double u;

  static constexpr std::uint64_t min() { return 0; }
  static constexpr std::uint64_t max() { return ~std::uint64_t{0}; }
  constexpr std::uint64_t operator()() const { return static_cast<std::uint64_t>(u * 18446744073709551616.0); }
};

template <class T, class V>
void fill(prioritised_replay<T, V>& buffer, std::initializer_list<int> priorities) {
  T x{};
  for (int const p : priorities) buffer.add(x++, static_cast<V>(p));
}

}  // namespace

TEST_CASE("a place is drawn with its share of the priorities, each number of [0, 1) counted") {
  prioritised_replay<int> buffer(7, 1.0);
  fill(buffer, {3, 0, 1, 5, 0, 2, 9});
  in_order numbers{20};
  std::vector<int> times(7);
  for (int k = 0; k < 20; ++k) ++times.at(bellman::sample(buffer.places(), numbers));
  CHECK(times == std::vector{3, 0, 1, 5, 0, 2, 9});
  CHECK(buffer.probability(3) == 0.25);
  CHECK(bellman::expectation(buffer.places(), [](std::size_t i) { return i == 6 ? 1.0 : 0.0; }) == 0.45);
}

TEST_CASE("a minibatch has one place of each n-th of the priorities") {
  prioritised_replay<int> buffer(4, 1.0);
  fill(buffer, {1, 2, 4, 1});
  // With each half of each of the four parts drawn once, each place is drawn as often as its weight says.
  std::vector<int> times(4);
  for (double const u : {0.25, 0.75}) {
    for (std::size_t const i : buffer.draw(4, always{u})) ++times.at(i);
  }
  CHECK(times == std::vector{1, 2, 4, 1});
  std::mt19937 chance(5);
  std::vector<int> by_chance(4);
  for (int k = 0; k < 20'000; ++k) {
    auto const drawn = buffer.draw(4, chance);
    CHECK((drawn[0] <= 1 && drawn[1] >= 1 && drawn[1] <= 2 && drawn[2] == 2 && drawn[3] >= 2));
    for (std::size_t const i : drawn) ++by_chance.at(i);
  }
  // n P(i) a minibatch, of which one half of one is left to chance: within five standard deviations, 71.
  std::array const expected{10'000, 20'000, 40'000, 10'000};
  for (std::size_t i = 0; i < 4; ++i) CHECK(std::abs(by_chance[i] - expected[i]) < 510);
}

TEST_CASE("weighed by importance, what is drawn has the mean of all that is kept, exactly") {
  CHECK(true_at_both_times([] {
    prioritised_replay<rational, rational> buffer(4, 1);
    buffer.add(rational(1, 2), rational(3));
    buffer.add(rational(-5), rational(1, 2));
    buffer.add(rational(7, 3), rational(4));
    rational const mean = (rational(1, 2) - 5 + rational(7, 3)) / 3;
    auto const of = [&](auto const& f) { return bellman::expectation(buffer.places(), f); };
    // 1 / (N P(i)), and the same by the largest of these, as it is used: then the mean of the weights is not 1.
    auto const plain = of([&](std::size_t i) { return buffer[i] / (3 * buffer.probability(i)); });
    auto const weight = [&](std::size_t i) { return buffer.importance_weight(i, 1); };
    auto const weighted = of([&](std::size_t i) { return weight(i) * buffer[i]; });
    return plain == mean && weighted / of(weight) == mean && weight(1) == 1 && weight(0) == rational(1, 6) &&
           weight(2) == rational(1, 8) && buffer.importance_weight(0, 0) == 1;
  }));
}

TEST_CASE("priorities and weights have their powers") {
  // p^(1/2): 1, 2, 3.
  prioritised_replay<char> buffer(3, 0.5);
  fill(buffer, {1, 4, 9});
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(approx_equal(buffer.probability(i), static_cast<double>(i + 1) / 6, 1e-15));
    for (double const beta : {0.0, 0.4, 1.0}) {
      // (N P)^-beta by the largest, which is that of the first place.
      double const expected = std::pow(3 * buffer.probability(i), -beta) / std::pow(3 * buffer.probability(0), -beta);
      CHECK(approx_equal(buffer.importance_weight(i, beta), expected, 1e-14));
    }
  }
  // To the power 0 all are alike.
  prioritised_replay<char, float> alike(3, 0.0f);
  fill(alike, {1, 0, 9});
  CHECK(alike.probability(1) == 1.0f / 3.0f);
  CHECK(alike.importance_weight(2, 0.7f) == 1.0f);
}

TEST_CASE("what is new has the largest priority that there was") {
  CHECK(true_at_both_times([] {
    prioritised_replay<char, rational> buffer(2, 1);
    bool right = buffer.add('a') == 0 && buffer.probability(0) == 1;
    buffer.add('b', 3);
    right = right && buffer.probability(1) == rational(3, 4);  // of 1 and 3
    buffer.update(1, 5);
    right = right && buffer.probability(0) == rational(1, 6);
    buffer.update(1, rational(1, 2));
    right = right && buffer.add('c') == 0 && buffer[0] == 'c' && buffer[1] == 'b';  // in the place of a, with 5
    return right && buffer.probability(0) == rational(10, 11) && buffer.size() == 2;
  }));
}

TEST_CASE("what is no priority is refused, and the buffer stays as it was") {
  prioritised_replay<std::string> buffer(3, 1.0);
  buffer.add("a", 1.0);
  buffer.add("b", 3.0);
  double const huge = std::numeric_limits<double>::max();
  for (double const p : {-1.0, nan, infinity, -infinity, huge}) {
    CHECK_THROWS_AS(buffer.add("c", p), bellman::invalid_value);
    CHECK_THROWS_AS(buffer.update(0, p), bellman::invalid_value);
  }
  prioritised_replay<int> of_roots(3, 0.6);
  for (double const p : {-1.0, nan, infinity}) CHECK_THROWS_AS(of_roots.add(1, p), bellman::invalid_value);
  prioritised_replay<int> of_squares(3, 2.0);
  CHECK_THROWS_AS(of_squares.add(1, 1e-200), bellman::invalid_value);  // whose square is 0, so that it is never drawn
  CHECK(of_squares.add(1, 0.0) == 0);
  prioritised_replay<int> all_alike(3, 0.0);
  for (double const p : {-1.0, nan, infinity}) CHECK_THROWS_AS(all_alike.add(1, p), bellman::invalid_value);
  CHECK_THROWS_AS(buffer.update(2, 1.0), bellman::invalid_value);  // which was not filled
  CHECK_THROWS_AS(buffer[2], bellman::invalid_value);
  CHECK(buffer.size() == 2);
  CHECK(buffer.probability(1) == 0.75);
  CHECK(message_of([&] { buffer.update(2, 1.0); }) == "bellman: place 2 of a replay buffer in which 2 are kept");
  CHECK(message_of([&] { buffer.add("c", -1.0); }) ==
        "bellman: a priority is -1; it must be a number from 0 on whose power to 1, times the capacity, is finite, "
        "and 0 only for 0");
  CHECK(buffer.add("c") == 2);
  CHECK(buffer.probability(2) == 3.0 / 7.0);
}

TEST_CASE("exponents out of their ranges are refused") {
  for (double const alpha : {-0.1, nan, infinity}) {
    CHECK_THROWS_AS((prioritised_replay<int>(3, alpha)), bellman::invalid_value);
  }
  CHECK_THROWS_AS((prioritised_replay<int, rational>(3, rational(1, 2))), bellman::invalid_value);
  CHECK_THROWS_AS((prioritised_replay<int>(0, 1.0)), bellman::invalid_value);
  prioritised_replay<int, rational> exact(3, 1);
  exact.add(7);
  CHECK_THROWS_AS(exact.importance_weight(0, rational(1, 2)), bellman::invalid_value);
  prioritised_replay<int> buffer(3, 1.0);
  buffer.add(7);
  for (double const beta : {-0.1, 1.1, nan}) CHECK_THROWS_AS(buffer.importance_weight(0, beta), bellman::invalid_value);
}

TEST_CASE("what cannot be drawn is refused, and the generator stays as it was") {
  prioritised_replay<int> buffer(3, 1.0);
  std::mt19937 chance(1);
  std::mt19937 const before = chance;
  CHECK(message_of([&] { buffer.draw(1, chance); }) ==
        "bellman: a replay buffer is drawn from in which nothing was kept");
  buffer.add(7, 0.0);
  CHECK(message_of([&] { buffer.draw(1, chance); }) ==
        "bellman: a replay buffer is drawn from in which all priorities are 0");
  CHECK_THROWS_AS(buffer.places(), bellman::invalid_value);
  CHECK_THROWS_AS(buffer.probability(0), bellman::invalid_value);
  CHECK(message_of([&] { buffer.importance_weight(0, 1.0); }) ==
        "bellman: place 0 has priority 0, is never drawn and has no weight");
  buffer.add(8, 1.0);
  CHECK_THROWS_AS(buffer.draw(3, chance), bellman::invalid_value);
  CHECK(chance == before);
  CHECK(buffer.draw(2, chance) == std::vector<std::size_t>{1, 1});
}

}  // namespace prioritised_replay_tests
