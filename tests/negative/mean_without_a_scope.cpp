// SPDX-License-Identifier: BSL-1.0
// expect: a mean needs a scope: a function of a sequence's token_sum

#include <bellman/loss/mean_over.hpp>

#include <array>

constexpr std::array<std::array<double, 2>, 1> batch{std::array{1.0, 2.0}};
#ifdef CONTROL
constexpr bellman::sequence_mean scope{};
#else
constexpr auto scope = [](auto const& tokens) { return tokens.value(); };
#endif

constexpr auto mean = bellman::mean_over(batch, scope);
