// SPDX-License-Identifier: BSL-1.0
// refused: a_truncated_episode_needs_the_value_of_the_state_after_it

#include <bellman/reflect/estimate.hpp>
#include <bellman/reflect/estimators.hpp>

#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>

#include <array>

namespace hana = boost::hana;
using bellman::reflect::name;

#ifdef CONTROL
constexpr bellman::truncated ending{2.0};
#else
constexpr bellman::truncated ending{};
#endif

constexpr auto sequence = hana::make_map(hana::make_pair(name<"rewards">, std::array{1.0, 1.0}),
                                         hana::make_pair(name<"steps">, ending));
constexpr auto estimates =
    bellman::reflect::estimate(sequence, bellman::reflect::bundle(bellman::reflect::returns_to_go(0.9)));
