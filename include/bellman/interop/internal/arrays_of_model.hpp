// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/internal/model_arrays.hpp>

namespace bellman::internal {

/// The arrays of a model, to be changed.
template <class R, class P>
model_arrays<R, P> arrays_of(explicit_model<R, P> const& model) {
  auto const copy = [](auto& to, auto const& from) { to.assign(from.begin(), from.end()); };
  model_arrays<R, P> a;
  copy(a.first_slot, model.first_slots());
  copy(a.actions, model.slot_actions());
  copy(a.first_transition, model.first_transitions());
  copy(a.next, model.next_states());
  copy(a.probabilities, model.probabilities());
  copy(a.rewards, model.rewards());
  a.end = model.end();
  return a;
}

}  // namespace bellman::internal
