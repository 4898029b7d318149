// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman {

/// `correction{.value = v, .trace = c, .action_value = q}`: the terms of one step in the recursion behind every
/// estimator of a return from a recording,
///
///     G_t = R_t + gamma_t y_{t+1}     the return of the step
///     y_t = v_t + c_t (G_t - q_t)     what the state S_t is worth to the step before
///
/// where `v` is what is known of the value of S_t, `q` of the value of the action A_t taken in it, and the trace `c`
/// says how much of the difference that was then seen is believed. `y_t = v_t - c_t q_t + c_t R_t + c_t gamma_t
/// y_{t+1}` is an affine map of what comes after, and of this step alone; so a run of steps is one, a skipped step is
/// the identity, and after an end `y` is what the end says.
///
/// Which v, q and c make which estimator: the table of estimation/README.md. A term that is always 0 or 1 is
/// `known_zero{}` or `known_one{}`.
///
/// *Source*: Munos et al. 2016, (3); Sutton and Barto 2018, sections 12.8 and 12.9.
template <class Value, class Trace, class ActionValue>
struct correction {
  Value value;
  Trace trace;
  ActionValue action_value;
};

template <class Value, class Trace, class ActionValue>
correction(Value, Trace, ActionValue) -> correction<Value, Trace, ActionValue>;

}  // namespace bellman
