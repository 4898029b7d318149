// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "answers.hpp"
#include "game.hpp"
#include "number.hpp"
#include "rollouts.hpp"
#include "solution.hpp"

#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/probability/weight.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <ostream>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

// Two ways to say how good an answer was: against the other answers to the same puzzle, as language models are trained,
// and move by move against exact play.
namespace game24 {

/// How an answer's game went.
enum class ending {
  reached,  ///< to 24
  lost,     ///< a move made 24 unreachable
  broken    ///< 24 was in reach when the answer wrote an illegal step, or no further one
};

/// A legal step and what it was worth.
struct judged_step {
  position before;
  bool winnable;  ///< whether 24 was in reach before it
  judged_move move;
};

struct judged_answer {
  bool right = false;
  bool label = false;
  bool fully_legal = false;
  bool has_illegal_step = false;
  rational group_relative;                ///< reward minus the mean of the group's
  std::optional<rational> leave_one_out;  ///< reward minus the mean of the others', if there are any
  std::vector<judged_step> steps;
  ending end = ending::broken;
  std::size_t ended_at = 0;  ///< the step that reached 24, lost the game, or is missing; counted from 1
};

struct judged_group {
  position puzzle;
  rational solved_by_people;  ///< in percent
  rational mean;
  std::size_t right = 0;
  std::vector<judged_answer> answers;

  /// Without it all answers have the group-relative advantage 0, and nothing is learnt from the group.
  bool has_variance() const { return right != 0 && right != answers.size(); }
};

/// Follows the answers of a group through the solved game.
inline judged_group judge(solved_game const& game, group const& g) {
  auto const reward = [](answer const& a) { return rational(a.right ? 1 : 0); };
  auto const n = static_cast<long long>(g.answers.size());
  auto const mean = bellman::expectation(bellman::uniform(std::views::all(g.answers)), reward);
  judged_group out{g.puzzle, g.solved_by_people, mean, 0, {}};
  for (std::size_t i = 0; i < g.answers.size(); ++i) {
    answer const& a = g.answers[i];
    judged_answer j;
    j.right = a.right;
    j.label = g.labels[i];
    j.fully_legal = a.fully_legal();
    j.has_illegal_step = a.written_steps > a.steps.size();
    j.group_relative = reward(a) - mean;
    // The mean of the others is (n mean - r) / (n - 1), so that r minus it is n / (n - 1) times r - mean.
    if (n > 1) j.leave_one_out = rational(n, n - 1) * j.group_relative;
    position s = g.puzzle;
    bool winnable = true;
    for (move const m : a.steps) {
      j.steps.push_back({s, winnable, game.judge(s, m)});
      s = j.steps.back().move.next;
      if (winnable && j.steps.back().move.loses()) {
        winnable = false;
        j.end = ending::lost;
        j.ended_at = j.steps.size();
      }
    }
    if (winnable) {
      j.end = is_24(s) ? ending::reached : ending::broken;
      j.ended_at = is_24(s) ? j.steps.size() : j.steps.size() + 1;
    }
    out.right += a.right ? 1u : 0u;
    out.answers.push_back(std::move(j));
  }
  return out;
}

/// What happened at one step of all answers.
struct step_counts {
  std::size_t legal = 0;
  std::size_t winnable = 0;     ///< legal ones from a position from which 24 was in reach
  std::size_t losing = 0;       ///< of these, those after which it was not
  std::size_t broken = 0;       ///< answers that wrote no legal step here although 24 was in reach
  double losing_by_chance = 0;  ///< how many of `winnable` would have lost the game had they been drawn at random
};

/// The signs of what both ways say about a legal step.
struct credit_counts {
  std::size_t above = 0;  ///< steps of answers with a group-relative advantage above 0
  std::size_t zero = 0;
  std::size_t below = 0;
};

/// The counts over all groups.
struct summary {
  std::size_t answers = 0;
  std::size_t right = 0;
  std::size_t label_disagreements = 0;
  std::size_t legal_steps = 0;
  std::size_t fully_legal = 0;
  std::size_t reach_24 = 0;
  std::size_t reach_24_but_wrong = 0;
  std::size_t groups_with_variance = 0;
  std::array<step_counts, 3> steps{};
  credit_counts keeping{};  ///< steps that keep 24 in reach
  credit_counts losing{};   ///< steps that lose the game
  credit_counts after{};    ///< steps in a game that was already lost
};

inline summary summarize(solved_game const& game, std::vector<judged_group> const& groups) {
  summary n;
  for (judged_group const& g : groups) {
    if (g.has_variance()) ++n.groups_with_variance;
    for (judged_answer const& a : g.answers) {
      ++n.answers;
      if (a.right) ++n.right;
      if (a.right != a.label) ++n.label_disagreements;
      if (a.fully_legal) ++n.fully_legal;
      if (a.fully_legal && a.end == ending::reached) ++n.reach_24;
      if (a.fully_legal && a.end == ending::reached && !a.right) ++n.reach_24_but_wrong;
      n.legal_steps += a.steps.size();
      if (a.end == ending::broken) ++n.steps[a.ended_at - 1].broken;
      for (std::size_t k = 0; k < a.steps.size(); ++k) {
        judged_step const& step = a.steps[k];
        ++n.steps[k].legal;
        auto& credit = !step.winnable ? n.after : step.move.loses() ? n.losing : n.keeping;
        ++(a.group_relative > rational(0) ? credit.above : a.group_relative < rational(0) ? credit.below : credit.zero);
        if (!step.winnable) continue;
        ++n.steps[k].winnable;
        if (step.move.loses()) ++n.steps[k].losing;
        n.steps[k].losing_by_chance += bellman::to_double(game.losing_by_chance(step.before));
      }
    }
  }
  return n;
}

/// Every answer's advantages within its group, and for each of its steps the exact advantages, as fractions in a line.
inline void write_advantages(std::ostream& out, std::vector<judged_group> const& groups) {
  out << "puzzle,answer,right,group_relative,leave_one_out";
  for (int k = 1; k <= 3; ++k) out << ",move_" << k << ",advantage_optimal_" << k << ",advantage_random_" << k;
  out << '\n';
  for (judged_group const& g : groups) {
    for (std::size_t i = 0; i < g.answers.size(); ++i) {
      judged_answer const& a = g.answers[i];
      out << to_text(g.puzzle) << ',' << i << ',' << a.right << ',' << to_text(a.group_relative) << ','
          << (a.leave_one_out ? to_text(*a.leave_one_out) : "");
      for (std::size_t k = 0; k < 3; ++k) {
        if (k < a.steps.size()) {
          judged_step const& step = a.steps[k];
          out << ',' << to_text(step.before, step.move.made) << ',' << to_text(step.move.optimal_advantage) << ','
              << to_text(step.move.uniform_advantage);
        } else {
          out << ",,,";
        }
      }
      out << '\n';
    }
  }
}

}  // namespace game24
