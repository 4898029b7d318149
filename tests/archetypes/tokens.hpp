// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/loss/sampled_tokens.hpp>

#include <vector>

#include "archetypes/archetypes.hpp"

namespace archetypes {

/// A number of each token of a sequence, read once, and what a loss is given of a sequence.
using token_row = once<number>;
using token_rows = bellman::sampled_tokens<token_row, token_row, token_row>;

constexpr token_row row_of(int a, int b) { return token_row(std::vector{number(a), number(b)}); }

}  // namespace archetypes
