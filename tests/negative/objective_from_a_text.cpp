// SPDX-License-Identifier: BSL-1.0
// refused: this_is_neither_a_state_nor_a_distribution_over_states

#include <bellman/language/token_environment.hpp>
#include <bellman/learning/objective.hpp>

#include <array>
#include <string>
#include <string_view>

auto const env = bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
                                            bellman::length_limit{1},
                                            [](bellman::context const&, bellman::token t) { return 1.0 * t; });
auto const policy = [](bellman::context const&) { return bellman::token{1}; };

#ifdef CONTROL
bellman::context const start;
#else
std::string const start;
#endif
double const J = bellman::objective(env, policy, 0.5, start);
