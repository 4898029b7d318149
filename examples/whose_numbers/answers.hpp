// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "estimates.hpp"
#include "recording.hpp"

#include <bellman/conventions/openrlhf/groups.hpp>
#include <bellman/conventions/torchrl/groups.hpp>
#include <bellman/conventions/trl/deviation.hpp>
#include <bellman/conventions/trl/gdpo.hpp>
#include <bellman/conventions/trl/rloo.hpp>
#include <bellman/conventions/verl/groups.hpp>
#include <bellman/groups/group_methods.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/probability/spread.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// The methods for groups of answers.
namespace whose_numbers {

/// What the methods see: for each answer its reward and how many tokens it has, and whose answers they are.
struct answers {
  row scores;
  std::vector<std::size_t> lengths;
  bellman::grouping groups;
  rows token_rewards;
  std::vector<std::vector<int>> masks;
  std::vector<std::string> ids;
  row greedy;
  rows objectives;
  row weights;
};

/// `all_positions`: what stands at masked positions counts in an answer's reward too.
inline answers answers_of(recording const& r, bool all_positions = false) {
  answers a;
  for (sequence const& s : r.sequences) {
    double score = s.score.value_or(0);
    std::size_t length = 0;
    for (std::size_t t = 0; t < s.size(); ++t) {
      if (s.own[t]) ++length;
      if ((all_positions || s.own[t] || t > s.last_own()) && !std::isnan(s.rewards[t])) score += s.rewards[t];
    }
    a.scores.push_back(score);
    a.lengths.push_back(length);
    // The reward and the tokens, without what lies between them.
    a.token_rewards.emplace_back((std::max)(length, std::size_t(1)), 0.0);
    a.token_rewards.back()[0] = score;
    a.masks.emplace_back(a.token_rewards.back().size(), length == 0 ? 0 : 1);
  }
  a.greedy = r.greedy;
  a.objectives = r.objectives;
  a.weights = r.weights;
  a.ids = r.groups;
  a.groups = bellman::grouping(r.groups);
  // An answer without a token is none.
  if (!all_positions) a.groups = a.groups.only_rows([&](std::size_t i) { return a.lengths[i] != 0; });
  return a;
}

/// The methods that there are right numbers of.
enum class method {
  grpo,
  dr_grpo,
  rloo,
  gpg,
  opo,
  best_of_group,
  reinforce_plus_plus_baseline,
  gdpo,
  remax,
  reinforce
};

inline std::string name_of(method m) {
  switch (m) {
    case method::grpo:
      return "GRPO, (r - mean) / deviation";
    case method::dr_grpo:
      return "GRPO without the deviation (Dr. GRPO), r - mean";
    case method::rloo:
      return "RLOO, the reward less the mean of the others";
    case method::gpg:
      return "GPG";
    case method::opo:
      return "OPO, the reward less the mean weighted by length";
    case method::best_of_group:
      return "the best answer's lead over the second (pass@k)";
    case method::reinforce:
      return "REINFORCE, the reward itself";
    case method::reinforce_plus_plus_baseline:
      return "REINFORCE++ with the group's mean, whitened over the tokens";
    case method::gdpo:
      return "GDPO, each reward normalised in its group, their weighted sum over the batch";
    case method::remax:
      return "ReMax, the reward less that of the greedy answer";
  }
  return "";
}

/// A list for each reward function, of lists for each answer.
inline rows turned(rows const& of_answers) {
  rows all(of_answers[0].size());
  for (row const& each : of_answers) {
    for (std::size_t k = 0; k < each.size(); ++k) all[k].push_back(each[k]);
  }
  return all;
}

/// A method as it should be, of numbers that need no root in any kind of numbers.
template <class R>
std::optional<std::vector<R>> right_of(method m, answers const& a) {
  std::vector<R> scores;
  for (double const x : a.scores) scores.push_back(as<R>(x));
  switch (m) {
    case method::dr_grpo:
      return bellman::dr_grpo(scores, a.groups);
    case method::rloo:
      return bellman::rloo(scores, a.groups);
    case method::reinforce:
      return bellman::reinforce(scores, a.groups);
    case method::opo:
      return bellman::opo(scores, a.lengths, a.groups);
    case method::gpg:
      return bellman::gpg(scores, a.groups);
    case method::best_of_group:
      for (auto const& group : a.groups) {
        if (group.size() < 2) return std::nullopt;
      }
      return bellman::best_of_group(scores, a.groups);
    case method::grpo:
      if constexpr (std::is_same_v<R, double>) return bellman::grpo(scores, a.groups);
      return std::nullopt;
    case method::reinforce_plus_plus_baseline:
      if constexpr (std::is_same_v<R, double>) {
        return bellman::reinforce_plus_plus_baseline(scores, a.lengths, a.groups);
      }
      return std::nullopt;
    case method::gdpo:
      if constexpr (std::is_same_v<R, double>) {
        if (!a.objectives.empty()) return bellman::gdpo(turned(a.objectives), a.weights, a.groups);
      }
      return std::nullopt;
    case method::remax: {
      if (a.greedy.empty()) return std::nullopt;
      std::vector<R> greedy;
      for (double const x : a.greedy) greedy.push_back(as<R>(x));
      return bellman::remax(scores, greedy);
    }
  }
  return std::nullopt;
}

/// A way to compute a method's numbers.
struct variant {
  method of;
  std::string library;  ///< who computes it so; empty of nobody in particular
  std::string how;      ///< what is its own
  std::string mistake;  ///< what is wrong, if something is
  std::string why;
  row numbers;  ///< one for each answer
};

/// All ways, the right ones first. A group that a method refuses leaves it out.
inline std::vector<variant> variants_of(recording const& r) {
  namespace openrlhf = bellman::conventions::openrlhf;
  namespace torchrl = bellman::conventions::torchrl;
  namespace trl = bellman::conventions::trl;
  namespace verl = bellman::conventions::verl;
  using bellman::group_advantages;
  using bellman::group_mean;
  using bellman::grouping;
  using bellman::over_batch;
  using bellman::population_standard_deviation;
  using bellman::spread_plus;
  using bellman::standard_deviation;
  using bellman::unscaled;
  std::vector<variant> all;
  auto const add = [&](method of, std::string library, std::string how, std::string mistake, std::string why,
                       auto const& numbers) {
    try {
      if (std::optional<row> const xs = numbers()) {
        all.push_back({of, std::move(library), std::move(how), std::move(mistake), std::move(why), *xs});
      }
    } catch (bellman::invalid_value const&) {
      // The method has no answer to such groups.
    }
  };
  auto const first_of_rows = [](rows const& xs) {
    row all_first;
    for (row const& x : xs) all_first.push_back(x[0]);
    return std::optional<row>(all_first);
  };
  // The ways of one batch, said once more of a batch that is misread.
  auto const add_ways = [&](answers const& a, std::string const& mistake, std::string const& why) {
    bool const misread = !mistake.empty();
    for (method const m : {method::grpo, method::dr_grpo, method::rloo, method::gpg, method::opo, method::best_of_group,
                           method::reinforce_plus_plus_baseline, method::gdpo, method::remax, method::reinforce}) {
      if (misread && (m == method::reinforce || m == method::remax)) continue;
      add(m, "", "", mistake, why, [&] { return right_of<double>(m, a); });
    }
    auto const of_scores = [&](method of, char const* library, char const* how, auto const& f) {
      add(of, library, how, mistake, why, [&] { return std::optional<row>(f(a.scores, a.groups)); });
    };
    auto const of_rows = [&](method of, char const* library, char const* how, auto const& f) {
      add(of, library, how, mistake, why, [&] { return first_of_rows(f(a.token_rewards, a.masks, a.ids)); });
    };
    of_scores(method::grpo, "TRL", "1e-4 is added to the deviation", group_advantages{group_mean{}, trl::deviation});
    of_scores(method::grpo, "OpenRLHF", "1e-9 is added to the deviation", openrlhf::group_norm_advantages);
    of_rows(method::grpo, "verl", "1e-6 is added to the deviation, and a group of one keeps its reward",
            verl::grpo_advantages);
    of_rows(method::grpo, "verl's grpo_vectorized", "statistics in single precision, 1e-6 is added to the deviation",
            verl::grpo_vectorized_advantages);
    of_scores(method::grpo, "torchrl's MCAdvantage", "the deviation is 1e-6 at least", torchrl::mc_advantage);
    of_scores(method::grpo, "", "1e-8 is added to the deviation",
              group_advantages{group_mean{}, spread_plus{standard_deviation{}, 1e-8}});
    of_scores(method::grpo, "", "the deviation is that of the population (n), not of a sample (n - 1)",
              group_advantages{group_mean{}, population_standard_deviation{}});
    for (double const epsilon : {1e-8, 1e-6, 1e-4}) {
      std::string const how = "the deviation is that of the population (n), not of a sample (n - 1), and " +
                              support::as_text(epsilon) + " is added to it";
      of_scores(method::grpo, "", how.c_str(),
                group_advantages{group_mean{}, spread_plus{population_standard_deviation{}, epsilon}});
    }
    of_scores(method::grpo, "TRL with scale_rewards=\"batch\"", "the deviation is that of the batch, plus 1e-4",
              group_advantages{group_mean{}, over_batch{trl::deviation}});
    of_rows(method::dr_grpo, "verl", "a group of one keeps its reward", verl::dr_grpo_advantages);
    of_rows(method::rloo, "verl", "a group of one keeps its reward", verl::rloo_advantages);
    of_rows(method::rloo, "verl's rloo_vectorized", "", verl::rloo_vectorized_advantages);
    of_rows(method::gpg, "verl", "alpha counts the rewards other than 0",
            [](auto const& x, auto const& m, auto const& ids) { return verl::gpg_advantages(x, m, ids); });
    of_rows(method::opo, "verl", "a group of one keeps its reward", verl::opo_advantages);
    of_rows(method::best_of_group, "verl", "divided by the deviation + 1e-6", verl::grpo_passk_advantages);
    of_rows(method::reinforce_plus_plus_baseline, "verl", "1e-8 is added to the variance",
            verl::reinforce_plus_plus_baseline_advantages);
    if (!misread) {
      of_scores(method::dr_grpo, "OpenRLHF", "", openrlhf::dr_grpo_advantages);
      of_scores(method::rloo, "OpenRLHF", "", openrlhf::rloo_advantages);
      of_scores(method::reinforce, "OpenRLHF", "", openrlhf::reinforce_advantages);
      of_scores(method::rloo, "TRL", "", bellman::rloo);
    }
  };
  answers const a = answers_of(r);
  add_ways(a, "", "");
  std::size_t const n = a.scores.size();

  // Rows that are taken as they come, whatever their groups.
  std::size_t const size = a.groups.size() == 0 ? 0 : a.groups[0].size();
  bool even = size > 1 && n % size == 0;
  for (std::size_t g = 0; g < a.groups.size(); ++g) even = even && a.groups[g].size() == size;
  auto const regrouped = [&](auto const& group_of_row) {
    answers other = a;
    for (std::size_t i = 0; i < n; ++i) other.ids[i] = std::to_string(group_of_row(i));
    other.groups = grouping(other.ids);
    return other;
  };
  auto const same_groups = [&](answers const& other) {
    std::map<std::string, std::string> there, back;
    for (std::size_t i = 0; i < n; ++i) {
      if (there.emplace(a.ids[i], other.ids[i]).first->second != other.ids[i]) return false;
      if (back.emplace(other.ids[i], a.ids[i]).first->second != a.ids[i]) return false;
    }
    return true;
  };
  if (even && a.groups.size() > 1) {
    answers const in_order = regrouped([&](std::size_t i) { return i / size; });
    if (!same_groups(in_order)) {
      add_ways(in_order, "rows are taken " + std::to_string(size) + " at a time, whatever their groups",
               "The answers to one question do not stand one behind the other here, so that answers to several are "
               "compared.");
    }
    answers const in_turn = regrouped([&](std::size_t i) { return i % a.groups.size(); });
    if (!same_groups(in_turn)) {
      add_ways(in_turn,
               "rows " + std::to_string(a.groups.size()) + " apart are taken for a group, whatever their groups",
               "The answers to one question do not stand so far apart here, so that answers to several are compared.");
    }
  }
  if (even && same_groups(regrouped([&](std::size_t i) { return i / size; }))) {
    add(method::rloo, "TRL with normalize_advantages", "whitened over the batch, 1e-4 is added to the deviation", "",
        "", [&] { return std::optional<row>(trl::normalized_rloo_advantages(a.scores, size)); });
    if (!a.objectives.empty()) {
      add(method::gdpo, "TRL", "1e-4 is added to the deviations", "", "",
          [&] { return std::optional<row>(trl::gdpo_advantages(a.objectives, a.weights, size)); });
    }
  }
  answers const everywhere = answers_of(r, true);
  if (everywhere.scores != a.scores) {
    add_ways(everywhere, "rewards at masked positions count", "An answer's reward is the sum over its own tokens.");
  }
  answers one = a;
  one.ids.assign(n, "0");
  one.groups = grouping(one.ids);
  if (a.groups.size() > 1) {
    add_ways(one, "the groups are not read",
             "Answers are compared with those to all questions, so that easy questions look like good answers.");
  }
  for (std::size_t i = 0, right = all.size(); i < right; ++i) {
    if (!all[i].mistake.empty()) continue;
    variant negated = all[i];
    negated.mistake = "the sign is flipped";
    negated.why = "An answer that is better than the others has an advantage above 0.";
    for (double& x : negated.numbers) x = -x;
    all.push_back(std::move(negated));
  }
  return all;
}

}  // namespace whose_numbers
