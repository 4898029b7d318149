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
using bellman::continues;
using bellman::skipped;
using bellman::step;
using bellman::terminated;
using bellman::trace_parameters;
using bellman::truncated;
using bellman::reflect::as;
using bellman::reflect::bundle;
using bellman::reflect::column_named;
using bellman::reflect::estimate;
using bellman::reflect::name;
using bellman::reflect::reading;

template <class T>
struct recording {
  BOOST_HANA_DEFINE_STRUCT(recording, (std::vector<T>, rewards), (std::vector<T>, values),
                           (std::vector<T>, action_values), (std::vector<T>, ratios),
                           (std::vector<T>, probabilities), (std::vector<step<T>>, steps));
};

// Numbers in [0, 1) and now and then an end, a cut, a step of somebody else's.
template <class T>
recording<T> random_recording(std::size_t n) {
  std::mt19937 urbg(static_cast<unsigned>(n) + 1);
  auto const draw = [&] { return static_cast<T>(urbg() % 1000) / T(1000); };
  recording<T> r;
  for (std::size_t t = 0; t < n; ++t) {
    r.rewards.push_back(draw());
    r.values.push_back(draw());
    r.action_values.push_back(draw());
    r.ratios.push_back(2 * draw());
    r.probabilities.push_back(draw());
    switch (urbg() % 12) {
      case 0: r.steps.push_back(terminated{}); break;
      case 1: r.steps.push_back(truncated{draw()}); break;
      case 2: r.steps.push_back(skipped{}); break;
      default: r.steps.push_back(continues{});
    }
  }
  if (n > 0) r.steps.back() = truncated{draw()};
  return r;
}

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
