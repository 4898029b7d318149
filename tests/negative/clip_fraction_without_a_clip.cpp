// SPDX-License-Identifier: BSL-1.0
// refused: a_clip_fraction_is_of_a_surrogate_with_a_member_binds

#include <bellman/loss/clip_fraction.hpp>
#include <bellman/loss/clipped.hpp>
#include <bellman/loss/surrogate.hpp>

#include <array>

using row = std::array<double, 2>;

constexpr std::array batch{bellman::sampled_tokens{row{-1.0, -2.0}, row{-1.0, -2.0}, row{0.5, -0.5}}};
#ifdef CONTROL
constexpr bellman::clipped surrogate{0.2};
#else
constexpr bellman::unclipped surrogate{};
#endif

constexpr auto fraction = bellman::clip_fraction(batch, bellman::token_ratio{}, surrogate);
