// SPDX-License-Identifier: BSL-1.0

// Exact numbers: in every order of composing an estimator is the plain loop of the textbook, digit by digit.
#include <bellman/affine/affine.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/affine/scan.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/coordinates.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include <rapidcheck.h>

#include "estimation/every_estimator.hpp"
#include "estimation/random_recording.hpp"
#include "estimation/residue.hpp"
#include "estimation/tasks.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::affine;
using bellman::in_register;
using bellman::sequential;
using bellman::test::true_at_both_times;
using estimators::from_last_to_first;
using estimators::on_threads;
using estimators::residue;

constexpr residue one_half = residue(1) / residue(2);
constexpr std::array decays{residue(0), one_half, residue(1)};

template <class... Orders, class Steps>
void is_the_plain_loop(estimators::recording<residue> const& r, Steps const& steps, residue gamma, residue lambda) {
  bellman::trace_parameters<residue> const p{.gamma = gamma, .lambda = lambda};
  estimators::for_each([&]<class Estimator>(Estimator estimator) {
    auto const expected = plain_estimates(estimator, estimators::as_written{}, r.of, r.steps, gamma, lambda);
    auto const check = [&]<class Order>(Order) {
      RC_ASSERT(estimators::outputs(Estimator::template call<bellman::deduced, Order>(r.of, steps, p)) == expected);
    };
    (check(Orders{}), ...);
  });
}
void is_the_plain_loop_in_every_order(estimators::recording<residue> const& r, residue gamma, residue lambda) {
  is_the_plain_loop<sequential, in_register<2>, in_register<4>, in_register<8>, in_register<16>>(r, r.steps, gamma,
                                                                                                 lambda);
  estimators::flags<residue> const flags(r.steps);
  is_the_plain_loop<sequential, in_register<4>>(r, flags.steps(), gamma, lambda);
}

std::vector<affine<residue>> random_maps(std::size_t n) {
  auto const offsets = estimators::random_numbers<residue>(n);
  auto const slopes = estimators::random_numbers<residue>(n);
  std::vector<affine<residue>> maps;
  for (std::size_t t = 0; t < n; ++t) {
    maps.push_back({offsets[t], estimators::random_integer(0, 8) == 0 ? residue(0) : slopes[t]});
  }
  return maps;
}

}  // namespace

TEST_CASE("exact numbers are the same in every order, for every length, wherever episodes end and steps are skipped") {
  // RapidCheck runs it a hundred times, each with the next two lengths: every discount with one decay, at the
  // next length with another.
  std::size_t length = 0;
  CHECK(rc::check([&length] {
    for (int i = 0; i < 2; ++i) {
      auto const r = estimators::random_recording<residue>(length);
      for (std::size_t k = 0; k < decays.size(); ++k) {
        is_the_plain_loop_in_every_order(r, decays[k], decays[(k + length) % decays.size()]);
      }
      ++length;
    }
  }));
  CHECK(length >= 200);
}

TEST_CASE("so they are with a discount and a lambda for each step") {
  CHECK(rc::check([] {
    auto const r = estimators::random_recording<residue>(estimators::random_size(80));
    std::vector<residue> gammas;
    std::vector<residue> lambdas;
    for (int k : estimators::random_integers(r.size(), 0, 9)) gammas.push_back(residue(k) / residue(8));
    for (int k : estimators::random_integers(r.size(), 0, 9)) lambdas.push_back(residue(k) / residue(8));
    bellman::trace_parameters const p{.gamma = std::span(gammas), .lambda = std::span(lambdas)};
    estimators::for_each([&]<class Estimator>(Estimator estimator) {
      auto const expected = plain_estimates(estimator, estimators::as_written{}, r.of, r.steps, gammas, lambdas);
      auto const found = [&]<class Order>(Order) {
        return estimators::outputs(Estimator::template call<bellman::deduced, Order>(r.of, r.steps, p));
      };
      RC_ASSERT(found(sequential{}) == expected);
      RC_ASSERT(found(in_register<8>{}) == expected);
    });
  }));
}

TEST_CASE("an order is the same in a constant expression") {
  CHECK(true_at_both_times([] {
    std::array const numbers{residue(3), residue(-1), residue(4), residue(1), residue(-5), residue(9), residue(2)};
    std::array const others{one_half, residue(1), residue(2), one_half, residue(0), residue(1), one_half};
    std::vector<bellman::step<residue>> steps(7, bellman::continues{});
    steps[1] = bellman::skipped{};
    steps[2] = bellman::terminated{};
    steps[6] = bellman::truncated{residue(6)};
    estimators::columns const c{numbers, others, numbers, others};
    bellman::trace_parameters<residue> const p{.gamma = one_half, .lambda = one_half};
    bool equal = true;
    estimators::for_each([&]<class Estimator>(Estimator) {
      auto const one_by_one = estimators::outputs(Estimator::template call<bellman::deduced, sequential>(c, steps, p));
      auto const four = estimators::outputs(Estimator::template call<bellman::deduced, in_register<4>>(c, steps, p));
      equal = equal && one_by_one == four && !(one_by_one[0][0] == residue(0));
    });
    return equal;
  }));
}

TEST_CASE("a scan of maps is the same one after another, in a register and in pieces") {
  CHECK(rc::check([] {
    auto const maps = random_maps(estimators::random_size(80));
    auto const x = estimators::random_number<residue>();
    std::vector<residue> expected(maps.size());
    residue const first = bellman::backward_scan(maps, x, expected.end());
    auto const check = [&](auto const& order) {
      std::vector<residue> found(maps.size());
      RC_ASSERT(bellman::backward_scan(order, maps, x, found.end()) == first);
      RC_ASSERT(found == expected);
    };
    check(sequential{});
    check(in_register<2>{});
    check(in_register<8>{});
    for (std::size_t pieces : {0u, 1u, 2u, 3u, 7u, 90u}) check(bellman::in_parallel{from_last_to_first, pieces});
  }));
}

TEST_CASE("pieces that are scanned at the same time by threads are a scan") {
  auto const half_of_all = affine<residue>{residue(1), one_half};
  std::vector<affine<residue>> const maps(10000, half_of_all);
  std::vector<residue> expected(maps.size());
  std::vector<residue> found(maps.size());
  auto const first = bellman::backward_scan(maps, residue(3), expected.end());
  CHECK(bellman::backward_scan(bellman::in_parallel{on_threads, 4}, maps, residue(3), found.end()) == first);
  CHECK(found == expected);
}

TEST_CASE("a scan of vectors is that of their components, in every order") {
  CHECK(true_at_both_times([] {
    using vector = bellman::coordinates<residue, 2>;
    std::array const maps{affine<vector>{vector{residue(1), residue(0)}, one_half},
                          affine<vector>{vector{residue(2), residue(4)}, residue(1)},
                          affine<vector>{vector{residue(0), residue(8)}, one_half}};
    std::array<vector, 3> const expected{vector{residue(2), residue(4)}, vector{residue(2), residue(12) - residue(4)},
                                         vector{residue(0), residue(8) - residue(4)}};
    bool equal = true;
    auto const check = [&](auto const& order) {
      std::array<vector, 3> out{};
      bellman::backward_scan(order, maps, vector{residue(0), residue(-8)}, out.end());
      equal = equal && out == expected;
    };
    check(sequential{});
    check(in_register<2>{});
    check(bellman::in_parallel{from_last_to_first, 2});
    return equal;
  }));
}

TEST_CASE("a scan in pieces is a constant expression") {
  CHECK(true_at_both_times([] {
    std::array const maps{affine<residue>{residue(1), one_half}, affine<residue>{residue(2), residue(0)},
                          affine<residue>{residue(3), residue(1)}, affine<residue>{residue(4), residue(2)},
                          affine<residue>{residue(5), one_half}};
    std::array<residue, 5> out{residue(0), residue(0), residue(0), residue(0), residue(0)};
    auto const first = bellman::backward_scan(bellman::in_parallel{from_last_to_first, 2}, maps, residue(8), out.end());
    return first == residue(2) && out == std::array{residue(2), residue(2), residue(25), residue(22), residue(9)};
  }));
}
