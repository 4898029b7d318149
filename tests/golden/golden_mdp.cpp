// SPDX-License-Identifier: BSL-1.0

// golden_mdp FOLDER: solves every model of a folder, in floating point and exactly, and compares with what other
// libraries say about it. A file is a model with what is expected of it; a key or a layout that is not known here is a
// failure.
//
// Values agree when they differ by at most 1e-10 of the largest in absolute value (of 1, if that is larger), or by the
// tolerance that comes with them. Fractions agree when they are equal. Where another library stopped its iteration
// before the value, the number is not the value: it is compared with the same number of sweeps of this library's
// operators, and the output says so.

#include <bellman/bellman.hpp>
#include <bellman/interop/mdp_json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "golden/model.hpp"
#include "golden/number.hpp"
#include "golden/report.hpp"

namespace {

using golden::bad_file;
using golden::exact;
using golden::json;
using golden::model;
using golden::report;

constexpr double relative_tolerance = 1e-10;
// Up to so many states, values are solved by elimination, beyond by iteration.
constexpr int largest_elimination = 1000;
// What a library allows for that says nothing of it: pymdptoolbox's epsilon.
constexpr double usual_epsilon = 0.01;

// --- Words -----------------------------------------------------------------------------------------------------------

std::string text_of(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.16g", x);
  return text;
}
std::string text_of(exact const& x) { return bellman::internal::describe(x); }
std::string text_of(std::vector<int> const& xs) {
  std::string text = "{";
  for (int x : xs) text += (text.size() > 1 ? ", " : "") + std::to_string(x);
  return text + "}";
}
template <class X>
std::string differs(std::string const& where, X const& got, X const& expected) {
  return where + " is " + text_of(got) + ", expected " + text_of(expected);
}
std::string in_state(std::size_t s) { return "state " + std::to_string(s); }

// A key that is not known is a failure, and the others are compared all the same. `words` say how numbers were found.
void only_known_keys(report& out, json const& object, std::initializer_list<std::string_view> known,
                     std::initializer_list<std::string_view> words = {}) {
  if (!object.is_object()) throw bad_file("expected an object, found " + object.dump().substr(0, 40));
  for (auto const& item : object.items()) {
    if (std::ranges::find(known, item.key()) == known.end() && std::ranges::find(words, item.key()) == words.end()) {
      out.check("the key '" + item.key() + "'", "is not known");
    }
  }
}
// An entry that cannot be read or solved is a failure, and the others are compared all the same.
template <class Check>
void guarded(report& out, std::string const& what, Check const& check) {
  try {
    check();
  } catch (std::exception const& error) {
    out.check(what, error.what());
  }
}
json const& at(json const& object, char const* key) {
  auto const it = object.find(key);
  if (it == object.end()) throw bad_file(std::string("the key '") + key + "' is missing");
  return *it;
}
json const& list_of(json const& j, std::size_t n) {
  if (!j.is_array() || j.size() != n) throw bad_file("expected a list of " + std::to_string(n) + " elements");
  return j;
}
template <class T>
T whole(json const& j) {
  if (!j.is_number_integer()) throw bad_file(j.dump() + " is not an integer");
  return j.get<T>();
}
double real(json const& j) { return j.is_number() ? j.get<double>() : golden::to_double(golden::number(j)); }

// --- Comparing -------------------------------------------------------------------------------------------------------

double tolerance_for(json const& values) {
  double largest = 1;
  for (auto const& x : values) {
    if (!golden::is_missing(x)) largest = std::max(largest, std::abs(real(x)));
  }
  return relative_tolerance * largest;
}

template <class V>
std::string compare_values(V const& value, json const& expected, std::size_t n, std::optional<double> tolerance = {}) {
  list_of(expected, n);
  double const allowed = tolerance ? *tolerance : tolerance_for(expected);
  for (std::size_t s = 0; s < n; ++s) {
    double const got = value(static_cast<int>(s));
    if (!(std::abs(got - real(expected[s])) <= allowed)) return differs(in_state(s), got, real(expected[s]));
  }
  return "";
}
template <class V>
std::string compare_fractions(V const& value, json const& expected, std::size_t n) {
  list_of(expected, n);
  for (std::size_t s = 0; s < n; ++s) {
    exact const got = value(static_cast<int>(s));
    if (!(got == golden::number(expected[s]))) return differs(in_state(s), got, golden::number(expected[s]));
  }
  return "";
}
std::vector<int> sorted(auto const& range) {
  std::vector<int> all(range.begin(), range.end());
  std::ranges::sort(all);
  return all;
}
template <class Policy>
std::string compare_action_sets(Policy const& policy, json const& expected, std::size_t n) {
  list_of(expected, n);
  for (std::size_t s = 0; s < n; ++s) {
    auto const got = sorted(policy.optimal_actions(static_cast<int>(s)));
    auto const wanted = sorted(expected[s].get<std::vector<int>>());
    if (got != wanted) return in_state(s) + " has the best actions " + text_of(got) + ", expected " + text_of(wanted);
  }
  return "";
}
// Whether each action of a deterministic policy is one of the best.
template <class E, class Policy>
std::string compare_policy(E const& env, Policy const& best, json const& expected, std::size_t n) {
  list_of(expected, n);
  for (std::size_t i = 0; i < n; ++i) {
    int const s = static_cast<int>(i);
    if (env.terminal(s)) continue;
    auto const set = sorted(best.optimal_actions(s));
    if (std::ranges::count(set, whole<int>(expected[i])) == 0) {
      return in_state(i) + ": action " + expected[i].dump() + " is not among the best, " + text_of(set);
    }
  }
  return "";
}
template <class E, class Q>
std::string compare_action_values(E const& env, Q const& q, json const& expected, int actions) {
  std::size_t const n = static_cast<std::size_t>(env.states().size()) - 1;
  list_of(expected, n);
  double largest = 0;
  for (auto const& row : expected) largest = std::max(largest, tolerance_for(row));
  for (std::size_t i = 0; i < n; ++i) {
    int const s = static_cast<int>(i);
    list_of(expected[i], static_cast<std::size_t>(actions));
    for (int a = 0; a < actions; ++a) {
      json const& wanted = expected[i][static_cast<std::size_t>(a)];
      bool const has_it = env.has(s, a);
      if (!has_it && (golden::is_missing(wanted) || (env.terminal(s) && real(wanted) == 0))) continue;
      std::string const where = in_state(i) + ", action " + std::to_string(a);
      if (!has_it) return where + " is not in the model, and has the value " + wanted.dump();
      if (golden::is_missing(wanted)) return where + " is in the model, and has no value";
      double const got = q(s, a);
      if (!(std::abs(got - real(wanted)) <= largest)) return differs(where, got, real(wanted));
    }
  }
  return "";
}

// --- The library -----------------------------------------------------------------------------------------------------

template <class Use>
auto by_the_method_for(int states, Use const& use) {
  return states <= largest_elimination ? use(bellman::elimination{}) : use(bellman::iteration{1e-12});
}
auto solve_rounded(model const& m, double gamma) {
  return by_the_method_for(m.states, [&](auto method) { return bellman::solve(m.rounded, gamma, method); });
}
auto solve_fractions(model const& m, exact const& gamma) {
  if (m.fractions_sum_to_one) return bellman::solve(m.fractions, gamma);
  return bellman::solve(m.with_the_discount_as_an_end(gamma), exact(1));
}
template <class Policy>
auto value_rounded(model const& m, Policy const& policy, double gamma) {
  return by_the_method_for(m.states,
                           [&](auto method) { return bellman::state_value(m.rounded, policy, gamma, method); });
}

// The policy that a file writes as one action a state.
struct written_policy {
  std::vector<int> actions;
  int operator()(int s) const { return actions[static_cast<std::size_t>(s)]; }
};
written_policy policy_of(model const& m, json const& j) {
  list_of(j, static_cast<std::size_t>(m.states));
  written_policy policy;
  for (int s = 0; s < m.states; ++s) {
    json const& a = j[static_cast<std::size_t>(s)];
    policy.actions.push_back(m.rounded.terminal(s) ? -1 : whole<int>(a));
    if (!m.rounded.terminal(s) && !m.rounded.has(s, policy.actions.back())) {
      throw bad_file("the policy takes action " + a.dump() + " in state " + std::to_string(s) +
                     ", which does not have it");
    }
  }
  return policy;
}

// sum over t of gamma^t P(S_t = s), which is the value of the reward 1 for being in s.
template <class Policy>
double occupancy(model const& m, Policy const& policy, double gamma, json const& start, int s) {
  auto const indicator = bellman::with_reward(m.rounded, [s](int from, int) { return from == s ? 1.0 : 0.0; });
  auto const value =
      by_the_method_for(m.states, [&](auto method) { return bellman::state_value(indicator, policy, gamma, method); });
  double total = 0;
  for (std::size_t i = 0; i < start.size(); ++i) {
    if (real(start[i]) != 0) total += real(start[i]) * value(static_cast<int>(i));
  }
  return total;
}

// --- Numbers from iterations that stopped before the value -----------------------------------------------------------

using values = std::vector<double>;

bool near(values const& v, values const& expected, double tolerance) {
  for (std::size_t s = 0; s < expected.size(); ++s) {
    if (!(std::abs(v[s] - expected[s]) <= tolerance)) return false;
  }
  return true;
}
auto value_function(values const& v) {
  return [&v](int s) { return v[static_cast<std::size_t>(s)]; };
}

// After how many sweeps from `v` the values are the expected ones; nothing if after none.
template <class Sweep>
std::optional<int> sweeps_to(values v, values const& expected, double tolerance, Sweep const& sweep) {
  constexpr int most = 10000;
  for (int n = 1; n <= most; ++n) {
    values const before = v;
    sweep(v);
    if (near(v, expected, tolerance)) return n;
    if (v == before) return std::nullopt;
  }
  return std::nullopt;
}
template <class Operator>
void sweep_at_once(Operator const& T, values& v) {
  auto const old = v;
  auto const next = T(value_function(old));
  for (std::size_t s = 0; s < v.size(); ++s) v[s] = next(static_cast<int>(s));
}
template <class Operator>
void sweep_in_place(Operator const& T, values& v) {
  auto const next = T(value_function(v));
  for (std::size_t s = 0; s < v.size(); ++s) v[s] = next(static_cast<int>(s));
}

std::string how_iterated(model const& m, double gamma, values const& expected, double tolerance) {
  auto const T = bellman::bellman_optimality(m.rounded, gamma);
  values const zero(m.rounded.choices.size(), 0.0);
  auto sweeps = [](int n) { return std::to_string(n) + " sweeps"; };
  if (auto n = sweeps_to(zero, expected, tolerance, [&](values& v) { sweep_at_once(T, v); })) {
    return "value iteration from 0 after " + sweeps(*n);
  }
  if (auto n = sweeps_to(zero, expected, tolerance, [&](values& v) { sweep_in_place(T, v); })) {
    return "value iteration in place (Gauss-Seidel) from 0 after " + sweeps(*n);
  }
  // Modified policy iteration: a sweep of T*, then some of the greedy policy's operator. It may end on either.
  double least = 0;
  for (int s : m.rounded.states()) {
    for (int a : m.rounded.actions(s)) {
      for (auto const& e : m.rounded.transition(s, a)) least = std::min(least, e.value.reward);
    }
  }
  values const low(zero.size(), gamma < 1 ? least / (1 - gamma) : 0.0);
  for (int inner = 1; inner <= 20; ++inner) {
    for (values const& start : {zero, low}) {
      values v = start;
      for (int n = 1; n <= 200; ++n) {
        auto const before = v;
        auto const policy = bellman::greedy_policy(m.rounded, gamma, value_function(before));
        std::string const rounds = "modified policy iteration, " + std::to_string(inner) +
                                   " sweeps of each policy, after " + std::to_string(n) + " rounds";
        sweep_at_once(T, v);
        if (near(v, expected, tolerance)) return rounds;
        auto const T_pi = bellman::bellman_expectation(m.rounded, policy, gamma);
        for (int k = 0; k < inner; ++k) sweep_at_once(T_pi, v);
        if (near(v, expected, tolerance)) return rounds;
        if (v == before) break;
      }
    }
  }
  return "";
}
std::string how_evaluated(model const& m, written_policy const& policy, double gamma, values const& expected,
                          double tolerance) {
  auto const T = bellman::bellman_expectation(m.rounded, policy, gamma);
  values const zero(m.rounded.choices.size(), 0.0);
  auto const n = sweeps_to(zero, expected, tolerance, [&](values& v) { sweep_at_once(T, v); });
  return n ? "policy evaluation from 0 after " + std::to_string(*n) + " sweeps" : "";
}

// By how much the largest and the smallest distance from the optimal value differ: 0 for values that are right up to a
// constant, which is all that an iteration stopped on the span of its residual promises.
template <class V>
double span_of_error(V const& best, values const& v) {
  double lo = 0;
  double hi = 0;
  for (std::size_t s = 0; s < v.size(); ++s) {
    double const error = best(static_cast<int>(s)) - v[s];
    lo = s == 0 ? error : std::min(lo, error);
    hi = s == 0 ? error : std::max(hi, error);
  }
  return hi - lo;
}

// --- What is expected ------------------------------------------------------------------------------------------------

std::string group_name(json const& entry, double gamma) {
  std::string const test = entry.contains("test") ? at(entry, "test").get<std::string>() + ", " : "";
  return test + "gamma " + text_of(gamma);
}

// An element of `expected` or of `reference`.
void check_expected(report& out, model const& m, json const& file, json const& entry) {
  only_known_keys(
      out, entry,
      {"gamma", "gamma_exact", "V_opt_float64", "Q_opt_float64", "V_opt_exact", "optimal_action_sets_exact",
       "V_uniform_random_float64", "J_opt_from_init", "greedy_policy", "discounted_occupancy_of_greedy_unnormalised"},
      {"bellman_residual_sup", "certified_sup_error", "pi_iterations", "method", "exact_note",
       "max_abs_diff_float_vs_exact", "diff", "note"});
  auto const n = static_cast<std::size_t>(m.states);
  exact const gamma_exact = golden::number(entry.contains("gamma_exact") ? entry["gamma_exact"] : at(entry, "gamma"));
  double const gamma = entry.contains("gamma") ? real(entry["gamma"]) : golden::to_double(gamma_exact);
  out.within(group_name(entry, gamma));
  if (std::abs(golden::to_double(gamma_exact) - gamma) > 1e-15) throw bad_file("gamma and gamma_exact differ");

  auto const best = solve_rounded(m, gamma);
  if (entry.contains("V_opt_float64")) {
    json const& expected = entry["V_opt_float64"];
    out.check("V*", compare_values(best.value, expected, n));
    if (gamma < 1) {
      auto const iterated = bellman::solve(m.rounded, gamma, bellman::iteration{1e-11}).value;
      out.check("V* by iteration, within its certified error",
                compare_values(iterated, expected, n, iterated.error_bound() + tolerance_for(expected)));
    }
  }
  if (entry.contains("Q_opt_float64")) {
    auto const q = bellman::action_value(m.rounded, gamma, best.value);
    out.check("Q*", compare_action_values(m.rounded, q, entry["Q_opt_float64"], m.actions));
  }
  if (entry.contains("greedy_policy")) {
    out.check("greedy policy", compare_policy(m.rounded, best.policy, entry["greedy_policy"], n));
  }
  if (entry.contains("V_opt_exact") || entry.contains("optimal_action_sets_exact")) {
    auto const exactly = solve_fractions(m, gamma_exact);
    if (entry.contains("V_opt_exact")) {
      out.check("V* as fractions", compare_fractions(exactly.value, entry["V_opt_exact"], n));
    }
    if (entry.contains("optimal_action_sets_exact")) {
      json const& expected = entry["optimal_action_sets_exact"];
      out.check("best actions, exactly", compare_action_sets(exactly.policy, expected, n));
      out.check("best actions, in floating point", compare_action_sets(best.policy, expected, n));
    }
  }
  if (entry.contains("V_uniform_random_float64")) {
    auto const uniform = [&](int s) { return bellman::uniform(m.rounded.actions(s)); };
    out.check("V of the uniformly random policy",
              compare_values(value_rounded(m, uniform, gamma), entry["V_uniform_random_float64"], n));
  }
  if (entry.contains("J_opt_from_init")) {
    json const& start = list_of(at(file, "initial_distribution"), n);
    double j = 0;
    for (std::size_t s = 0; s < n; ++s) j += real(start[s]) * best.value(static_cast<int>(s));
    double const expected = real(entry["J_opt_from_init"]);
    bool const good = std::abs(j - expected) <= relative_tolerance * std::max(1.0, std::abs(expected));
    out.check("J from the initial distribution", good ? "" : differs("J", j, expected));
  }
  if (entry.contains("discounted_occupancy_of_greedy_unnormalised")) {
    json const& expected = list_of(entry["discounted_occupancy_of_greedy_unnormalised"], n);
    json const& start = list_of(at(file, "initial_distribution"), n);
    auto const policy = policy_of(m, at(entry, "greedy_policy"));
    out.check("discounted occupancy",
              compare_values([&](int s) { return occupancy(m, policy, gamma, start, s); }, expected, n));
  }
}

// V of a policy under the rewards' average: the limit of (1 - gamma) V as gamma goes to 1.
void check_average(report& out, model const& m, json const& entry) {
  double const gamma = 1 - 1e-6;
  out.within(at(entry, "test").get<std::string>());
  auto const best = solve_rounded(m, gamma);
  double const expected = real(at(entry, "average_reward"));
  double const tolerance = entry.contains("tol") ? real(entry["tol"]) : usual_epsilon;
  out.understood("average reward",
                 "the limit of (1 - gamma) V* as gamma goes to 1, within " + text_of(tolerance) +
                     ": the library has no average criterion, and the number is that of an iteration at "
                     "its stop");
  std::string why;
  for (int s = 0; s < m.states && why.empty(); ++s) {
    double const got = (1 - gamma) * best.value(s);
    if (!(std::abs(got - expected) <= tolerance)) why = differs(in_state(static_cast<std::size_t>(s)), got, expected);
  }
  out.check("average reward", why);
  if (entry.contains("policy")) {
    out.check("policy", compare_policy(m.rounded, best.policy, entry["policy"], static_cast<std::size_t>(m.states)));
  }
}

// P_pi(s, s') and R_pi(s): expectations over the policy's actions.
void check_matrices(report& out, model const& m, json const& entry) {
  out.within(at(entry, "test").get<std::string>());
  auto const policy = policy_of(m, at(entry, "policy"));
  auto const n = static_cast<std::size_t>(m.states);
  auto const expected = [&](int s, auto const& f) {
    return bellman::expectation(bellman::action_distribution<golden::environment<double>>(policy, s),
                                [&](int a) { return bellman::expectation(m.rounded.transition(s, a), f); });
  };
  if (entry.contains("P_pi")) {
    std::string why;
    list_of(entry["P_pi"], n);
    for (int s = 0; s < m.states && why.empty(); ++s) {
      auto const row = [&](int to) { return expected(s, [&](auto const& o) { return o.next == to ? 1.0 : 0.0; }); };
      why = compare_values(row, entry["P_pi"][static_cast<std::size_t>(s)], n);
      if (!why.empty()) why = "row " + std::to_string(s) + ", " + why;
    }
    out.check("transitions of the policy", why);
  }
  if (entry.contains("R_pi")) {
    auto const reward = [&](int s) { return expected(s, [](auto const& o) { return o.reward; }); };
    out.check("rewards of the policy", compare_values(reward, entry["R_pi"], n));
  }
}

// A number that an upstream test has typed in, with the policy that goes with it.
void check_literal(report& out, model const& m, json const& entry) {
  // What is looked at depends on what is expected.
  std::initializer_list<std::string_view> const words{"iter", "max_iter", "note", "origin"};
  bool const is_average = entry.contains("criterion");
  bool const has_matrices = entry.contains("P_pi") || entry.contains("R_pi");
  if (is_average) {
    only_known_keys(out, entry, {"test", "criterion", "average_reward", "policy", "tol"}, words);
  } else if (has_matrices && !entry.contains("V")) {
    only_known_keys(out, entry, {"test", "policy", "P_pi", "R_pi"}, words);
  } else {
    only_known_keys(out, entry, {"test", "kind", "gamma", "policy", "V", "tol", "P_pi", "R_pi", "epsilon"}, words);
  }
  auto const n = static_cast<std::size_t>(m.states);
  if (is_average) {
    if (entry["criterion"] != "average") throw bad_file("the criterion " + entry["criterion"].dump() + " is not known");
    return check_average(out, m, entry);
  }
  if (has_matrices) check_matrices(out, m, entry);
  if (has_matrices && !entry.contains("V")) return;

  double const gamma = real(at(entry, "gamma"));
  out.within(group_name(entry, gamma));
  std::string const kind = entry.contains("kind") ? entry["kind"].get<std::string>() : "optimal";
  std::optional<double> tolerance;
  if (entry.contains("tol")) tolerance = real(entry["tol"]);
  auto const digits = [&](json const& v) { return 10 * tolerance_for(v); };

  if (kind == "policy evaluation" || kind == "iterative policy evaluation at its stop") {
    auto const policy = policy_of(m, at(entry, "policy"));
    json const& expected = list_of(at(entry, "V"), n);
    std::string const why = compare_values(value_rounded(m, policy, gamma), expected, n, tolerance);
    if (why.empty() || kind == "policy evaluation") return out.check("V of the policy", why);
    auto const how = how_evaluated(m, policy, gamma, expected.get<values>(), digits(expected));
    if (!how.empty()) out.understood("V of the policy", "not the value, " + how);
    return out.check("V of the policy at the stop of an iteration", how.empty() ? why : "");
  }
  if (kind != "optimal") throw bad_file("the kind '" + kind + "' is not known");

  auto const best = solve_rounded(m, gamma);
  if (entry.contains("V")) {
    json const& expected = list_of(entry["V"], n);
    std::string const why = compare_values(best.value, expected, n, tolerance);
    if (why.empty() || tolerance) {
      out.check("V*", why);
    } else {
      auto const v = expected.get<values>();
      std::string how = how_iterated(m, gamma, v, digits(expected));
      double const epsilon = entry.contains("epsilon") ? real(entry["epsilon"]) : usual_epsilon;
      if (how.empty() && span_of_error(best.value, v) <= epsilon) {
        how = "right up to a constant, within " + text_of(epsilon);
      }
      if (!how.empty()) out.understood("V*", "not the value, " + how);
      out.check("V* at the stop of an iteration", how.empty() ? why : "");
    }
  }
  if (entry.contains("policy")) out.check("policy", compare_policy(m.rounded, best.policy, entry["policy"], n));
}

// The optimal values and a policy for one discount, as QuantEcon's tests write them.
void check_v_star(report& out, model const& m, exact const& beta, json const* v_star, json const* sigma_star) {
  auto const n = static_cast<std::size_t>(m.states);
  auto const best = solve_rounded(m, golden::to_double(beta));
  if (v_star != nullptr) {
    out.check("V*", compare_values(best.value, *v_star, n));
    out.check("V* as fractions", compare_fractions(solve_fractions(m, beta).value, *v_star, n));
  }
  if (sigma_star != nullptr) out.check("policy", compare_policy(m.rounded, best.policy, *sigma_star, n));
}

json const* find(json const& object, char const* key) {
  auto const it = object.find(key);
  return it == object.end() ? nullptr : &*it;
}

// --- Layouts ---------------------------------------------------------------------------------------------------------

int count_of(json const& file, char const* key) {
  int const n = whole<int>(at(file, key));
  if (n < 1 || n > 10'000'000) throw bad_file(std::string(key) + " is " + std::to_string(n));
  return n;
}

model model_of_rows(json const& file) {
  model m(count_of(file, "states"), count_of(file, "actions"));
  if (at(file, "columns") != json{"s", "a", "p", "s_next", "r", "done"}) throw bad_file("the columns are not known");
  json const& rows = at(file, "transitions");
  if (!rows.is_array()) throw bad_file("transitions is not a list");
  if (json const* n = find(file, "n_transitions"); n != nullptr && whole<std::size_t>(*n) != rows.size()) {
    throw bad_file("n_transitions is " + n->dump() + ", and there are " + std::to_string(rows.size()));
  }
  for (auto const& row : rows) {
    list_of(row, 6);
    if (!row[5].is_boolean()) throw bad_file("done is not true or false in " + row.dump());
    int const next = whole<int>(row[3]);
    if (next < 0 || next >= m.states) throw bad_file("there is no next state " + row[3].dump());
    m.add(whole<int>(row[0]), whole<int>(row[1]), row[2], row[5].get<bool>() ? m.end() : next, golden::number(row[4]));
  }
  m.complete();
  return m;
}

// `literal_expected_in_upstream_tests` as one object: formulas in the discount beta.
void check_formulas(report& out, model const& m, json const& file, json const& entry) {
  only_known_keys(out, entry, {"test", "beta", "v_star_formula", "sigma_star"}, {"valid_for", "methods", "infeasible"});
  exact const beta = golden::number(at(entry, "beta"));
  out.within(group_name(entry, golden::to_double(beta)));
  json v_star = json::array();
  for (auto const& text : list_of(at(entry, "v_star_formula"), static_cast<std::size_t>(m.states))) {
    v_star.push_back(bellman::internal::describe(golden::formula(text.get<std::string>(), "beta", beta)()));
  }
  check_v_star(out, m, beta, &v_star, find(entry, "sigma_star"));
  if (json const* v = find(file, "V_opt_exact")) check_v_star(out, m, beta, v, nullptr);
}

// Whether the library's own reader finds the same model.
void check_reader(report& out, model const& m, json const& file) {
  std::istringstream text(file.dump());
  auto const read = bellman::read_mdp_json<double>(text, "file");
  double const gamma = 0.9;
  auto const expected = bellman::solve(m.rounded, gamma, bellman::iteration{1e-12}).value;
  auto const got = bellman::solve(read.model, gamma, bellman::iteration{1e-12}).value;
  std::string why;
  for (int s = 0; s < m.states && why.empty(); ++s) {
    double const allowed = 1e-10 * std::max(1.0, std::abs(expected(s)));
    double const value = got(static_cast<bellman::index_t>(s));
    if (!(std::abs(value - expected(s)) <= allowed))
      why = differs(in_state(static_cast<std::size_t>(s)), value, expected(s));
  }
  out.check("the model as read_mdp_json reads it", why);
}

void check_rows(report& out, json const& file) {
  only_known_keys(
      out, file,
      {"states", "actions", "columns", "initial_distribution", "n_transitions", "transitions", "expected", "reference",
       "literal_expected_in_upstream_tests", "V_opt_exact"},
      {"name", "source", "note", "done_semantics"});
  model const m = model_of_rows(file);
  guarded(out, "read_mdp_json", [&] { check_reader(out, m, file); });
  bool anything = false;
  for (char const* key : {"expected", "reference"}) {
    if (json const* entries = find(file, key)) {
      if (!entries->is_array()) throw bad_file(std::string(key) + " is not a list");
      for (auto const& entry : *entries) {
        out.within(key);
        guarded(out, "an entry", [&] { check_expected(out, m, file, entry); });
      }
      anything = true;
    }
  }
  if (json const* literal = find(file, "literal_expected_in_upstream_tests")) {
    if (literal->is_object()) {
      check_formulas(out, m, file, *literal);
    } else {
      for (auto const& entry : *literal) {
        out.within("literal_expected_in_upstream_tests");
        guarded(out, "an entry", [&] { check_literal(out, m, entry); });
      }
    }
    anything = true;
  }
  out.within("");
  if (!anything) throw bad_file("nothing is expected of the model");
  if (find(file, "V_opt_exact") != nullptr && !at(file, "literal_expected_in_upstream_tests").is_object()) {
    throw bad_file("V_opt_exact stands without a discount");
  }
}

// QuantEcon's way: rewards and transition probabilities for pairs of a state and an action, either as matrices or as
// lists beside `s_indices` and `a_indices`. With a horizon T, a state is a place and a time.
struct pair_of {
  int s;
  int a;
  json reward;
  json next;  // the probability of each next state
};

std::vector<pair_of> pairs_of(json const& file, int n) {
  std::vector<pair_of> pairs;
  json const& rewards = at(file, "R");
  json const& transitions = at(file, "Q");
  auto next_states = [&](json const& row) { return list_of(row, static_cast<std::size_t>(n)); };
  std::string const everywhere = " everywhere";
  std::optional<json> constant;
  if (transitions.is_string()) {
    auto const text = transitions.get<std::string>();
    if (!text.ends_with(everywhere)) throw bad_file("Q is '" + text + "'");
    constant =
        json(std::vector<std::string>(static_cast<std::size_t>(n), text.substr(0, text.size() - everywhere.size())));
  }
  if (file.contains("s_indices")) {
    std::size_t const k = file["s_indices"].size();
    list_of(at(file, "a_indices"), k);
    list_of(rewards, k);
    if (!constant) list_of(transitions, k);
    for (std::size_t i = 0; i < k; ++i) {
      pairs.push_back({whole<int>(file["s_indices"][i]), whole<int>(file["a_indices"][i]), rewards[i],
                       constant ? *constant : next_states(transitions[i])});
    }
  } else {
    list_of(rewards, static_cast<std::size_t>(n));
    if (!constant) list_of(transitions, static_cast<std::size_t>(n));
    for (int s = 0; s < n; ++s) {
      auto const i = static_cast<std::size_t>(s);
      for (std::size_t a = 0; a < rewards[i].size(); ++a) {
        if (golden::is_missing(rewards[i][a])) continue;
        if (!constant) list_of(transitions[i], rewards[i].size());
        pairs.push_back({s, static_cast<int>(a), rewards[i][a], constant ? *constant : next_states(transitions[i][a])});
      }
    }
  }
  return pairs;
}

// Whether the library's own reader finds a model whose values, swept `steps` times from those at the end, are expected.
void check_dense_reader(report& out, json const& file, double beta, int steps, json const& at_end,
                        json const& expected) {
  std::istringstream text(file.dump());
  auto const table = bellman::tabulate(bellman::read_mdp_json<double>(text, "file").model);
  list_of(at_end, table.size());
  std::vector<double> v;
  for (auto const& x : at_end) v.push_back(real(x));
  std::vector<double> next(v.size());
  for (int t = 0; t < steps; ++t) {
    bellman::sweep(bellman::bellman_optimality(table, beta), table, v, next);
    v.swap(next);
  }
  out.check("the model as read_mdp_json reads it",
            compare_values([&](int s) { return v[static_cast<std::size_t>(s)]; }, expected, v.size()));
}

void check_pairs(report& out, json const& file) {
  std::initializer_list<std::string_view> const words{"name", "source", "note", "verified_here"};
  if (file.contains("T")) {
    only_known_keys(out, file,
                    {"states", "actions", "s_indices", "a_indices", "R", "Q", "beta", "T", "vs_expected_exact",
                     "sigmas_expected"},
                    words);
  } else {
    only_known_keys(out, file,
                    {"states", "actions", "s_indices", "a_indices", "R", "Q", "beta", "v_star", "sigma_star"}, words);
  }
  int const n = count_of(file, "states");
  exact const beta = golden::number(at(file, "beta"));
  out.within("beta " + text_of(golden::to_double(beta)));
  auto const pairs = pairs_of(file, n);
  int actions = 1;
  for (auto const& p : pairs) actions = std::max(actions, p.a + 1);
  if (json const* all = find(file, "actions"); all != nullptr && whole<int>(*all) != actions) {
    throw bad_file("actions is " + all->dump() + ", and there are " + std::to_string(actions));
  }
  bool anything = false;

  if (json const* horizon = find(file, "T")) {
    int const T = whole<int>(*horizon);
    json const& vs = list_of(at(file, "vs_expected_exact"), static_cast<std::size_t>(T) + 1);
    json flat = json::array();
    for (int t = 0; t < T; ++t) {
      for (auto const& v : list_of(vs[static_cast<std::size_t>(t)], static_cast<std::size_t>(n))) flat.push_back(v);
    }
    // The state s at time t has the number t n + s. What is left at the horizon is paid on the way there.
    model m(n * T, actions);
    for (int t = 0; t < T; ++t) {
      for (auto const& p : pairs) {
        for (int next = 0; next < n; ++next) {
          auto const i = static_cast<std::size_t>(next);
          bool const last = t + 1 == T;
          exact const paid =
              last ? beta * golden::number(list_of(vs[static_cast<std::size_t>(T)], p.next.size())[i]) : exact(0);
          m.add(t * n + p.s, p.a, p.next[i], last ? m.end() : (t + 1) * n + next, golden::number(p.reward) + paid);
        }
      }
    }
    m.complete();
    json sigmas = json::array();
    if (json const* rows = find(file, "sigmas_expected")) {
      for (auto const& row : list_of(*rows, static_cast<std::size_t>(T))) {
        for (auto const& a : list_of(row, static_cast<std::size_t>(n))) sigmas.push_back(a);
      }
    }
    check_v_star(out, m, beta, &flat, sigmas.empty() ? nullptr : &sigmas);
    guarded(out, "read_mdp_json",
            [&] { check_dense_reader(out, file, golden::to_double(beta), T, vs[static_cast<std::size_t>(T)], vs[0]); });

    // The same with the places alone, and as many steps: vs and sigmas of time t are those with T - t steps to go.
    model places(n, actions);
    for (auto const& p : pairs) {
      for (int next = 0; next < n; ++next) {
        places.add(p.s, p.a, p.next[static_cast<std::size_t>(next)], next, golden::number(p.reward));
      }
    }
    places.complete();
    json const& at_the_end = vs[static_cast<std::size_t>(T)];
    auto const plan = bellman::finite_horizon(places.fractions, beta, T, [&](int s) {
      return golden::number(at_the_end[static_cast<std::size_t>(s)]);
    });
    for (int t = 0; t <= T; ++t) {
      auto const i = static_cast<std::size_t>(t);
      auto const k = static_cast<std::size_t>(T - t);
      std::string const when = " with " + std::to_string(k) + " steps to go";
      out.check("the best value" + when, compare_fractions(plan.value(k), vs[i], static_cast<std::size_t>(n)));
      if (k == 0 || sigmas.empty()) continue;
      out.check("the policy" + when, compare_policy(places.fractions, plan.policy(k), at(file, "sigmas_expected")[i],
                                                    static_cast<std::size_t>(n)));
    }
    anything = true;
  } else {
    model m(n, actions);
    for (auto const& p : pairs) {
      for (int next = 0; next < n; ++next) {
        m.add(p.s, p.a, p.next[static_cast<std::size_t>(next)], next, golden::number(p.reward));
      }
    }
    m.complete();
    anything = file.contains("v_star") || file.contains("sigma_star");
    check_v_star(out, m, beta, find(file, "v_star"), find(file, "sigma_star"));
    if (json const* v = find(file, "v_star"); v != nullptr && beta == exact(0)) {
      guarded(out, "read_mdp_json", [&] { check_dense_reader(out, file, 0.0, 1, *v, *v); });
    }
  }
  if (!anything) throw bad_file("nothing is expected of the model");
}

void check_file(report& out, std::filesystem::path const& path) {
  out.begin(path.filename().string());
  guarded(out, "the file", [&] {
    std::ifstream in(path);
    json const file = json::parse(in);
    if (!file.is_object()) throw bad_file("the file is not an object");
    if (file.contains("transitions")) {
      check_rows(out, file);
    } else if (file.contains("R") && file.contains("Q")) {
      check_pairs(out, file);
    } else {
      throw bad_file("the layout is not known: neither 'transitions' nor 'R' and 'Q'");
    }
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: golden_mdp FOLDER\n");
    return 2;
  }
  std::set<std::filesystem::path> paths;
  std::error_code error;
  for (auto const& entry : std::filesystem::directory_iterator(argv[1], error)) {
    if (entry.path().extension() == ".json") paths.insert(entry.path());
  }
  if (error || paths.empty()) {
    std::fprintf(stderr, "golden_mdp: there are no .json files in %s\n", argv[1]);
    return 2;
  }
  report out;
  for (auto const& path : paths) check_file(out, path);
  return out.end();
}
