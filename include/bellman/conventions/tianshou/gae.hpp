// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/flags_at_step.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/gae_of_transitions.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <utility>

namespace bellman::conventions::tianshou {

namespace detail {

struct rolled_values_fn {
  template <class NextValues, class Terminated,
            class = typename internal::every<internal::a_placed_column<NextValues>,
                                             internal::a_placed_column_of_flags<Terminated>>::type::yes>
  constexpr auto operator()(NextValues&& v_s_, Terminated&& is_terminated) const {
    std::size_t const n = common_length(v_s_, is_terminated);
    return computed(n, [n, v = in_place(std::forward<NextValues>(v_s_)),
                        ends = in_place(std::forward<Terminated>(is_terminated))](std::size_t t) {
      std::size_t const before = (t == 0 ? n : t) - 1;
      using V = decltype(number_at(v, before));
      if (flag_at(ends, before)) return V{};
      return number_at(v, before);
    });
  }
};

template <class Machine>
struct gae_fn {
  template <
      class Rewards, class Values, class NextValues, class Ends, class Terminated, class Parameters, class... Out,
      class = typename internal::every<internal::transitions_with_flags<Rewards, Values, NextValues, Ends, Terminated>,
                                       internal::trace_parameters_of_columns<Parameters, Rewards, Values, NextValues>,
                                       internal::gae_of_flagged_transitions<Rewards, Values, NextValues, Ends,
                                                                            Terminated, Parameters, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& rew, Values const& v_s, NextValues const& v_s_, Ends const& end_flag,
                            Terminated const& is_terminated, Parameters const& p, Out... out) const {
    return gae_of_transitions(rew, v_s, v_s_, flags_at_step(end_flag, is_terminated, v_s_), p, out...);
  }
};

}  // namespace detail

/// `rolled_values(v_s_, terminated)`: what stands for `v_s` where no values of the states are given: those of the next
/// states, 0 after a termination, one step later; the first is that behind the last.
///
/// *Arguments*: ranges that outlive the result.
/// *Errors*: `invalid_value` for two lengths that differ; an array that is a temporary does not compile.
/// *Use*:
///     [v = std::array{1.0, 2.0}, ends = std::array{false, false}] {
///       return bellman::conventions::tianshou::rolled_values(v, ends).front() == 2.0;
///     }()
inline constexpr detail::rolled_values_fn rolled_values{};

/// `gae(rew, v_s, v_s_, end_flag, terminated, trace_parameters{.gamma = g, .lambda = l})`: the advantages and returns
/// of a batch from the buffer.
///
/// *Arguments*: `end_flag` is set where an episode ended in any way, and at the last step of one that goes on beyond
/// the buffer (`unfinished_index`); `v_s_` at a termination is not read. One sequence or arrays of several; outputs as
/// those of `bellman::gae`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: tianshou, `compute_episodic_return`.
/// *Use*:
///     bellman::conventions::tianshou::gae(std::array{1.0, 2.0}, std::array{0.5, 1.0}, std::array{1.0, 10.0},
///                                         std::array{false, true}, std::array{false, false},
///                                         bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::array{2.5, 6.0}
inline constexpr detail::gae_fn<internal::this_machine> gae{};

}  // namespace bellman::conventions::tianshou
