// SPDX-License-Identifier: BSL-1.0
// refused: these_parameters_have_no_gamma_and_lambda

#include <bellman/conventions/torchrl/gae.hpp>

#include <vector>

std::vector<double> const numbers{1.0, 2.0};
std::vector<bool> const flags{false, true};

#ifdef CONTROL
bellman::trace_parameters const parameters{.gamma = 0.9, .lambda = 0.8};
#else
double const parameters = 0.9;
#endif
auto const estimates = bellman::conventions::torchrl::gae(numbers, numbers, numbers, flags, flags, parameters);
