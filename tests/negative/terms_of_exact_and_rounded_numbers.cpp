// SPDX-License-Identifier: BSL-1.0
// refused: these_numbers_have_no_common_type

#include <bellman/interop/boost_rational.hpp>
#include <bellman/reflect/reward_terms.hpp>

using bellman::reflect::term;

constexpr auto exact = term<"exact">(bellman::rational(1, 2), [](int x) { return x; });

#ifdef CONTROL
constexpr auto paid = bellman::reflect::reward_terms(exact, term<"other">(3, [](int x) { return x; }))(2);
#else
constexpr auto paid = bellman::reflect::reward_terms(exact, term<"other">(0.1, [](int x) { return x; }))(2);
#endif
