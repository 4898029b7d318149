// SPDX-License-Identifier: BSL-1.0
// refused: two_estimators_of_a_bundle_have_one_name

#include <bellman/reflect/bundle.hpp>
#include <bellman/reflect/estimators.hpp>

using namespace bellman::reflect;

#ifdef CONTROL
constexpr auto both = bundle(td_errors(0.9), as<"far">(td_errors(0.99)));
#else
constexpr auto both = bundle(td_errors(0.9), td_errors(0.99));
#endif
