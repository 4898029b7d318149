// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/sampled_tokens.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cstddef>

// What the tests of ratios, surrogates and losses compute with.
namespace bellman::test {

using exact = bellman::dual<rational>;

inline constexpr rational fifth(1, 5);

/// The objective of a token at a ratio r, and its derivative in r.
template <class Surrogate>
constexpr exact at(Surrogate const& surrogate, rational const& r, rational const& advantage) {
  return surrogate(exact::variable(r), advantage);
}
constexpr bool is(exact const& x, rational const& value, rational const& derivative) {
  return x.value == value && x.derivative[0] == derivative;
}

/// Three log-probabilities of which one is a variable; old ones and advantages.
constexpr auto tokens(std::size_t k, std::array<double, 3> const& now, std::array<double, 3> const& old,
                      std::array<double, 3> const& advantages) {
  using number = bellman::dual<double>;
  auto const p = [&](std::size_t i) { return i == k ? number::variable(now[i]) : number(now[i]); };
  return std::array{sampled_tokens{std::array{p(0), p(1), p(2)}, old, advantages}};
}

inline constexpr std::array<double, 3> old_log_probs{-1.0, -0.5, -2.0};
inline constexpr std::array<double, 3> log_probs{-1.1, -0.25, -2.0625};
inline constexpr std::array<double, 3> advantages{1.0, -2.0, 0.5};
inline constexpr std::array<double, 3> of_a_sequence{1.5, 1.5, 1.5};

}  // namespace bellman::test
