// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/internal/gradients.hpp>
#include <bellman/loss/internal/in_lanes.hpp>
#include <bellman/loss/internal/mean_of_tokens.hpp>
#include <bellman/loss/internal/objective_of.hpp>
#include <bellman/loss/internal/terms_of.hpp>
#include <bellman/loss/internal/weighed.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/sampled_tokens.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/loss/surrogate.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/pack.hpp>
#include <bellman/scalar/register_width.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct the_gradient_of_a_ratio_that_a_sequence_shares_needs_its_term_and_its_of_sum {};
struct the_function_of_a_ratio_must_take_a_dual_number_for_a_gradient {};
struct a_surrogate_must_take_dual_numbers_for_a_gradient {};

}  // namespace refused

namespace internal {

template <class Batch>
using old_log_prob_of_t =
    std::remove_cvref_t<decltype(*std::ranges::begin(std::declval<tokens_of_t<Batch> const&>().old_log_probs))>;

template <class Batch>
using gradient_number_t = derivative_t<log_prob_of_t<Batch>, old_log_prob_of_t<Batch>, advantage_of_t<Batch>>;

// What a ratio gives for a sequence.
template <class Batch, class Ratio>
using function_of_ratio_t =
    std::remove_cvref_t<decltype(std::declval<Ratio const&>()(std::declval<tokens_of_t<Batch> const&>()))>;
// What that gives for a token whose log-probability is a variable.
template <class Batch, class Ratio>
using dual_ratio_of_t = std::remove_cvref_t<decltype(std::declval<function_of_ratio_t<Batch, Ratio> const&>()(
    std::declval<dual<gradient_number_t<Batch>> const&>(), std::declval<old_log_prob_of_t<Batch> const&>()))>;

// Whether what a ratio gives depends on the log-probabilities of a sequence through those of the token alone.
template <class Batch, class Ratio>
inline constexpr bool is_of_one_token =
    is_ratio_of_one_token_v<Ratio> || std::is_empty_v<function_of_ratio_t<Batch, Ratio>>;

// Whether a surrogate asks for the log-probability beside the ratio.
template <class Batch, class Surrogate>
inline constexpr bool asks_for_log_prob =
    !std::invocable<Surrogate const&, dual<gradient_number_t<Batch>> const&, advantage_of_t<Batch> const&>;

template <class Batch, class Ratio, class Surrogate>
consteval auto judge_policy_gradient() {
  using A = advantage_of_t<Batch>;
  if constexpr (!std::ranges::forward_range<Batch> ||
                !std::ranges::forward_range<decltype((std::declval<tokens_of_t<Batch> const&>().log_probs))>) {
    return refused::with_gradients_a_batch_is_walked_twice{};
  } else if constexpr (!accepts<a_derivative<log_prob_of_t<Batch>, old_log_prob_of_t<Batch>, A>>) {
    return refused::these_numbers_have_no_derivative_of_one_type{};
  } else if constexpr (shared_ratio<Ratio, tokens_of_t<Batch>>) {
    using D = dual<gradient_number_t<Batch>>;
    return typename rule<surrogate<Surrogate, D, A, D>,
                         refused::a_surrogate_must_take_dual_numbers_for_a_gradient>::type{};
  } else if constexpr (!is_of_one_token<Batch, Ratio>) {
    return refused::the_gradient_of_a_ratio_that_a_sequence_shares_needs_its_term_and_its_of_sum{};
  } else if constexpr (!requires { typename dual_ratio_of_t<Batch, Ratio>; }) {
    return refused::the_function_of_a_ratio_must_take_a_dual_number_for_a_gradient{};
  } else {
    using D = dual<gradient_number_t<Batch>>;
    return typename rule<surrogate<Surrogate, dual_ratio_of_t<Batch, Ratio>, A, D>,
                         refused::a_surrogate_must_take_dual_numbers_for_a_gradient>::type{};
  }
}
template <class Batch, class Ratio, class Surrogate>
struct a_policy_gradient {
  using type = decltype(internal::judge_policy_gradient<Batch, Ratio, Surrogate>());
};

// A row of numbers T side by side, or one for all.
template <class Row, class T>
concept row_in_lanes = std::ranges::contiguous_range<Row> && std::ranges::sized_range<Row> &&
    std::same_as<std::ranges::range_value_t<Row>, T>;
template <class Row, class T>
inline constexpr bool is_one_for_all = false;
template <class T>
inline constexpr bool is_one_for_all<one_advantage<T>, T> = true;

// Whether the tokens of a sequence are computed with several at once, where that is no constant expression.
template <class T, class Ratio, class Surrogate, class Tokens, class Row>
inline constexpr bool are_computed_in_lanes = false;
template <number_of_a_register T, class Ratio, class Surrogate, class Tokens, class Row>
inline constexpr bool are_computed_in_lanes<T, Ratio, Surrogate, Tokens, Row> =
    is_exponential_of_log_ratio<Ratio>&& is_computed_in_lanes<Surrogate> && !tokens_with_weights<Tokens> &&
    (tokens_at_once<T> > 1) && row_in_lanes<decltype((std::declval<Tokens const&>().log_probs)), T> &&
    row_in_lanes<decltype((std::declval<Tokens const&>().old_log_probs)), T> && row_in_lanes<Row&, T> &&
    (row_in_lanes<decltype((std::declval<Tokens const&>().advantages)), T> ||
     is_one_for_all<std::remove_cvref_t<decltype((std::declval<Tokens const&>().advantages))>, T>);

// A sum of what stands in each lane, as an `accumulator` adds up: floats in double, in halves that fit a register each.
template <class Lanes, class T, std::size_t Width>
struct sum_in_lanes {
  bellman::detail::register_t<double, Width / 2> low{};
  bellman::detail::register_t<double, Width / 2> high{};

  [[gnu::always_inline]] void add(Lanes const& x) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) __attribute__((always_inline)) {
      auto const& held = x.held();
      low += __builtin_convertvector(__builtin_shufflevector(held, held, static_cast<int>(Index)...), decltype(low));
      high += __builtin_convertvector(__builtin_shufflevector(held, held, static_cast<int>(Width / 2 + Index)...),
                                      decltype(high));
    }
    (std::make_index_sequence<Width / 2>{});
  }
  void take_from(accumulator<T>& all) const {
    for (std::size_t i = 0; i < Width / 2; ++i) {
      all.add(-low[i]);
      all.add(-high[i]);
    }
  }
};
template <class Lanes, std::size_t Width>
struct sum_in_lanes<Lanes, double, Width> {
  typename Lanes::lanes sum{};
  typename Lanes::lanes rest{};

  [[gnu::always_inline]] void add(Lanes const& x) { bellman::detail::add_exactly(sum, rest, x.held()); }
  void take_from(accumulator<double>& all) const {
    for (std::size_t i = 0; i < Width; ++i) {
      all.add(-sum[i]);
      // Where a sum has left the range of its numbers, what was rounded away is none.
      if (is_finite(double(rest[i]))) all.add(-rest[i]);
    }
  }
};

// The losses of as many tokens of a sequence as fill registers, added up lane by lane, and their gradients; the number
// of these tokens. Lanes is a pack, so that what is compiled for another machine is another function.
template <class Lanes, class T, class Surrogate, class Tokens>
[[gnu::flatten, gnu::noinline]] std::size_t gradients_in_lanes(Tokens const& tokens, Surrogate its_surrogate,
                                                               T* gradients, T const& slope, accumulator<T>& losses) {
  constexpr std::size_t width = tokens_at_once<T>;
  using D = dual<Lanes>;
  auto const n = static_cast<std::size_t>(std::ranges::size(tokens.log_probs));
  T const* const log_probs = std::ranges::data(tokens.log_probs);
  T const* const old_log_probs = std::ranges::data(tokens.old_log_probs);
  Lanes const slopes(-slope);
  sum_in_lanes<Lanes, T, width> objectives;
  std::size_t t = 0;
  for (; t + width <= n; t += width) {
    Lanes advantages;
    if constexpr (requires { std::ranges::data(tokens.advantages); }) {
      advantages = Lanes::loaded(std::ranges::data(tokens.advantages) + t);
    } else {
      advantages = Lanes(tokens.advantages.value());
    }
    D const p(Lanes::loaded(log_probs + t), std::array<Lanes, 1>{Lanes(T(1))});
    D const ratio = bellman::exp(difference(p, Lanes::loaded(old_log_probs + t)));
    D const objective = its_surrogate.template in_lanes<T>(ratio, advantages);
    product(objective.derivative[0], slopes).store(gradients + t);
    objectives.add(objective.value);
  }
  objectives.take_from(losses);
  return t;
}

// The tokens of one sequence whose ratio is each token's own: in one pass.
template <class T, class Ratio, class Surrogate, class Tokens, class Row>
[[gnu::always_inline]] constexpr auto own_gradients(Tokens const& tokens, Ratio const& ratio,
                                                    Surrogate const& surrogate, Row& its_gradients, T const& slope) {
  using D = dual<T>;
  auto const ratio_of = ratio(tokens);
  auto at = std::ranges::begin(its_gradients);
  auto const value = [&](auto const& log_prob, auto const& old_log_prob, auto const& its_advantage,
                         auto const&... weight) -> T {
    D const p = D::variable(static_cast<T>(log_prob));
    auto const objective = internal::objective_of(surrogate, ratio_of(p, old_log_prob), its_advantage, p);
    auto const loss = -internal::weighed_by(objective, weight...);
    internal::write_gradient<Row>(at, product(internal::derivative_of<T, 0>(loss), slope));
    ++at;
    return static_cast<T>(internal::value_of(loss));
  };
  if constexpr (are_computed_in_lanes<T, Ratio, Surrogate, Tokens, Row>) {
    if (!std::is_constant_evaluated()) {
      accumulator<T> losses;
      std::size_t t = internal::gradients_in_lanes<pack<T, tokens_at_once<T>>>(
          tokens, surrogate, std::ranges::data(its_gradients), slope, losses);
      at += static_cast<std::ptrdiff_t>(t);
      auto const n = static_cast<std::size_t>(std::ranges::size(tokens.log_probs));
      auto const* const log_probs = std::ranges::data(tokens.log_probs);
      auto const* const old_log_probs = std::ranges::data(tokens.old_log_probs);
      auto advantage = std::ranges::next(std::ranges::begin(tokens.advantages), static_cast<std::ptrdiff_t>(t));
      for (; t < n; ++t) {
        losses.add(value(log_probs[t], old_log_probs[t], *advantage));
        ++advantage;
      }
      return batch_mean<token_mean, T>{losses.in_full(), n};
    }
  }
  return internal::sum_over_tokens(value, tokens);
}

// The tokens of one sequence that share a ratio: the derivative of their loss in the ratio is summed up first, and then
// given to each through its term, beside that in the log-probability where the surrogate asks for it. What is 0 hides
// what it is multiplied with: the derivative of a ratio that overflowed is infinite, also where a clip leaves nothing of
// it.
template <bool AsksForLogProb, class T, class Ratio, class Surrogate, class Tokens, class Row>
constexpr auto shared_gradients(Tokens const& tokens, Ratio const& ratio, Surrogate const& surrogate,
                                Row& its_gradients, T const& slope) {
  using D = dual<T>;
  auto const terms = internal::terms_of(ratio, tokens);
  using S = number_of_mean_t<std::remove_const_t<decltype(terms)>>;
  using sum_of_duals = sum_t<dual<S>>;
  auto const of_sum = ratio.of_sum(batch_mean<token_mean, dual<S>>{sum_of_duals::variable(terms.total), terms.count});
  T const r = static_cast<T>(internal::value_of(of_sum));
  auto const loss_of = [&](D const& its_ratio, D const& p, auto const& its_advantage, auto const&... weight) {
    return -internal::weighed_by(internal::objective_of(surrogate, its_ratio, its_advantage, p), weight...);
  };

  accumulator<T> in_ratio;
  auto const value = [&](auto const& log_prob, auto const&, auto const& its_advantage, auto const&... weight) -> T {
    auto const loss = loss_of(D::variable(r), D(static_cast<T>(log_prob)), its_advantage, weight...);
    in_ratio.add(internal::derivative_of<T, 0>(loss));
    return static_cast<T>(internal::value_of(loss));
  };
  auto const losses = internal::sum_over_tokens(value, tokens);

  T const in_sum = product(internal::weighed(internal::derivative_of<T, 0>(of_sum), in_ratio.value()), slope);
  auto to = std::ranges::begin(its_gradients);
  auto const give = [&](auto const& log_prob, auto const& old_log_prob, auto const& its_advantage,
                        auto const&... weight) {
    auto const p = D::variable(static_cast<T>(log_prob));
    auto const term = internal::term_of(ratio, p, old_log_prob, its_advantage);
    T gradient = internal::weighed(in_sum, internal::derivative_of<T, 0>(term));
    if constexpr (AsksForLogProb) {
      T const direct = internal::derivative_of<T, 0>(loss_of(D(r), p, its_advantage, weight...));
      gradient = sum(gradient, product(direct, slope));
    }
    internal::write_gradient<Row>(to, gradient);
    ++to;
  };
  internal::for_each_token(give, tokens);
  return losses;
}

// The loss of a batch, with its derivative in each log-probability.
template <class Batch, class Ratio, class Surrogate, class Scope, class Gradients>
[[gnu::always_inline]] constexpr auto policy_loss_and_gradients(Batch&& batch, Ratio const& ratio,
                                                                Surrogate const& surrogate, Scope const& scope,
                                                                Gradients&& gradients) {
  using T = gradient_number_t<Batch>;
  auto const of_tokens = [&](auto const& tokens, auto& its_gradients, T const& slope) {
    if constexpr (shared_ratio<Ratio, tokens_of_t<Batch>>) {
      return internal::shared_gradients<asks_for_log_prob<Batch, Surrogate>>(tokens, ratio, surrogate, its_gradients,
                                                                             slope);
    } else {
      return internal::own_gradients(tokens, ratio, surrogate, its_gradients, slope);
    }
  };
  // What is refused is refused before a gradient is written.
  auto const checked = [](auto const& tokens, std::size_t sequence) {
    return internal::check_and_count<Ratio>(tokens, sequence);
  };
  return internal::mean_with_gradients<T>(batch, gradients, checked, of_tokens, scope);
}

}  // namespace internal

}  // namespace bellman
