// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/step_schedule.hpp>

#include "learning/step_sizes.hpp"

namespace step_sizes {

TEST_CASE("step sizes are taken in the numbers of the learner") {
  CHECK(true_at_both_times([] {
    using D = bellman::dual<double>;
    using Q = bellman::dual<rational>;
    D const third = step_size_of<D>(harmonic_step{}, 3);
    return step_size_of<float>(harmonic_step{}, 3) == 1.0f / 3.0f && step_size_of<float>(0.1, 3) == 0.1f &&
           third.value == 1.0 / 3.0 && third.derivative[0] == 0.0 &&
           step_size_of<Q>(harmonic_step{}, 3).value == rational(1, 3) && step_size_of<rational>(1, 9) == 1 &&
           step_size_of<D>(0.25, 1).value == 0.25;
  }));
  // A step size may be what one asks the derivative by.
  auto const a = bellman::dual<double>::variable(0.5);
  CHECK(step_size_of<bellman::dual<double>>(constant_step{a}, 3).derivative[0] == 1.0);
  CHECK(step_size_of<double>([](std::size_t n) { return 1.0 / static_cast<double>(n * n); }, 3) == 1.0 / 9.0);
}

TEST_CASE("what is a schedule for which numbers") {
  using bellman::dual;
  STATIC_REQUIRE(step_schedule<harmonic_step, rational>);
  STATIC_REQUIRE(step_schedule<harmonic_step, float>);
  STATIC_REQUIRE(step_schedule<harmonic_step, dual<rational>>);
  STATIC_REQUIRE(step_schedule<power_step<double>, float>);
  STATIC_REQUIRE(step_schedule<double, float>);
  STATIC_REQUIRE(step_schedule<int, rational>);
  STATIC_REQUIRE(step_schedule<double (*)(std::size_t), double>);
  // No exact number is made of one that was rounded, and none without derivatives of one that has some.
  STATIC_REQUIRE(!step_schedule<double, rational>);
  STATIC_REQUIRE(!step_schedule<power_step<double>, rational>);
  STATIC_REQUIRE(!step_schedule<constant_step<double>, dual<rational>>);
  STATIC_REQUIRE(!step_schedule<dual<double>, double>);
  STATIC_REQUIRE(!step_schedule<word, double>);
  STATIC_REQUIRE(!step_schedule<char, double>);
  STATIC_REQUIRE(!step_schedule<std::string, double>);
  STATIC_REQUIRE(!step_schedule<std::vector<double>, double>);
  STATIC_REQUIRE(!step_schedule<word (*)(std::size_t), double>);
  STATIC_REQUIRE(!step_schedule<double, int>);
  STATIC_REQUIRE(!step_schedule<double, word>);
  CHECK(bellman::test::wrong_answers<step_size_of<double>>(bellman::test::arguments<harmonic_step, std::size_t>{},
                                                           bellman::test::except<0, int>{},
                                                           bellman::test::except<1, int>{}) == "");
  STATIC_REQUIRE(!std::is_constructible_v<constant_step<std::string>, std::string>);
  STATIC_REQUIRE(!std::is_constructible_v<power_step<rational>, rational>);
  STATIC_REQUIRE(!std::is_constructible_v<generalised_harmonic_step<word>, word>);
  STATIC_REQUIRE(!std::is_constructible_v<linear_step<word>, word, word, int>);
}

}  // namespace step_sizes
