// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/scalar/affine.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/scan.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/return.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

/// The discount and the decay of the trace, both in [0, 1].
template <class F>
struct gae_parameters {
  F gamma;
  F lambda;
};

/// What `gae` returns: for each step the advantage, and the return that a critic is fitted to, `advantage + value`.
template <class Container>
struct advantages_and_returns {
  Container advantages;
  Container returns;
};

namespace detail {

template <class T>
[[noreturn]] void lambda_must_lie_between_zero_and_one(T const& lambda) {
  throw invalid_value("bellman: lambda is " + describe(lambda) + "; it must lie in [0, 1]");
}
[[noreturn]] inline void rewards_and_values_must_be_of_one_length(std::size_t rewards, std::size_t values) {
  throw invalid_value("bellman: " + std::to_string(rewards) + " rewards and " + std::to_string(values) +
                      " values; there must be one value for each reward");
}

// Parameters for floats are taken as double, so that a double variable is not a narrowing.
template <class V>
using parameter_t = std::conditional_t<std::is_arithmetic_v<V>, double, scalar_t<V>>;

// What an estimate is made of: the wider of rewards and values, where integers count as double; and of the value at a
// truncation, unless that is a built-in number, such as a literal, which takes the type of the others.
template <class T>
using as_value_t = std::conditional_t<std::integral<T>, double, T>;
template <class R, class V, class Ending>
struct estimate {
  using type = std::common_type_t<as_value_t<R>, as_value_t<V>>;
};
template <class R, class V, class X>
  requires(!std::is_arithmetic_v<X> && !std::is_void_v<X>)
struct estimate<R, V, truncated<X>> {
  using type = std::common_type_t<as_value_t<R>, as_value_t<V>, X>;
};
template <class R, class V, class Ending>
using estimate_t = typename estimate<R, V, Ending>::type;

struct gae_fn {
  template <std::ranges::random_access_range Rewards, std::ranges::random_access_range Values, class Ending>
  constexpr auto operator()(Rewards&& rewards, Values&& values, Ending const& ending,
                            gae_parameters<parameter_t<std::ranges::range_value_t<Rewards>>> p) const {
    using V = estimate_t<std::ranges::range_value_t<Rewards>, std::ranges::range_value_t<Values>, Ending>;
    using F = std::remove_cvref_t<decltype(discount_for<V>(p.gamma).value())>;
    F const gamma = discount_for<V>(p.gamma).value();
    if (p.lambda < decltype(p.lambda)(0) || decltype(p.lambda)(1) < p.lambda || !(p.lambda == p.lambda)) {
      lambda_must_lie_between_zero_and_one(p.lambda);
    }
    F const decay = static_cast<F>(product(p.gamma, p.lambda));
    auto const n = static_cast<std::size_t>(std::ranges::distance(rewards));
    auto const m = static_cast<std::size_t>(std::ranges::distance(values));
    if (n != m) rewards_and_values_must_be_of_one_length(n, m);
    auto advantages = one_for_each<V>(rewards);
    auto returns = one_for_each<V>(rewards);
    V const after = value_after<V>(ending);
    auto const r = std::ranges::begin(rewards);
    auto const v = std::ranges::begin(values);
    auto at = [](auto const& it, std::size_t t) { return it[static_cast<std::iter_difference_t<decltype(it)>>(t)]; };
    auto steps = std::views::iota(std::size_t{0}, n) | std::views::transform([&](std::size_t t) {
                   V const next = t + 1 < n ? static_cast<V>(at(v, t + 1)) : after;
                   V const td_error =
                       difference(affine<V, F>{static_cast<V>(at(r, t)), gamma}(next), static_cast<V>(at(v, t)));
                   return affine<V, F>{td_error, decay};
                 });
    backward_scan(steps, V{}, advantages.end());
    for (std::size_t t = 0; t < n; ++t) returns[t] = sum(advantages[t], static_cast<V>(at(v, t)));
    return advantages_and_returns<decltype(advantages)>{std::move(advantages), std::move(returns)};
  }
};

}  // namespace detail

/// `gae(rewards, values, ending, {.gamma = g, .lambda = l})`: generalised advantage estimates of one episode,
/// `A_t = delta_t + gamma lambda A_{t+1}` with the TD errors `delta_t = R_t + gamma V(S_{t+1}) - V(S_t)`; and the
/// returns `A_t + V(S_t)`.
///
/// One value for each reward; the estimates are of the wider of the two types, integers counting as `double`. The
/// ending is `terminated{}`, after which the value is 0, or `truncated{v}`, where `v` is the value of the state after
/// the last step. `std::array` in, `std::array` out, otherwise `std::vector`. Throws `invalid_value` for lengths that
/// differ and for gamma or lambda outside [0, 1]. O(n). Laws: lambda 1 gives the discounted return less the value;
/// lambda 0 gives the TD errors; splitting an episode at a step and giving the value there as `truncated{v}` leaves the
/// last steps as they are. Schulman et al. 2016, (11)-(16).
inline constexpr detail::gae_fn gae{};

}  // namespace bellman
