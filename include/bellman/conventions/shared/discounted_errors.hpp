// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/at_arrival.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/register_width.hpp>

namespace bellman::conventions {

namespace detail {

template <class Machine>
struct discounted_errors_fn {
  template <
      class Errors, class Traces, class Steps, class Gamma, class... Out,
      class = typename internal::every<
          internal::a_column_of_values<internal::of_one_t<Errors>>,
          internal::a_column_of_numbers<internal::of_one_t<Traces>>, internal::in_one_layout<Errors, Traces>,
          internal::a_discount_of_columns<internal::one_sequence_t<Gamma>, Errors>,
          internal::estimated_by<decltype(off_policy_returns), internal::given<Errors, Errors, Errors, Traces>, Steps,
                                 trace_parameters<Gamma, internal::number_of_one_t<Errors>>, Out...>>::type::yes>
  constexpr auto operator()(Errors const& errors, Traces const& traces, Steps const& steps, Gamma const& gamma,
                            Out... out) const {
    using E = internal::number_of_one_t<Errors>;
    common_length(errors, traces);
    auto const none = internal::elementwise(internal::everywhere<E>{E{}}, errors);
    return off_policy_returns(errors, none, none, at_arrival(traces), steps, trace_parameters{gamma, E(1)}, out...);
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
/// *Arguments*: random-access ranges, one element for each step, or arrays of several sequences in one layout; steps or
/// an ending; a discount or a range of such. An output as that of `off_policy_returns`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Use*:
///     bellman::conventions::discounted_errors(std::array{1.0, 2.0, 4.0}, std::array{0.5, 3.0, 100.0},
///                                             bellman::terminated{}, 0.5) == std::array{3.0, 8.0, 4.0}
inline constexpr detail::discounted_errors_fn<internal::this_machine> discounted_errors{};

}  // namespace bellman::conventions
