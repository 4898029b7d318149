// SPDX-License-Identifier: BSL-1.0
// expect: softmax needs logits of a floating-point type

#include <bellman/bellman.hpp>
#include <bellman/interop/boost_rational.hpp>

#ifdef CONTROL
using number = double;
#else
using number = bellman::rational;
#endif

constexpr auto chances = bellman::softmax(std::array{number(1), number(2)});
