// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/mean_of_tokens.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/loss/surrogate.hpp>

namespace bellman {

namespace refused {

struct a_clip_fraction_is_of_a_surrogate_with_a_member_binds {};

}  // namespace refused

namespace detail {

template <class Batch, class Ratio, class Surrogate>
struct a_surrogate_that_clips
    : internal::rule<clipping_surrogate<Surrogate, internal::ratio_of_t<Batch, Ratio>, internal::advantage_of_t<Batch>,
                                        internal::log_prob_of_t<Batch>>,
                     refused::a_clip_fraction_is_of_a_surrogate_with_a_member_binds> {};

struct clip_fraction_fn {
  template <class Batch, class Ratio, class Surrogate,
            class = typename internal::every<internal::a_batch_and_its_ratio<Batch, Ratio>,
                                             a_surrogate_that_clips<Batch, Ratio, Surrogate>>::type::yes>
  constexpr auto operator()(Batch&& batch, Ratio const& ratio, Surrogate const& surrogate) const {
    auto const binds = [&](auto const& r, auto const& its_advantage, auto const&...) {
      return surrogate.binds(r, its_advantage) ? 1.0 : 0.0;
    };
    return internal::mean_of_tokens(batch, ratio, binds, token_mean{});
  }
};

}  // namespace detail

/// `clip_fraction(batch, ratio, surrogate)`: of all tokens the part to which the surrogate's clip makes a difference, a
/// `batch_mean<token_mean, double>`.
///
/// *Arguments*: a range of `sampled_tokens`, one for each sequence; a `ratio` and a `clipping_surrogate`.
/// *Errors*: those of `policy_loss`.
/// *Cost*: O(tokens), allocates nothing.
/// *Use*:
///     bellman::clip_fraction(
///         std::array{bellman::sampled_tokens{std::array{-1.0, 0.0}, std::array{-1.0, -1.0}, std::array{0.5, 0.5}}},
///         bellman::token_ratio{}, bellman::clipped{0.2}).value() == 0.5
inline constexpr detail::clip_fraction_fn clip_fraction{};

}  // namespace bellman
