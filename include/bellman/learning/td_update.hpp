// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/learning/feature.hpp>

#include <vector>

namespace bellman {

/// What a learning rule is told of one step: how wrong the prediction was, and what it depends on.
///
///  - `gradient`: the derivative of the prediction `q(S, A)` with respect to the weights;
///  - `decay`: what the credit of earlier steps is multiplied with, `gamma c` of the step's `correction`;
///  - `weight`: how much the step counts: 1, or the importance ratio of its action;
///  - `error`: the TD error, `R + gamma v(S') - q(S, A)`, or another error of the prediction;
///  - `predicted`, `reward`, `next_value`, `gamma`, `lambda`: what these are made of; after a terminated step the next
///    value is 0;
///  - `next_gradient`: the derivative of the next value, for rules that say `reads_next_gradient`; else empty.
///
/// Vectors are lists of components; an index may be in `next_gradient` more than once.
template <class V>
struct td_update {
  std::vector<feature<V>> const& gradient;
  V decay;
  V weight;
  V error;
  V predicted;
  V reward;
  V next_value;
  V gamma;
  V lambda;
  std::vector<feature<V>> const& next_gradient;
};

}  // namespace bellman
