// SPDX-License-Identifier: BSL-1.0

#include <bellman/probability/bind.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/entropy.hpp>
#include <bellman/probability/given.hpp>
#include <bellman/probability/kl_divergence.hpp>
#include <bellman/probability/log_softmax.hpp>
#include <bellman/probability/map.hpp>
#include <bellman/probability/normalised.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/softmax.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/probability/weights_in.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>

#include <boost/rational.hpp>

#include <array>
#include <complex>
#include <iterator>
#include <random>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace probability_refusals {

using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;

using die = std::vector<bellman::weighted<int>>;
using chosen = double (*)(int);
using numbers = std::vector<double>;

// A distribution that is gone when it was read.
struct read_once {
  struct iterator {
    using value_type = bellman::weighted<int>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;
    bellman::weighted<int> operator*() const { return {1, 1.0}; }
    iterator& operator++() { return *this; }
    void operator++(int) {}
    bool operator==(std::default_sentinel_t) const { return true; }
  };
  iterator begin() const { return {}; }
  std::default_sentinel_t end() const { return {}; }
};

TEST_CASE("what takes a distribution asks for one, and for a function of its values") {
  CHECK(wrong_answers<bellman::expectation>(arguments<die, chosen>{}) == "");
  CHECK(wrong_answers<bellman::map>(arguments<die, chosen>{}) == "");
  CHECK(wrong_answers<bellman::bind>(arguments<die, die (*)(int)>{}) == "");
  CHECK(wrong_answers<bellman::given>(arguments<die, bool (*)(int)>{}) == "");
  CHECK(wrong_answers<bellman::normalised>(arguments<std::vector<bellman::weighted<int, double>>>{}) == "");
  CHECK(wrong_answers<bellman::normalised>(arguments<std::vector<double>>{}) == "");
  CHECK(wrong_answers<bellman::sample>(arguments<die, std::mt19937>{}) == "");
  CHECK(wrong_answers<bellman::check_weights>(arguments<die>{}) == "");
  CHECK(wrong_answers<bellman::weights_in<double>>(arguments<die>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::expectation), die, word (*)(int)>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::expectation), die, std::string (*)(int)>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::expectation), die, double (*)(word)>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::bind), die, chosen>);
}

TEST_CASE("a distribution that can be read once only is none") {
  STATIC_REQUIRE_FALSE(bellman::distribution<read_once>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::expectation), read_once, chosen>);
}

TEST_CASE("integers are no probabilities") {
  STATIC_REQUIRE_FALSE(bellman::distribution<std::vector<bellman::weighted<int, int>>>);
}

TEST_CASE("what takes logits asks for a range of floating-point numbers") {
  CHECK(wrong_answers<bellman::softmax>(arguments<numbers>{}) == "");
  CHECK(wrong_answers<bellman::softmax>(arguments<std::vector<word>, numbers>{}, except<0, std::string>{},
                                        except<0, std::vector<word>>{}, except<0, std::vector<std::string>>{}) == "");
  CHECK(wrong_answers<bellman::log_sum_exp>(arguments<numbers>{}) == "");
  CHECK(wrong_answers<bellman::log_softmax>(arguments<numbers, std::size_t>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::entropy>(arguments<numbers>{}) == "");
  CHECK(wrong_answers<bellman::kl_divergence>(arguments<numbers, numbers>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::softmax), std::vector<int>>);
}

TEST_CASE("statistics are of ranges of numbers") {
  CHECK(wrong_answers<bellman::statistics_of>(arguments<numbers>{}) == "");
  CHECK(wrong_answers<bellman::statistics_of>(arguments<numbers, numbers>{}) == "");
  CHECK(wrong_answers<bellman::merged>(arguments<bellman::statistics<double>, bellman::statistics<double>>{}) == "");
  CHECK(wrong_answers<bellman::uniform>(arguments<numbers>{}, except<0, std::string>{}, except<0, std::vector<word>>{},
                                        except<0, std::vector<std::string>>{}) == "");
}

TEST_CASE("what weighs asks for a probability and what it can weigh") {
  CHECK(wrong_answers<bellman::weigh>(arguments<double, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::to_double>(arguments<double>{}, except<0, int>{}) == "");
}

template <auto const& Function, class... Argument>
inline constexpr bool takes = std::is_invocable_v<decltype(Function), Argument...>;

using half = boost::rational<int>;

TEST_CASE("weights of values become numbers of the values") {
  STATIC_REQUIRE(takes<bellman::statistics_of, numbers, std::vector<float>>);
  STATIC_REQUIRE(takes<bellman::statistics_of, std::vector<half>, std::vector<int>>);
  STATIC_REQUIRE_FALSE(takes<bellman::statistics_of, numbers, std::vector<half>>);
  STATIC_REQUIRE_FALSE(takes<bellman::statistics_of, numbers, std::vector<bellman::dual<double>>>);
  STATIC_REQUIRE_FALSE(takes<bellman::statistics_of, numbers, std::vector<bellman::interval<double>>>);
  STATIC_REQUIRE_FALSE(takes<bellman::statistics_of, numbers, std::vector<std::complex<double>>>);
  using texts = bellman::statistics<std::string>;
  STATIC_REQUIRE_FALSE(takes<bellman::merged, texts, texts>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<bellman::sample_variance, texts>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<bellman::population_variance, texts>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<bellman::standard_deviation, bellman::statistics<half>>);
}

TEST_CASE("flags are numbers, 0 and 1") {
  std::vector<bool> const flags{true, false, true, false};
  CHECK(bellman::statistics_of(flags).mean == 0.5);
  CHECK(bellman::statistics_of(std::vector<bool>{true, false}, std::vector<bool>{true, true}).mean == 0.5);
}

TEST_CASE("a constant of a spread becomes a number of the statistics") {
  using plus = bellman::spread_plus<bellman::sample_variance, double>;
  using at_least = bellman::spread_at_least<bellman::sample_variance, double>;
  STATIC_REQUIRE(std::is_invocable_v<plus, bellman::statistics<double>>);
  STATIC_REQUIRE(std::is_invocable_v<at_least, bellman::statistics<double>>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<plus, bellman::statistics<half>>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<at_least, bellman::statistics<half>>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<bellman::spread_plus<bellman::sample_variance, word>, bellman::statistics<double>>);
}

TEST_CASE("weights are made numbers of an ordered field that they become") {
  STATIC_REQUIRE_FALSE(takes<bellman::weights_in<double>, std::vector<bellman::weighted<int, bellman::dual<double>>>>);
  STATIC_REQUIRE_FALSE(takes<bellman::weights_in<double>, std::vector<bellman::weighted<int, half>>>);
  STATIC_REQUIRE_FALSE(takes<bellman::weights_in<int>, die>);
  STATIC_REQUIRE_FALSE(takes<bellman::weights_in<std::string>, die>);
  STATIC_REQUIRE_FALSE(takes<bellman::weights_in<std::complex<double>>, die>);
  STATIC_REQUIRE_FALSE(takes<bellman::weights_in<bellman::coordinates<double, 2>>, die>);
  STATIC_REQUIRE(takes<bellman::weights_in<half>, bellman::dirac<int>>);
}

TEST_CASE("an array of C is copied by uniform") {
  int const faces[] = {1, 2, 3};
  CHECK(bellman::expectation(bellman::uniform(faces), [](int x) { return 1.0 * x; }) == 2.0);
  STATIC_REQUIRE_FALSE(takes<bellman::uniform, int const(&)[2][2]>);
}

struct point {
  double w;
  bool is_far;
};

TEST_CASE("what is called by its name alone is no pointer to a member") {
  using points = std::vector<bellman::weighted<point>>;
  STATIC_REQUIRE_FALSE(takes<bellman::expectation, points, double point::*>);
  STATIC_REQUIRE_FALSE(takes<bellman::map, points, double point::*>);
  STATIC_REQUIRE_FALSE(takes<bellman::given, points, bool point::*>);
}

TEST_CASE("the index of a logit is an integer") {
  STATIC_REQUIRE(takes<bellman::log_softmax, numbers, unsigned char>);
  STATIC_REQUIRE_FALSE(takes<bellman::log_softmax, numbers, double>);
  STATIC_REQUIRE_FALSE(takes<bellman::log_softmax, numbers, char>);
  STATIC_REQUIRE_FALSE(takes<bellman::log_softmax, numbers, bool>);
}

TEST_CASE("a view that is walked only where it is not const is no distribution, and told so") {
  auto const likely = [](bellman::weighted<int> const& e) { return e.probability > 0; };
  using view = std::ranges::filter_view<std::ranges::ref_view<die>, decltype(likely)>;
  STATIC_REQUIRE(std::is_same_v<bellman::internal::a_distribution<view>::type,
                                bellman::refused::a_distribution_must_be_a_range_that_can_be_walked_where_it_is_const>);
}

TEST_CASE("texts are not weighed, nor rounded to a double") {
  STATIC_REQUIRE_FALSE(takes<bellman::weigh, bellman::certain, char const(&)[2]>);
  STATIC_REQUIRE_FALSE(takes<bellman::weigh, bellman::certain, std::string>);
  STATIC_REQUIRE(takes<bellman::weigh, bellman::certain, bellman::unit_fraction>);
  STATIC_REQUIRE_FALSE(takes<bellman::to_double, char const(&)[2]>);
  STATIC_REQUIRE_FALSE(takes<bellman::to_double, bellman::dual<std::complex<double>>>);
}

}  // namespace probability_refusals
