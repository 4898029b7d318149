// SPDX-License-Identifier: BSL-1.0
// refused: these_numbers_are_exact_and_have_no_exponential_and_no_root

#include <bellman/conventions/verl/kl.hpp>
#include <bellman/interop/boost_rational.hpp>

#ifdef CONTROL
using number = double;
#else
using number = bellman::rational;
#endif

auto const estimate = bellman::conventions::verl::clamped_k3(number(-1), number(-2));
