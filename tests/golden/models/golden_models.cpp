// SPDX-License-Identifier: BSL-1.0

// golden_models FOLDER: holds the models of bellman/models that are Gymnasium's against what was written down of
// Gymnasium's own: every outcome of every action, where episodes begin, and the known values, as fractions.

#include <bellman/interop/mdp_json.hpp>
#include <bellman/models/cliff_walking.hpp>
#include <bellman/models/frozen_lake.hpp>
#include <bellman/models/taxi.hpp>
#include <bellman/planning/explicit_model.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <string>
#include <utility>

#include "golden/number.hpp"

namespace {

using golden::exact;
using golden::json;

int failures = 0;
void check(bool holds, std::string const& what) {
  if (holds) return;
  std::printf("%s\n", what.c_str());
  ++failures;
}

template <class Outcomes, class Next>
auto outcomes_by_value(Outcomes const& outcomes, Next const& next) {
  std::map<std::pair<long, exact>, exact> all;
  for (auto const& e : outcomes) all[{next(e.value.next), e.value.reward}] += exact(e.probability);
  return all;
}

// A dirac's certainty as a number.
template <class Outcome>
auto numbered(bellman::dirac<Outcome> const& d) {
  return std::array{bellman::weighted{d.value(), exact(1)}};
}
template <class D>
D const& numbered(D const& d) {
  return d;
}

template <class E>
void compare_dynamics(E const& env, bellman::mdp_json<exact> const& theirs, std::string const& name) {
  long const end = static_cast<long>(theirs.model.end());
  for (int const s : env.states()) {
    if (env.terminal(s)) continue;
    std::size_t actions = 0;
    for (int const a : env.actions(s)) {
      auto const ours =
          outcomes_by_value(numbered(env.transition(s, a)), [&](int next) { return env.terminal(next) ? end : next; });
      auto const expected =
          outcomes_by_value(theirs.model.transition(static_cast<bellman::index_t>(s), static_cast<bellman::index_t>(a)),
                            [](auto next) { return static_cast<long>(next); });
      check(ours == expected, name + ": state " + std::to_string(s) + ", action " + std::to_string(a) + " differs");
      ++actions;
    }
    check(actions == theirs.model.actions(static_cast<bellman::index_t>(s)).size(),
          name + ": another number of actions");
  }
}

template <class E>
void compare_start(E const& env, json const& expected, std::string const& name) {
  std::map<int, double> begins;
  for (auto const& e : env.start()) begins[e.value] += static_cast<double>(e.probability);
  for (std::size_t s = 0; s < expected.size(); ++s) {
    double const ours = begins.count(static_cast<int>(s)) == 0 ? 0 : begins[static_cast<int>(s)];
    check(ours == expected[s].get<double>(), name + ": another probability to begin in " + std::to_string(s));
  }
}

// Whether `known(s, gamma, expected)`, but for what is terminal here: Gymnasium lists outcomes of those states too.
template <class E, class Known>
void compare_values(E const& env, json const& file, std::string const& name, Known const& known) {
  check(!file.at("expected").empty(), name + ": nothing is expected");
  for (auto const& of_one : file.at("expected")) {
    exact const gamma = golden::number(of_one.at("gamma_exact"));
    auto const& values = of_one.at("V_opt_exact");
    for (std::size_t s = 0; s < values.size(); ++s) {
      if (env.terminal(static_cast<int>(s))) continue;
      check(known(static_cast<int>(s), gamma, golden::number(values[s])),
            name + ": the value of state " + std::to_string(s) + " differs");
    }
  }
}

template <class E, class Known>
void compare(std::string const& folder, std::string const& name, E const& env, Known const& known) {
  std::string const path = folder + "/" + name + ".json";
  std::ifstream in(path);
  json const file = json::parse(in);
  compare_dynamics(env, bellman::read_mdp_json<exact>(path), name);
  compare_start(env, file.at("initial_distribution"), name);
  compare_values(env, file, name, known);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::puts("golden_models FOLDER");
    return 2;
  }
  using namespace bellman::models;
  std::string const folder = argv[1];
  auto const of_any_discount = [](auto env) {
    return [env](int s, exact const& gamma, exact const& expected) { return env.optimal_value(s, gamma) == expected; };
  };
  try {
    cliff_walking<exact> const cliff;
    compare(folder, "cliffwalking", cliff, of_any_discount(cliff));
    taxi<exact> const cab;
    compare(folder, "taxi", cab, of_any_discount(cab));
    frozen_lake<exact, lake_4x4, ice::firm> const firm;
    compare(folder, "frozenlake_4x4_det", firm, of_any_discount(firm));
    frozen_lake<exact> const small;
    compare(folder, "frozenlake_4x4_slippery", small, [&](int s, exact const& gamma, exact const& expected) {
      return gamma != exact(9, 10) || small.optimal_value_at_discount_9_10(s) == expected;
    });
    frozen_lake<exact, lake_8x8> const large;
    frozen_lake<double, lake_8x8> const rounded;
    compare(folder, "frozenlake_8x8_slippery", large, [&](int s, exact const& gamma, exact const& expected) {
      double const gap = rounded.optimal_value_at_discount_99_100(s) - golden::to_double(expected);
      return gamma == exact(99, 100) && -1e-14 < gap && gap < 1e-14;
    });
  } catch (std::exception const& error) {
    check(false, error.what());
  }
  std::printf("%d differences\n", failures);
  return failures == 0 ? 0 : 1;
}
