// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/field.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_family_of_policies_is_a_callable_of_parameters_and_a_state {};

}  // namespace refused

namespace internal {

/// What takes an array of parameters, and of dual numbers, before a state. Of the state's type nothing is known yet.
template <class Family, class T, std::size_t N>
concept family_of_policies = (std::is_class_v<Family> || std::is_pointer_v<Family>) && !std::ranges::range<Family>;

}  // namespace internal

/// `policy_family(family, parameters)`: the policy of a family that has these parameters, with the derivatives of its
/// log-probabilities by dual numbers. Models `differentiable_policy`.
///
/// *Arguments*: `family`: a callable `(parameters, state) -> distribution over actions` that takes a `std::array` of
/// `T` or of `dual<T, N>`; the parameters, an array of `T`.
/// *Cost*: the score: one evaluation of the family with N derivatives.
/// *Source*: Sutton and Barto, section 13.1.
/// *Use*:
///     bellman::policy_family([](auto const& theta, int) {
///                              return bellman::softmax(std::array{'x', 'y'}, std::array{theta[0], theta[1]});
///                            },
///                            std::array{0.0, 0.0})(7)
///         .begin()
///         ->probability == 0.5
template <class Family, ordered_field T, std::size_t N,
          class Verdict = typename internal::rule<
              internal::family_of_policies<Family, T, N>,
              refused::a_family_of_policies_is_a_callable_of_parameters_and_a_state>::type>
class policy_family {
 public:
  // Of what is no family, which no call has; the last argument of the type says why.
  template <class Reason = Verdict, class = typename Reason::yes>
  policy_family(Family const&, std::array<T, N> const&);
};

template <class Family, ordered_field T, std::size_t N>
class policy_family<Family, T, N, internal::accepted> {
 public:
  using value_type = T;

  constexpr policy_family(Family its_family, std::array<T, N> its_parameters)
      : family_(std::move(its_family)), parameters_(std::move(its_parameters)) {}

  /// The distribution over actions in a state.
  template <class S>
    requires std::invocable<Family const&, std::array<T, N> const&, S const&>
  constexpr auto operator()(S const& s) const {
    return family_(parameters_, s);
  }

  /// The policy with the derivatives of its probabilities in the parameters.
  constexpr auto with_derivatives() const {
    return [family = family_, theta = variables()](auto const& s) { return family(theta, s); };
  }

  /// Calls `visit(k, d)` for the derivative of the log-probability of an action with respect to parameter k; of an
  /// action of probability 0 it has none, and nothing is visited.
  template <class Visit, class S, class A>
  constexpr void score(Visit const& visit, S const& s, A const& a) const {
    dual<T, N> p(T(0));
    for (auto const& e : family_(variables(), s)) {
      if (static_cast<A>(e.value) == a) p = p + e.probability;
    }
    if (!(T(0) < p.value)) return;
    for (std::size_t k = 0; k < N; ++k) visit(k, T(quotient(p.derivative[k], p.value)));
  }

  constexpr std::array<T, N>& weights() & { return parameters_; }
  constexpr std::array<T, N> const& weights() const& { return parameters_; }
  constexpr std::array<T, N> weights() && { return std::move(parameters_); }

 private:
  constexpr std::array<dual<T, N>, N> variables() const {
    return internal::array_of<N>([&](std::size_t k) { return dual<T, N>::variable(parameters_[k], k); });
  }

  Family family_;
  std::array<T, N> parameters_;
};

template <class Family, class T, std::size_t N>
policy_family(Family, std::array<T, N>) -> policy_family<Family, T, N>;

}  // namespace bellman
