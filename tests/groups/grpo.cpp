// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/grpo.hpp>

#include <array>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/sixteen_bits.hpp"

namespace {

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("GRPO divides the centred reward by the deviation, and Dr. GRPO does not") {
  CHECK(true_at_both_times([] {
    // Mean 2, squares 4 + 0 + 4, variance 4
    std::array const rewards{4.0, 2.0, 0.0};
    return bellman::grpo(rewards) == std::array{1.0, 0.0, -1.0} &&
           bellman::dr_grpo(rewards) == std::array{2.0, 0.0, -2.0} && bellman::grpo(std::array{0.1, 0.1})[0] == 0.0;
  }));
}

TEST_CASE("rewards of 16 bits have advantages that are floats") {
  // Of 1, 1, 1, 1 + e the mean is 1 + e / 4 and the deviation e / 2: -1/2 and 3/2.
  auto const check = [](auto number, float e) {
    using number_type = decltype(number);
    std::vector const rewards{number_type(1.0f), number_type(1.0f), number_type(1.0f), number_type(1 + e)};
    auto const a = bellman::grpo(rewards);
    STATIC_REQUIRE(std::is_same_v<std::remove_cvref_t<decltype(a[0])>, float>);
    CHECK(a == std::vector{-0.5f, -0.5f, -0.5f, 1.5f});
    std::vector<number_type> out(4);
    CHECK(bellman::grpo(rewards, out.begin()) == out.end());
    CHECK(static_cast<float>(out[0]) == -0.5f);
    CHECK(static_cast<float>(out[3]) == 1.5f);
  };
  check(bellman::test::brain_float{}, 0x1p-7f);
  check(bellman::test::half_float{}, 0x1p-7f);
}
