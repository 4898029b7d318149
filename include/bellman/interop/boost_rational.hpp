// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/field.hpp>

#include <boost/rational.hpp>

namespace bellman {

/// `rational`: quotients of 64-bit integers: exact, and quick to compile.
///
/// Where 64 bits are too few: `bellman::rational512`.
///
/// *Errors*: an overflow is an error in every algorithm of this library, for they compute with `bellman::sum` and its
/// kin; the operators of `boost::rational<long long>` itself overflow in silence.
/// *Use*:
///     bellman::sum(bellman::rational(1, 3), bellman::rational(1, 6)) == bellman::rational(1, 2)
using rational = boost::rational<long long>;

static_assert(ordered_field<rational> && exact_scalar<rational>);

}  // namespace bellman
