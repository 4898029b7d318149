// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <cstddef>
#include <numeric>
#include <ranges>
#include <vector>

// An intensive-care unit as a Markov decision process: every four hours a patient's state is looked at, and one of 25
// treatments is given, until the patient leaves or dies.
namespace sepsis {

/// Five doses of fluids, five of vasopressors: none, and the quarters of what is given where some is.
inline constexpr std::size_t doses = 5;
inline constexpr std::size_t treatments = doses * doses;

constexpr int treatment(int fluids, int vasopressors) { return static_cast<int>(doses) * fluids + vasopressors; }
constexpr int fluids_of(int treatment) { return treatment / static_cast<int>(doses); }
constexpr int vasopressors_of(int treatment) { return treatment % static_cast<int>(doses); }

/// What was recorded of a unit, or made up.
struct records {
  using row = std::vector<bellman::weighted<int, double>>;  ///< a distribution over states

  std::vector<row> rows;
  std::vector<std::size_t> row_of;  ///< of each state and treatment, `state * treatments + treatment`
  std::vector<double> reward;       ///< of arriving in a state: 1 for a patient who leaves alive
  std::vector<std::array<double, treatments>> clinicians;  ///< how often they gave each treatment in a state
  std::vector<std::vector<int>> admissible;  ///< the treatments that were given often enough to know what they do
  std::vector<double> start;                 ///< the states in which patients come
  std::vector<double> severity;              ///< the mean SOFA score of a state: failing organs, 0 to 24
  std::vector<bool> ended;                   ///< where nothing is done any more

  int states() const { return static_cast<int>(ended.size()); }
  row const& after(int s, int a) const {
    return rows[row_of[static_cast<std::size_t>(s) * treatments + static_cast<std::size_t>(a)]];
  }
};

/// Which treatments may be chosen.
enum class choice { all, admissible };

/// The environment; it refers to the records. Where a patient's case has ended it is terminal, so nothing is asked of
/// a policy there.
class unit {
 public:
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  explicit unit(records const& of, choice c) : of_(&of), choice_(c) {
    if (choice_ == choice::all) {
      all_.resize(treatments);
      std::iota(all_.begin(), all_.end(), 0);
    }
  }

  auto states() const { return std::views::iota(0, of_->states()); }
  bool terminal(int s) const { return of_->ended[static_cast<std::size_t>(s)]; }
  std::vector<int> const& actions(int s) const {
    return choice_ == choice::all ? all_ : of_->admissible[static_cast<std::size_t>(s)];
  }
  auto transition(int s, int a) const {
    std::vector<bellman::weighted<bellman::outcome<double, int>, double>> outcomes;
    for (auto const& [next, p] : of_->after(s, a)) {
      outcomes.push_back({{of_->reward[static_cast<std::size_t>(next)], next}, p});
    }
    return outcomes;
  }

 private:
  records const* of_;
  choice choice_;
  std::vector<int> all_;
};

/// What the clinicians did, as a policy.
inline auto clinicians(records const& of) {
  return [&of](int s) {
    std::vector<bellman::weighted<int, double>> given;
    for (std::size_t a = 0; a < treatments; ++a) {
      given.push_back({static_cast<int>(a), of.clinicians[static_cast<std::size_t>(s)][a]});
    }
    return given;
  };
}

}  // namespace sepsis
