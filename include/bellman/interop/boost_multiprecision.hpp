// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/field.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <boost/rational.hpp>

namespace bellman {

/// `integer512`: signed integers of at most 512 bits, without allocation.
///
/// *Errors*: an overflow throws `std::overflow_error`.
/// *Use*:
///     (bellman::integer512(1) << 64) > (std::numeric_limits<long long>::max)()
using integer512 = boost::multiprecision::number<
    boost::multiprecision::cpp_int_backend<512, 512, boost::multiprecision::signed_magnitude,
                                           boost::multiprecision::checked, void>,
    boost::multiprecision::et_off>;

/// `rational512`: quotients of 512-bit integers: exact, for systems of equations whose determinants do not fit into
/// `bellman::rational`.
///
/// Limits: clang 19 computes with it in constant expressions; g++ 12 does not, since the division of
/// Boost.Multiprecision 1.81 compares addresses (`boost/multiprecision/cpp_int/divide.hpp`) in a way that it refuses
/// there. At run time both do.
///
/// *Errors*: an overflow throws `std::overflow_error`, in this library and in every other use.
/// *Cost*: 160 bytes a number.
/// *Use*:
///     bellman::rational512(1, 3) + bellman::rational512(1, 6) == bellman::rational512(1, 2)
using rational512 = boost::rational<integer512>;

static_assert(ordered_field<rational512> && exact_scalar<rational512>);

}  // namespace bellman
