// SPDX-License-Identifier: BSL-1.0
#include <bellman/experience/vectorised_recording.hpp>

#include <bellman/decision/rollout.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/experience/autoreset.hpp>
#include <bellman/experience/vectorised_environment.hpp>

#include <cstddef>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "experience/walk.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace vectorised_recording_test {

using bellman::test::message_of;
using recording = bellman::vectorised_recording<int, int, bellman::rational>;

recording some() {
  std::mt19937 urbg(1);
  auto together =
      bellman::vectorised(experience::walk{}, 2, bellman::same_step_autoreset{}, urbg, bellman::step_limit{3});
  return together.record(6, experience::either_way, urbg);
}

template <class R>
concept has_views = requires(R&& r) {
  static_cast<R&&>(r).rewards();
}
|| requires(R&& r) { static_cast<R&&>(r).states(); }
|| requires(R&& r) { static_cast<R&&>(r).steps(); }
|| requires(R&& r, std::vector<double> const& values) { static_cast<R&&>(r).steps(values); }
|| requires(R&& r) { static_cast<R&&>(r).state(std::size_t{}); };
template <class Values>
concept are_values = requires(recording const& r, Values&& values) {
  r.steps(static_cast<Values&&>(values));
}
|| requires(recording const& r, Values&& values) { r.of_steps(static_cast<Values&&>(values)); };

TEST_CASE("nothing points into a recording or values that are gone") {
  STATIC_REQUIRE(has_views<recording const&>);
  STATIC_REQUIRE_FALSE(has_views<recording>);
  STATIC_REQUIRE_FALSE(has_views<recording const>);
  STATIC_REQUIRE(are_values<std::vector<double> const&>);
  STATIC_REQUIRE_FALSE(are_values<std::vector<double>>);
  STATIC_REQUIRE_FALSE(are_values<int>);
}

TEST_CASE("values are read where they lie") {
  auto const r = some();
  std::vector<double> values(r.states().size(), 0.0);
  auto const of_steps = r.of_steps(values);
  auto const steps = r.steps(values);
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = static_cast<double>(k);
  CHECK(of_steps.sequence(1)[2] == 5.0);
  std::size_t const behind = 7 * 2;
  REQUIRE(values.size() == behind + r.finished().size());
  for (std::size_t k = 0; k < r.finished().size(); ++k) {
    std::size_t const place = r.finished()[k].place;
    CHECK(steps.value_after.sequence(place % 2)[static_cast<std::ptrdiff_t>(place / 2)] ==
          static_cast<double>(behind + k));
  }
  CHECK(steps.value_after_last[1] == 13.0);
}

TEST_CASE("there is a value for each state, and a step for each place") {
  auto const r = some();
  std::vector<double> const too_few(r.states().size() - 1);
  std::string const n = std::to_string(r.states().size());
  std::string const fewer = std::to_string(r.states().size() - 1);
  std::string const message =
      "bellman: " + fewer + " values of a recording with " + n + " states; there must be one for each of states()";
  CHECK(message_of([&] { (void)r.steps(too_few); }) == message);
  CHECK(message_of([&] { (void)r.of_steps(too_few); }) == message);
  CHECK(message_of([&] { (void)r.state(12); }) ==
        "bellman: place 12 of a recording of 12 steps; they are counted from 0");
  CHECK(message_of([&] { (void)r.next_state(12); }) != "");
  CHECK(message_of([&] { (void)r.action(99); }) != "");
  CHECK(message_of([&] { (void)r.reward(12); }) != "");
}

}  // namespace vectorised_recording_test
