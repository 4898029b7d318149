// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman {

/// `per_state{schedule}`: step sizes that count the visits to each state of a table, or to each pair of a state and an
/// action, in place of all steps: of any prediction, how often each weight was in its gradient.
///
/// *Arguments*: a `step_schedule`.
/// *Source*: Sutton and Barto, section 2.5; Jaakkola, Jordan and Singh 1994.
/// *Use*:
///     bellman::per_state{bellman::harmonic_step{}}.schedule(4) == bellman::unit_fraction{4}
template <class Schedule>
struct per_state {
  Schedule schedule;
};

template <class Schedule>
per_state(Schedule) -> per_state<Schedule>;

}  // namespace bellman
