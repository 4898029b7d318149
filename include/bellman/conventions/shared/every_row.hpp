// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/loss/batch_mean.hpp>

namespace bellman::conventions {

/// A scope in which every row of a padded batch is a term: one without a token counts as a 0, as where a code divides
/// by the number of rows. `every_row{sequence_mean{}}`.
template <class Scope>
struct every_row {
  Scope scope;

  template <class V>
  constexpr batch_mean<every_row, V> operator()(batch_mean<token_mean, V> const& tokens) const {
    return {scope(tokens).total, 1};
  }
};

template <class Scope>
every_row(Scope) -> every_row<Scope>;

}  // namespace bellman::conventions
