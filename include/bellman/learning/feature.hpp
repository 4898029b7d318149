// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace bellman {

/// `feature{index, value}`: one number of a long vector of which most are zero, and where it stands: a feature
/// that is not zero, and the weight that it belongs to; a component of a gradient.
///
/// *Use*:
///     bellman::feature{3, 0.5}.value == 0.5
template <class V>
struct feature {
  std::size_t index;
  V value;

  friend bool operator==(feature const&, feature const&) = default;
};

template <class V>
feature(std::size_t, V) -> feature<V>;

}  // namespace bellman
