// SPDX-License-Identifier: BSL-1.0
// refused: a_scope_must_make_a_batch_mean_of_the_token_sum_of_a_sequence

#include <bellman/loss/mean_over.hpp>

#include <array>

constexpr std::array<std::array<double, 2>, 1> batch{std::array{1.0, 2.0}};
#ifdef CONTROL
constexpr bellman::sequence_mean scope{};
#else
constexpr auto scope = [](auto const& tokens) { return tokens.value(); };
#endif

constexpr auto mean = bellman::mean_over(batch, scope);
