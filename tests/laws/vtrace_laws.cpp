// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>

#include "laws/estimator_laws.hpp"
#include "laws/estimator_samples.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::test::true_at_both_times;
using laws::half;
using laws::short_episodes;
using laws::start_of_a_cycle;
using laws::third;

}  // namespace

TEST_CASE("the fixed point of V-trace is the value of its clipped policy") {
  using bounds = laws::clips<rational>;
  CHECK(true_at_both_times([] {
    auto const m = short_episodes();
    return laws::vtrace_stays_at_the_value_of_its_clipped_policy(m, laws::curious(m, third), {rational(1), half});
  }));
  CHECK(true_at_both_times([] {
    auto const m = start_of_a_cycle();
    return laws::vtrace_stays_at_the_value_of_its_clipped_policy(m, laws::curious(m, third), {half, half, third});
  }));
  laws::for_each_sample([](auto const& m) {
    auto const mu = laws::curious(m, third);
    for (bounds const& b : {bounds{rational(1), rational(1)}, bounds{rational(1, 2), rational(1, 4)},
                            bounds{rational(6, 5), rational(1), rational(2, 3)}, bounds{rational(1, 100), rational(1)},
                            bounds{rational(1), rational(1, 2), rational(0)}, bounds{rational(100), rational(3)}}) {
      CHECK(laws::vtrace_stays_at_the_value_of_its_clipped_policy(m, mu, b));
    }
  });
}

TEST_CASE("V-trace whose bounds are not reached leads to the value of the policy itself, from any values") {
  CHECK(true_at_both_times([] {
    auto const m = short_episodes();
    auto const mu = laws::curious(m, third);
    return laws::an_unreached_bound_clips_nothing(m, mu, rational(100)) &&
           laws::vtrace_without_clips_is_unbiased(m, mu, rational(100));
  }));
  laws::for_each_sample([](auto const& m) {
    auto const mu = laws::curious(m, third);
    CHECK(laws::an_unreached_bound_clips_nothing(m, mu, rational(100)));
    CHECK(laws::vtrace_without_clips_is_unbiased(m, mu, rational(100)));
  });
  // A bound that is reached leads elsewhere.
  auto const m = short_episodes();
  CHECK(!laws::an_unreached_bound_clips_nothing(m, laws::curious(m, third), half));
  CHECK(!laws::vtrace_without_clips_is_unbiased(m, laws::curious(m, third), half));
}
