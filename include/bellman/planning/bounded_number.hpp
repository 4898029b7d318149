// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman {

/// A number as it was computed, and bounds of the true one: `lower <= true <= upper`. In exact scalars the three are
/// one.
///
/// *Use*:
///     bellman::bounded_number<double>{1.0, 0.5, 1.5}.upper == 1.5
template <class V>
struct bounded_number {
  V value;
  V lower;
  V upper;
};

}  // namespace bellman
