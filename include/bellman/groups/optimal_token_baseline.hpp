// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/answers_are_sequences.hpp>
#include <bellman/groups/by_group.hpp>
#include <bellman/groups/internal/scaled_advantage.hpp>
#include <bellman/groups/squared_score_norm.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/place_in.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

namespace bellman {

namespace refused {

struct squared_norms_must_be_numbers_of_the_kind_of_the_returns {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void there_must_be_one_norm_for_each_return(internal::place const& sequence) {
  internal::refuse("bellman: " + sequence.of("sequence") +
                   " has not as many returns as squared norms; there must be one for each token");
}
template <class X>
[[noreturn]] void squared_norms_must_not_be_negative(internal::place const& sequence, std::size_t token, X const& x) {
  internal::refuse("bellman: " + sequence.of("sequence") + ", token " + std::to_string(token) +
                   ": its squared norm is " + internal::describe(x) +
                   "; it must not be below 0, and the sum of those up to it must be finite");
}
template <class X>
[[noreturn]] void returns_of_tokens_must_be_finite(internal::place const& sequence, std::size_t token, X const& x) {
  internal::refuse("bellman: " + sequence.of("sequence") + ", token " + std::to_string(token) + ": its return is " +
                   internal::describe(x) + "; it must be a finite number");
}

struct judge_squared_norms_fn {
  template <class Returns, class Norms>
  constexpr auto operator()(Returns&& returns, Norms&&) const {
    using V = decltype(statistics_of(*std::ranges::begin(returns)).mean);
    using X = std::ranges::range_value_t<std::ranges::range_value_t<Norms>>;
    return typename internal::rule<std::constructible_from<V, X const&>,
                                   refused::squared_norms_must_be_numbers_of_the_kind_of_the_returns>::type{};
  }
};

struct optimal_token_method {
  template <class Groups>
  struct needs {
    using type = typename Groups::template of_group_t<judge_squared_norms_fn>;
  };
  template <class Returns, class Norms>
  constexpr auto of_group(Returns&& returns, Norms&& squared_norms) const {
    return [baselines = baselines_of(returns, squared_norms)](auto const& x, std::size_t t) {
      using V = std::remove_cvref_t<decltype(baselines[t].mean)>;
      auto const name = [&] { return "the return of token " + std::to_string(t) + " of a sequence"; };
      return internal::scaled_advantage(difference(static_cast<V>(x), baselines[t].mean), V(1), name);
    };
  }

 private:
  // For each token the statistics of the returns there, weighted by what led there.
  template <class Returns, class Norms>
  static constexpr auto baselines_of(Returns&& returns, Norms&& squared_norms) {
    using V = std::remove_cvref_t<decltype(statistics_of(*std::ranges::begin(returns)).mean)>;
    std::vector<statistics<V, V>> tokens;
    internal::place_in<std::remove_cvref_t<Returns>> const place(returns);
    std::size_t sequence = 0;
    auto norms = std::ranges::begin(squared_norms);
    for (auto&& g : returns) {
      if (norms == std::ranges::end(squared_norms)) detail::there_must_be_one_norm_for_each_return(place(sequence));
      V energy{};
      std::size_t t = 0;
      auto norm = std::ranges::begin(*norms);
      for (auto const& x : g) {
        if (norm == std::ranges::end(*norms)) detail::there_must_be_one_norm_for_each_return(place(sequence));
        V const step = static_cast<V>(*norm);
        energy = sum(energy, step);
        if (step < V(0) || !is_finite(energy)) detail::squared_norms_must_not_be_negative(place(sequence), t, step);
        V const value = static_cast<V>(x);
        if (!is_finite(value)) detail::returns_of_tokens_must_be_finite(place(sequence), t, value);
        if (t == tokens.size()) tokens.push_back(statistics<V, V>{});
        tokens[t] = merged(tokens[t], statistics<V, V>{energy, value, V{}});
        ++t;
        ++norm;
      }
      if (norm != std::ranges::end(*norms)) detail::there_must_be_one_norm_for_each_return(place(sequence));
      ++sequence;
      ++norms;
    }
    if (norms != std::ranges::end(squared_norms)) detail::there_must_be_one_norm_for_each_return({.number = sequence});
    return tokens;
  }
};

}  // namespace detail

template <>
inline constexpr bool answers_are_sequences<detail::optimal_token_method> = true;

/// `optimal_token_advantages(returns, squared_norms)`: for a group of answers, each a sequence of its own length with
/// the return `G_t` and the squared norm `w_t` of the gradient of `log pi` at each token,
///
///     W_t = w_0 + ... + w_t
///     B_t = sum_i G_it W_it / sum_i W_it        over the answers i that have a token t
///     A_t = G_t - B_t
///
/// the baseline of each position that makes the variance of the gradient least, were it not estimated from the same
/// answers. verl's own numbers are in conventions/verl/optimal_token_baseline.hpp.
///
/// Where all returns at a position are equal, and so where only one answer is that long, the advantage is exactly 0.
/// Where no gradient has flowed up to `t`, `B_t` is 0; there the advantage multiplies nothing.
///
/// *Arguments*: ranges of sequences of numbers. With the grouping as a third argument: rows of several groups; the
/// tokens of a row that belongs to none get 0. Gives a vector of sequences; a last argument `out` writes the numbers
/// one after another and returns its end.
/// *Errors*: `invalid_value` for lengths that differ, norms below 0, and what is NaN or infinite.
/// *Cost*: O(tokens), one vector as long as the longest answer of a group.
/// *Laws*: the weighted advantages of a position add up to 0. tests/laws/group_laws.cpp.
/// *Source*: verl's estimator of this name; Weaver and Tao 2001 for the baseline weighted by squared gradients.
/// *Use*:
///     bellman::optimal_token_advantages(std::vector<std::vector<double>>{{1, 5}, {4}},
///                                       std::vector<std::vector<double>>{{1, 1}, {2}}) ==
///         std::vector<std::vector<double>>{{-2, 0}, {1}}
inline constexpr by_group<detail::optimal_token_method, 2> optimal_token_advantages{};

}  // namespace bellman
