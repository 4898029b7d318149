// SPDX-License-Identifier: BSL-1.0
// refused: the_sequence_lacks_the_column

#include <bellman/reflect/estimate.hpp>
#include <bellman/reflect/estimators.hpp>

#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>

#include <array>

namespace hana = boost::hana;
using bellman::reflect::name;

#ifdef CONTROL
constexpr auto column = name<"values">;
#else
constexpr auto column = name<"state_values">;
#endif

constexpr auto sequence =
    hana::make_map(hana::make_pair(name<"rewards">, std::array{1.0, 1.0}),
                   hana::make_pair(column, std::array{0.5, 0.5}), hana::make_pair(name<"steps">, bellman::terminated{}));
constexpr auto estimates =
    bellman::reflect::estimate(sequence, bellman::reflect::bundle(bellman::reflect::td_errors(0.9)));
