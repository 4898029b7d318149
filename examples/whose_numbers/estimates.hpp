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
inline bool uses_lambda(quantity q) {
  return q == quantity::gae || q == quantity::lambda_returns || q == quantity::vtrace_advantages ||
         q == quantity::vtrace_targets;
}
inline bool uses_n(quantity q) { return q == quantity::n_step_returns || q == quantity::n_step_advantages; }

/// What was chosen for the parameters.
struct setting {
  double gamma = 1, lambda = 1;
  std::size_t n = 1;
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

/// GAE where the sum of errors goes on although the episode does not: the errors first, then their sums.
template <class R>
std::optional<std::vector<R>> gae_of_errors(read_sequence const& s, R const& gamma, R const& lambda) {
  std::size_t const n = s.steps.size();
  auto const rewards = all_as<R>(s.rewards);
  auto const values = all_as<R>(s.values);
  std::vector<R> errors(n), traces(n);
  std::vector<bellman::step<R>> steps;
  for (std::size_t t = 0; t < n; ++t) {
    read_step const& x = s.steps[t];
    bool const is_skipped = x.what == kind::skipped;
    if (x.what != kind::goes_on && !is_skipped && std::isnan(x.after)) return std::nullopt;
    std::size_t next = t + 1;
    while (next < n && s.steps[next].what == kind::skipped) ++next;
    R const after = x.what == kind::goes_on ? (next < n ? values[next] : R(0)) : is_skipped ? R(0) : as<R>(x.after);
    errors[t] = bellman::td_target(rewards[t], after, gamma) - values[t];
    bool const sums = x.what == kind::goes_on || x.what == kind::ends_not_sum || x.what == kind::cut_not_sum;
    traces[t] = sums ? lambda : R(0);
    steps.push_back(is_skipped   ? bellman::step<R>(bellman::skipped{})
                    : t + 1 == n ? bellman::step<R>(bellman::terminated{})
                                 : bellman::step<R>(bellman::continues{}));
  }
  return bellman::conventions::discounted_errors(errors, traces, steps, gamma);
}

template <class R>
std::optional<std::vector<R>> estimates_of(read_sequence const& s, quantity q, setting const& p,
                                           parameters const& clips) {
  R const gamma = as<R>(p.gamma);
  R const lambda = as<R>(p.lambda);
  bool const needs_values = q != quantity::returns_to_go;
  if (needs_values && s.values.empty()) return std::nullopt;
  auto const steps = plain_steps<R>(s, needs_values);
  if (!steps && q != quantity::gae && q != quantity::lambda_returns) return std::nullopt;
  auto const rewards = all_as<R>(s.rewards);
  auto const values = all_as<R>(s.values);
  switch (q) {
    case quantity::gae:
    case quantity::lambda_returns: {
      std::optional<std::vector<R>> advantages;
      if (steps) {
        auto estimates =
            bellman::gae(rewards, values, *steps, bellman::trace_parameters<R, R>{.gamma = gamma, .lambda = lambda});
        if (q == quantity::lambda_returns) return std::move(estimates.returns);
        return std::move(estimates.advantages);
      }
      advantages = gae_of_errors<R>(s, gamma, lambda);
      if (advantages && q == quantity::lambda_returns) {
        for (std::size_t t = 0; t < values.size(); ++t) (*advantages)[t] += values[t];
      }
      return advantages;
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
      if (s.ratios.empty()) return std::nullopt;
      auto estimates = bellman::vtrace(rewards, values, all_as<R>(s.ratios), *steps,
                                       bellman::vtrace_parameters<R, R>{.gamma = gamma,
                                                                        .lambda = lambda,
                                                                        .clip_rho = as<R>(clips.clip_rho),
                                                                        .clip_c = as<R>(clips.clip_c),
                                                                        .clip_pg_rho = as<R>(clips.clip_pg_rho)});
      if (q == quantity::vtrace_targets) return std::move(estimates.targets);
      return std::move(estimates.advantages);
    }
  }
  return std::nullopt;
}

}  // namespace detail

/// A quantity of all sequences; nothing where the recording lacks something for it. Throws `std::overflow_error` where
/// an exact number would be too long.
template <class R>
std::optional<table_of<R>> estimated(reading const& r, quantity q, setting const& p, parameters const& clips) {
  table_of<R> all;
  for (read_sequence const& s : r.sequences) {
    auto one = detail::estimates_of<R>(s, q, p, clips);
    if (!one) return std::nullopt;
    all.push_back(std::move(*one));
  }
  return all;
}

}  // namespace whose_numbers
