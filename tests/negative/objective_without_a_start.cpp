// SPDX-License-Identifier: BSL-1.0
// refused: the_environment_has_no_distribution_of_states_to_start_in

#include <bellman/language/token_environment.hpp>
#include <bellman/learning/objective.hpp>

#include <array>
#include <string_view>

auto const env = bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
                                            bellman::length_limit{1},
                                            [](bellman::context const&, bellman::token t) { return 1.0 * t; });
auto const policy = [](bellman::context const&) { return bellman::token{1}; };

#ifdef CONTROL
double const J = bellman::objective(env, policy, 0.5, bellman::context{});
#else
double const J = bellman::objective(env, policy, 0.5);
#endif
