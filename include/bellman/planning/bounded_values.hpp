// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/planning/state_index.hpp>

#include <vector>

namespace bellman {

/// Why a solver stopped: the tolerance was reached and proved; rounding allows for no more; the method's cap.
enum class stop { certified, rounding, cap };

/// What is known of the fixed point of an operator over a table: values by the numbers of the states, each with how far
/// the true one may lie below and above it. No radii at all stand for 0.
///
/// *Use*:
///     bellman::bounded_values<double>{}.values.empty()
template <class V>
struct bounded_values {
  std::vector<V> values = {};
  std::vector<V> below = {};
  std::vector<V> above = {};
  /// A slot for each state, which attains the values; where an operator has no choice, or a state is terminal,
  /// `no_index`.
  internal::vector<index_t> slots = {};
  stop stopped = stop::certified;
  /// Transitions that were read, in units of all transitions; of which for the certificate.
  double sweeps = 0;
  double sweeps_to_certify = 0;
};

}  // namespace bellman
