// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/check_output.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>
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
                      std::to_string(sequence) + " is " + internal::describe(x) +
                      "; it must not be below 0, and the sum of those up to it must be finite");
}
template <class X>
[[noreturn]] void returns_of_tokens_must_be_finite(std::size_t sequence, std::size_t token, X const& x) {
  throw invalid_value("bellman: the return of token " + std::to_string(token) + " of sequence " +
                      std::to_string(sequence) + " is " + internal::describe(x) + "; it must be a finite number");
}

struct squared_score_norm_fn {
  template <class P>
  constexpr P operator()(P const& probability, P const& sum_of_squares) const {
    return sum(difference(P(1), product(P(2), probability)), sum_of_squares);
  }
};

template <class R>
concept sequences_of_numbers =
    std::ranges::forward_range<R> && std::ranges::forward_range<std::ranges::range_reference_t<R>>;

struct optimal_token_advantages_fn {
  template <sequences_of_numbers Returns, sequences_of_numbers Norms>
  constexpr auto operator()(Returns&& returns, Norms&& squared_norms) const {
    auto const baselines = baselines_of(returns, squared_norms);
    std::vector<std::vector<advantage_t<Returns>>> advantages;
    for (auto&& g : returns) {
      advantages.push_back(zeros<Returns>(g));
      write(g, baselines, advantages.back().begin());
    }
    return advantages;
  }
  template <sequences_of_numbers Returns, sequences_of_numbers Norms, std::input_or_output_iterator Out>
  constexpr Out operator()(Returns&& returns, Norms&& squared_norms, Out out) const {
    auto const baselines = baselines_of(returns, squared_norms);
    for (auto&& g : returns) out = write(g, baselines, out);
    return out;
  }

  template <std::ranges::random_access_range Returns, std::ranges::random_access_range Norms>
  constexpr auto operator()(Returns const& returns, Norms const& squared_norms, grouping const& groups) const {
    check_rows(returns, groups);
    check_rows(squared_norms, groups);
    std::vector<std::vector<advantage_t<Returns const&>>> advantages;
    for (auto&& g : returns) advantages.push_back(zeros<Returns const&>(g));
    for (std::size_t g = 0; g < groups.size(); ++g) {
      auto const rows = groups[g];
      auto const of_group = part_of(returns, rows);
      auto const baselines = baselines_of(of_group, part_of(squared_norms, rows));
      for (std::size_t i = 0; i < rows.size(); ++i) {
        write(of_group[static_cast<std::ptrdiff_t>(i)], baselines, advantages[rows[i]].begin());
      }
    }
    return advantages;
  }
  template <std::ranges::random_access_range Returns, std::ranges::random_access_range Norms,
            std::input_or_output_iterator Out>
  constexpr Out operator()(Returns const& returns, Norms const& squared_norms, grouping const& groups, Out out) const {
    internal::check_output<Out, advantage_t<Returns const&>>();
    for (auto const& of_row : (*this)(returns, squared_norms, groups)) {
      for (auto const& a : of_row) {
        *out = a;
        ++out;
      }
    }
    return out;
  }

 private:
  template <class Returns>
  using advantage_t = number_t<std::ranges::range_value_t<std::ranges::range_reference_t<Returns>>>;

  template <class Returns, class Sequence>
  static constexpr auto zeros(Sequence const& g) {
    using A = advantage_t<Returns>;
    return std::vector<A>(static_cast<std::size_t>(std::ranges::distance(g)), A{});
  }

  // For each token the statistics of the returns there, weighted by what led there.
  template <class Returns, class Norms>
  static constexpr auto baselines_of(Returns&& returns, Norms&& squared_norms) {
    using V = std::remove_cvref_t<decltype(statistics_of(*std::ranges::begin(returns)).mean)>;
    std::vector<statistics<V, V>> tokens;
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
        energy = sum(energy, step);
        if (step < V(0) || !is_finite(energy)) squared_norms_must_not_be_negative(sequence, t, step);
        V const value = static_cast<V>(x);
        if (!is_finite(value)) returns_of_tokens_must_be_finite(sequence, t, value);
        if (t == tokens.size()) tokens.push_back(statistics<V, V>{});
        tokens[t] = merged(tokens[t], statistics<V, V>{energy, value, V{}});
        ++t;
        ++norm;
      }
      if (norm != std::ranges::end(*norms)) there_must_be_one_norm_for_each_return(sequence);
      ++sequence;
      ++norms;
    }
    if (norms != std::ranges::end(squared_norms)) there_must_be_one_norm_for_each_return(sequence);
    return tokens;
  }

  template <class Sequence, class V, class Out>
  static constexpr Out write(Sequence const& g, std::vector<statistics<V, V>> const& baselines, Out out) {
    using A = number_t<std::ranges::range_value_t<Sequence>>;
    internal::check_output<Out, A>();
    auto baseline = baselines.begin();
    for (auto const& x : g) {
      V const centred = difference(static_cast<V>(x), baseline->mean);
      *out = static_cast<A>(scaled_advantage(centred, V(1)));
      ++out;
      ++baseline;
    }
    return out;
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
/// answers. With the grouping as a third argument: rows of several groups; the tokens of a row that belongs to none get
/// 0. A vector of sequences; a last argument `out` writes the numbers one after another and returns its end.
///
/// Where all returns at a position are equal, and so where only one answer is that long, the advantage is exactly 0.
/// Where no gradient has flowed up to `t`, `B_t` is 0; there the advantage multiplies nothing. Throws `invalid_value`
/// for lengths that differ, norms below 0, and what is NaN or infinite. O(tokens).
/// As in verl's estimator of this name, whose own numbers are in conventions/verl/groups.hpp; Weaver and Tao 2001 for
/// the baseline weighted by squared gradients.
inline constexpr detail::optimal_token_advantages_fn optimal_token_advantages{};

}  // namespace bellman
