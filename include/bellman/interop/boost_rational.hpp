// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/field.hpp>

#include <boost/rational.hpp>

namespace bellman {

/// Quotients of 64-bit integers: exact, and quick to compile. An overflow is an error in every algorithm of this
/// library, for they compute with `bellman::sum` and its kin; the operators of `boost::rational<long long>` itself
/// overflow in silence. Where 64 bits are too few: `bellman::rational512`.
using rational = boost::rational<long long>;

static_assert(ordered_field<rational> && exact_scalar<rational>);

}  // namespace bellman
