// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../game24/answers.hpp"
#include "../game24/rollouts.hpp"
#include "../support/bands.hpp"
#include "../support/claims.hpp"
#include "../support/table.hpp"
#include "../support/text_file.hpp"
#include "methods.hpp"
#include "moves.hpp"
#include "tree.hpp"

#include <bellman/planning/solve.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/running_statistics.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/uniform.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <limits>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// Everything that is found out, and what is claimed about it.
namespace game24_learned {

using support::course;
using support::courses;

struct asked {
  std::size_t seeds = 16;
  bool quick = false;  ///< few puzzles, few updates
  std::optional<std::filesystem::path> data;
};

/// How much there is to learn from, and how long.
struct extent {
  int largest_number;      ///< of the puzzles
  std::size_t to_learn;    ///< puzzles
  std::size_t others;      ///< puzzles that are never learned from
  std::size_t to_choose;   ///< puzzles, of those to learn from, on which step sizes are compared
  std::size_t updates;     ///< a power of 2
  std::size_t choosing;    ///< seeds for that
  std::size_t directions;  ///< sampled gradients, to see how much they differ
};
inline constexpr extent everything{13, 900, 400, 100, 1024, 8, 400};
inline constexpr extent a_little{6, 40, 20, 10, 64, 2, 50};

/// What parts of the puzzles are to be solved.
inline constexpr std::array goals{0.1, 0.2, 0.3, 0.4};

/// After how many updates a learner is looked at: 0, 1, 2, 4, ...
inline std::vector<std::size_t> looks(std::size_t updates) {
  std::vector<std::size_t> all{0};
  for (std::size_t k = 1; k <= updates; k *= 2) all.push_back(k);
  return all;
}

/// After how many updates a course comes to the goal for the first time, on a straight line over the logarithm between
/// two looks; infinity where it does not.
inline double updates_until(double its_goal, course const& rates, std::vector<std::size_t> const& at) {
  for (std::size_t i = 0; i < rates.size(); ++i) {
    if (rates[i] < its_goal) continue;
    if (i < 2) return static_cast<double>(at[i]);
    double const part = (its_goal - rates[i - 1]) / (rates[i] - rates[i - 1]);
    return static_cast<double>(at[i - 1]) * std::pow(static_cast<double>(at[i]) / static_cast<double>(at[i - 1]), part);
  }
  return std::numeric_limits<double>::infinity();
}

/// The median of several runs, and two of the runs, between which the true one lies in 95 % of all cases; with fewer
/// than 6 runs in less. A run may be infinite.
///
/// Source: Conover, Practical Nonparametric Statistics, section 3.2: how many runs lie below the median is binomial.
struct median_band {
  double median, lower, upper;
};
inline median_band median_of(std::vector<double> runs) {
  std::ranges::sort(runs);
  std::size_t const n = runs.size();
  double const middle = n % 2 == 1 ? runs[n / 2] : std::sqrt(runs[n / 2 - 1] * runs[n / 2]);
  // What lies outside on one side: the probability of so many heads or fewer.
  double probability = std::pow(0.5, static_cast<double>(n)), outside = probability;
  std::size_t below = 0;
  while (below + 1 < (n + 1) / 2) {
    probability *= static_cast<double>(n - below) / static_cast<double>(below + 1);
    if (outside + probability > 0.025) break;
    outside += probability;
    ++below;
  }
  return {middle, runs[below], runs[n - 1 - below]};
}

/// How often a run of one way takes fewer updates than one of another, a tie counted half, and how probable so large a
/// difference from one half is where there is none.
///
/// Source: Mann and Whitney 1947; the normal approximation, two-sided.
struct comparison {
  double fewer, probability;
};
inline comparison compare(std::vector<double> const& one, std::vector<double> const& other) {
  double pairs = 0;
  for (double const x : one) {
    for (double const y : other) pairs += x < y ? 1 : x == y ? 0.5 : 0;
  }
  auto const n = static_cast<double>(one.size()), m = static_cast<double>(other.size());
  double const z = std::abs(pairs - n * m / 2) / std::sqrt(n * m * (n + m + 1) / 12);
  return {pairs / (n * m), std::erfc(z / std::sqrt(2.0))};
}

/// How well one plays.
struct skill {
  double solved = 0;   ///< of the puzzles
  double likely = 0;   ///< the same where the likeliest move is made
  double keeping = 0;  ///< first moves after which 24 is in reach
};

/// The same, of all seeds.
struct skills {
  bellman::running_statistics<double> solved, likely, keeping;

  void add(skill const& one) {
    solved.add(one.solved);
    likely.add(one.likely);
    keeping.add(one.keeping);
  }
};

/// One step size, compared with others.
struct tried {
  double step;
  double updates =
      0;  ///< until a goal, the geometric mean; where a run does not come there, twice as many as there are
};

struct learned {
  std::string name;
  bool plays;
  std::vector<tried> steps;
  double step = 0;  ///< the best of them
  courses rates;
  std::array<std::vector<double>, goals.size()> until;  ///< updates, of each seed
  skills others, recorded;
};

/// How far sampled gradients are off, from one state of learning.
struct noise {
  std::size_t updates;   ///< by exact gradients, before
  double rate;           ///< of the puzzles
  double own, of_group;  ///< after so many games the error is as long as the gradient: with exact A, with RLOO
};

/// What the recorded answers of a language model come to.
struct recorded_answers {
  std::size_t puzzles = 0, answers = 0, right = 0, first_moves = 0, keeping = 0;
};

struct findings {
  asked by;
  extent of{};
  std::size_t solvable = 0;  ///< puzzles that there are
  std::vector<std::size_t> at;
  std::vector<learned> all;
  skill random, random_on_recorded;
  std::vector<noise> noises;
  std::vector<std::pair<std::string, double>> heaviest;  ///< questions about the first move, and their weights
  std::optional<recorded_answers> recorded;
  support::claims claims;

  learned const& method(char const* name) const {
    for (learned const& one : all) {
      if (one.name == name) return one;
    }
    throw std::out_of_range(name);
  }
};

namespace detail {

inline std::size_t below(std::size_t n, generator& chance) {
  return bellman::sample(bellman::uniform(std::views::iota(std::size_t{0}, n)), chance);
}

/// All puzzles of these numbers that can be solved.
inline std::vector<position> solvable(int largest) {
  std::vector<position> deals;
  for (position const& s : game24::deals()) {
    if (*(s.end() - 1) <= rational(largest)) deals.push_back(s);
  }
  auto const moves = bellman::tabulate(rules(), deals);
  auto const best = bellman::solve(moves, 1.0).value;
  std::vector<position> all;
  for (position const& s : deals) {
    if (best(moves.index(s)) == 1) all.push_back(s);
  }
  return all;
}

/// Puzzles to learn from and others, by chance, but that those with recorded answers are among the others.
struct split {
  std::vector<position> to_learn, others;

  split(std::vector<position> all, std::vector<position> recorded, extent const& of) : others(std::move(recorded)) {
    generator chance(24);
    std::erase_if(all, [&](position const& s) { return std::ranges::find(others, s) != others.end(); });
    for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[detail::below(i, chance)]);
    for (position const& s : all) {
      if (to_learn.size() < of.to_learn) {
        to_learn.push_back(s);
      } else if (others.size() < of.others) {
        others.push_back(s);
      }
    }
  }
};

/// Trees of a puzzle each.
class lessons {
 public:
  explicit lessons(std::vector<position> const& puzzles) {
    for (position const& s : puzzles) trees_.emplace_back(std::vector{s});
  }

  std::vector<tree const*> some(std::size_t n, generator& chance) const {
    std::vector<tree const*> all;
    for (std::size_t k = 0; k < n; ++k) all.push_back(&trees_[detail::below(trees_.size(), chance)]);
    return all;
  }

 private:
  std::deque<tree> trees_;
};

inline weights no_weights() { return weights(number_of_features(), 0.0); }

/// Learns for a while; `look(weights)` is called at each look, and says whether to go on.
template <class Look>
void learn(method const& by, double step, unsigned seed, lessons const& from, std::vector<std::size_t> const& at,
           Look const& look) {
  generator chance(seed);
  weights w = detail::no_weights();
  auto next = by.begin(step);
  std::size_t done = 0;
  for (std::size_t const then : at) {
    for (; done < then; ++done) next(w, from.some(puzzles_of_an_update, chance), chance);
    if (!look(w)) return;
  }
}

inline skill skill_of(tree const& puzzles, weights const& w) {
  auto const policy = policy_of(puzzles, w);
  return {solve_rate(puzzles, policy), solve_rate(puzzles, likeliest_of(puzzles, w)), keeping_rate(puzzles, policy)};
}

/// With seeds and puzzles of its own, so that nothing of what is reported later was chosen by itself.
inline tried try_step(method const& by, double step, extent const& of, lessons const& from, tree const& judged,
                      std::vector<std::size_t> const& at) {
  tried found{step};
  for (std::size_t k = 1; k <= of.choosing; ++k) {
    course rates;
    detail::learn(by, step, static_cast<unsigned>(1000 + k), from, at, [&](weights const& w) {
      rates.push_back(solve_rate(judged, policy_of(judged, w)));
      return rates.back() < goals.back();
    });
    for (double const goal : goals) {
      double const until = std::min(updates_until(goal, rates, at), 2 * static_cast<double>(at.back()));
      found.updates += std::log(until) / static_cast<double>(of.choosing * goals.size());
    }
  }
  found.updates = std::exp(found.updates);
  return found;
}

/// What is tried, from small to large.
inline std::vector<double> steps_of(std::string const& name, bool quick) {
  double const most = name == exact ? 40 : name == grpo || name == best_advantages ? 10 : name == ppo ? 8 : 20;
  if (quick) return {most / 2};
  return {most / 8, most / 4, most / 2, most};
}

/// The squared error of sampled gradients of some puzzles, by the squared length of the exact one, for one game.
template <class Method>
double games_until_clear(Method const& one, weights const& w, lessons const& from, std::size_t directions) {
  generator chance(2024);
  double error = 0, length = 0;
  for (std::size_t k = 0; k < directions; ++k) {
    auto const puzzles = from.some(puzzles_of_an_update, chance);
    weights g = detail::no_weights();
    for (tree const* const t : puzzles) {
      auto const part = exact_gradient(*t, w);
      for (std::size_t f = 0; f < g.size(); ++f) g[f] += part[f] / static_cast<double>(puzzles.size());
    }
    weights moved = w;
    one.begin(1.0)(moved, puzzles, chance);
    for (std::size_t f = 0; f < g.size(); ++f) {
      double const off = moved[f] - w[f] - g[f];
      error += off * off;
      length += g[f] * g[f];
    }
  }
  return static_cast<double>(games_of_an_update) * error / length;
}

/// Whether the exact gradient is that of central differences.
inline bool gradient_holds(tree const& t) {
  generator chance(3);
  weights w = detail::no_weights();
  for (double& x : w) x = static_cast<double>(detail::below(2001, chance)) / 1000 - 1;
  auto const g = exact_gradient(t, w);
  bool holds = true;
  double longest = 0;
  constexpr double h = 1e-4;
  for (std::size_t f = 0; f < w.size(); ++f) {
    auto const at = [&](double x) {
      weights moved = w;
      moved[f] += x;
      return solve_rate(t, policy_of(t, moved));
    };
    holds = holds && std::abs((at(h) - at(-h)) / (2 * h) - g[f]) < 1e-8;
    longest = std::max(longest, std::abs(g[f]));
  }
  return holds && longest > 1e-4;
}

inline recorded_answers count(tree const& t, std::vector<game24::group> const& groups) {
  recorded_answers n;
  for (game24::group const& g : groups) {
    ++n.puzzles;
    state const s = t.moves().index(g.puzzle);
    for (game24::answer const& a : g.answers) {
      ++n.answers;
      n.right += a.right ? 1u : 0u;
      if (a.steps.empty()) continue;
      ++n.first_moves;
      action const first = t.moves().slot(s, a.steps.front());
      n.keeping += t.best()(t.moves().successors(first).front()) == 1 ? 1u : 0u;
    }
  }
  return n;
}

inline void claim_about_credit(findings& f) {
  auto const until = [&](char const* name, std::size_t g) { return median_of(f.method(name).until[g]).median; };
  bool fewest = true, fewer = true;
  for (std::size_t g = 0; g + 1 < goals.size(); ++g) {
    for (learned const& m : f.all) fewest = fewest && until(exact, g) <= until(m.name.c_str(), g);
    fewer = fewer && until(own_advantages, g) < std::min(until(rloo, g), until(grpo, g));
  }
  f.claims.add("until 10, 20, 30 % the exact gradient takes fewer updates than all who play, in the median", fewest);
  f.claims.add("until 10, 20, 30 % exact advantages of moves take fewer games than RLOO and GRPO, in the median",
               fewer);
  auto const& own = f.method(own_advantages).steps;
  auto const& group = f.method(rloo).steps;
  double ratio = 0;
  for (std::size_t k = 0; k < own.size(); ++k) {
    ratio += std::log(own[k].updates / group[k].updates) / static_cast<double>(own.size());
  }
  f.claims.add("with the same steps they take less than 80 % of RLOO's games, as geometric mean of these",
               std::exp(ratio) < 0.8);
}

inline void claim_about_recorded(findings& f) {
  auto const& n = *f.recorded;
  double const right = static_cast<double>(n.right) / static_cast<double>(n.answers);
  double const keeping = static_cast<double>(n.keeping) / static_cast<double>(n.first_moves);
  bool more = true;
  for (learned const& m : f.all) more = more && support::band_of(m.recorded.solved).lower() > right;
  f.claims.add("every method solves more of the recorded puzzles than the recorded answers do", more);
  f.claims.add("first moves of the exact gradient keep 24 in reach more often than the recorded ones",
               support::band_of(f.method(exact).recorded.keeping).lower() > keeping);
}

inline void claim(findings& f, tree const& one) {
  f.claims.add("the exact gradient, by scores, is that of central differences, within 1e-8",
               detail::gradient_holds(one));
  bool learns = true, keeps = true;
  double const times = f.by.quick ? 5 : 40;
  for (learned const& m : f.all) {
    learns = learns && m.others.solved.value().mean > times * f.random.solved;
    keeps = keeps && m.others.keeping.value().mean > f.random.keeping;
  }
  f.claims.add("every method solves more than " + support::fixed(times, 0) + " times what random moves solve", learns);
  f.claims.add("first moves of every method keep 24 in reach more often than random ones", keeps);
  bool clearer = true;
  for (noise const& x : f.noises) clearer = clearer && x.own < x.of_group;
  f.claims.add("exact advantages of moves make less noise a game than RLOO, from start to end", clearer);
  // What depends on chance is not claimed of a few runs.
  if (!f.by.quick && f.by.seeds >= 12) detail::claim_about_credit(f);
  if (f.recorded) detail::claim_about_recorded(f);
}

}  // namespace detail

/// Everything there is to find out.
inline findings find_out(asked const& by) {
  if (by.data) support::expect_folder(*by.data);
  findings f;
  f.by = by;
  f.of = by.quick ? a_little : everything;
  extent const& of = f.of;
  auto const all = detail::solvable(of.largest_number);
  f.solvable = all.size();
  f.at = looks(of.updates);

  std::vector<game24::group> groups;
  std::vector<position> recorded;
  if (by.data) {
    groups = game24::read_rollouts(
        *by.data, [&](position const& s) { return by.quick || std::ranges::find(all, s) != all.end(); });
    for (auto const& g : groups) recorded.push_back(g.puzzle);
  }
  detail::split const parts(all, recorded, of);
  detail::lessons const from(parts.to_learn);
  tree const others(parts.others);
  std::vector<position> const few(parts.to_learn.begin(),
                                  parts.to_learn.begin() + static_cast<std::ptrdiff_t>(of.to_choose));
  tree const judged(few);
  std::optional<tree> with_answers;
  if (!recorded.empty()) with_answers.emplace(recorded);

  f.random = detail::skill_of(others, detail::no_weights());
  if (with_answers) {
    f.random_on_recorded = detail::skill_of(*with_answers, detail::no_weights());
    f.recorded = detail::count(*with_answers, groups);
  }

  for (method const& one : methods()) {
    auto& l = f.all.emplace_back();
    l.name = one.name;
    l.plays = one.plays;
    for (double const step : detail::steps_of(one.name, by.quick)) {
      l.steps.push_back(detail::try_step(one, step, of, from, judged, f.at));
    }
    l.step = std::ranges::min_element(l.steps, {}, &tried::updates)->step;
    for (std::size_t seed = 1; seed <= by.seeds; ++seed) {
      course rates;
      weights last;
      detail::learn(one, l.step, static_cast<unsigned>(seed), from, f.at, [&](weights const& w) {
        rates.push_back(solve_rate(others, policy_of(others, w)));
        last = w;
        return true;
      });
      l.rates.add(rates);
      for (std::size_t g = 0; g < goals.size(); ++g) l.until[g].push_back(updates_until(goals[g], rates, f.at));
      l.others.add(detail::skill_of(others, last));
      if (with_answers) l.recorded.add(detail::skill_of(*with_answers, last));
    }
  }

  // How the noise changes on the way of the first method.
  auto const ways = methods();
  std::vector<std::size_t> const when{0, of.updates / 16, of.updates / 4, of.updates};
  std::size_t look = 0;
  weights last;
  detail::learn(ways[0], f.all[0].step, 1, from, when, [&](weights const& w) {
    f.noises.push_back({when[look++], solve_rate(judged, policy_of(judged, w)),
                        detail::games_until_clear(ways[1], w, from, of.directions),
                        detail::games_until_clear(ways[3], w, from, of.directions)});
    last = w;
    return true;
  });
  for (std::size_t k = 0; k < questions().size(); ++k) f.heaviest.emplace_back(questions()[k], last[k]);
  std::ranges::sort(f.heaviest, [](auto const& a, auto const& b) { return a.second > b.second; });

  detail::claim(f, tree({parts.to_learn.front()}));
  return f;
}

}  // namespace game24_learned
