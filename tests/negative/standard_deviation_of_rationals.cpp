// SPDX-License-Identifier: BSL-1.0
// refused: this_number_has_no_sqrt

#include <bellman/groups/group_methods.hpp>
#include <bellman/interop/boost_rational.hpp>

#ifdef CONTROL
constexpr auto method = bellman::rloo;
#else
constexpr auto method = bellman::grpo;
#endif

constexpr std::array rewards{bellman::rational(1), bellman::rational(0)};
constexpr auto advantages = method(rewards);
