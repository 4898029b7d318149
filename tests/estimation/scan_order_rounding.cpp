// SPDX-License-Identifier: BSL-1.0

// Numbers that round: every order of composing is within a bound of the exact estimate that counting roundings gives.
#include <bellman/affine/affine.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/affine/scan.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/trace_parameters.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <vector>

#include <rapidcheck.h>

#include "estimation/every_estimator.hpp"
#include "estimation/random_recording.hpp"
#include "estimation/rounding.hpp"
#include "support/catch.hpp"

namespace {

using bellman::affine;
using bellman::deduced;
using bellman::in_register;
using bellman::sequential;

template <class T, class... Orders>
void every_order_is_near(estimators::recording<T> const& r, T gamma, T lambda) {
  bellman::trace_parameters<T> const p{.gamma = gamma, .lambda = lambda};
  estimators::flags<T, T> const flags(r.steps);
  estimators::for_each([&]<class Estimator>(Estimator) {
    estimators::exact_estimates<Estimator, T> const exact(r, gamma, lambda);
    auto const check = [&]<class Order>(Order) {
      RC_ASSERT(exact.agree_with(estimators::outputs(Estimator::template call<deduced, Order>(r.of, r.steps, p))));
    };
    (check(Orders{}), ...);
    RC_ASSERT(
        exact.agree_with(estimators::outputs(Estimator::template call<deduced, deduced>(r.of, flags.steps(), p))));
  });
}

template <class T, class... Orders>
void for_every_length() {
  std::size_t length = 0;
  CHECK(rc::check([&length] {
    for (int i = 0; i < 2; ++i) {
      auto const r = estimators::random_real_recording<T>(length);
      std::array const gammas{T(0), T(0.5), T(1), T(0.97)};
      std::array const lambdas{T(0), T(0.5), T(1), T(0.95)};
      // Every discount with one decay, and with another one 16 lengths on: each pair meets each rest of a register.
      for (std::size_t k = 0; k < 4; ++k) {
        every_order_is_near<T, Orders...>(r, gammas[k], lambdas[(k + length / 16) % 4]);
      }
      ++length;
    }
  }));
  CHECK(length >= 200);
}

}  // namespace

TEST_CASE("floats are within the bound of rounding in every order, for every length, any ends and skips") {
  for_every_length<float, sequential, in_register<2>, in_register<4>, in_register<8>, in_register<16>>();
}

TEST_CASE("doubles are within the bound of rounding in every order, for every length, any ends and skips") {
  for_every_length<double, sequential, in_register<2>, in_register<4>, in_register<8>>();
}

TEST_CASE("a scan of maps is within the bound of rounding, one after another, in a register and in pieces") {
  auto const forwards = [](std::size_t pieces, auto const& task) {
    for (std::size_t i = 0; i < pieces; ++i) task(i);
  };
  CHECK(rc::check([&] {
    auto const n = estimators::random_size(300);
    auto const offsets = estimators::random_numbers<float>(n);
    auto const slopes = estimators::random_numbers<float>(n);
    std::vector<affine<float>> maps;
    std::vector<affine<long double>> exact_maps;
    std::vector<affine<long double>> sizes;
    for (std::size_t t = 0; t < n; ++t) {
      affine<float> const f{offsets[t] / 7.0f, slopes[t] / 3.0f};
      maps.push_back(f);
      exact_maps.push_back({f.offset, f.slope});
      sizes.push_back({estimators::magnitude(f.offset), estimators::magnitude(f.slope)});
    }
    std::vector<long double> exact(n);
    std::vector<long double> size(n);
    bellman::backward_scan(exact_maps, 0.3L, exact.end());
    bellman::backward_scan(sizes, 0.3L, size.end());
    // A contribution meets each slope once, and not more additions than there are maps, levels of the register's tree
    // and pieces.
    long double const k = 2 * static_cast<long double>(n) + 24;
    long double const u = static_cast<long double>(std::numeric_limits<float>::epsilon()) / 2;
    auto const check = [&](auto const& order) {
      std::vector<float> found(n);
      bellman::backward_scan(order, maps, 0.3f, found.end());
      for (std::size_t t = 0; t < n; ++t) {
        RC_ASSERT(estimators::magnitude(found[t] - exact[t]) <= k * u / (1 - k * u) * size[t]);
      }
    };
    check(sequential{});
    check(in_register<4>{});
    check(in_register<16>{});
    for (std::size_t pieces : {1u, 2u, 3u, 8u}) check(bellman::in_parallel{forwards, pieces});
  }));
}
