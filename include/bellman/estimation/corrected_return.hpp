// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/backward_pass.hpp>
#include <bellman/estimation/internal/over_steps.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/known.hpp>
#include <bellman/scalar/pack.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <type_traits>

namespace bellman {

/// The return of a step, or of several at once, and whether all that it was made of is finite.
template <class X>
struct returned {
  X value;
  bool is_finite;
};

namespace refused {

struct this_is_no_place_in_a_pass {};
struct this_is_not_what_is_seen_of_a_step {};
struct these_are_no_numbers_of_the_pass {};
struct this_is_no_step_with_a_correction {};

}  // namespace refused

namespace detail {

template <class Here>
concept place_in_a_pass = requires {
  typename Here::value_type;
  Here::composes_steps;
};
template <class Seen>
concept seen_of_a_step = requires(Seen const& s) {
  s.skipped;
  s.ended;
  s.after;
};
template <class Step, class Terms>
concept step_with_correction = requires(Step const& step, Terms const& c) {
  step.reward;
  step.gamma;
  c.value;
  c.trace;
  c.action_value;
};

template <class Here>
using a_place_in_a_pass = internal::rule<place_in_a_pass<Here>, refused::this_is_no_place_in_a_pass>;
template <class Seen>
using what_is_seen_of_a_step = internal::rule<seen_of_a_step<Seen>, refused::this_is_not_what_is_seen_of_a_step>;
template <class Here, class... X>
struct numbers_at : internal::rule<(std::constructible_from<typename Here::value_type, X const&> && ...),
                                   refused::these_are_no_numbers_of_the_pass> {};
template <class Step, class Terms>
using a_step_and_its_correction =
    internal::rule<step_with_correction<Step, Terms>, refused::this_is_no_step_with_a_correction>;

struct emit_fn {
  template <class Here, class Seen, class... X,
            class = typename internal::every<a_place_in_a_pass<Here>, what_is_seen_of_a_step<Seen>,
                                             numbers_at<Here, X...>>::type::yes>
  [[gnu::always_inline]] constexpr auto operator()(Here const&, Seen const& s, bool all_finite, X const&... x) const {
    using N = typename Here::value_type;
    return emitted<N, sizeof...(X)>{{select(s.skipped, scalar_traits<N>::zero(), N(x))...}, all_finite};
  }
};

struct corrected_fn {
  template <class Here, class Seen, class V, class Step, class Terms,
            class = typename internal::every<a_place_in_a_pass<Here>, what_is_seen_of_a_step<Seen>, numbers_at<Here, V>,
                                             a_step_and_its_correction<Step, Terms>>::type::yes>
  [[gnu::always_inline]] constexpr auto operator()(Here const& here, Seen const& s, V& carry, Step const& step,
                                                   Terms const& c) const {
    using X = typename Here::value_type;
    using F = std::remove_cvref_t<decltype(step.gamma)>;
    auto left_over = difference(c.value, product(c.trace, c.action_value));
    affine<X, F> worth{internal::number_as<X>(sum(left_over, product(c.trace, step.reward))),
                       internal::number_as<F>(product(c.trace, step.gamma))};
    using trace = std::remove_cvref_t<decltype(c.trace)>;
    // A trace of zero hides the step. Where steps are composed, what is not finite is taken again by itself.
    if constexpr (!Here::composes_steps && !std::same_as<trace, known_one> && !std::same_as<trace, known_zero>) {
      if constexpr (internal::has_lanes<F>) {
        worth.offset = select(equal(internal::number_as<F>(c.trace), F(0)), internal::number_as<X>(c.value), worth.offset);
      } else {
        if (is_zero(c.trace)) worth.offset = internal::number_as<X>(c.value);
      }
    }
    auto x = internal::scan_step(here, carry, worth, s);
    return returned<X>{X(affine<X, F>{step.reward, step.gamma}(x.after)), x.is_finite};
  }
};

}  // namespace detail

/// `emit(here, seen, all_finite, x...)`: what a body of an estimator gives for a step: the numbers for the policy's own
/// steps, 0 for skipped ones.
///
/// *Arguments*: where the pass is and what it sees there; whether all that the numbers were made of is finite.
/// *Use*:
///     bellman::emit(bellman::one_step<double>(0), bellman::internal::step_seen<double, bool, bool>{true, false, 0.0},
///                   true, 1.5).outputs[0] == 0.0
inline constexpr detail::emit_fn emit{};

/// `corrected(here, seen, carry, step, c)`: one step of the recursion of `correction`: `carry`, what comes after the
/// step is worth, becomes `v + c (G - q)`, what the step is worth to the one before; gives `G = R + gamma y`.
///
/// *Arguments*: where the pass is and what it sees there; the carry; the step's reward and discount; its terms.
/// *Errors*: none.
/// *Cost*: a scan; three multiply-adds.
/// *Laws*: a trace of zero hides the step, a discount of zero what comes after it, be it a NaN.
/// *Use*:
///     [](double carry) {
///       return bellman::corrected(bellman::one_step<double>(0),
///                                 bellman::internal::step_seen<double, bool, bool>{false, false, 0.0}, carry,
///                                 bellman::numbers_of_step<double, double, double, double>{1.0, 0.5, 1.0, carry},
///                                 bellman::correction{.value = 3.0, .trace = 1.0, .action_value = 2.0}).value;
///     }(8.0) == 5.0
inline constexpr detail::corrected_fn corrected{};

}  // namespace bellman
