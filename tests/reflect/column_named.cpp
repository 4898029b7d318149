// SPDX-License-Identifier: BSL-1.0
#include <bellman/reflect/column_named.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/reflect/bundle.hpp>
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

#include "recording.hpp"
#include "support/catch.hpp"

namespace {

using bellman::reflect::column_named;
using bellman::reflect::name;
using bellman::test::random_recording;
using bellman::test::recording;

}  // namespace

TEST_CASE("a column is looked up and not copied") {
  recording<double> r = random_recording<double>(3);
  CHECK(&column_named(r, name<"values">) == &r.values);
  CHECK(&column_named(std::as_const(r), name<"steps">) == &r.steps);
}
