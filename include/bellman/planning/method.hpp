// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/solving_method.hpp>

#include <cstddef>

namespace bellman {

/// How the value of a policy is found between two improvements of it.
enum class evaluate_by { automatic, sweeps, elimination, krylov };

/// In which order a sweep goes: each state sees what the sweep has made of those before it, there and back in turn, or
/// all see the values before the sweep.
enum class sweep_order { automatic, in_place, simultaneous };

/// What is done, where nothing is discounted, about states that can be gone round in for ever for nothing: refused
/// where that is better than any way to end, or taken for an ending that is worth 0.
enum class resting { refused, worth_nothing };

/// `method{}`: how a fixed point is found: the settings of the one loop that improves a policy, evaluates it partially,
/// certifies the values and stops.
///
/// *Use*:
///     bellman::method{.tolerance = 1e-6, .partial_sweeps = 0}.tolerance == 1e-6
struct method {
  /// How far the values may be off, relative to the largest of those that lead to each other; 0: as little as rounding
  /// allows.
  double tolerance = 1e-9;
  /// How many sweeps of a policy there are between two improvements, at most: 0 is value iteration.
  std::size_t partial_sweeps = 10;
  evaluate_by evaluation = evaluate_by::automatic;
  sweep_order order = sweep_order::automatic;
  /// Whether states are solved component after component, each after what it leads to.
  bool by_components = true;
  /// How many sweeps there are at most.
  double most_sweeps = 1e6;
  resting rest = resting::refused;
};

/// `automatic{tolerance}`: as the environment asks for: a closed form for a state that leads to no other before it
/// ends, elimination for up to 64 states that lead to each other and in exact scalars, sweeps beyond, and where these
/// take long elimination, if it does not fill up, or Krylov's method.
///
/// *Use*:
///     bellman::automatic{1e-6}.tolerance == 1e-6
struct automatic {
  double tolerance = 1e-9;
  resting rest = resting::refused;

  constexpr operator method() const {
    method m;
    m.tolerance = tolerance;
    m.rest = rest;
    return m;
  }
};

/// `elimination{}`: policy iteration, each policy's equations solved directly. In exact scalars the result is exact.
///
/// *Use*:
///     bellman::method(bellman::elimination{}).evaluation == bellman::evaluate_by::elimination
struct elimination {
  constexpr operator method() const {
    method m;
    m.tolerance = 0;
    m.evaluation = evaluate_by::elimination;
    return m;
  }
};

/// `iteration{tolerance}`: by sweeps alone, with up to 10 of a policy between two improvements: modified policy
/// iteration.
///
/// *Use*:
///     bellman::method(bellman::iteration{1e-6}).evaluation == bellman::evaluate_by::sweeps
struct iteration {
  double tolerance = 1e-9;

  constexpr operator method() const {
    method m;
    m.tolerance = tolerance;
    m.evaluation = evaluate_by::sweeps;
    return m;
  }
};

/// `value_iteration{tolerance}`: by simultaneous sweeps of the operator over all states.
///
/// *Use*:
///     bellman::method(bellman::value_iteration{1e-6}).partial_sweeps == 0
struct value_iteration {
  double tolerance = 1e-9;

  constexpr operator method() const {
    method m;
    m.tolerance = tolerance;
    m.partial_sweeps = 0;
    m.evaluation = evaluate_by::sweeps;
    m.order = sweep_order::simultaneous;
    m.by_components = false;
    return m;
  }
};

/// `gauss_seidel{tolerance}`: by sweeps of the operator in which a state sees what became of those before it.
///
/// *Use*:
///     bellman::method(bellman::gauss_seidel{1e-6}).order == bellman::sweep_order::in_place
struct gauss_seidel {
  double tolerance = 1e-9;

  constexpr operator method() const {
    method m;
    m.tolerance = tolerance;
    m.partial_sweeps = 0;
    m.evaluation = evaluate_by::sweeps;
    m.order = sweep_order::in_place;
    m.by_components = false;
    return m;
  }
};

template <>
inline constexpr bool is_solving_method_v<method> = true;
template <>
inline constexpr bool is_solving_method_v<automatic> = true;
template <>
inline constexpr bool is_solving_method_v<elimination> = true;
template <>
inline constexpr bool is_solving_method_v<iteration> = true;
template <>
inline constexpr bool is_solving_method_v<value_iteration> = true;
template <>
inline constexpr bool is_solving_method_v<gauss_seidel> = true;

}  // namespace bellman
