// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/weights_in.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::dirac;
using bellman::rational;
using bellman::weights_in;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("weights that are probabilities by their type become numbers") {
  CHECK(true_at_both_times([] {
    auto const certain = weights_in<rational>(dirac{'x'});
    auto const coin = weights_in<double>(bellman::uniform(std::array{'x', 'y'}));
    return certain.size() == 1 && certain[0].probability == rational(1) && coin[1].probability == 0.5;
  }));
}
