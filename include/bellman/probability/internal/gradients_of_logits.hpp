// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <ranges>
#include <string>

namespace bellman {

namespace refused {

struct there_is_one_row_of_gradients_or_none {};
struct gradients_are_a_range_that_numbers_can_be_written_to {};

}  // namespace refused

namespace internal {

[[noreturn]] inline void there_must_be_a_gradient_for_each_logit(std::size_t logits, std::size_t gradients) {
  internal::refuse("bellman: there are " + std::to_string(logits) + " logits and room for " +
                   std::to_string(gradients) + " gradients; there must be a gradient for each logit");
}

template <class Gradients, class V>
concept row_of_gradients =
    std::ranges::forward_range<Gradients> && accepts<an_output<std::ranges::iterator_t<Gradients>, V>>;

/// Nothing, or a range that derivatives with respect to the logits are written to.
template <class Logits, class... Gradients>
struct at_most_one_row_of_gradients {
  using type = refused::there_is_one_row_of_gradients_or_none;
};
template <class Logits>
struct at_most_one_row_of_gradients<Logits> {
  using type = accepted;
};
template <class Logits, class Gradients>
struct at_most_one_row_of_gradients<Logits, Gradients>
    : rule<row_of_gradients<Gradients, number_t<std::ranges::range_value_t<Logits>>>,
           refused::gradients_are_a_range_that_numbers_can_be_written_to> {};

template <class Logits, class Gradients>
constexpr void check_gradients_of_logits(Logits const& logits, Gradients& gradients) {
  auto const n = static_cast<std::size_t>(std::ranges::distance(logits));
  auto const m = static_cast<std::size_t>(std::ranges::distance(gradients));
  if (n != m) internal::there_must_be_a_gradient_for_each_logit(n, m);
}

/// Writes `gradient(z_i, ...)`, in the logits' own type, of rows of as many numbers.
template <class Gradients, class Gradient, class Logits, class... Rest>
constexpr void write_gradients_of_logits(Gradients& gradients, Gradient const& gradient, Logits const& logits,
                                         Rest const&... rest) {
  using L = std::ranges::range_value_t<Logits>;
  using at = std::ranges::iterator_t<Gradients>;
  auto z = std::ranges::begin(logits);
  auto const write = [&](auto&& to, auto&... others) {
    to = internal::as_stored<at>(internal::converted_to<number_t<L>>(gradient(static_cast<L const&>(*z), *others...)));
    ++z;
    (void(++others), ...);
  };
  auto const walk = [&](auto... others) {
    for (auto&& to : gradients) write(to, others...);
  };
  walk(std::ranges::begin(rest)...);
}

}  // namespace internal

}  // namespace bellman
