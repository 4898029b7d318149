// SPDX-License-Identifier: BSL-1.0
// refused: the_values_of_these_dual_numbers_have_only_a_partial_order

#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>
#include <bellman/scalar/maximum.hpp>

#ifdef CONTROL
using scalar = bellman::dual<double>;
#else
using scalar = bellman::dual<bellman::interval<double>>;
#endif
constexpr auto x = bellman::maximum(scalar(1), scalar(2));
