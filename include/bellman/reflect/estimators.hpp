// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/internal/requirements.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/retrace.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/estimation/tree_backup.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/internal/literal.hpp>
#include <bellman/reflect/bundle.hpp>
#include <bellman/reflect/name.hpp>

namespace bellman::reflect {

namespace detail {

// An estimator's column as a member of a struct is named: without blanks.
template <internal::literal Name>
consteval auto member_name() {
  auto text = Name;
  for (char& c : text.characters) {
    if (c == ' ') c = '_';
  }
  return text;
}

template <class Columns>
struct over_columns;
template <template <internal::literal> class... Kind, internal::literal... Name>
struct over_columns<columns<Kind<Name>...>> {
  template <class Estimate, class Estimator, class Parameters>
  using named = named_estimator<Estimate, Estimator, Parameters, name_t<detail::member_name<Name>()>...>;
};

// Parameters in braces are taken as double, those of other types by their type's name.
template <auto const& Function, internal::literal Name>
struct with_parameters_fn {
  using estimator_type = internal::estimator_of<decltype(Function)>;

  template <class Parameters = typename internal::parameters_in_braces<estimator_type, double>::type,
            class = typename internal::parameters_of_any_rewards<Parameters, estimator_type>::type::yes>
  [[nodiscard]] constexpr auto operator()(Parameters const& p) const {
    return typename over_columns<typename estimator_type::columns>::template named<name_t<Name>, estimator_type,
                                                                                   Parameters>{p};
  }
};

}  // namespace detail

// Estimators of estimation/, each under its own name and reading the columns that its arguments are named after:
// `values`, what each state is worth; `action_values`, what the action taken in it is; `ratios`, `pi / mu` of that
// action, `probabilities`, `pi`, `traces`, what is given for them. Parameters that are no `double` are given by their
// type: `gae(trace_parameters{.gamma = rational(1, 2), .lambda = rational(1)})`.

/// `reflect::returns_to_go(gamma)`: `bellman::returns_to_go` for a bundle.
///
/// *Arguments*: the parameters of `bellman::returns_to_go`.
/// *Errors*: those of `bellman::returns_to_go`, when the bundle is evaluated.
/// *Use*:
///     bellman::reflect::returns_to_go(0.5).parameters == 0.5
inline constexpr detail::with_parameters_fn<bellman::returns_to_go, "returns_to_go"> returns_to_go{};

/// `reflect::td_errors(gamma)`: `bellman::td_errors` for a bundle, over the column `values`.
///
/// *Arguments*: the parameters of `bellman::td_errors`.
/// *Errors*: those of `bellman::td_errors`, when the bundle is evaluated.
/// *Use*:
///     bellman::reflect::td_errors(0.5).parameters == 0.5
inline constexpr detail::with_parameters_fn<bellman::td_errors, "td_errors"> td_errors{};

/// `reflect::lambda_returns({.gamma = g, .lambda = l})`: `bellman::lambda_returns` for a bundle, over `values`.
///
/// *Arguments*: the parameters of `bellman::lambda_returns`.
/// *Errors*: those of `bellman::lambda_returns`, when the bundle is evaluated.
/// *Use*:
///     bellman::reflect::lambda_returns({.gamma = 0.5, .lambda = 1}).parameters.lambda == 1
inline constexpr detail::with_parameters_fn<bellman::lambda_returns, "lambda_returns"> lambda_returns{};

/// `reflect::gae({.gamma = g, .lambda = l})`: `bellman::gae` for a bundle, over `values`.
///
/// *Arguments*: the parameters of `bellman::gae`.
/// *Errors*: those of `bellman::gae`, when the bundle is evaluated.
/// *Use*:
///     bellman::reflect::gae({.gamma = 0.5, .lambda = 1}).parameters.gamma == 0.5
inline constexpr detail::with_parameters_fn<bellman::gae, "gae"> gae{};

/// `reflect::vtrace({.gamma = g})`: `bellman::vtrace` for a bundle, over `values` and `ratios`.
///
/// *Arguments*: the parameters of `bellman::vtrace`.
/// *Errors*: those of `bellman::vtrace`, when the bundle is evaluated.
/// *Use*:
///     bellman::reflect::vtrace({.gamma = 0.5}).parameters.clip_rho == 1
inline constexpr detail::with_parameters_fn<bellman::vtrace, "vtrace"> vtrace{};

/// `reflect::off_policy_returns({.gamma = g, .lambda = l})`: `bellman::off_policy_returns` for a bundle, over `values`,
/// `action_values` and `traces`.
///
/// *Arguments*: the parameters of `bellman::off_policy_returns`.
/// *Errors*: those of `bellman::off_policy_returns`, when the bundle is evaluated.
/// *Use*:
///     bellman::reflect::off_policy_returns({.gamma = 0.5, .lambda = 1}).parameters.gamma == 0.5
inline constexpr detail::with_parameters_fn<bellman::off_policy_returns, "off_policy_returns"> off_policy_returns{};

/// `reflect::retrace({.gamma = g, .lambda = l})`: `bellman::retrace` for a bundle, over `values`, `action_values` and
/// `ratios`.
///
/// *Arguments*: the parameters of `bellman::retrace`.
/// *Errors*: those of `bellman::retrace`, when the bundle is evaluated.
/// *Use*:
///     bellman::reflect::retrace({.gamma = 0.5, .lambda = 1}).parameters.gamma == 0.5
inline constexpr detail::with_parameters_fn<bellman::retrace, "retrace"> retrace{};

/// `reflect::tree_backup({.gamma = g, .lambda = l})`: `bellman::tree_backup` for a bundle, over `values`,
/// `action_values` and `probabilities`.
///
/// *Arguments*: the parameters of `bellman::tree_backup`.
/// *Errors*: those of `bellman::tree_backup`, when the bundle is evaluated.
/// *Use*:
///     bellman::reflect::tree_backup({.gamma = 0.5, .lambda = 1}).parameters.gamma == 0.5
inline constexpr detail::with_parameters_fn<bellman::tree_backup, "tree_backup"> tree_backup{};

}  // namespace bellman::reflect
