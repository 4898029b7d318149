// SPDX-License-Identifier: BSL-1.0
// refused: the_index_of_a_logit_must_be_an_integer

#include <bellman/probability/log_softmax.hpp>

#include <array>

#ifdef CONTROL
constexpr int index_of_one = 1;
#else
constexpr double index_of_one = 1.9;
#endif
auto const x = bellman::log_softmax(std::array{0.0, 1.0}, index_of_one);
