// SPDX-License-Identifier: BSL-1.0
// refused: logits_must_be_a_range_of_floating_point_numbers

#include <bellman/bellman.hpp>
#include <bellman/interop/boost_rational.hpp>

#ifdef CONTROL
using number = double;
#else
using number = bellman::rational;
#endif

constexpr auto chances = bellman::softmax(std::array{number(1), number(2)});
