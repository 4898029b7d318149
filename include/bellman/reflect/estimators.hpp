// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimate.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/reflect/bundle.hpp>

#include <type_traits>

namespace bellman::reflect {

namespace detail {

// Parameters in braces are taken as double, those of other types by their type's name.
template <auto const& Function, class Braces, template <class> class Result, literal Name, literal... Columns>
struct with_parameters_fn {
  constexpr auto operator()(Braces const& p) const { return named(p); }
  template <class Parameters>
  constexpr auto operator()(Parameters const& p) const {
    return named(p);
  }

 private:
  template <class Parameters>
  static constexpr auto named(Parameters const& p) {
    using function = std::remove_cvref_t<decltype(Function)>;
    return named_estimator<name_t<Name>, function, Parameters, Result, name_t<Columns>...>{p};
  }
};

template <auto const& Function, literal Name, literal... Columns>
using discounted_fn = with_parameters_fn<Function, double, one_output, Name, Columns...>;
template <auto const& Function, literal Name, literal... Columns>
using traced_fn = with_parameters_fn<Function, trace_parameters<double>, one_output, Name, Columns...>;

}  // namespace detail

/// The estimators of estimation/, each under its own name and reading the columns that its arguments are named after:
/// `td_errors(0.99)`, `gae({.gamma = 0.99, .lambda = 0.95})`. Parameters that are no `double` are given by their type:
/// `gae(trace_parameters{.gamma = rational(1, 2), .lambda = rational(1)})`.
///
/// Column `values`: what each state is worth; `action_values`: what the action taken in it is; `ratios`: `pi / mu` of
/// that action, `probabilities`: `pi`, `traces`: what is given for them.
inline constexpr detail::discounted_fn<bellman::returns_to_go, "returns_to_go"> returns_to_go{};
inline constexpr detail::discounted_fn<bellman::td_errors, "td_errors", "values"> td_errors{};
inline constexpr detail::traced_fn<bellman::lambda_returns, "lambda_returns", "values"> lambda_returns{};
inline constexpr detail::with_parameters_fn<bellman::gae, trace_parameters<double>, advantages_and_returns, "gae",
                                            "values">
    gae{};
inline constexpr detail::with_parameters_fn<bellman::vtrace, vtrace_parameters<double>, vtrace_estimates, "vtrace",
                                            "values", "ratios">
    vtrace{};
inline constexpr detail::traced_fn<bellman::off_policy_returns, "off_policy_returns", "values", "action_values",
                                   "traces">
    off_policy_returns{};
inline constexpr detail::traced_fn<bellman::retrace, "retrace", "values", "action_values", "ratios"> retrace{};
inline constexpr detail::traced_fn<bellman::tree_backup, "tree_backup", "values", "action_values", "probabilities">
    tree_backup{};

}  // namespace bellman::reflect
