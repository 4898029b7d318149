// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/sample.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/softmax.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <list>
#include <random>
#include <ranges>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::categorical;
using bellman::rational;
using bellman::sample;
using bellman::weighted;

// Numerical Recipes' generator: 32 bits, and constexpr.
struct quick_generator {
  using result_type = std::uint32_t;
  std::uint32_t state = 1;

  static constexpr std::uint32_t min() { return 0; }
  static constexpr std::uint32_t max() { return 0xffffffffu; }
  constexpr std::uint32_t operator()() { return state = 1664525u * state + 1013904223u; }
};
// A coin: two values, neither of which is 0.
struct coin_generator {
  using result_type = unsigned;
  std::mt19937 bits{5};

  static constexpr unsigned min() { return 3; }
  static constexpr unsigned max() { return 4; }
  unsigned operator()() { return bits() >> 31 == 0 ? 3 : 4; }
};
// Gives the same number all the time.
template <std::uint64_t Value>
struct constant_generator {
  using result_type = std::uint64_t;
  static constexpr std::uint64_t min() { return 0; }
  static constexpr std::uint64_t max() { return ~std::uint64_t{0}; }
  constexpr std::uint64_t operator()() const { return Value; }
};

// Gives the number all the time that it is made of.
struct given_generator {
  using result_type = std::uint32_t;
  std::uint32_t value;

  static constexpr std::uint32_t min() { return 0; }
  static constexpr std::uint32_t max() { return 0xffffffffu; }
  constexpr std::uint32_t operator()() const { return value; }
};

// Whether each of the values 0, 1, ... is drawn as often as its probability says: within five standard deviations of a
// binomial distribution, outside of which one run in a million falls for each value.
template <class D, class G>
bool has_the_frequencies_of(D const& d, std::vector<double> const& probabilities, G g) {
  constexpr std::size_t draws = 100'000;
  std::vector<std::size_t> count(probabilities.size(), 0);
  for (std::size_t i = 0; i < draws; ++i) ++count.at(static_cast<std::size_t>(sample(d, g)));
  for (std::size_t x = 0; x < count.size(); ++x) {
    double const p = probabilities[x];
    double const expected = p * draws;
    double const bound = 5 * std::sqrt(draws * p * (1 - p));
    if (std::abs(static_cast<double>(count[x]) - expected) > bound) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a sample has the frequencies of its distribution") {
  categorical const d{std::array{weighted{0, 0.5}, weighted{1, 0.125}, weighted{2, 0.0}, weighted{3, 0.375}}};
  std::vector<double> const p{0.5, 0.125, 0.0, 0.375};
  CHECK(has_the_frequencies_of(d, p, std::mt19937{1}));
  CHECK(has_the_frequencies_of(d, p, std::mt19937_64{2}));
  CHECK(has_the_frequencies_of(d, p, std::minstd_rand{3}));
  CHECK(has_the_frequencies_of(d, p, std::ranlux24{4}));
  CHECK(has_the_frequencies_of(d, p, coin_generator{}));
  CHECK(has_the_frequencies_of(d, p, quick_generator{}));
}

TEST_CASE("the frequencies would tell a wrong distribution") {
  categorical const d{std::array{weighted{0, 0.5}, weighted{1, 0.5}}};
  CHECK(!has_the_frequencies_of(d, {0.51, 0.49}, std::mt19937{1}));
}

TEST_CASE("exact, uniform, certain and softmax weights have their frequencies") {
  categorical const exact{std::array{weighted{0, rational(1, 7)}, weighted{1, rational(6, 7)}}};
  CHECK(has_the_frequencies_of(exact, {1.0 / 7, 6.0 / 7}, std::mt19937{1}));
  CHECK(has_the_frequencies_of(bellman::uniform(std::views::iota(0, 5)), {0.2, 0.2, 0.2, 0.2, 0.2}, std::mt19937{1}));
  CHECK(has_the_frequencies_of(bellman::dirac{1}, {0.0, 1.0}, std::mt19937{1}));
  CHECK(has_the_frequencies_of(bellman::softmax(std::array{0.0, 1.0}), {0.2689414213699951, 0.7310585786300049},
                               std::mt19937{1}));
}

TEST_CASE("a value without probability is never drawn, at neither end of the generator's range") {
  categorical const d{std::array{weighted{0, 0.0}, weighted{1, 0.5}, weighted{2, 0.5}, weighted{3, 0.0}}};
  CHECK(sample(d, constant_generator<0>{}) == 1);
  CHECK(sample(d, constant_generator<~std::uint64_t{0}>{}) == 2);
  // Weights that are rounded down a little leave no gap at the end.
  categorical const thirds{std::array{weighted{0, 0.3333333333}, weighted{1, 0.3333333333}, weighted{2, 0.3333333333}}};
  CHECK(sample(thirds, constant_generator<~std::uint64_t{0}>{}) == 2);
}

TEST_CASE("of equal weights that is drawn in which the number falls, whether or not they are walked") {
  // The same distribution as a range that must be walked. Between the bounds k / n both are sure.
  for (std::size_t n = 1; n <= 12; ++n) {
    std::vector<weighted<std::size_t, double>> walked;
    std::vector<std::size_t> values;
    for (std::size_t k = 0; k < n; ++k) {
      walked.push_back({k * k, 1.0 / static_cast<double>(n)});
      values.push_back(k * k);
    }
    std::list<std::size_t> const listed(values.begin(), values.end());
    for (std::size_t k = 0; k < n; ++k) {
      for (double const within : {0.01, 0.5, 0.99}) {
        double const u = (static_cast<double>(k) + within) / static_cast<double>(n);
        auto const g = given_generator{static_cast<std::uint32_t>(u * 4294967296.0)};
        CHECK(sample(bellman::uniform(values), g) == k * k);
        CHECK(sample(bellman::uniform(listed), g) == k * k);
        CHECK(sample(walked, g) == k * k);
      }
    }
    CHECK(sample(bellman::uniform(values), constant_generator<0>{}) == 0);
    CHECK(sample(bellman::uniform(values), constant_generator<~std::uint64_t{0}>{}) == (n - 1) * (n - 1));
  }
}

TEST_CASE("a number among many is drawn without a walk") {
  // A walk over these would take minutes.
  constexpr std::uint64_t many = std::uint64_t{1} << 40;
  auto const d = bellman::uniform(std::views::iota(std::uint64_t{0}, many));
  CHECK(sample(d, constant_generator<0>{}) == 0);
  CHECK(sample(d, constant_generator<std::uint64_t{1} << 63>{}) == many / 2);
  CHECK(sample(d, constant_generator<~std::uint64_t{0}>{}) == many - 1);
  CHECK(bellman::test::same_at_both_times([] {
    quick_generator g{7};
    return sample(bellman::uniform(std::views::iota(0, 1'000'000)), g);
  }));
}

TEST_CASE("a sample may be drawn in a constant expression") {
  CHECK(bellman::test::same_at_both_times([] {
    quick_generator g{7};
    categorical const d{std::array{weighted{0, 0.25}, weighted{1, 0.75}}};
    int sum = 0;
    for (int i = 0; i < 100; ++i) sum += sample(d, g);
    return sum;
  }));
}

TEST_CASE("nothing can be drawn from nothing") {
  std::vector<weighted<int, double>> const empty{};
  CHECK_THROWS_AS(sample(empty, std::mt19937{}), bellman::invalid_value);
}
