// SPDX-License-Identifier: BSL-1.0
#include <bellman/experience/autoreset.hpp>

#include <bellman/conventions/gymnasium/autoreset.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/experience/vectorised_environment.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/layout/time_major.hpp>

#include <cstddef>
#include <random>
#include <vector>

#include "experience/walk.hpp"
#include "support/catch.hpp"

namespace autoreset_of_experience_test {

using bellman::rational;
using bellman::time_major;

constexpr std::size_t steps = 30;
constexpr std::size_t copies = 3;
constexpr std::size_t limit = 5;
constexpr bellman::trace_parameters<rational, rational> p{.gamma = rational(4, 5), .lambda = rational(1, 2)};

// What Gymnasium's vector environments would have written, from what the copies went through: the flags of the steps,
// by their states alone.
struct as_gymnasium_says {
  std::vector<int> resets, terminated, truncated;

  template <class Recording>
  explicit as_gymnasium_says(Recording const& r)
      : resets(steps * copies, 1), terminated(resets.size(), 0), truncated(terminated) {
    for (std::size_t const place : r.transitions()) {
      int const next = r.next_state(place);
      resets[place] = 0;
      terminated[place] = next == 0 || next == 5;
    }
    for (auto const& f : r.finished()) truncated[f.place] = !terminated[f.place];
  }
};

template <class Recording>
std::vector<rational> values_of(Recording const& r) {
  std::vector<rational> values;
  for (int const s : r.states()) values.push_back(experience::value_of(s));
  return values;
}

TEST_CASE("a recording with resets is read as Gymnasium's next-step arrays are") {
  std::mt19937 urbg(2);
  auto together =
      bellman::vectorised(experience::walk{}, copies, bellman::next_step_autoreset{}, urbg, bellman::step_limit{limit});
  auto const r = together.record(steps, experience::either_way, urbg);
  as_gymnasium_says const said(r);
  auto const values = values_of(r);
  REQUIRE(values.size() == (steps + 1) * copies);
  auto const rows = [](auto const& x) { return time_major(x, copies); };
  auto const as_theirs = bellman::conventions::gymnasium::next_step(rows(said.resets), rows(said.terminated),
                                                                    rows(said.truncated), rows(values));
  CHECK(bellman::gae(r.rewards(), r.of_steps(values), as_theirs, p).advantages ==
        bellman::gae(r.rewards(), r.of_steps(values), r.steps(values), p).advantages);
  CHECK(r.transitions().size() < steps * copies);
}

TEST_CASE("a recording without is read as Gymnasium's same-step arrays are") {
  std::mt19937 urbg(2);
  auto together =
      bellman::vectorised(experience::walk{}, copies, bellman::same_step_autoreset{}, urbg, bellman::step_limit{limit});
  auto const r = together.record(steps, experience::either_way, urbg);
  as_gymnasium_says const said(r);
  auto const values = values_of(r);
  std::vector<rational> final_values, next_values;
  for (std::size_t k = 0; k < steps * copies; ++k) final_values.push_back(experience::value_of(r.next_state(k)));
  for (std::size_t i = 0; i < copies; ++i) next_values.push_back(values[steps * copies + i]);
  auto const rows = [](auto const& x) { return time_major(x, copies); };
  auto const as_theirs = bellman::conventions::gymnasium::same_step(rows(said.terminated), rows(said.truncated),
                                                                    rows(final_values), next_values);
  CHECK(bellman::gae(r.rewards(), r.of_steps(values), as_theirs, p).advantages ==
        bellman::gae(r.rewards(), r.of_steps(values), r.steps(values), p).advantages);
  CHECK(r.transitions().size() == steps * copies);
}

}  // namespace autoreset_of_experience_test
