// SPDX-License-Identifier: BSL-1.0

// The cases of cross_library_disagreements.json about one group of rewards.
#include "groups.hpp"

#include <bellman/conventions/openrlhf/groups.hpp>
#include <bellman/conventions/torchrl/groups.hpp>
#include <bellman/conventions/trl/groups.hpp>
#include <bellman/conventions/verl/groups.hpp>
#include <bellman/groups/grouping.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace golden {

namespace {

namespace openrlhf = bellman::conventions::openrlhf;
namespace torchrl = bellman::conventions::torchrl;
namespace trl = bellman::conventions::trl;
namespace verl = bellman::conventions::verl;

template <class T>
json advantages(std::string const& who, std::vector<T> const& rewards) {
  std::size_t const n = rewards.size();
  auto const group = bellman::grouping::consecutive(n, n);
  std::vector<std::array<T, 1>> rows;
  for (T const r : rewards) rows.push_back({r});
  if (who == "trl grpo (std+1e-4)") return trl::grpo_advantages(rows, std::array{1.0}, n);
  if (who == "trl rloo") return trl::rloo_advantages(rewards, n);
  if (who == "openrlhf group_norm (std+1e-9)") return openrlhf::group_norm_advantages(rewards);
  if (who == "openrlhf rloo") return openrlhf::rloo_advantages(rewards);
  if (who == "torchrl MCAdvantage (std.clamp_min(1e-6)), formula line") return torchrl::mc_advantage(rewards);
  if (who == "verl grpo (std+1e-6)") return verl::grpo_advantages.method(rewards, group);
  if (who == "verl grpo_vectorized (std floor 1e-3)") return verl::grpo_vectorized_advantages.method(rewards, group);
  if (who == "verl rloo") return verl::rloo_advantages.method(rewards, group);
  if (who == "verl rloo_vectorized") return verl::rloo_vectorized_advantages.method(rewards, group);
  unknown("\"" + who + "\"");
}

bool is_finite(std::vector<double> const& all) {
  return std::all_of(all.begin(), all.end(), [](double x) { return std::isfinite(x); });
}

// How much larger the rewards are than what they differ by: so much of their precision is gone in the differences.
double loss_of_precision(std::vector<double> const& rewards) {
  double most = 0;
  for (double const r : rewards) most = std::max(most, std::abs(r));
  auto const [low, high] = std::minmax_element(rewards.begin(), rewards.end());
  return *low == *high ? 1 : std::max(1.0, most / (*high - *low));
}

}  // namespace

bool run_group_disagreement(estimator_case& c) {
  if (c.id().rfind("group_", 0) != 0) return false;
  auto const rewards = numbers(c.input("rewards"));
  auto const type = c.input("dtype").get<std::string>();
  bool const floats = type == "torch.float32";
  bool const equal = rewards.size() > 1 && rewards == std::vector<double>(rewards.size(), rewards.at(0));
  double const precision = type == "torch.float64" ? 1e-9
                           : floats                ? std::max(1e-5, 0x1p-22 * loss_of_precision(rewards))
                                                   : 0x1p-8;
  for (auto const& [who, answer] : c.entry("answers").items()) {
    json const right =
        floats ? advantages(who, std::vector<float>(rewards.begin(), rewards.end())) : advantages(who, rewards);
    if (!answer.is_array()) {
      c.skip(who, "no number, but " + answer.dump());
      continue;
    }
    auto const returned = numbers(answer);
    bool const emulated = who == "verl grpo_vectorized (std floor 1e-3)";
    // Ours are exact for numbers of 8 bits; computed with 8 bits each mean and each deviation is another number.
    bool const rounded_away = type == "torch.bfloat16";
    if (!is_finite(returned) || rounded_away ||
        (equal && !emulated && returned != std::vector<double>(returned.size(), 0.0))) {
      c.defective(who, answer, right);
    } else {
      c.compare(who, answer, right, precision);
    }
  }
  return true;
}

}  // namespace golden
