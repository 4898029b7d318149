// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/estimation/grouping.hpp>
#include <bellman/estimation/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void there_must_be_one_norm_for_each_return(std::size_t sequence) {
  throw invalid_value("bellman: sequence " + std::to_string(sequence) +
                      " has not as many returns as squared norms; there must be one for each token");
}
template <class X>
[[noreturn]] void squared_norms_must_not_be_negative(std::size_t sequence, std::size_t token, X const& x) {
  throw invalid_value("bellman: the squared norm of token " + std::to_string(token) + " of sequence " +
                      std::to_string(sequence) + " is " + describe(x) + "; it must not be below 0");
}

struct squared_score_norm_fn {
  template <class P>
  constexpr P operator()(P const& probability, P const& sum_of_squares) const {
    return sum(difference(P(1), product(P(2), probability)), sum_of_squares);
  }
};

struct optimal_token_advantages_fn {
  template <std::ranges::forward_range Returns, std::ranges::forward_range Norms>
  requires std::ranges::forward_range<std::ranges::range_reference_t<Returns>> &&
      std::ranges::forward_range<std::ranges::range_reference_t<Norms>>
  constexpr auto operator()(Returns&& returns, Norms&& squared_norms) const {
    using G = std::ranges::range_value_t<std::ranges::range_reference_t<Returns>>;
    using A = std::conditional_t<std::integral<G>, double, G>;
    using V = std::conditional_t<std::integral<G> || std::same_as<G, float>, double, G>;
    std::vector<statistics<V, V>> tokens;  // of the returns at each token, weighted by what led there
    std::size_t sequence = 0;
    auto norms = std::ranges::begin(squared_norms);
    for (auto&& g : returns) {
      if (norms == std::ranges::end(squared_norms)) there_must_be_one_norm_for_each_return(sequence);
      V energy{};
      std::size_t t = 0;
      auto norm = std::ranges::begin(*norms);
      for (auto const& x : g) {
        if (norm == std::ranges::end(*norms)) there_must_be_one_norm_for_each_return(sequence);
        V const step = static_cast<V>(*norm);
        if (!(V(0) < step) && !(step == V(0))) squared_norms_must_not_be_negative(sequence, t, step);
        energy = sum(energy, step);
        if (t == tokens.size()) tokens.push_back(statistics<V, V>{});
        tokens[t] = merged(tokens[t], statistics<V, V>{energy, static_cast<V>(x), V{}});
        ++t;
        ++norm;
      }
      if (norm != std::ranges::end(*norms)) there_must_be_one_norm_for_each_return(sequence);
      ++sequence;
      ++norms;
    }
    if (norms != std::ranges::end(squared_norms)) there_must_be_one_norm_for_each_return(sequence);
    std::vector<std::vector<A>> advantages;
    for (auto&& g : returns) {
      advantages.push_back({});
      for (auto const& x : g) {
        V const baseline = tokens[advantages.back().size()].mean;
        advantages.back().push_back(static_cast<A>(difference(static_cast<V>(x), baseline)));
      }
    }
    return advantages;
  }

  template <std::ranges::random_access_range Returns, std::ranges::random_access_range Norms>
  constexpr auto operator()(Returns const& returns, Norms const& squared_norms, grouping const& groups) const {
    check_rows(returns, groups);
    check_rows(squared_norms, groups);
    using group_t = decltype((*this)(returns, squared_norms));
    group_t advantages(groups.rows(), typename group_t::value_type{});
    for (std::size_t g = 0; g < groups.size(); ++g) {
      auto const rows = groups[g];
      auto of_group = (*this)(part_of(returns, rows), part_of(squared_norms, rows));
      for (std::size_t i = 0; i < rows.size(); ++i) advantages[rows[i]] = std::move(of_group[i]);
    }
    return advantages;
  }
};

}  // namespace detail

/// `squared_score_norm(p, sum_of_squares)`: how long the gradient of `log p` is, squared, with respect to the logits of
/// a softmax: `1 - 2 p + sum_a p_a^2`, where `p` is the probability of the token that was drawn. 0 for a certain token.
inline constexpr detail::squared_score_norm_fn squared_score_norm{};

/// `optimal_token_advantages(returns, squared_norms)`: for a group of answers, each a sequence of its own length with
/// the return `G_t` and the squared norm `w_t` of the gradient of `log pi` at each token,
///
///     W_t = w_0 + ... + w_t
///     B_t = sum_i G_it W_it / sum_i W_it        over the answers i that have a token t
///     A_t = G_t - B_t
///
/// the baseline of each position that makes the variance of the gradient least, were it not estimated from the same
/// answers. With the grouping as a third argument: rows of several groups.
///
/// Where all returns at a position are equal, and so where only one answer is that long, the advantage is exactly 0.
/// Where no gradient has flowed up to `t`, `B_t` is 0; there the advantage multiplies nothing. Throws `invalid_value`
/// for lengths that differ and norms below 0 or NaN. O(tokens).
/// As in verl's estimator of this name, whose own numbers are in conventions/verl/groups.hpp; Weaver and Tao 2001 for
/// the baseline weighted by squared gradients.
inline constexpr detail::optimal_token_advantages_fn optimal_token_advantages{};

}  // namespace bellman
