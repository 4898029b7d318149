// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/clipped.hpp>
#include <bellman/loss/internal/mean_of_tokens.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/scope.hpp>

#include <concepts>

namespace bellman {

namespace refused {

struct an_out_of_range_fraction_is_of_a_clip_of_these_ratios {};

}  // namespace refused

namespace detail {

template <class Clip, class R>
concept clips_a_ratio = requires(Clip const& c, R const& r) {
  { c.clip(r) == r } -> std::convertible_to<bool>;
};

template <class Batch, class Ratio, class Clip>
struct a_clip_of_ratios : internal::rule<clips_a_ratio<Clip, internal::ratio_of_t<Batch, Ratio>>,
                                         refused::an_out_of_range_fraction_is_of_a_clip_of_these_ratios> {};

struct out_of_range_fraction_fn {
  template <class Batch, class Ratio, class Clip,
            class = typename internal::every<internal::a_batch_and_its_ratio<Batch, Ratio>,
                                             a_clip_of_ratios<Batch, Ratio, Clip>>::type::yes>
  constexpr auto operator()(Batch&& batch, Ratio const& ratio, Clip const& clip) const {
    auto const is_outside = [&](auto const& r, auto const&...) { return clip.clip(r) == r ? 0.0 : 1.0; };
    return internal::mean_of_tokens(batch, ratio, is_outside, token_mean{});
  }
};

}  // namespace detail

/// `out_of_range_fraction(batch, ratio, clipped{low, high})`: of all tokens the part whose ratio has left
/// `[1 - low, 1 + high]`, whatever their advantages, a `batch_mean<token_mean, double>`.
///
/// What Stable-Baselines3 and CleanRL log as the clip fraction. `clip_fraction` counts the tokens among them to which
/// the clip makes a difference: those that have gone in the direction of their advantage.
///
/// *Arguments*: a range of `sampled_tokens`, one for each sequence; a `ratio`; a `clipped`.
/// *Errors*: those of `policy_loss`.
/// *Cost*: O(tokens), allocates nothing.
/// *Laws*: never below the `clip_fraction` (tests/loss/out_of_range_fraction.cpp).
/// *Use*:
///     bellman::out_of_range_fraction(
///         std::array{bellman::sampled_tokens{std::array{-1.0, 0.0}, std::array{-1.0, -1.0}, std::array{0.5, -0.5}}},
///         bellman::token_ratio{}, bellman::clipped{0.2}).value() == 0.5
inline constexpr detail::out_of_range_fraction_fn out_of_range_fraction{};

}  // namespace bellman
