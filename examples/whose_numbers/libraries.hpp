// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "estimates.hpp"
#include "recording.hpp"

#include <bellman/conventions/cleanrl/gae.hpp>
#include <bellman/conventions/openrlhf/gae.hpp>
#include <bellman/conventions/pufferlib/puff_advantage.hpp>
#include <bellman/conventions/rl_tools/gae.hpp>
#include <bellman/conventions/rlax/multistep.hpp>
#include <bellman/conventions/rlax/vtrace.hpp>
#include <bellman/conventions/rllib/value_targets.hpp>
#include <bellman/conventions/stable_baselines3/gae.hpp>
#include <bellman/conventions/tianshou/gae.hpp>
#include <bellman/conventions/tianshou/returns.hpp>
#include <bellman/conventions/torchrl/gae.hpp>
#include <bellman/conventions/torchrl/returns.hpp>
#include <bellman/conventions/torchrl/vtrace.hpp>
#include <bellman/conventions/trl/gae.hpp>
#include <bellman/conventions/verl/gae.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// What each library computes from the recording, by its own convention.
namespace whose_numbers {

/// What a library gives: either may be empty.
struct library_numbers {
  row advantages, returns;
};

/// A library's call, of one sequence.
struct library {
  std::string name;
  std::string what;  ///< its function
  bool uses_lambda;
  std::function<std::optional<library_numbers>(sequence const&, setting const&, parameters const&)> call;
};

namespace detail {

/// A sequence as libraries of control record it: every step is the policy's own.
struct control {
  row rewards, values, next_values;
  flags ends, cuts, done, starts;
  double last = 0;

  bool last_is_done() const { return done.back() != 0; }
};

/// Nothing where a mask is set, or where the value after a cut is not known although it is asked for.
inline std::optional<control> as_control(sequence const& s, bool needs_cut_values, bool needs_values = true) {
  control c;
  if (needs_values && s.values.empty()) return std::nullopt;
  for (std::size_t t = 0; t < s.size(); ++t) {
    if (!s.own[t]) return std::nullopt;
    bool const is_last = t + 1 == s.size();
    bool const is_cut = s.ends[t] == end::cut;
    bool const is_end = s.ends[t] == end::terminated;
    double next = s.next_values[t];
    if (std::isnan(next)) {
      next = is_last ? s.last_value : s.ends[t] == end::none && !s.values.empty() ? s.values[t + 1] : unknown;
    }
    if (std::isnan(next)) {
      if (needs_cut_values && !is_end && needs_values) return std::nullopt;
      next = 0;
    }
    c.next_values.push_back(next);
    c.ends.push_back(is_end);
    c.cuts.push_back(is_cut);
    c.done.push_back(is_end || is_cut);
    c.starts.push_back(t == 0 ? 0 : c.done[t - 1]);
  }
  c.rewards = s.rewards;
  if (s.score) c.rewards.back() += *s.score;
  c.values = s.values;
  c.last = c.next_values.back();
  return c;
}

/// One step behind the recording: what comes before it, and a number.
inline row with_behind(row xs, double x) {
  xs.push_back(x);
  return xs;
}
template <class Range>
row with_before(double x, Range const& xs) {
  row all{x};
  for (auto const& y : xs) all.push_back(static_cast<double>(y));
  return all;
}

/// An answer in a padded row, with its reward on its last token. Nothing of episodes that end in another way.
struct answer_row {
  row rewards, values;
  flags own;
  std::size_t tokens = 0;  ///< how many stand before the padding
  bool has_gap = false;
};
inline std::optional<answer_row> as_answer(sequence const& s) {
  answer_row a{s.rewards, s.values, s.own, s.last_own() + 1, false};
  if (s.last_own() == s.size()) return std::nullopt;
  for (std::size_t t = 0; t < s.size(); ++t) {
    if (std::isnan(a.rewards[t])) a.rewards[t] = 0;
    if (!a.values.empty() && std::isnan(a.values[t])) a.values[t] = 0;
    if (t < s.last_own() && s.ends[t] != end::none) return std::nullopt;
    a.has_gap = a.has_gap || (t < s.last_own() && !s.own[t]);
  }
  if (s.ends[s.last_own()] != end::terminated) return std::nullopt;
  if (s.score) a.rewards[s.last_own()] += *s.score;
  return a;
}

inline row log_ratios(sequence const& s) {
  row all;
  for (double const x : s.ratios) all.push_back(std::log(x));
  return all;
}

}  // namespace detail

inline std::vector<library> const& libraries() {
  namespace cleanrl = bellman::conventions::cleanrl;
  namespace openrlhf = bellman::conventions::openrlhf;
  namespace pufferlib = bellman::conventions::pufferlib;
  namespace rl_tools = bellman::conventions::rl_tools;
  namespace rlax = bellman::conventions::rlax;
  namespace rllib = bellman::conventions::rllib;
  namespace stable_baselines3 = bellman::conventions::stable_baselines3;
  namespace tianshou = bellman::conventions::tianshou;
  namespace torchrl = bellman::conventions::torchrl;
  namespace trl = bellman::conventions::trl;
  namespace verl = bellman::conventions::verl;
  using bellman::trace_parameters;
  using detail::as_answer;
  using detail::as_control;
  using detail::with_before;
  using detail::with_behind;
  using maybe = std::optional<library_numbers>;
  auto const both = [](auto&& x) { return maybe({row(x.advantages), row(x.returns)}); };
  static std::vector<library> const all{
      {"CleanRL", "the block in ppo.py", true,
       [both](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const c = as_control(s, false);
         if (!c) return std::nullopt;
         return both(cleanrl::gae(c->rewards, c->values, c->starts, c->last_is_done(), c->last,
                                  trace_parameters{p.gamma, p.lambda}));
       }},
      {"stable-baselines3", "compute_returns_and_advantage", true,
       [both](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const c = as_control(s, true);
         if (!c) return std::nullopt;
         auto const rewards = stable_baselines3::bootstrapped_rewards(c->rewards, c->cuts, c->next_values, p.gamma);
         return both(stable_baselines3::gae(rewards, c->values, c->starts, c->last_is_done(), c->last,
                                            trace_parameters{p.gamma, p.lambda}));
       }},
      {"torchrl", "generalized_advantage_estimate", true,
       [both](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const c = as_control(s, true);
         if (!c) return std::nullopt;
         return both(torchrl::gae(c->values, c->next_values, c->rewards, c->done, c->ends,
                                  trace_parameters{p.gamma, p.lambda}));
       }},
      {"torchrl", "td_lambda_return_estimate", true,
       [](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const c = as_control(s, true);
         if (!c) return std::nullopt;
         return library_numbers{{},
                                torchrl::td_lambda_return(c->next_values, c->rewards, c->done, c->ends,
                                                          trace_parameters{p.gamma, p.lambda})};
       }},
      {"torchrl", "reward2go", false,
       [](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const c = as_control(s, false, false);
         if (!c) return std::nullopt;
         return library_numbers{{}, torchrl::reward2go(c->rewards, c->done, p.gamma)};
       }},
      {"tianshou", "compute_episodic_return", true,
       [both](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto c = as_control(s, true);
         if (!c) return std::nullopt;
         c->done.back() = 1;
         return both(tianshou::gae(c->rewards, c->values, c->next_values, c->done, c->ends,
                                   trace_parameters{p.gamma, p.lambda}));
       }},
      {"tianshou", "episode_mc_return_to_go", false,
       [](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const c = as_control(s, false, false);
         if (!c) return std::nullopt;
         for (std::size_t t = 0; t + 1 < c->done.size(); ++t) {
           if (c->done[t]) return std::nullopt;
         }
         return library_numbers{{}, row(tianshou::mc_return_to_go(c->rewards, p.gamma))};
       }},
      {"RLtools", "estimate_generalized_advantages", true,
       [both](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const c = as_control(s, false);
         if (!c) return std::nullopt;
         return both(rl_tools::gae(c->rewards, with_behind(c->values, c->last), c->ends, c->done,
                                   trace_parameters{p.gamma, p.lambda}));
       }},
      {"RLtools with IGNORE_TERMINATION", "estimate_generalized_advantages", true,
       [both](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const c = as_control(s, false);
         if (!c) return std::nullopt;
         return both(rl_tools::gae_ignoring_termination(c->rewards, with_behind(c->values, c->last), c->ends, c->done,
                                                        trace_parameters{p.gamma, p.lambda}));
       }},
      {"PufferLib", "puff_advantage", true,
       [](sequence const& s, setting const& p, parameters const& clips) -> maybe {
         auto const c = as_control(s, false);
         if (!c) return std::nullopt;
         row const ratios = s.ratios.empty() ? row(s.size() + 1, 1.0) : with_behind(s.ratios, 1);
         row xs = pufferlib::puff_advantage(with_behind(c->values, c->last), with_before(0, c->rewards),
                                            with_before(0, c->done), ratios, p.gamma, p.lambda, clips.clip_rho,
                                            clips.clip_c);
         xs.pop_back();
         return library_numbers{std::move(xs), {}};
       }},
      {"PufferLib's loop of a buffer, given rewards and ends that are not shifted", "puff_advantage", true,
       [](sequence const& s, setting const& p, parameters const& clips) -> maybe {
         auto const c = as_control(s, false);
         if (!c) return std::nullopt;
         row const ratios = s.ratios.empty() ? row(s.size(), 1.0) : s.ratios;
         return library_numbers{pufferlib::puff_advantage(c->values, c->rewards, c->done, ratios, p.gamma, p.lambda,
                                                          clips.clip_rho, clips.clip_c),
                                {}};
       }},
      {"RLlib", "compute_value_targets", true,
       [](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const c = as_control(s, true);
         if (!c) return std::nullopt;
         row rewards, values;
         flags ends, cuts, real;
         for (std::size_t t = 0; t < s.size(); ++t) {
           rewards.push_back(c->rewards[t]);
           values.push_back(c->values[t]);
           ends.push_back(0);
           cuts.push_back(0);
           real.push_back(1);
           if (!c->done[t] && t + 1 < s.size()) continue;
           rewards.push_back(0);
           values.push_back(c->next_values[t]);
           ends.push_back(c->ends[t]);
           cuts.push_back(!c->ends[t]);
           real.push_back(0);
         }
         auto const targets = rllib::value_targets(values, rewards, ends, cuts, p.gamma, p.lambda);
         library_numbers x;
         for (std::size_t t = 0; t < real.size(); ++t) {
           if (!real[t]) continue;
           x.returns.push_back(targets[t]);
           x.advantages.push_back(targets[t] - values[t]);
         }
         return x;
       }},
      {"rlax", "truncated_generalized_advantage_estimation, with a discount of 0 at ends", true,
       [](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const c = as_control(s, true);
         if (!c) return std::nullopt;
         row discounts;
         for (char const is_end : c->ends) discounts.push_back(is_end ? 0 : p.gamma);
         return library_numbers{rlax::truncated_generalized_advantage_estimation(c->rewards, discounts, p.lambda,
                                                                                 with_behind(c->values, c->last)),
                                {}};
       }},
      {"torchrl", "vtrace_advantage_estimate", false,
       [](sequence const& s, setting const& p, parameters const& clips) -> maybe {
         auto const c = as_control(s, true);
         if (!c || s.ratios.empty()) return std::nullopt;
         auto const x = torchrl::vtrace(p.gamma, detail::log_ratios(s), row(s.size(), 0.0), c->values, c->next_values,
                                        c->rewards, c->done, c->ends, clips.clip_rho, clips.clip_c);
         return library_numbers{x.advantages, x.targets};
       }},
      {"torchrl before its fix, issue 4209", "vtrace_advantage_estimate", false,
       [](sequence const& s, setting const& p, parameters const& clips) -> maybe {
         auto const c = as_control(s, true);
         if (!c) return std::nullopt;
         row const log_pi = s.ratios.empty() ? row(s.size(), 0.0) : detail::log_ratios(s);
         auto x = torchrl::vtrace(p.gamma, log_pi, row(s.size(), 0.0), c->values, c->next_values, c->rewards, c->done,
                                  c->ends, clips.clip_rho, clips.clip_c);
         // At a cut it looked at the first target of the next episode.
         for (std::size_t t = 0; t + 1 < s.size(); ++t) {
           if (!c->cuts[t]) continue;
           double const weight = (std::min)(std::exp(log_pi[t]), clips.clip_rho);
           x.advantages[t] = weight * (c->rewards[t] + p.gamma * x.targets[t + 1] - c->values[t]);
         }
         return library_numbers{x.advantages, x.targets};
       }},
      {"rlax", "vtrace_td_error_and_advantage, with a discount of 0 at ends", true,
       [](sequence const& s, setting const& p, parameters const& clips) -> maybe {
         auto const c = as_control(s, true);
         if (!c || s.ratios.empty()) return std::nullopt;
         row discounts;
         for (char const is_end : c->ends) discounts.push_back(is_end ? 0 : p.gamma);
         auto const x = rlax::vtrace_td_error_and_advantage(
             c->values, c->next_values, c->rewards, discounts, s.ratios,
             rlax::vtrace_parameters<double>{
                 .lambda = p.lambda, .clip_rho_threshold = clips.clip_rho, .clip_pg_rho_threshold = clips.clip_pg_rho});
         library_numbers numbers{x.pg_advantage, x.errors};
         for (std::size_t t = 0; t < s.size(); ++t) numbers.returns[t] += c->values[t];
         return numbers;
       }},
      {"verl", "compute_gae_advantage_return", true,
       [both](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const a = as_answer(s);
         if (!a || a->values.empty()) return std::nullopt;
         return both(verl::gae(a->rewards, a->values, a->own, trace_parameters{p.gamma, p.lambda}));
       }},
      {"OpenRLHF", "get_advantages_and_returns", true,
       [both](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const a = as_answer(s);
         if (!a || a->values.empty()) return std::nullopt;
         return both(openrlhf::gae(a->rewards, a->values, a->own, trace_parameters{p.gamma, p.lambda}));
       }},
      {"OpenRLHF", "get_cumulative_returns", false,
       [](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const a = as_answer(s);
         if (!a) return std::nullopt;
         return library_numbers{{}, openrlhf::cumulative_returns(a->rewards, a->own, p.gamma)};
       }},
      {"verl", "REINFORCE++", false,
       [](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto const a = as_answer(s);
         if (!a || a->has_gap) return std::nullopt;
         auto xs = bellman::returns_to_go(a->rewards, verl::steps(a->own), p.gamma);
         return library_numbers{{}, row(std::move(xs))};
       }},
      {"TRL", "PPOTrainer", true,
       [both](sequence const& s, setting const& p, parameters const&) -> maybe {
         auto a = as_answer(s);
         if (!a || a->values.empty() || a->has_gap || !a->own[0]) return std::nullopt;
         if (s.score && a->tokens < s.size()) {
           a->rewards[a->tokens - 1] -= *s.score;
           a->rewards[a->tokens] += *s.score;
         }
         return both(trl::gae(a->rewards, a->values, a->tokens, trace_parameters{p.gamma, p.lambda}));
       }},
  };
  return all;
}

/// What a library gives for the recording; nothing where it cannot record such a thing.
inline std::optional<std::pair<rows, rows>> computed_by(library const& l, recording const& r, setting const& p) {
  std::pair<rows, rows> all;
  for (sequence const& s : r.sequences) {
    try {
      auto x = l.call(s, p, r.given);
      if (!x) return std::nullopt;
      all.first.push_back(std::move(x->advantages));
      all.second.push_back(std::move(x->returns));
    } catch (bellman::invalid_value const&) {
      return std::nullopt;
    }
  }
  return all;
}

}  // namespace whose_numbers
