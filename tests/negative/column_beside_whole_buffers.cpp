// SPDX-License-Identifier: BSL-1.0
// refused: a_recording_of_several_sequences_lies_in_one_layout_with_what_belongs_to_its_steps

#include <bellman/conventions/cleanrl/gae.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/layout/time_major.hpp>

#include <array>

std::array const rewards{1.0, 2.0};
std::array const values{1.0, 2.0};
std::array const dones{0, 0};
std::array const next_done{0, 0};
std::array const next_value{1.0, 2.0};
bellman::trace_parameters constexpr p{.gamma = 0.5, .lambda = 0.5};

#ifdef CONTROL
auto const estimates =
    bellman::conventions::cleanrl::gae(bellman::time_major(rewards, 2), bellman::time_major(values, 2),
                                       bellman::time_major(dones, 2), next_done, next_value, p);
#else
auto const estimates = bellman::conventions::cleanrl::gae(bellman::time_major(rewards, 2), values,
                                                          bellman::time_major(dones, 2), next_done, next_value, p);
#endif
