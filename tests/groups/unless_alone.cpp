// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/unless_alone.hpp>

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/spread.hpp>

#include <array>

#include "groups/centred.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::group_advantages;
using bellman::group_mean;
using bellman::leave_one_out;
using bellman::rational;
using bellman::standard_deviation;
using bellman::unless_alone;
using bellman::test::approx_equal;
using bellman::test::centred;
using bellman::test::left_out;
using bellman::test::normalised;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a group of one has no advantage, unless it is said otherwise") {
  CHECK(centred(std::array{2.0})[0] == 0.0);
  CHECK(left_out(std::array{2.0})[0] == 0.0);
  CHECK(normalised(std::array{2.0})[0] == 0.0);
  CHECK(true_at_both_times([] {
    group_advantages const raw{unless_alone{group_mean{}, 0}, unless_alone{standard_deviation{}, 1}};
    auto const pair = raw(std::array{2.0, 4.0});
    return raw(std::array{2.0})[0] == 2.0 && approx_equal(pair[1], 0.70710678118654752, 1e-15) && pair[0] == -pair[1] &&
           group_advantages{unless_alone{leave_one_out{}, rational(1, 2)}}(std::array{rational(2)})[0] ==
               rational(3, 2);
  }));
}
