// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/probability/distribution.hpp>

namespace bellman::internal {

/// `with_checked_weights(d)`: `d`, whose weights are checked now unless they were when it was built. What an
/// environment or a policy answers is taken through it, so that a range of weights that is no distribution is refused.
template <distribution D>
constexpr D with_checked_weights(D d) {
  if constexpr (!weights_were_checked<D>) check_weights(d);
  return d;
}

}  // namespace bellman::internal
