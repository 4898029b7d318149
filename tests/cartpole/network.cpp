// SPDX-License-Identifier: BSL-1.0
#include "cartpole/network.hpp"
#include "support/adam.hpp"

#include <bellman/scalar/dual.hpp>

#include <cmath>
#include <cstddef>
#include <random>
#include <span>
#include <vector>

#include "support/catch.hpp"

namespace network_test {

using dual = bellman::dual<double>;

// A loss of three rows of two outputs, as good as any, and its derivatives in them.
template <class Number>
Number loss(std::span<Number const> y) {
  Number total(0);
  for (std::size_t k = 0; k < y.size(); ++k) total = total + Number(0.3 + static_cast<double>(k)) * y[k] * y[k];
  return total;
}
std::vector<double> slopes(std::span<double const> y) {
  std::vector<double> all;
  for (std::size_t k = 0; k < y.size(); ++k) all.push_back(2 * (0.3 + static_cast<double>(k)) * y[k]);
  return all;
}

template <class Number>
cartpole::network<Number> some_network() {
  std::mt19937 urbg(3);
  auto const draw = [&urbg] { return static_cast<double>(urbg()) / 4294967296.0; };
  return cartpole::network<Number>(3, 5, 2, Number(0.5), draw);
}
std::vector<double> some_inputs() {
  std::mt19937 urbg(4);
  std::vector<double> x;
  for (int k = 0; k < 9; ++k) x.push_back(static_cast<double>(urbg()) / 2147483648.0 - 1);
  return x;
}

TEST_CASE("the backward pass gives the derivative in every parameter, by dual numbers and by differences") {
  auto network = some_network<double>();
  // Constants of their own, so that none is 0.
  for (std::size_t k = 0; k < network.parameters().size(); ++k) {
    network.parameters()[k] += 0.01 * static_cast<double>(k % 7);
  }
  auto const x = some_inputs();
  auto const y = network.forward(x);
  auto const gradient_span = network.backward(slopes(y));
  std::vector<double> const gradient(gradient_span.begin(), gradient_span.end());
  std::size_t const n = network.parameters().size();
  REQUIRE(n == 3 * 5 + 5 + 5 * 2 + 2);
  std::vector<dual> const dual_inputs(x.begin(), x.end());
  for (std::size_t k = 0; k < n; ++k) {
    auto by_duals = some_network<dual>();
    for (std::size_t j = 0; j < n; ++j) {
      by_duals.parameters()[j] = j == k ? dual::variable(network.parameters()[j]) : dual(network.parameters()[j]);
    }
    double const right = loss(by_duals.forward(dual_inputs)).derivative[0];
    CHECK(std::abs(gradient[k] - right) < 1e-12);
    auto const moved = [&](double by) {
      auto other = network;
      other.parameters()[k] += by;
      return loss(other.forward(x));
    };
    CHECK(std::abs(gradient[k] - (moved(1e-5) - moved(-1e-5)) / 2e-5) < 1e-7);
  }
}

TEST_CASE("rows are computed each by itself") {
  auto network = some_network<double>();
  auto const x = some_inputs();
  auto const y = network.forward(x);
  std::vector<double> const together(y.begin(), y.end());
  for (std::size_t row = 0; row < 3; ++row) {
    auto const alone = network.forward(std::span(x).subspan(3 * row, 3));
    CHECK(alone[0] == together[2 * row]);
    CHECK(alone[1] == together[2 * row + 1]);
  }
}

TEST_CASE("the first step of Adam is the rate against each derivative's sign, and long gradients are shortened") {
  support::adam optimiser{.rate = 0.1, .longest = 5.0, .epsilon = 1e-5f};
  std::vector<float> parameters{1.0f, 1.0f};
  optimiser.step(parameters, std::vector<float>{30.0f, -40.0f});  // 3 and -4
  CHECK(std::abs(parameters[0] - 0.9f) < 1e-5f);
  CHECK(std::abs(parameters[1] - 1.1f) < 1e-5f);
  // The means are (0.9 * 0.3 + 0.1 * 0) / 0.19 of 3, the squares' 0.000999 * 9 / 0.001999.
  optimiser.step(parameters, std::vector<float>{0.0f, 0.0f});
  double const step = 0.1 * (0.27 / 0.19) / std::sqrt(0.000999 * 9 / 0.001999);
  CHECK(std::abs(static_cast<double>(parameters[0]) - (0.9 - step)) < 1e-5);
}

}  // namespace network_test
