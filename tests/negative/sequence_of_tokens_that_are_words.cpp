// SPDX-License-Identifier: BSL-1.0
// refused: this_is_no_range_of_tokens

#include <bellman/language/sequence_log_probability.hpp>

#include <array>

constexpr auto model = [](bellman::context const&) { return std::array{0.5, 2.0}; };

#ifdef CONTROL
auto const log_prob = bellman::sequence_log_probability(model, bellman::context{}, std::array{0, 1});
#else
auto const log_prob = bellman::sequence_log_probability(model, bellman::context{}, std::array{"a", "b"});
#endif
