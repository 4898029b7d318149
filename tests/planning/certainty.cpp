// SPDX-License-Identifier: BSL-1.0

// Random models against the enumeration of all their policies in whole numbers: no bound is wrong, no policy that is
// handed out is worth less than `lower`, no optimal action is lost, and next to nothing is refused that has an answer.
//
//   BELLMAN_MODELS    how many models, else 1000
//   BELLMAN_SEED      where to begin, else 1; a model's number is its seed
//   BELLMAN_TALLIES   if set, what became of them is printed, method by method

#include <bellman/error.hpp>
#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/sweep.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/scalar/interval.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <map>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "models/listed_mdp.hpp"
#include "models/random_mdp.hpp"
#include "planning/contains.hpp"
#include "planning/enumeration.hpp"
#include "support/catch.hpp"
#include "support/number_in.hpp"

namespace planning_certainty {

using bellman::index_t;
using bellman::test::contains;
using bellman::test::enumeration;
using bellman::test::fraction;
using bellman::test::number_in;
using bellman::test::whole;

// A user's method: some sweeps from 0, wherever that leads. How far they come, the library finds out.
struct some_sweeps {
  int sweeps;

  template <class Problem>
  auto operator()(Problem const& problem) const {
    using V = typename Problem::value_type;
    std::vector<V> v(problem.table().size(), V(0));
    std::vector<V> next = v;
    for (int k = 0; k < sweeps; ++k) {
      bellman::sweep(problem.op(), problem.table(), std::span<V const>(v), std::span<V>(next));
      std::swap(v, next);
    }
    return v;
  }
};

// --- Models ----------------------------------------------------------------------------------------------------------

class drawn_numbers {
 public:
  explicit drawn_numbers(std::uint64_t seed) : from_(seed) {}

  int whole_in(int first, int last) {
    return first + static_cast<int>(from_() % static_cast<std::uint64_t>(last - first + 1));
  }
  double between(double a, double b) { return a + (b - a) * (static_cast<double>(from_() >> 11) * 0x1p-53); }
  bool one_in(int n) { return whole_in(1, n) == 1; }

 private:
  std::mt19937_64 from_;
};

template <class F>
struct drawn_model {
  models::listed_mdp<F> env;
  F gamma;
};

// Two to five states; a discount of 1 to one unit below it, units of reward at both ends of the range, parts of very
// different size, probabilities down to 2^-40, rows that add up to one within rounding.
template <class F>
drawn_model<F> draw(drawn_numbers& from) {
  int const digits = std::numeric_limits<F>::digits;
  F const below_one = std::nextafter(F(1), F(0));
  F const discounts[] = {F(1), F(1), F(1), F(0.5), F(0.9), F(0.99), F(1) - F(std::ldexp(1.0, -digits / 2)), below_one};
  drawn_model<F> m;
  m.gamma = discounts[from.whole_in(0, 7)];
  int const n = from.whole_in(2, 5);
  int ends = from.one_in(4) ? 0 : from.whole_in(1, 2);
  if (m.gamma == F(1) && ends == 0) ends = 1;
  ends = std::min(ends, n - 1);
  int const weights = from.whole_in(0, 3);
  int const rewards = from.whole_in(0, 5);
  int const units = from.whole_in(0, 4);
  bool const is_float = digits < 53;
  double const unit = units == 0   ? std::ldexp(1.0, is_float ? -100 : -996)
                      : units == 1 ? std::ldexp(1.0, is_float ? 90 : 980)
                                   : 1.0;
  bool const parts = from.one_in(5);
  int const half = n / 2;
  int policies = 1;
  for (int s = 0; s < n; ++s) {
    auto& actions = m.env.outcomes.emplace_back();
    int count = s < ends ? 0 : from.whole_in(1, 3);
    if (policies * std::max(count, 1) > 81) count = 1;
    policies *= std::max(count, 1);
    for (int a = 0; a < count; ++a) {
      std::vector<double> shares;
      std::vector<int> to;
      double total = 0;
      for (int j = from.whole_in(1, 3); j > 0; --j) {
        double const share = weights == 0   ? 1.0
                             : weights == 1 ? from.whole_in(1, 8)
                             : weights == 2 ? from.between(0.01, 1.0)
                                            : std::ldexp(1.0, -from.whole_in(0, is_float ? 20 : 40));
        int next = from.one_in(5) ? s : from.whole_in(0, n - 1);
        if (parts) next = s >= half ? from.whole_in(half, n - 1) : from.whole_in(0, std::max(half - 1, 0));
        if (std::find(to.begin(), to.end(), next) != to.end()) continue;
        shares.push_back(share);
        to.push_back(next);
        total += share;
      }
      double reward = rewards == 0   ? from.whole_in(-3, 3)
                      : rewards == 1 ? -from.whole_in(0, 3)
                      : rewards == 2 ? from.whole_in(0, 2)
                      : rewards == 3 ? from.between(-1.0, 1.0)
                      : rewards == 4 ? from.between(-1.0, -0.1)
                                     : from.whole_in(0, 1);
      if (parts && s >= half && !(is_float && units < 2)) reward = std::ldexp(reward, is_float ? -30 : -120);
      auto& outcomes = actions.emplace_back();
      for (std::size_t j = 0; j < to.size(); ++j) {
        outcomes.push_back({{F(reward * unit), to[j]}, F(shares[j] / total)});
      }
    }
  }
  return m;
}

// --- Findings --------------------------------------------------------------------------------------------------------

struct findings {
  std::map<std::string, long> tally;
  std::map<std::string, std::vector<std::uint64_t>> wrong;

  void is_wrong(std::string const& what, std::uint64_t model) { wrong[what].push_back(model); }
  long of(std::string const& key) const {
    auto const it = tally.find(key);
    return it == tally.end() ? 0 : it->second;
  }
  /// Refusals of what has an answer, but for those that are the rule.
  long refused(std::string const& method) const { return of(method + ": refused though finite"); }
  long answered(std::string const& method) const {
    return of(method + ": certified") + of(method + ": rounding") + of(method + ": cap") + of(method + ": answered");
  }
  std::string text() const {
    std::string all;
    for (auto const& [what, models] : wrong) {
      all += what + " (" + std::to_string(models.size()) + ") in model";
      for (std::size_t i = 0; i < models.size() && i < 5; ++i) all += " " + std::to_string(models[i]);
      all += "; ";
    }
    return all;
  }
  void print(char const* title) const {
    if (std::getenv("BELLMAN_TALLIES") == nullptr) return;
    std::printf("%s\n", title);
    for (auto const& [what, count] : tally) std::printf("  %-90s %ld\n", what.c_str(), count);
  }
};

std::string kind_of_refusal(std::string const& message) {
  for (char const* part :
       {"no policy ends", "the policy never ends", "it gains for ever", "goes round for nothing",
        "is best for the values that were found never ends", "leaves the range", "no bound of the error"}) {
    if (contains(message, part)) return part;
  }
  return message;
}

// Whether a value that is finite in fractions may well not be a finite float.
template <class F>
bool near_the_end_of_the_range(enumeration const& all, std::vector<fraction> const& v) {
  fraction const most = all.in_units(std::ldexp((std::numeric_limits<F>::max)(), -10));
  for (auto const& x : v) {
    if (most < abs(x)) return true;
  }
  return false;
}

template <class Value>
bool is_within(enumeration const& all, Value const& v, index_t s, fraction const& exact) {
  return all.in_units(v.lower(s)) <= exact && exact <= all.in_units(v.upper(s)) &&
         all.in_units(v.lower(s)) <= all.in_units(v(s)) && all.in_units(v(s)) <= all.in_units(v.upper(s));
}

// --- Checks ----------------------------------------------------------------------------------------------------------

template <class Table, class Policy>
void check_policies(Table const& t, enumeration const& all, enumeration::optimum const& truth, bool discounted,
                    bool resting, std::vector<fraction> const& lower, Policy const& pi, drawn_numbers& from,
                    findings& found, std::uint64_t model) {
  std::size_t const n = t.size();
  std::vector<std::vector<std::size_t>> attaining(n);
  enumeration::policy one(n);
  for (index_t s = 0; s < n; ++s) {
    if (t.terminal(s)) continue;
    index_t const first = *t.actions(s).begin();
    one[s] = all.slots(s)[pi.action(s) - first];
    for (auto const& e : pi(s)) attaining[s].push_back(e.value - first);
    auto const kept = pi.optimal_actions(s);
    for (index_t const slot : t.actions(s)) {
      bool const optimal = all.slots(s)[slot - first].gain(truth.v) == 0;
      bool const listed = std::find(kept.begin(), kept.end(), slot) != kept.end();
      if (optimal && !listed) found.is_wrong("an optimal action is lost", model);
      ++found.tally[!listed ? "actions: certainly worse" : optimal ? "actions: optimal" : "actions: kept though worse"];
    }
  }
  auto const is_worth_lower = [&](enumeration::policy const& chosen) {
    auto const v = all.of_policy(chosen, resting ? all.unpaid(chosen) : truth.zero);
    for (index_t s = 0; s < n; ++s) {
      if (!v[s] || *v[s] < lower[s]) return false;
    }
    return true;
  };
  if (!is_worth_lower(one)) found.is_wrong("the policy is worth less than lower", model);
  // Mixtures; where nothing is discounted, of all of them, so that they end.
  for (int k = 0; k < 2; ++k) {
    enumeration::policy mixed(n);
    for (index_t s = 0; s < n; ++s) {
      if (t.terminal(s)) continue;
      std::vector<whole> weights(all.slots(s).size(), 0);
      for (std::size_t const i : attaining[s]) weights[i] = k == 0 ? 1 : from.whole_in(discounted ? 0 : 1, 9);
      if (std::all_of(weights.begin(), weights.end(), [](whole const& w) { return w == 0; })) {
        weights[attaining[s].front()] = 1;
      }
      mixed[s] = all.mixture(s, weights);
    }
    if (!is_worth_lower(mixed)) found.is_wrong("a mixture is worth less than lower", model);
  }
}

template <class F, class Table, class Method>
void check_solution(Table const& t, F gamma, enumeration const& all, enumeration::optimum const& truth,
                    Method const& how, std::string const& name, drawn_numbers& from, findings& found,
                    std::uint64_t model, bool resting = false) {
  try {
    auto const best = bellman::solve(t, gamma, how);
    if (!truth.exists) return found.is_wrong(name + " answers where there is no answer", model);
    std::vector<fraction> lower;
    for (index_t s = 0; s < t.size(); ++s) {
      lower.push_back(all.in_units(best.value.lower(s)));
      if (!is_within(all, best.value, s, truth.v[s])) {
        found.is_wrong(name + " has a wrong bound", model);
        break;
      }
    }
    auto const stopped = best.value.stopped();
    ++found.tally[name + (stopped == bellman::stop::certified  ? ": certified"
                          : stopped == bellman::stop::rounding ? ": rounding"
                                                               : ": cap")];
    check_policies(t, all, truth, gamma < F(1), resting, lower, best.policy, from, found, model);
  } catch (bellman::invalid_value const& refused) {
    std::string const kind = kind_of_refusal(refused.what());
    bool const by_rule = (kind == "goes round for nothing" && truth.resting_is_better) ||
                         (kind == "leaves the range" && near_the_end_of_the_range<F>(all, truth.v));
    if (kind == "no policy ends" && truth.every_state_may_end) found.is_wrong(name + " says that none ends", model);
    if (kind == "goes round for nothing" && resting) found.is_wrong(name + " refuses what is worth nothing", model);
    if (!truth.exists) {
      ++found.tally[name + ": refused, no answer: " + kind];
    } else if (by_rule) {
      ++found.tally[name + ": refused by rule: " + kind];
    } else {
      ++found.tally[name + ": refused though finite"];
      ++found.tally[name + ": refused though finite: " + kind];
      if (std::getenv("BELLMAN_TALLIES") != nullptr) {
        std::printf("model %llu, %s: %s\n", static_cast<unsigned long long>(model), name.c_str(), refused.what());
      }
    }
  }
}

template <class F, class Table>
void check_policy_value(Table const& t, F gamma, enumeration const& all, drawn_numbers& from, findings& found,
                        std::uint64_t model) {
  models::listed_policy<F> policy;
  enumeration::policy pi(t.size());
  for (index_t s = 0; s < t.size(); ++s) {
    auto& weights = policy.weights.emplace_back();
    if (t.terminal(s)) continue;
    // Shares of 1/8, so that they add up to one.
    std::vector<whole> eighths(all.slots(s).size(), 0);
    for (int k = 0; k < 8; ++k)
      ++eighths[static_cast<std::size_t>(from.whole_in(0, static_cast<int>(eighths.size()) - 1))];
    if (from.one_in(3)) {
      for (auto& x : eighths) x = 0;
      eighths[static_cast<std::size_t>(from.whole_in(0, static_cast<int>(eighths.size()) - 1))] = 8;
    }
    pi[s] = all.mixture(s, eighths);
    for (std::size_t a = 0; a < eighths.size(); ++a) {
      weights.push_back({static_cast<int>(a), F(static_cast<int>(eighths[a])) / F(8)});
    }
  }
  // Nothing is discounted: a policy that is never paid again is worth 0.
  auto const zero = gamma < F(1) ? std::vector<char>(t.size(), 0) : all.unpaid(pi);
  auto const exact = all.of_policy(pi, zero);
  bool const exists = std::all_of(exact.begin(), exact.end(), [](auto const& x) { return x.has_value(); });
  try {
    auto const v = bellman::state_value(t, policy, gamma);
    if (!exists) return found.is_wrong("a policy without a value has one", model);
    for (index_t s = 0; s < t.size(); ++s) {
      if (!is_within(all, v, s, *exact[s])) {
        found.is_wrong("the value of a policy has a wrong bound", model);
        break;
      }
    }
    ++found.tally["policies: answered"];
  } catch (bellman::invalid_value const& refused) {
    std::string const kind = kind_of_refusal(refused.what());
    std::vector<fraction> v;
    for (auto const& x : exact) v.push_back(x.value_or(fraction(0)));
    if (!exists) {
      ++found.tally["policies: refused, no answer: " + kind];
    } else if (kind == "leaves the range" && near_the_end_of_the_range<F>(all, v)) {
      ++found.tally["policies: refused by rule: " + kind];
    } else {
      ++found.tally["policies: refused though finite"];
      ++found.tally["policies: refused though finite: " + kind];
    }
  }
}

// Sweeps alone take as many as there are units of discount: what takes longer is cut off.
template <class Settings>
bellman::method at_most(double sweeps, Settings const& settings) {
  bellman::method m = settings;
  m.most_sweeps = sweeps;
  return m;
}

template <class F>
findings check_models(std::uint64_t first, std::uint64_t count, bool every_method) {
  findings found;
  double const tolerance = std::numeric_limits<F>::digits < 53 ? 1e-4 : 1e-9;
  double const most = every_method ? 3000 : 300;
  for (std::uint64_t model = first; model < first + count; ++model) {
    drawn_numbers from(model);
    auto const drawn = draw<F>(from);
    auto const t = bellman::tabulate(drawn.env);
    if (t.slots() == 0) continue;
    ++found.tally["models"];
    enumeration const all(t, drawn.gamma);
    auto const truth = all.best(/*resting=*/false);
    if (truth.exists) ++found.tally["models with an answer"];
    auto const check = [&](auto const& how, char const* name) {
      check_solution(t, drawn.gamma, all, truth, how, name, from, found, model);
    };
    check(bellman::automatic{tolerance}, "automatic");
    auto const turn = [&](std::uint64_t k) { return every_method || model % 6 == k; };
    if (turn(0)) check(bellman::elimination{}, "elimination");
    if (turn(1)) check(at_most(most, bellman::iteration{tolerance}), "iteration");
    if (turn(2)) check(at_most(most, bellman::value_iteration{tolerance}), "value iteration");
    if (turn(3)) check(at_most(most, bellman::gauss_seidel{tolerance}), "Gauss-Seidel");
    if (turn(4)) {
      check(at_most(most, bellman::method{.tolerance = tolerance, .evaluation = bellman::evaluate_by::krylov}),
            "Krylov");
    }
    if (turn(5)) check(some_sweeps{from.whole_in(0, 60)}, "some sweeps");
    if (drawn.gamma == F(1)) {
      auto const rested = all.best(/*resting=*/true);
      check_solution(t, drawn.gamma, all, rested, bellman::automatic{tolerance, bellman::resting::worth_nothing},
                     "resting is worth nothing", from, found, model, /*resting=*/true);
    }
    check_policy_value<F>(t, drawn.gamma, all, from, found, model);
  }
  return found;
}

}  // namespace planning_certainty

template <>
inline constexpr bool bellman::is_solving_method_v<planning_certainty::some_sweeps> = true;

namespace planning_certainty {

// Nothing is wrong; of the models that were asked for more than half have an answer; at most one in a thousand of these
// is refused, but for what is refused by rule, which is less than one in ten.
void check_shares(findings const& found, std::uint64_t count) {
  CHECK(found.text() == "");
  long const models = found.of("models");
  long const finite = found.of("models with an answer");
  CHECK(models * 100 >= static_cast<long>(count) * 99);
  CHECK(finite * 2 > models);
  CHECK(found.refused("automatic") * 1000 <= finite);
  CHECK(found.answered("automatic") * 10 >= finite * 9);
  CHECK(found.refused("policies") * 1000 <= models);
  CHECK(found.answered("policies") * 2 > models);
}

TEST_CASE("no bound is wrong, no policy is worth less than its lower bound, and no optimal action is lost") {
  std::uint64_t const count = number_in("BELLMAN_MODELS", 1000);
  findings const found = check_models<double>(number_in("BELLMAN_SEED", 1), count, count > 1000);
  found.print("double");
  check_shares(found, count);
  CHECK(found.refused("elimination") * 1000 <= found.of("models with an answer"));
}

// A model whose numbers are eighths and halves, so that it is the same one in every scalar.
template <class R, class F>
models::listed_mdp<R> in_eighths(drawn_numbers& from) {
  models::listed_mdp<R> env;
  int const n = from.whole_in(1, 5);
  int const ends = from.whole_in(0, 1);
  int const lowest = from.one_in(2) ? -6 : -12;
  for (int s = 0; s < n; ++s) {
    auto& actions = env.outcomes.emplace_back();
    for (int a = s < ends ? 0 : from.whole_in(1, 3); a > 0; --a) {
      auto& outcomes = actions.emplace_back();
      R const reward = R(F(from.whole_in(lowest, 6))) / R(F(2));
      for (int left = 8; left > 0;) {
        int const share = from.whole_in(1, left);
        outcomes.push_back({{reward, from.whole_in(0, n - 1)}, R(F(share)) / R(F(8))});
        left -= share;
      }
    }
  }
  return env;
}

TEST_CASE("in exact scalars nothing is open: values and sets of optimal actions are those of the enumeration") {
  std::uint64_t const count = number_in("BELLMAN_MODELS", 1000) / 4;
  std::uint64_t const first = number_in("BELLMAN_SEED", 1);
  using exact = boost::multiprecision::cpp_rational;
  using interval = bellman::interval<double>;
  findings found;
  for (std::uint64_t model = first; model < first + count; ++model) {
    drawn_numbers for_double(model);
    drawn_numbers for_exact(model);
    drawn_numbers for_intervals(model);
    auto const t = bellman::tabulate(in_eighths<double, double>(for_double));
    auto const env = in_eighths<exact, int>(for_exact);
    auto const wide = in_eighths<interval, double>(for_intervals);
    double const gamma = model % 3 == 0 ? 0.5 : model % 3 == 1 ? 0.875 : 1.0;
    enumeration const all(t, gamma);
    auto const truth = all.best(/*resting=*/false);
    ++found.tally["models"];
    if (truth.exists) ++found.tally["models with an answer"];
    try {
      auto const best = bellman::solve(env, exact(gamma));
      ++found.tally["exact: answered"];
      if (!truth.exists) found.is_wrong("answers where there is no answer", model);
      bool same = best.value.error_bound() == 0;
      for (int s : env.states()) {
        same = same && best.value(s) * all.in_units(1.0) == truth.v[static_cast<std::size_t>(s)];
        auto const kept = best.policy.optimal_actions(s);
        for (int a : env.actions(s)) {
          bool const optimal = all.slots(static_cast<std::size_t>(s))[static_cast<std::size_t>(a)].gain(truth.v) == 0;
          same = same && optimal == (std::find(kept.begin(), kept.end(), a) != kept.end());
        }
      }
      if (!same) found.is_wrong("is not exact", model);
    } catch (bellman::invalid_value const& refused) {
      std::string const kind = kind_of_refusal(refused.what());
      if (truth.exists && !(kind == "goes round for nothing" && truth.resting_is_better)) {
        found.is_wrong("refused though finite: " + kind, model);
      }
    }
    try {
      auto const best = bellman::solve(wide, interval(gamma));
      bool enclosed = truth.exists;
      for (int s : wide.states()) {
        fraction const v = truth.v[static_cast<std::size_t>(s)];
        enclosed = enclosed && all.in_units(best.value.lower(s)) <= v && v <= all.in_units(best.value.upper(s));
      }
      if (!enclosed) found.is_wrong("intervals do not enclose", model);
      ++found.tally["intervals: answered"];
    } catch (bellman::invalid_value const& refused) {
      ++found.tally["intervals: refused: " + kind_of_refusal(refused.what())];
    }
  }
  found.print("exact scalars");
  CHECK(found.text() == "");
  // What has an answer is answered, but for rests, and by intervals but for one in twenty besides.
  long const finite = found.of("models with an answer");
  CHECK(found.of("models") == static_cast<long>(count));
  CHECK(finite * 2 > found.of("models"));
  CHECK(found.answered("exact") * 20 >= finite * 19);
  CHECK(found.answered("intervals") * 20 >= found.answered("exact") * 19);
}

TEST_CASE("in float as in double, no bound is wrong") {
  std::uint64_t const count = number_in("BELLMAN_MODELS", 1000) / 4;
  findings const found = check_models<float>(number_in("BELLMAN_SEED", 1), count, count > 250);
  found.print("float");
  check_shares(found, count);
}

}  // namespace planning_certainty
