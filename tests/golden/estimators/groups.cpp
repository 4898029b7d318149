// SPDX-License-Identifier: BSL-1.0

// Group methods of verl, TRL and OpenRLHF, and whitening.
#include "family.hpp"

#include <bellman/conventions/openrlhf/groups.hpp>
#include <bellman/conventions/trl/groups.hpp>
#include <bellman/conventions/verl/groups.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/probability/spread.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace golden {

namespace {

namespace openrlhf = bellman::conventions::openrlhf;
namespace trl = bellman::conventions::trl;
namespace verl = bellman::conventions::verl;

using list = std::vector<double>;
using table = std::vector<list>;

table token_rewards(estimator_case const& c) { return rows(c.input("token_level_rewards")); }
table masks(estimator_case const& c) { return rows(c.input("response_mask")); }

std::vector<std::string> ids(estimator_case const& c) {
  std::vector<std::string> all;
  for (json const& id : c.input("index")) all.push_back(id.dump());
  return all;
}

json const* setting(estimator_case const& c, std::string const& key) {
  return c.has_parameter(key) ? &c.parameter(key) : c.parameter_of("config", key);
}
double setting_or(estimator_case const& c, std::string const& key, double otherwise) {
  json const* found = setting(c, key);
  return found ? number(*found) : otherwise;
}
bool scaled(estimator_case const& c) { return setting_or(c, "norm_adv_by_std_in_grpo", 1) != 0; }

bool is_defect(estimator_case const& c) {
  return c.id().find("DEFECT") != std::string::npos || c.note().find("DEFECT") != std::string::npos;
}

bool has_nan(json const& x) {
  if (!x.is_array()) return std::isnan(number(x));
  for (json const& each : x) {
    if (has_nan(each)) return true;
  }
  return false;
}

double largest_of(json const& x) {
  if (!x.is_array()) return std::abs(number(x));
  double most = 0;
  for (json const& each : x) most = std::max(most, largest_of(each));
  return most;
}
double largest_gap(json const& x, json const& y) {
  if (!x.is_array()) return std::abs(number(x) - number(y));
  double most = 0;
  for (std::size_t i = 0; i < x.size(); ++i) most = std::max(most, largest_gap(x[i], y.at(i)));
  return most;
}

// What rounding leaves of a group of equal rewards is divided by epsilon.
constexpr double tolerance = 1e-9;

// Answers of the rows. Equal rewards have no advantage; where the mean of equal numbers is not that number, a library
// says otherwise, and its answers for other rows still count.
void check_rows(estimator_case& c, std::string const& key, json const& returned, json const& actual,
                std::vector<bool> const& without_signal, double precision = tolerance) {
  json other_returned = json::array();
  json other_actual = json::array();
  double wrong = 0;
  for (std::size_t row = 0; row < without_signal.size(); ++row) {
    if (without_signal[row]) {
      wrong = std::max(wrong, largest_gap(returned.at(row), actual.at(row)));
    } else {
      other_returned.push_back(returned.at(row));
      other_actual.push_back(actual.at(row));
    }
  }
  if (is_defect(c) || has_nan(returned)) {
    c.defect(key, actual);
  } else if (wrong > precision * largest_of(returned)) {
    c.defect(key, actual);
    c.compare(key + " of groups with a signal", other_returned, other_actual, precision);
  } else {
    c.check(key, actual, precision);
  }
}

// The rows of groups of at least two whose rewards are equal.
std::vector<bool> rows_without_signal(json const& rewards, bellman::grouping const& groups) {
  std::vector<bool> all(rewards.size(), false);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    bool equal = groups[g].size() > 1;
    for (std::size_t const row : groups[g]) equal = equal && rewards[row] == rewards[groups[g][0]];
    for (std::size_t const row : groups[g]) all[row] = equal;
  }
  return all;
}

// The token-level functions return the same twice.
void check_both(estimator_case& c, table const& advantages) {
  auto const rows = rows_without_signal(verl::outcome_scores(token_rewards(c)), bellman::grouping(ids(c)));
  for (char const* key : {"advantages", "returns"}) check_rows(c, key, c.expected().at(key), advantages, rows);
}

template <class Method>
table outcome(estimator_case const& c, Method const& method) {
  return method(token_rewards(c), masks(c), ids(c));
}

void run_grpo_verl(estimator_case& c) {
  check_both(c, scaled(c) ? outcome(c, verl::grpo_advantages_with(setting_or(c, "epsilon", 1e-6)))
                          : outcome(c, verl::dr_grpo_advantages));
}

void run_grpo_vectorized_verl(estimator_case& c) {
  double const epsilon = setting_or(c, "epsilon", 1e-6);
  using bellman::standard_deviation;
  using bellman::unscaled;
  check_both(c, scaled(c) ? outcome(c, verl::outcome{verl::vectorized<standard_deviation>{epsilon}})
                          : outcome(c, verl::outcome{verl::vectorized<unscaled>{epsilon}}));
}

void run_grpo_passk_verl(estimator_case& c) {
  check_both(c, scaled(c) ? outcome(c, verl::grpo_passk_advantages_with(setting_or(c, "epsilon", 1e-6)))
                          : outcome(c, verl::dr_grpo_passk_advantages));
}

void run_rloo_verl(estimator_case& c) {
  std::string const variant = c.entry("variant").get<std::string>();
  if (variant == "rloo_vectorized") {
    check_both(c, outcome(c, verl::rloo_vectorized_advantages));
  } else if (variant == "rloo") {
    check_both(c, outcome(c, verl::rloo_advantages));
  } else {
    unknown("variant " + variant);
  }
}

void run_opo_verl(estimator_case& c) { check_both(c, outcome(c, verl::opo_advantages)); }

void run_gpg_verl(estimator_case& c) {
  check_both(c, verl::gpg_advantages(token_rewards(c), masks(c), ids(c), setting_or(c, "f_norm", 1)));
}

void run_reinforce_pp_baseline_verl(estimator_case& c) {
  table const advantages = outcome(c, verl::reinforce_plus_plus_baseline_advantages);
  for (char const* key : {"advantages", "returns"}) c.check(key, advantages, tolerance);
}

template <class Both>
void check_each(estimator_case& c, Both const& both) {
  if (is_defect(c)) {
    c.defect("advantages", both.advantages);
    c.defect("returns", both.returns);
  } else {
    c.check("advantages", both.advantages);
    c.check("returns", both.returns);
  }
}

void run_reinforce_pp_verl(estimator_case& c) {
  check_each(c, verl::reinforce_plus_plus_advantages(token_rewards(c), masks(c), setting_or(c, "gamma", 1)));
}

void run_remax_verl(estimator_case& c) {
  check_each(c, verl::remax_advantages(token_rewards(c), numbers(c.input("reward_baselines")), masks(c)));
}

template <class Tail>
auto optimal_token_baseline(estimator_case const& c, Tail tail) {
  double const epsilon = setting_or(c, "epsilon", 1e-8);
  auto const log_probs = rows(c.input("old_log_probs"));
  auto const squares = rows(c.input("sum_pi_squared"));
  if (c.has_input("rollout_is_weights") && !c.input("rollout_is_weights").is_null()) {
    return verl::optimal_token_baseline_advantages(token_rewards(c), masks(c), ids(c), log_probs, squares,
                                                   rows(c.input("rollout_is_weights")), tail, epsilon);
  }
  return verl::optimal_token_baseline_advantages(token_rewards(c), masks(c), ids(c), log_probs, squares, tail, epsilon);
}
void run_optimal_token_baseline_verl(estimator_case& c) {
  if (setting_or(c, "handle_zero_tail", 0) != 0) {
    check_each(c, optimal_token_baseline(c, verl::zero_tail{}));
  } else {
    check_each(c, optimal_token_baseline(c, verl::keep_tail{}));
  }
}

std::size_t group_size(estimator_case const& c, std::string const& key) {
  return static_cast<std::size_t>(c.number(key));
}

list reward_weights(estimator_case const& c, std::size_t functions) {
  if (json const* found = setting(c, "reward_weights")) return numbers(*found);
  if (c.has_input("reward_weights")) return numbers(c.input("reward_weights"));
  return list(functions, 1.0);
}

void run_grpo_trl(estimator_case& c) {
  table const rewards = rows(c.input("rewards_per_func"));
  std::size_t const n = group_size(c, "num_generations");
  list const weights = reward_weights(c, rewards.empty() ? 0 : rewards.front().size());
  std::string const how = c.has_parameter("agg") ? c.parameter("agg").get<std::string>()
                          : c.has_parameter("multi_objective_aggregation")
                              ? c.parameter("multi_objective_aggregation").get<std::string>()
                              : "sum_then_normalize";
  std::string scale = "group";
  if (c.has_parameter("scale_rewards")) {
    json const& given = c.parameter("scale_rewards");
    scale = given.is_boolean() ? (given.get<bool>() ? "group" : "none") : given.get<std::string>();
  }
  list advantages;
  if (how == "normalize_then_sum") {
    advantages = trl::gdpo_advantages(rewards, weights, n);
  } else if (how != "sum_then_normalize") {
    unknown("agg " + how);
  } else if (scale == "group") {
    advantages = trl::grpo_advantages(rewards, weights, n);
  } else if (scale == "batch") {
    advantages = trl::grpo_advantages(rewards, weights, n, bellman::over_batch{trl::deviation});
  } else if (scale == "none") {
    advantages = trl::grpo_advantages(rewards, weights, n, bellman::unscaled{});
  } else {
    unknown("scale_rewards " + scale);
  }
  bool const floats = c.id().find("f32") != std::string::npos;
  check_rows(c, "advantages", c.expected().at("advantages"), advantages,
             rows_without_signal(c.input("rewards_per_func"), bellman::grouping::consecutive(rewards.size(), n)),
             floats ? 1e-5 : tolerance);
}

void run_rloo_trl(estimator_case& c) {
  list const rewards = numbers(c.input("rewards"));
  std::size_t const n = group_size(c, "num_generations");
  bool const normalized = setting_or(c, "normalize_advantages", 0) != 0;
  list const advantages = normalized ? trl::normalized_rloo_advantages(rewards, n) : trl::rloo_advantages(rewards, n);
  check_rows(c, "advantages", c.expected().at("advantages"), advantages,
             normalized ? std::vector<bool>(rewards.size(), false)
                        : rows_without_signal(c.input("rewards"), bellman::grouping::consecutive(rewards.size(), n)));
}

table in_groups(list const& all, std::size_t size) {
  table groups;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i % size == 0) groups.emplace_back();
    groups.back().push_back(all[i]);
  }
  return groups;
}

void run_group_shaping_openrlhf(estimator_case& c) {
  std::size_t const n = group_size(c, "n_samples_per_prompt");
  table const rewards = in_groups(numbers(c.input("rewards")), n);
  std::string const method = c.parameter("estimator").get<std::string>();
  table shaped;
  if (method == "rloo") {
    shaped = openrlhf::rloo_advantages(rewards);
  } else if (method == "dr_grpo") {
    shaped = openrlhf::dr_grpo_advantages(rewards);
  } else if (method == "reinforce_baseline") {
    shaped = openrlhf::reinforce_baseline_advantages(rewards);
  } else if (method == "group_norm") {
    shaped = openrlhf::group_norm_advantages(rewards);
  } else if (method == "reinforce" || method == "gae") {
    shaped = openrlhf::reinforce_advantages(rewards);
  } else {
    unknown("estimator " + method);
  }
  if (c.has_entry("expected_f64")) c.compare("expected_f64", c.entry("expected_f64"), shaped);
  // The rows are groups here.
  std::vector<bool> equal;
  for (list const& group : rewards)
    equal.push_back(method != "reinforce" && method != "gae" && group == list(group.size(), group[0]));
  std::string const type = c.has_parameter("dtype") ? c.parameter("dtype").get<std::string>() : "float64";
  double const precision = type.find("float64") != std::string::npos   ? tolerance
                           : type.find("float32") != std::string::npos ? 1e-5
                                                                       : 1.0 / 256;
  check_rows(c, "shaped", c.expected().at("shaped"), shaped, equal, precision);
}

void run_whitening(estimator_case& c) {
  table const values = rows(c.input("values"));
  table const mask = rows(c.input("mask"));
  bool const shift = setting_or(c, "shift_mean", 1) != 0;
  for (auto const& [key, answer] : c.expected().items()) {
    if (key == "verl") {
      c.check(key, shift ? verl::masked_whiten(values, mask) : verl::masked_whiten_around_mean(values, mask));
    } else if (key == "trl") {
      c.check(key, shift ? trl::masked_whiten(values, mask) : trl::masked_whiten_around_mean(values, mask));
    } else if (key == "openrlhf_masked_normalize_dim1") {
      c.check(key, openrlhf::masked_normalize(values, mask));
    } else if (key == "verl_shift_mean_False") {
      c.check(key, verl::masked_whiten_around_mean(values, mask));
    } else if (key == "trl_shift_mean_False") {
      c.check(key, trl::masked_whiten_around_mean(values, mask));
    } else if (key == "verl_masked_mean") {
      c.check(key, verl::masked_mean_and_variance(values, mask).mean);
    } else if (key == "verl_masked_var") {
      c.check(key, verl::masked_mean_and_variance(values, mask).variance);
    } else {
      unknown(key);
    }
  }
}

// Errors of the libraries that stand beside the cases.
void run_singleton_error(estimator_case& c) {
  table const one{{1.0}};
  c.entry("singleton_error");
  c.check_refused("singleton_error", [&] { verl::grpo_passk_advantages(one, one, std::vector{0}); });
}

// Of too few tokens no deviation is known: what is not an error in a library is NaN.
void run_degenerate(estimator_case& c) {
  table const values{{1, 2}, {3, 4}};
  table const none{{0, 0}, {0, 0}};
  table const single{{0, 0}, {0, 1}};
  for (auto const& [key, answer] : c.entry("degenerate").items()) {
    bool const is_none = key.ends_with("_mask_sum_0");
    if (!is_none && !key.ends_with("_mask_sum_1")) unknown(key);
    if (!is_an_error(answer) && !has_nan(answer)) unknown(key + ": " + answer.dump());
    table const& mask = is_none ? none : single;
    if (key.starts_with("verl_")) {
      c.check_refused(key, [&] { verl::masked_whiten(values, mask); });
    } else if (key.starts_with("trl_")) {
      c.check_refused(key, [&] { trl::masked_whiten(values, mask); });
    } else {
      unknown(key);
    }
  }
}

family const grpo_verl{"grpo_verl.json", run_grpo_verl};
family const grpo_vectorized_verl{"grpo_vectorized_verl.json", run_grpo_vectorized_verl};
family const grpo_passk_verl{"grpo_passk_verl.json", run_grpo_passk_verl, run_singleton_error};
family const rloo_verl{"rloo_verl.json", run_rloo_verl};
family const opo_verl{"opo_verl.json", run_opo_verl};
family const gpg_verl{"gpg_verl.json", run_gpg_verl};
family const reinforce_pp_verl{"reinforce_pp_verl.json", run_reinforce_pp_verl};
family const reinforce_pp_baseline_verl{"reinforce_pp_baseline_verl.json", run_reinforce_pp_baseline_verl};
family const remax_verl{"remax_verl.json", run_remax_verl};
family const optimal_verl{"optimal_token_baseline_verl.json", run_optimal_token_baseline_verl};
family const grpo_trl{"grpo_trl.json", run_grpo_trl};
family const rloo_trl{"rloo_trl.json", run_rloo_trl};
family const group_shaping{"group_shaping_openrlhf.json", run_group_shaping_openrlhf};
family const whitening{"whitening.json", run_whitening, run_degenerate};

}  // namespace

}  // namespace golden
