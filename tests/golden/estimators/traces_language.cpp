// SPDX-License-Identifier: BSL-1.0

// Recursions over the tokens of padded rows: verl, OpenRLHF and TRL.
#include "family.hpp"
#include "trace_parameters.hpp"

#include <bellman/conventions/openrlhf/gae.hpp>
#include <bellman/conventions/trl/gae.hpp>
#include <bellman/conventions/trl/rewards.hpp>
#include <bellman/conventions/trl/token_whitening.hpp>
#include <bellman/conventions/verl/gae.hpp>
#include <bellman/conventions/verl/groups.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/layout/batch_major.hpp>
#include <bellman/loss/kl_estimate.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace golden {

namespace {

namespace openrlhf = bellman::conventions::openrlhf;
namespace trl = bellman::conventions::trl;
namespace verl = bellman::conventions::verl;

using table = std::vector<std::vector<double>>;

struct advantages_and_returns {
  table advantages;
  table returns;
};

// `estimates_of(i)`: the advantages and returns of row i.
template <class F>
advantages_and_returns on_rows(std::size_t n, F const& estimates_of) {
  advantages_and_returns all;
  for (std::size_t i = 0; i < n; ++i) {
    auto estimates = estimates_of(i);
    all.advantages.push_back(std::move(estimates.advantages));
    all.returns.push_back(std::move(estimates.returns));
  }
  return all;
}

// The same by one call, of a batch of rows as they lie: `estimates_of(of)`, where `of(rows)` is their array.
class rows_of_tokens {
 public:
  explicit rows_of_tokens(table const& like) : length_(like.empty() ? 0 : like[0].size()) {}

  bool is_there() const { return length_ > 0; }
  std::vector<double> flat(table const& all) const {
    std::vector<double> x;
    for (auto const& row : all) x.insert(x.end(), row.begin(), row.end());
    return x;
  }
  auto of(std::vector<double> const& x) const { return bellman::batch_major(x, length_); }
  table rows_of(std::vector<double> const& x) const {
    table all;
    for (std::size_t k = 0; k < x.size(); k += length_) all.emplace_back(&x[k], &x[k] + length_);
    return all;
  }

 private:
  std::size_t length_;
};

void check_whole(estimator_case& c, std::string const& key, table const& actual, double tolerance = 1e-12) {
  c.compare(key + " of the whole batch", c.expected().at(key), actual, tolerance);
}

void run_verl(estimator_case& c) {
  table const rewards = rows(c.input("token_level_rewards"));
  table const values = rows(c.input("values"));
  table const masks = rows(c.input("response_mask"));
  auto const all = on_rows(
      rewards.size(), [&](std::size_t i) { return verl::gae(rewards[i], values[i], masks[i], parameters_of(c)); });
  advantages_and_returns at_once;
  if (rows_of_tokens const batch(rewards); batch.is_there()) {
    auto const r = batch.flat(rewards);
    auto const v = batch.flat(values);
    auto const m = batch.flat(masks);
    auto const estimates = verl::gae(batch.of(r), batch.of(v), batch.of(m), parameters_of(c));
    at_once = {batch.rows_of(estimates.advantages), batch.rows_of(estimates.returns)};
  }
  for (auto const& [key, answer] : c.expected().items()) {
    if (key == "advantages_raw") {
      c.check(key, all.advantages);
      check_whole(c, key, at_once.advantages);
    } else if (key == "advantages_whitened" || key == "advantages") {
      c.check(key, verl::masked_whiten(all.advantages, masks), 1e-9);
      check_whole(c, key, verl::masked_whiten(at_once.advantages, masks), 1e-9);
    } else if (key == "returns") {
      c.check(key, all.returns);
      check_whole(c, key, at_once.returns);
    } else {
      unknown(key);
    }
  }
}

table masks_or_ones(estimator_case const& c, table const& like) {
  if (c.has_input("action_mask") && !c.input("action_mask").is_null()) return rows(c.input("action_mask"));
  table masks = like;
  for (auto& row : masks) row.assign(row.size(), 1);
  return masks;
}

void run_openrlhf(estimator_case& c) {
  table const rewards = rows(c.input("rewards"));
  table const values = rows(c.input("values"));
  table const masks = masks_or_ones(c, rewards);
  auto const all = on_rows(rewards.size(), [&](std::size_t i) {
    return openrlhf::gae(rewards[i], values[i], masks[i], parameters_of(c));
  });
  c.check("advantages", all.advantages);
  c.check("returns", all.returns);
  if (rows_of_tokens const batch(rewards); batch.is_there()) {
    auto const r = batch.flat(rewards);
    auto const v = batch.flat(values);
    auto const m = batch.flat(masks);
    auto const estimates = openrlhf::gae(batch.of(r), batch.of(v), batch.of(m), parameters_of(c));
    check_whole(c, "advantages", batch.rows_of(estimates.advantages));
    check_whole(c, "returns", batch.rows_of(estimates.returns));
  }
}

void run_openrlhf_returns(estimator_case& c) {
  table const rewards = rows(c.input("rewards"));
  table const masks = masks_or_ones(c, rewards);
  table returns;
  for (std::size_t i = 0; i < rewards.size(); ++i) {
    returns.push_back(openrlhf::cumulative_returns(rewards[i], masks[i], c.number("gamma")));
  }
  c.check("returns", returns);
  if (rows_of_tokens const batch(rewards); batch.is_there()) {
    auto const r = batch.flat(rewards);
    auto const m = batch.flat(masks);
    check_whole(c, "returns",
                batch.rows_of(openrlhf::cumulative_returns(batch.of(r), batch.of(m), c.number("gamma"))));
  }
}

void run_trl(estimator_case& c) {
  table const log_probs = rows(c.input("logprobs"));
  table const reference = rows(c.input("ref_logprobs"));
  table const values = rows(c.input("values"));
  auto const scores = numbers(c.input("scores"));
  double const beta = c.number("kl_coef");
  std::string const estimate = c.parameter("kl_estimator").get<std::string>();
  if (estimate != "k1" && estimate != "k3") unknown("kl_estimator " + estimate);

  std::size_t const n = scores.size();
  std::vector<std::size_t> tokens;
  for (double const last : numbers(c.input("sequence_lengths(last token index)"))) {
    tokens.push_back(static_cast<std::size_t>(last + 1));
  }
  std::vector<std::size_t> with_slot_behind;
  table kl, rewards, kept_values, is_padding, is_padding_p1;
  for (std::size_t i = 0; i < n; ++i) {
    with_slot_behind.push_back(tokens[i] + 1);
    auto const padding = trl::padding(tokens[i], values[i].size());
    auto const padding_p1 = trl::padding(tokens[i] + 1, values[i].size());
    is_padding.emplace_back(padding.begin(), padding.end());
    is_padding_p1.emplace_back(padding_p1.begin(), padding_p1.end());
    auto const kept = trl::kept_values(values[i], tokens[i]);
    kept_values.emplace_back(kept.begin(), kept.end());
    kl.push_back(std::vector<double>(values[i].size(), 0.0));
    for (std::size_t t = 0; t < tokens[i]; ++t) {
      double const p = log_probs[i][t];
      double const q = reference[i][t];
      kl[i][t] = estimate == "k1" ? bellman::k1(p, q) : bellman::k3(p, q);
    }
    rewards.push_back(trl::outcome_rewards(tokens[i], values[i].size(), scores[i]));
    for (std::size_t t = 0; t < kl[i].size(); ++t) rewards[i][t] -= beta * kl[i][t];
  }
  if (c.has_parameter("whiten_rewards") && c.parameter("whiten_rewards").get<bool>()) {
    rewards = trl::whitened_tokens_around_mean(rewards, with_slot_behind);
  }
  auto const all = on_rows(
      n, [&](std::size_t i) { return trl::gae(rewards[i], values[i], tokens[i], parameters_of(c)); });
  table const advantages = trl::whitened_tokens(all.advantages, tokens);
  advantages_and_returns at_once;
  table kept_at_once;
  if (rows_of_tokens const batch(rewards); batch.is_there()) {
    auto const r = batch.flat(rewards);
    auto const v = batch.flat(values);
    auto const estimates = trl::gae(batch.of(r), batch.of(v), tokens, parameters_of(c));
    at_once = {batch.rows_of(estimates.advantages), batch.rows_of(estimates.returns)};
    auto const kept = trl::kept_values(batch.of(v), tokens);
    for (std::size_t i = 0; i < n; ++i) kept_at_once.emplace_back(kept.sequence(i).begin(), kept.sequence(i).end());
  }
  for (auto const& [key, answer] : c.expected().items()) {
    if (key == "rewards") {
      c.check(key, rewards, 1e-9);
    } else if (key == "values") {
      c.check(key, kept_values);
      check_whole(c, key, kept_at_once);
    } else if (key == "advantages") {
      c.check(key, advantages, 1e-9);
      check_whole(c, key, trl::whitened_tokens(at_once.advantages, tokens), 1e-9);
    } else if (key == "returns") {
      c.check(key, all.returns, 1e-9);
      check_whole(c, key, at_once.returns, 1e-9);
    } else if (key == "padding_mask") {
      c.check(key, is_padding);
    } else if (key == "padding_mask_p1") {
      c.check(key, is_padding_p1);
    } else if (key == "kl") {
      c.check(key, kl);
    } else {
      unknown(key);
    }
  }
}

family const gae_verl{"gae_verl.json", run_verl};
family const gae_openrlhf{"gae_openrlhf.json", run_openrlhf};
family const returns_openrlhf{"returns_openrlhf.json", run_openrlhf_returns};
family const gae_trl_ppo{"gae_trl_ppo.json", run_trl};

}  // namespace

}  // namespace golden
