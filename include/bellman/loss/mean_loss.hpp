// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/in_step.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/gradients.hpp>
#include <bellman/loss/internal/mean_in_scope.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/token_sum.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct batches_of_tokens_are_ranges_that_are_walked_twice_of_rows_of_numbers {};
struct the_first_rows_have_an_end {};
struct a_loss_must_give_a_number_of_a_dual_number_and_an_element_of_each_other_batch {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void batches_of_tokens_must_have_as_many_rows(std::size_t shortest) {
  internal::refuse("bellman: a batch ends after " + std::to_string(shortest) +
                   " rows, another goes on; there must be one row for each sequence");
}
[[noreturn]] inline void rows_of_a_sequence_must_have_as_many_numbers(std::size_t sequence, std::size_t first,
                                                                      std::size_t other) {
  internal::refuse("bellman: sequence " + std::to_string(sequence) + " has rows of " + std::to_string(first) + " and " +
                   std::to_string(other) + " numbers; there must be one number for each token");
}

template <class Batch>
concept rows_walked_twice =
    std::ranges::forward_range<Batch> && std::ranges::forward_range<std::ranges::range_reference_t<Batch>> &&
    internal::elements_are_numbers<std::ranges::range_reference_t<Batch>>;

template <class Batch>
using number_in_rows_t = std::ranges::range_value_t<std::ranges::range_reference_t<Batch>>;
template <class... Batches>
using loss_number_t = internal::derivative_t<number_in_rows_t<Batches>...>;
template <class Loss, class First, class... Rest>
using dual_loss_t =
    std::remove_cvref_t<std::invoke_result_t<Loss const&, dual<loss_number_t<First, Rest...>> const&,
                                             std::ranges::range_reference_t<std::ranges::range_reference_t<Rest>>...>>;

template <class Loss, class Scope, class Gradients, class First, class... Rest>
consteval auto judge_mean_loss() {
  if constexpr (!(rows_walked_twice<First> && ... && rows_walked_twice<Rest>)) {
    return refused::batches_of_tokens_are_ranges_that_are_walked_twice_of_rows_of_numbers{};
  } else if constexpr (internal::row_without_end<std::ranges::range_reference_t<First>>) {
    return refused::the_first_rows_have_an_end{};
  } else if constexpr (!internal::have_a_derivative<number_in_rows_t<First>, number_in_rows_t<Rest>...>) {
    return refused::these_numbers_have_no_derivative_of_one_type{};
  } else if constexpr (!requires { typename dual_loss_t<Loss, First, Rest...>; }) {
    return refused::a_loss_must_give_a_number_of_a_dual_number_and_an_element_of_each_other_batch{};
  } else {
    using V = loss_number_t<First, Rest...>;
    return typename internal::every<
        internal::rule<internal::number<dual_loss_t<Loss, First, Rest...>>,
                       refused::a_loss_must_give_a_number_of_a_dual_number_and_an_element_of_each_other_batch>,
        internal::a_scope<Scope, V>, internal::rows_for_gradients<Gradients, V>>::type{};
  }
}
template <class Loss, class Scope, class Gradients, class First, class... Rest>
struct a_mean_loss {
  using type = decltype(detail::judge_mean_loss<Loss, Scope, Gradients, First, Rest...>());
};

struct mean_loss_fn {
  template <class Loss, class Scope, class Gradients, class First, class... Rest,
            class = typename a_mean_loss<Loss, Scope, Gradients, First, Rest...>::type::yes>
  constexpr auto operator()(Loss const& loss, Scope const& scope, Gradients&& gradients, First&& first,
                            Rest&&... rest) const {
    using V = loss_number_t<First, Rest...>;
    check_shapes(first, rest...);
    std::tuple rows{std::ranges::begin(rest)...};
    auto const of_tokens = [&](auto const& row, auto& its_gradients, V const& slope) {
      return std::apply(
          [&](auto&... others) {
            auto const part = mean_loss_fn::of_sequence(loss, its_gradients, slope, row, *others...);
            (void(++others), ...);
            return part;
          },
          rows);
    };
    auto const length = [](auto const& row, std::size_t) {
      return static_cast<std::size_t>(std::ranges::distance(row));
    };
    return internal::mean_with_gradients<V>(first, gradients, length, of_tokens, scope);
  }

 private:
  template <class... Batches>
  static constexpr void check_shapes(Batches&... batches) {
    std::size_t sequence = 0;
    auto const check = [&](auto&& first, auto&&... rest) {
      auto const n = static_cast<std::size_t>(std::ranges::distance(first));
      auto const check_row = [&](std::size_t m) {
        if (m != n) detail::rows_of_a_sequence_must_have_as_many_numbers(sequence, n, m);
      };
      (check_row(internal::length_or(rest, n)), ...);
      ++sequence;
    };
    internal::in_step(batches_of_tokens_must_have_as_many_rows, check, batches...);
  }

  template <class Loss, class Gradients, class V, class First, class... Rest>
  static constexpr auto of_sequence(Loss const& loss, Gradients& gradients, V const& slope, First&& first,
                                    Rest&&... rest) {
    auto at = std::ranges::begin(gradients);
    auto const value = [&](auto const& x, auto const&... others) -> V {
      auto const its_loss = loss(dual<V>::variable(static_cast<V>(x)), others...);
      internal::write_gradient<Gradients>(at, product(internal::derivative_of<V, 0>(its_loss), slope));
      ++at;
      return static_cast<V>(internal::value_of(its_loss));
    };
    return token_sum(value, first, rest...);
  }
};

}  // namespace detail

/// `mean_loss(loss, scope, gradients, xs, ys, ...)`: the mean of `loss(x, y, ...)` over the tokens of a batch, as a
/// `batch_mean` of that scope, whose derivative with respect to every x is written to `gradients`: of a critic's loss
/// with respect to its values, of an estimate of the KL divergence with respect to the log-probabilities.
///
///     mean_loss(clipped_value_loss{0.2}, token_mean{}, gradients, values, old_values, returns)
///     mean_loss(straight_through{k3, k2}, token_mean{}, gradients, log_probs, reference_log_probs)
///
/// *Arguments*: a function of numbers, such as `squared_error`, `clipped_value_loss` and the KL estimates, which is
/// called with a dual number first; a `scope_for` those numbers; rows in the caller's memory; batches, each a range of
/// rows of numbers, one row for each sequence. At a corner of a clip the derivative is that of the value that is not
/// clipped. Of several parts of a batch, a part's gradient counts by its share of the terms.
/// *Errors*: batches and gradients of different shapes throw `invalid_value`, before a gradient is written.
/// *Cost*: O(tokens), allocates nothing.
/// *Laws*: gradients are the derivatives by dual numbers, one pass for each token (tests/loss/mean_loss.cpp).
/// *Use*:
///     [] {
///       using batch = std::array<std::array<double, 2>, 1>;
///       constexpr batch values{{{3.0, 1.0}}}, targets{{{1.0, 1.0}}};
///       batch gradients{};
///       bellman::mean_loss(bellman::squared_error, bellman::token_mean{}, gradients, values, targets);
///       return gradients[0][0] == 1.0 && gradients[0][1] == 0.0;
///     }()
inline constexpr detail::mean_loss_fn mean_loss{};

}  // namespace bellman
