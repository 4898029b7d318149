// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/learning/feature.hpp>
#include <bellman/learning/internal/linear_equations.hpp>
#include <bellman/learning/internal/trace.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

template <class F>
[[noreturn]] void a_regulariser_must_not_be_negative(F const& x) {
  internal::refuse("bellman: the regulariser is " + internal::describe(x) + "; it must be at least 0 and finite");
}
template <class F>
[[noreturn]] void a_regulariser_must_be_positive(F const& x) {
  internal::refuse("bellman: the regulariser is " + internal::describe(x) + "; it must be above 0 and finite");
}

// The equations of the weights at which the errors along the traces sum to zero: what is known of A w = b.
template <class V>
class least_squares_equations {
 public:
  static constexpr bool reads_next_gradient = true;

  constexpr explicit least_squares_equations(V its_regulariser) : regulariser_(std::move(its_regulariser)) {
    if (regulariser_ < V(0) || !is_finite(regulariser_)) detail::a_regulariser_must_not_be_negative(regulariser_);
  }

  constexpr void operator()(auto const& w, auto const& seen) {
    grow(w.size());
    trace_.scale(seen.decay);
    for (auto const& part : seen.gradient) trace_.add(part.index, product(seen.weight, part.value));
    // The error as a function of the weights: R - (grad q - gamma grad v') w.
    for (auto const& e : trace_) {
      auto& row = rows_[e.index];
      for (auto const& part : seen.gradient) row[part.index] = sum(row[part.index], product(e.value, part.value));
      V const next = product(e.value, seen.gamma);
      for (auto const& part : seen.next_gradient) {
        row[part.index] = difference(row[part.index], product(next, part.value));
      }
      b_[e.index] = sum(b_[e.index], product(e.value, seen.reward));
    }
  }
  constexpr void end_of_episode(auto const&) { trace_.clear(); }

  /// Sets the weights to the solution.
  constexpr void solve(auto&& w) const {
    auto rows = rows_;
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i][i] = sum(rows[i][i], regulariser_);
    auto const found = internal::solved(std::move(rows), b_);
    for (std::size_t i = 0; i < found.size(); ++i) w[i] = found[i];
  }
  /// Forgets what was seen.
  constexpr void forget() {
    rows_.clear();
    b_.clear();
    trace_.clear();
  }

 private:
  constexpr void grow(std::size_t n) {
    if (!(b_.size() < n)) return;
    b_.resize(n, scalar_traits<V>::zero());
    rows_.resize(n);
    for (auto& row : rows_) row.resize(n, scalar_traits<V>::zero());
  }

  V regulariser_;
  std::vector<std::vector<V>> rows_{};
  std::vector<V> b_{};
  internal::trace<V> trace_{};
};

// The inverse of the matrix of those equations, kept up to date step by step.
template <class V>
class recursive_equations {
 public:
  static constexpr bool reads_next_gradient = true;

  constexpr explicit recursive_equations(V its_regulariser) : regulariser_(std::move(its_regulariser)) {
    if (!(V(0) < regulariser_) || !is_finite(regulariser_)) detail::a_regulariser_must_be_positive(regulariser_);
  }

  constexpr void operator()(auto&& w, auto const& seen) {
    grow(w.size());
    auto trace = trace_;
    trace.scale(seen.decay);
    for (auto const& part : seen.gradient) trace.add(part.index, product(seen.weight, part.value));
    std::size_t const n = inverse_.size();
    // P e, and (grad q - gamma grad v') P: of both each number is a sum over what is not zero.
    std::vector<V> gain(n, scalar_traits<V>::zero());
    std::vector<V> across(n, scalar_traits<V>::zero());
    for (std::size_t i = 0; i < n; ++i) {
      for (auto const& e : trace) gain[i] = sum(gain[i], product(inverse_[i][e.index], e.value));
    }
    V spread = V(1);
    auto const add_row = [&](std::size_t i, V const& d) {
      for (std::size_t j = 0; j < n; ++j) across[j] = sum(across[j], product(d, inverse_[i][j]));
      spread = sum(spread, product(d, gain[i]));
    };
    for (auto const& part : seen.gradient) add_row(part.index, part.value);
    for (auto const& part : seen.next_gradient) add_row(part.index, V(-product(seen.gamma, part.value)));
    if (is_zero(spread) || !is_finite(spread)) {
      internal::equations_of_the_weights_must_be_independent(trace.begin()->index);
    }
    trace_ = std::move(trace);
    for (std::size_t i = 0; i < n; ++i) {
      V const share = quotient(gain[i], spread);
      w[i] = sum(w[i], product(share, seen.error));
      for (std::size_t j = 0; j < n; ++j) inverse_[i][j] = difference(inverse_[i][j], product(share, across[j]));
    }
  }
  constexpr void end_of_episode(auto const&) { trace_.clear(); }

 private:
  constexpr void grow(std::size_t n) {
    std::size_t const had = inverse_.size();
    if (!(had < n)) return;
    inverse_.resize(n);
    for (auto& row : inverse_) row.resize(n, scalar_traits<V>::zero());
    for (std::size_t i = had; i < n; ++i) inverse_[i][i] = quotient(V(1), regulariser_);
  }

  V regulariser_;
  std::vector<std::vector<V>> inverse_{};
  internal::trace<V> trace_{};
};

}  // namespace detail

/// `least_squares{.regulariser = c}`: a learning rule that collects the equations `sum e (R + gamma v(S') - q(S, A)) =
/// 0` of the weights, LSTD and LSTD(lambda); `learner.solve()` sets the weights to their solution, `learner.forget()`
/// begins anew.
///
/// *Arguments*: what is added to the diagonal, at least 0; a prediction that is linear in its weights.
/// *Errors*: `solve`: `invalid_value` where the equations do not determine a weight.
/// *Cost*: a step: the weights with credit times those of a gradient; O(n^2) memory; `solve` O(n^3) for n weights.
/// *Laws*: of a table that has seen every transition as often as it is likely, the state value exactly, and of features
/// `projected_value`: tests/learning/least_squares.cpp.
/// *Source*: Bradtke and Barto 1996; Boyan 2002; Sutton and Barto, section 9.8.
/// *Use*:
///     bellman::least_squares{.regulariser = 0.5}.regulariser == 0.5
template <class F>
struct least_squares {
  F regulariser;

  template <ordered_field V>
    requires internal::a_number_made_into<F, V>
  constexpr auto start() const {
    return detail::least_squares_equations<V>(as_number<V>(regulariser));
  }
};
template <class F>
least_squares(F) -> least_squares<F>;

/// `recursive_least_squares{.regulariser = c}`: a learning rule, recursive least squares: after each step the weights
/// are those that `least_squares{c}` would solve for, which is LSTD by rank-one changes; of a target without a next
/// value, the regression. That is so of weights that are 0 at first; of others, w0, they solve
/// `sum e (R + gamma v(S') - q(S, A)) = c (w - w0)`, so that what is seen draws them away from where they began.
///
/// *Arguments*: as `least_squares`, but above 0.
/// *Errors*: `invalid_value` where a step leaves the equations without a solution.
/// *Cost*: O(n^2) a step for n weights.
/// *Laws*: the weights of `least_squares`, exactly in exact scalars: tests/learning/least_squares.cpp.
/// *Source*: Bradtke and Barto 1996, section 5.
/// *Use*:
///     bellman::recursive_least_squares{.regulariser = 0.5}.regulariser == 0.5
template <class F>
struct recursive_least_squares {
  F regulariser;

  template <ordered_field V>
    requires internal::a_number_made_into<F, V>
  constexpr auto start() const {
    return detail::recursive_equations<V>(as_number<V>(regulariser));
  }
};
template <class F>
recursive_least_squares(F) -> recursive_least_squares<F>;

}  // namespace bellman
