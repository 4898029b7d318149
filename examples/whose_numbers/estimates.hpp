// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "readings.hpp"

#include <bellman/conventions/shared/discounted_errors.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/td_target.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/interop/boost_multiprecision.hpp>

#include "../support/numbers.hpp"

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

// The estimators, of a recording under a reading, in any kind of numbers.
namespace whose_numbers {

using exact = bellman::rational512;

/// A number as another kind of number. A rational is that of the shortest decimal: 0.9 is 9/10.
template <class R>
R as(double x) {
  return R(x);
}
template <>
inline exact as<exact>(double x) {
  using integer = bellman::integer512;
  std::string const text = support::as_text(x);
  integer digits = 0, below = 1, above = 1;
  bool behind_point = false;
  std::size_t k = 0;
  for (; k < text.size() && text[k] != 'e'; ++k) {
    if (text[k] == '.') behind_point = true;
    if (text[k] < '0' || text[k] > '9') continue;
    digits = digits * 10 + (text[k] - '0');
    if (behind_point) below *= 10;
  }
  if (k < text.size()) {
    int const power = std::stoi(text.substr(k + 1));
    for (int i = 0; i < std::abs(power); ++i) (power < 0 ? below : above) *= 10;
  }
  exact const y(digits * above, below);
  return text[0] == '-' ? exact(-y) : y;
}

/// A quantity that a trainer may print.
enum class quantity : char {
  gae,
  lambda_returns,
  returns_to_go,
  n_step_returns,
  n_step_advantages,
  vtrace_advantages,
  vtrace_targets
};

inline std::string name_of(quantity q) {
  switch (q) {
    case quantity::gae:
      return "GAE";
    case quantity::lambda_returns:
      return "lambda-returns (GAE + values)";
    case quantity::returns_to_go:
      return "returns to go";
    case quantity::n_step_returns:
      return "n-step returns";
    case quantity::n_step_advantages:
      return "n-step returns less the values";
    case quantity::vtrace_advantages:
      return "V-trace's advantages";
    case quantity::vtrace_targets:
      return "V-trace's targets";
  }
  return "";
}
/// The quantity that belongs in a column where this one stands: advantages are less the values, returns are not.
inline quantity meant_by(std::string const& column, quantity q, bool has_values) {
  if (column == "returns") {
    switch (q) {
      case quantity::gae:
        return quantity::lambda_returns;
      case quantity::n_step_advantages:
        return quantity::n_step_returns;
      case quantity::vtrace_advantages:
        return quantity::vtrace_targets;
      default:
        return q;
    }
  }
  switch (q) {
    case quantity::lambda_returns:
      return quantity::gae;
    case quantity::returns_to_go:
      return has_values ? quantity::gae : q;  // with lambda 1
    case quantity::n_step_returns:
      return quantity::n_step_advantages;
    case quantity::vtrace_targets:
      return quantity::vtrace_advantages;
    default:
      return q;
  }
}
inline bool uses_lambda(quantity q) {
  return q == quantity::gae || q == quantity::lambda_returns || q == quantity::vtrace_advantages ||
         q == quantity::vtrace_targets;
}
inline bool uses_n(quantity q) { return q == quantity::n_step_returns || q == quantity::n_step_advantages; }

/// What was chosen for the parameters.
struct setting {
  double gamma = 1, lambda = 1;
  std::size_t n = 1;
  double rewards_times = 1;
};

template <class R>
using table_of = std::vector<std::vector<R>>;

namespace detail {

template <class R>
std::vector<R> all_as(row const& xs) {
  std::vector<R> all;
  for (double const x : xs) all.push_back(as<R>(std::isnan(x) ? 0 : x));
  return all;
}

/// The steps of a reading, if the estimators know such steps.
template <class R>
std::optional<std::vector<bellman::step<R>>> plain_steps(read_sequence const& s, bool of_values) {
  std::vector<bellman::step<R>> all;
  for (read_step const& x : s.steps) {
    switch (x.what) {
      case kind::goes_on:
        all.emplace_back(bellman::continues{});
        break;
      case kind::ends:
        all.emplace_back(bellman::terminated{});
        break;
      case kind::cut:
        if (std::isnan(x.after)) return std::nullopt;
        all.emplace_back(bellman::truncated<R>{as<R>(x.after)});
        break;
      case kind::forgets:
        if (of_values) {
          all.emplace_back(bellman::truncated<R>{as<R>(x.after)});
        } else {
          all.emplace_back(bellman::terminated{});
        }
        break;
      case kind::skipped:
        all.emplace_back(bellman::skipped{});
        break;
      case kind::ends_not_sum:
      case kind::cut_not_sum:
        if (of_values) return std::nullopt;
        all.emplace_back(bellman::continues{});
        break;
    }
  }
  return all;
}

/// What comes after the steps: for each the value of the next state, and whether the sum of errors goes on behind it.
template <class R>
struct what_follows {
  std::vector<R> values;
  std::vector<bool> sums;
  std::vector<std::size_t> next;  ///< the next step of the policy's own, or the number of steps
};
template <class R>
std::optional<what_follows<R>> followers(read_sequence const& s, std::vector<R> const& values) {
  std::size_t const n = s.steps.size();
  what_follows<R> all{std::vector<R>(n, R(0)), std::vector<bool>(n, false), std::vector<std::size_t>(n, n)};
  std::size_t next = n;
  for (std::size_t t = n; t-- > 0;) {
    read_step const& x = s.steps[t];
    if (x.what == kind::skipped) continue;
    if (x.what != kind::goes_on && std::isnan(x.after)) return std::nullopt;
    all.values[t] = x.what != kind::goes_on ? as<R>(x.after) : next < n ? values[next] : R(0);
    all.sums[t] = x.what == kind::goes_on || x.what == kind::ends_not_sum || x.what == kind::cut_not_sum;
    all.next[t] = next;
    next = t;
  }
  return all;
}

/// GAE and V-trace by the errors first and then their sums: where the sum goes on although the episode does not, where
/// the value beside a step is not that of the next row, and where gamma does not count once in each. Without ratios V-trace
/// is GAE.
template <class R>
struct estimates_by_errors {
  std::vector<R> targets, advantages;
};
template <class R>
std::optional<estimates_by_errors<R>> by_errors(read_sequence const& s, std::vector<R> const& rewards,
                                                std::vector<R> const& values, bellman::vtrace_parameters<R, R> const& p,
                                                bool weighs) {
  auto const after = followers<R>(s, values);
  if (!after) return std::nullopt;
  std::size_t const n = s.steps.size();
  R const gamma = s.gammas_in_errors == 1 ? p.gamma : s.gammas_in_errors == 0 ? R(1) : R(p.gamma * p.gamma);
  R const decay = s.gammas_in_sum == 1   ? R(p.gamma * p.lambda)
                  : s.gammas_in_sum == 0 ? p.lambda
                                         : R(p.gamma * p.gamma * p.lambda);
  auto const clipped = [&](std::size_t t, R const& bound) {
    if (!weighs) return R(1);
    R const rho = as<R>(s.ratios[t]);
    return rho < bound ? rho : bound;
  };
  std::vector<R> errors(n, R(0)), traces(n, R(0));
  std::vector<bellman::step<R>> steps;
  for (std::size_t t = 0; t < n; ++t) {
    if (s.steps[t].what == kind::skipped) {
      steps.emplace_back(bellman::skipped{});
      continue;
    }
    R const error = bellman::td_target(rewards[t], after->values[t], gamma) - values[t];
    errors[t] = clipped(t, p.clip_rho) * error;
    if (after->sums[t]) traces[t] = decay * clipped(t, p.clip_c);
    steps.emplace_back(bellman::continues{});
  }
  if (!steps.empty() && s.steps.back().what != kind::skipped) steps.back() = bellman::terminated{};
  auto const sums = bellman::conventions::discounted_errors(errors, traces, steps, R(1));
  estimates_by_errors<R> all{values, sums};
  for (std::size_t t = 0; t < n; ++t) {
    if (s.steps[t].what != kind::skipped) all.targets[t] += sums[t];
  }
  if (!weighs) return all;
  for (std::size_t t = 0; t < n; ++t) {
    if (s.steps[t].what == kind::skipped) continue;
    bool const has_target = after->sums[t] && after->next[t] < n;
    R const next = has_target ? all.targets[after->next[t]] : after->values[t];
    all.advantages[t] = clipped(t, p.clip_pg_rho) * (bellman::td_target(rewards[t], next, gamma) - values[t]);
  }
  return all;
}

template <class R>
std::optional<std::vector<R>> estimates_of(read_sequence const& s, quantity q, setting const& p,
                                           parameters const& clips) {
  bool const needs_values = q != quantity::returns_to_go;
  if (needs_values && s.values.empty()) return std::nullopt;
  bool const weighs = q == quantity::vtrace_advantages || q == quantity::vtrace_targets;
  if (weighs && s.ratios.empty()) return std::nullopt;
  R const gamma = as<R>(p.gamma);
  R const lambda = as<R>(p.lambda);
  auto rewards = all_as<R>(s.rewards);
  if (p.rewards_times != 1) {
    R const times = as<R>(p.rewards_times);
    for (R& reward : rewards) reward *= times;
  }
  auto const values = all_as<R>(s.values);
  bellman::vtrace_parameters<R, R> const of_vtrace{.gamma = gamma,
                                                   .lambda = lambda,
                                                   .clip_rho = as<R>(clips.clip_rho),
                                                   .clip_c = as<R>(clips.clip_c),
                                                   .clip_pg_rho = as<R>(clips.clip_pg_rho)};
  auto const steps = plain_steps<R>(s, needs_values);
  if (!steps || s.gammas_in_errors != 1 || s.gammas_in_sum != 1) {
    if (!uses_lambda(q)) return std::nullopt;
    auto estimates = by_errors<R>(s, rewards, values, of_vtrace, weighs);
    if (!estimates) return std::nullopt;
    bool const asks_targets = q == quantity::lambda_returns || q == quantity::vtrace_targets;
    return asks_targets ? std::move(estimates->targets) : std::move(estimates->advantages);
  }
  switch (q) {
    case quantity::gae:
    case quantity::lambda_returns: {
      auto estimates =
          bellman::gae(rewards, values, *steps, bellman::trace_parameters<R, R>{.gamma = gamma, .lambda = lambda});
      return q == quantity::lambda_returns ? std::move(estimates.returns) : std::move(estimates.advantages);
    }
    case quantity::returns_to_go:
      return bellman::returns_to_go(rewards, *steps, gamma);
    case quantity::n_step_returns:
    case quantity::n_step_advantages: {
      auto returns = bellman::n_step_returns(rewards, values, *steps, p.n, gamma);
      if (q == quantity::n_step_advantages) {
        for (std::size_t t = 0; t < values.size(); ++t) {
          if (s.steps[t].what != kind::skipped) returns[t] -= values[t];
        }
      }
      return returns;
    }
    case quantity::vtrace_advantages:
    case quantity::vtrace_targets: {
      auto estimates = bellman::vtrace(rewards, values, all_as<R>(s.ratios), *steps, of_vtrace);
      return q == quantity::vtrace_targets ? std::move(estimates.targets) : std::move(estimates.advantages);
    }
  }
  return std::nullopt;
}

}  // namespace detail

/// A quantity of sequences that were read; nothing where the recording lacks something for it. Throws `std::overflow_error` where
/// an exact number would be too long.
template <class R>
std::optional<table_of<R>> estimated(std::vector<read_sequence> const& sequences, quantity q, setting const& p,
                                     parameters const& clips) {
  table_of<R> all;
  for (read_sequence const& s : sequences) {
    auto one = detail::estimates_of<R>(s, q, p, clips);
    if (!one) return std::nullopt;
    all.push_back(std::move(*one));
  }
  return all;
}

}  // namespace whose_numbers
