// SPDX-License-Identifier: BSL-1.0
// expect: bellman: two estimators of a bundle have one name

#include <bellman/reflect/bundle.hpp>
#include <bellman/reflect/estimators.hpp>

using namespace bellman::reflect;

#ifdef CONTROL
constexpr auto both = bundle(td_errors(0.9), as<"far">(td_errors(0.99)));
#else
constexpr auto both = bundle(td_errors(0.9), td_errors(0.99));
#endif
