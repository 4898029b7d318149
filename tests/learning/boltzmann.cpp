// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/boltzmann.hpp>

#include "learning/exploration.hpp"

namespace exploration {

TEST_CASE("a Boltzmann policy is a softmax of action values over the temperature") {
  CHECK(true_at_both_times([] {
    double const log_2 = bellman::log(2.0);
    auto const pi = boltzmann{arms<3>{}, values_of{std::array{0.0, 2 * log_2, 4 * log_2}}, 2}(0);  // 1 : 2 : 4
    std::size_t i = 0;
    bool right = true;
    for (auto const& e : pi) {
      right = right && e.value == i && bellman::approx_equal(e.probability, static_cast<double>(1 << i) / 7, 1e-15);
      ++i;
    }
    return right;
  }));
}

TEST_CASE("a Boltzmann policy is the soft policy of its action values") {
  models::recycling_robot<double> const robot;
  auto const v = [](battery s) { return s == battery::high ? 3.0 : 1.0; };
  auto const q = bellman::action_value(robot, 0.5, v);
  for (double const tau : {0.1, 1.0, 10.0}) {
    for (auto const s : robot.states()) {
      auto const expected = bellman::soft_policy(robot, 0.5, tau, v)(s);
      std::size_t i = 0;
      for (auto const& e : boltzmann{robot, q, tau}(s)) {
        CHECK(e.value == expected[i].value);
        CHECK(bellman::approx_equal(e.probability, expected[i].probability, 1e-14));
        ++i;
      }
      CHECK(i == expected.size());
    }
  }
}

TEST_CASE("no temperature is too low or too high, and no value too large") {
  auto const p = [](double a, double b, double t) {
    return boltzmann{arms<2>{}, values_of{std::array{a, b}}, t}(0).begin()->probability;
  };
  CHECK(p(1.0, 0.0, 1e-300) == 1.0);
  CHECK(p(0.0, 1.0, 1e-300) == 0.0);
  CHECK(p(1e300, 1e300, 1e-300) == 0.5);
  CHECK(p(1e300, 0.0, 1e300) == p(1.0, 0.0, 1.0));
  CHECK(p(1e3, -1e3, 1e300) == 0.5);
  CHECK(p(-infinity, 1.0, 1.0) == 0.0);
}

TEST_CASE("the derivative of a Boltzmann policy by a value is p (1 - p) / t") {
  CHECK(true_at_both_times([] {
    using D = bellman::dual<double>;
    auto const pi = boltzmann{arms<2>{}, values_of{std::array{D::variable(0.0), D(0.0)}}, 0.5}(0);
    return pi.begin()->probability.value == 0.5 && pi.begin()->probability.derivative[0] == 0.5;
  }));
  using D = bellman::dual<double>;
  // By the temperature: with logits 1 / t and 0, dp/dt = -p (1 - p) / t^2.
  auto const e = *boltzmann{arms<2>{}, values_of{std::array{1.0, 0.0}}, D::variable(2.0)}(0).begin();
  double const probability = 1 / (1 + std::exp(-0.5));
  CHECK(bellman::approx_equal(e.probability.value, probability, 1e-15));
  CHECK(bellman::approx_equal(e.probability.derivative[0], -probability * (1 - probability) / 4, 1e-14));
}

TEST_CASE("a share outside [0, 1], a temperature not above 0 and a bound below 0 are refused") {
  values_of const q{std::array{1.0, 2.0}};
  auto const counts = [](int, std::size_t) { return 1; };
  for (double const e : {-0.1, 1.1, nan, infinity}) {
    CHECK_THROWS_AS((epsilon_greedy{arms<2>{}, q, e}), bellman::invalid_value);
  }
  for (double const t : {0.0, -1.0, nan, infinity}) {
    CHECK_THROWS_AS((boltzmann{arms<2>{}, q, t}), bellman::invalid_value);
  }
  for (double const c : {-1.0, nan, infinity}) CHECK_THROWS_AS((ucb1{arms<2>{}, q, counts, c}), bellman::invalid_value);
  CHECK(message_of([&] {
          epsilon_greedy{arms<2>{}, q, 1.5};
        }) == "bellman: the share of explored actions is 1.5; it must lie in [0, 1]");
  CHECK(message_of([&] {
          boltzmann{arms<2>{}, q, 0};
        }) == "bellman: the temperature is 0; it must be a finite number above 0");
  CHECK(message_of([&] {
          ucb1{arms<2>{}, q, counts, -1};
        }) == "bellman: the factor of the confidence bound is -1; it must be a finite number of at least 0");
  CHECK_THROWS_AS((boltzmann{arms<2>{}, values_of{std::array{1.0, nan}}, 1.0}(0)), bellman::invalid_value);
}

}  // namespace exploration
