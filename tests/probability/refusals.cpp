// SPDX-License-Identifier: BSL-1.0

#include <bellman/probability/bind.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/entropy.hpp>
#include <bellman/probability/given.hpp>
#include <bellman/probability/kl_divergence.hpp>
#include <bellman/probability/log_softmax.hpp>
#include <bellman/probability/map.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/softmax.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/probability/weights_in.hpp>

#include <array>
#include <iterator>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace probability_refusals {

using support::arguments;
using support::except;
using support::word;
using support::wrong_answers;

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

}  // namespace probability_refusals
