// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/shared/gae_of_transitions.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/gae.hpp>

#include <array>
#include <span>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace conventions = bellman::conventions;

using bellman::trace_parameters;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the values of the next states may differ from those of the states") {
  CHECK(true_at_both_times([] {
    std::array const rewards{1.0, 2.0};
    std::array const values{0.5, 1.0};
    std::array const next_values{8.0, 4.0};
    auto const a = conventions::gae_of_transitions(rewards, values, next_values, bellman::truncated{4.0},
                                                   trace_parameters{.gamma = 0.5, .lambda = 0.5});
    // 2 + 2 - 1; 1 + 4 - 1/2 + 1/4 * 3
    return a.advantages == std::array{5.25, 3.0} && a.returns == std::array{5.75, 4.0};
  }));
}

TEST_CASE("where they do not differ it is gae") {
  CHECK(true_at_both_times([] {
    std::array const rewards{1.0, 2.0, 4.0};
    std::array const values{0.5, 1.0, 2.0};
    std::array const next_values{1.0, 2.0, 0.0};
    trace_parameters const p{.gamma = 0.5, .lambda = 0.5};
    auto const theirs = conventions::gae_of_transitions(rewards, values, next_values, bellman::terminated{}, p);
    auto const ours = bellman::gae(rewards, values, bellman::terminated{}, p);
    return theirs.advantages == ours.advantages && theirs.returns == ours.returns;
  }));
}

TEST_CASE("a lambda for each step stands beside the reward before it") {
  CHECK(true_at_both_times([] {
    std::array const rewards{1.0, 2.0};
    std::array const values{0.5, 1.0};
    std::array const next_values{1.0, 0.0};
    std::array const lambda{0.5, 99.0};
    auto const a = conventions::gae_of_transitions(rewards, values, next_values, bellman::terminated{},
                                                   trace_parameters{.gamma = 0.5, .lambda = std::span(lambda)});
    // 2 - 1; 1 + 1/2 - 1/2 + 1/4
    return a.advantages == std::array{1.25, 1.0};
  }));
}
