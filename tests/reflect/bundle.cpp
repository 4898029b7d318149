// SPDX-License-Identifier: BSL-1.0
#include <bellman/reflect/bundle.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/reflect/column_named.hpp>
#include <bellman/reflect/estimate.hpp>
#include <bellman/reflect/estimators.hpp>
#include <bellman/reflect/name.hpp>

#include <boost/hana/define_struct.hpp>
#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/string.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"

namespace {

namespace hana = boost::hana;
using bellman::terminated;
using bellman::reflect::as;
using bellman::reflect::bundle;
using bellman::reflect::estimate;
using bellman::reflect::name;
using bellman::reflect::reading;

}  // namespace

TEST_CASE("an estimator may have another name and read other columns") {
  auto const sequence = hana::make_map(hana::make_pair(name<"rewards">, std::vector{1.0, 1.0}),
                                       hana::make_pair(name<"old">, std::vector{0.0, 4.0}),
                                       hana::make_pair(name<"new">, std::vector{1.0, 2.0}),
                                       hana::make_pair(name<"steps">, terminated{}));
  auto const all = estimate(sequence, bundle(as<"before">(reading<"old">(bellman::reflect::td_errors(0.5))),
                                             reading<"new">(bellman::reflect::td_errors(0.5))));
  CHECK(all[name<"before">] == std::vector{3.0, -3.0});
  CHECK(all[name<"td_errors">] == std::vector{1.0, -1.0});
}
