// SPDX-License-Identifier: BSL-1.0
#include <bellman/evaluation/direct_method.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/evaluation/off_policy_evaluation.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "evaluation/episodes.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::direct_method;
using bellman::modelled_episode;
using bellman::rational;
using bellman::test::numbers;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the direct method has the error of the states alone and weighs no episode") {
  CHECK(true_at_both_times([] {
    auto const from = [](int v) {
      return modelled_episode{numbers{100}, numbers{rational(3, 7)}, numbers{0}, numbers{v}};
    };
    auto const e = direct_method(std::vector{from(1), from(3)});
    return e.value == rational(2) && e.variance() == rational(1) && e.effective_sample_size == rational(2);
  }));
}
