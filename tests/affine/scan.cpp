// SPDX-License-Identifier: BSL-1.0
#include <bellman/affine/scan.hpp>

#include <bellman/affine/affine.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <list>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

using bellman::affine;
using bellman::backward_scan;
using bellman::rational;

namespace {

constexpr std::array maps{affine{rational(1), rational(1, 2)}, affine{rational(2), rational(3)},
                          affine{rational(0), rational(1, 4)}};
constexpr std::array expected{rational(7, 2), rational(5), rational(1)};  // 1 + 5/2, 2 + 3 * 1, 4/4

constexpr auto inline_executor = [](std::size_t n, auto const& task) {
  for (std::size_t i = 0; i < n; ++i) task(i);
};

template <class... Order>
constexpr bool scans(Order const&... order) {
  std::array<rational, 3> out{rational(0), rational(0), rational(0)};
  return backward_scan(order..., maps, rational(4), out.end()) == rational(7, 2) && out == expected;
}

}  // namespace

TEST_CASE("a scan gives the value before each step, in every order") {
  CHECK(bellman::test::true_at_both_times([] {
    return scans() && scans(bellman::sequential{}) && scans(bellman::in_register<2>{}) &&
           scans(bellman::in_parallel{inline_executor, 2}) && scans(bellman::in_parallel{inline_executor, 5});
  }));
}

TEST_CASE("maps of vectors are scanned by their scalar slopes") {
  std::vector const vectors{affine{std::array{1.0, 0.0}, 0.5}, affine{std::array{2.0, 4.0}, 0.5}};
  std::vector<std::array<double, 2>> out(2);
  backward_scan(bellman::sequential{}, vectors, std::array{4.0, 8.0}, out.end());
  CHECK(out == std::vector{std::array{3.0, 4.0}, std::array{4.0, 8.0}});
}

TEST_CASE("maps that stand in a list are walked back") {
  std::list const listed(maps.begin(), maps.end());
  std::vector<rational> out(3);
  backward_scan(listed, 4, out.end());
  CHECK(out == std::vector(expected.begin(), expected.end()));
}
