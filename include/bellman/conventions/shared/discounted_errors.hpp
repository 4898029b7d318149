// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/at_arrival.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <ranges>

namespace bellman::conventions {

namespace detail {

template <class Machine>
struct discounted_errors_fn {
  template <class Errors, class Traces, class Steps, class Gamma,
            class = typename internal::every<internal::a_column_of_values<Errors>,
                                             internal::a_column_of_numbers<Traces>, internal::steps_or_an_ending<Steps>,
                                             internal::a_discount_of_columns<Gamma, Errors>>::type::yes>
  constexpr auto operator()(Errors const& errors, Traces const& traces, Steps const& steps, Gamma const& gamma) const {
    using E = std::ranges::range_value_t<Errors>;
    auto const none = computed(common_length(errors, traces), [](std::size_t) { return E{}; });
    return off_policy_returns(errors, none, none, at_arrival(traces), steps, trace_parameters{gamma, E(1)});
  }
};

}  // namespace detail

/// `discounted_errors(errors, traces, steps, gamma)`: the sums of errors to come,
/// `e_t = errors_t + gamma_t c_t e_{t+1}`, with the trace c of each step; 0 follows a termination.
///
/// They are the off-policy returns of the errors, taken for rewards, where nothing is known of any value. With TD
/// errors and the traces lambda they are the advantages of GAE, with `rho delta` and `lambda c` the differences of
/// V-trace, of libraries that record the value of the next state beside that of the state, so that the two need not
/// agree.
///
/// *Arguments*: random-access ranges, one element for each step; steps or an ending; a discount or a range of such.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Use*:
///     bellman::conventions::discounted_errors(std::array{1.0, 2.0, 4.0}, std::array{0.5, 3.0, 100.0},
///                                             bellman::terminated{}, 0.5) == std::array{3.0, 8.0, 4.0}
inline constexpr detail::discounted_errors_fn<internal::this_machine> discounted_errors{};

}  // namespace bellman::conventions
