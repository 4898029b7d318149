// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/sampled_tokens.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/square_root.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct these_two_numbers_cannot_be_subtracted {};
struct these_two_numbers_cannot_be_multiplied {};
struct this_number_has_no_exponential {};
struct this_is_no_scalar_with_an_order {};
struct this_is_made_of_another_number_of_constants {};
struct these_constants_are_not_of_one_type {};
struct these_numbers_cannot_be_bounded_by_this_constant {};
struct the_tokens_of_a_sequence_are_three_rows_of_numbers {};
struct the_log_probabilities_of_a_sequence_have_an_end {};
struct the_weights_of_tokens_are_a_row_of_numbers {};

}  // namespace refused

namespace internal {

template <class A, class B>
concept can_be_subtracted = requires(A const& a, B const& b) { a - b; };
template <class A, class B>
concept can_be_multiplied = requires(A const& a, B const& b) { a * b; };

/// Two numbers, maybe of two kinds, such as a dual number and its scalar.
template <class A, class B>
struct two_numbers_with_a_difference
    : every<a_number<A>, a_number<B>,
            rule<can_be_subtracted<A, B>, refused::these_two_numbers_cannot_be_subtracted>> {};
template <class A, class B>
struct two_numbers_with_a_product
    : every<a_number<A>, a_number<B>,
            rule<can_be_multiplied<A, B>, refused::these_two_numbers_cannot_be_multiplied>> {};

/// Log-probabilities of a token whose difference is that of two probabilities' logarithms.
template <class P, class Q>
struct a_difference_with_an_exponential {
  using difference_t = std::remove_cvref_t<decltype(difference(std::declval<P const&>(), std::declval<Q const&>()))>;
  using type = typename rule<(field<difference_t> && std::invocable<decltype(bellman::exp), difference_t const&>),
                             refused::this_number_has_no_exponential>::type;
};

/// A constant, such as the range of a clip.
template <class F>
struct a_constant : every<a_number<F>, a_number_with_an_order<F>> {};

/// A number that is divided by, which an integer is not.
template <class F>
struct a_scalar_with_an_order : rule<ordered_field<F>, refused::this_is_no_scalar_with_an_order> {};

/// The same with the functions that a transform is made of.
template <class F>
struct a_scalar_with_exp_and_log
    : every<a_scalar_with_an_order<F>,
            rule<std::invocable<decltype(bellman::exp), F const&> && std::invocable<decltype(bellman::log), F const&>,
                 refused::this_number_has_no_exponential>> {};
template <class F>
struct a_scalar_with_sqrt : rule<std::invocable<decltype(bellman::sqrt), F const&>, refused::this_number_has_no_sqrt> {
};

/// A number that a constant bounds.
template <class X, class F>
struct a_number_bounded_by
    : every<a_constant<X>,
            rule<std::constructible_from<X, F const&>, refused::these_numbers_cannot_be_bounded_by_this_constant>> {};

/// A number of which a transform with constants in F is taken.
template <class V, class F>
struct a_number_in_the_scale_of
    : every<a_scalar_with_an_order<V>,
            rule<std::constructible_from<V, F const&>, refused::these_numbers_cannot_be_bounded_by_this_constant>,
            a_scalar_with_sqrt<V>> {};

/// As many constants as something is made of, between two numbers.
template <std::size_t Least, std::size_t Most, class F, class... X>
struct constants
    : every<a_constant<F>,
            rule<(Least <= sizeof...(X) && sizeof...(X) <= Most), refused::this_is_made_of_another_number_of_constants>,
            rule<(std::convertible_to<X, F> && ...), refused::these_constants_are_not_of_one_type>> {};

/// The verdict on what a constructor that is deleted takes, where the others would be listed.
template <class Reason>
concept is_a_reason = !std::same_as<Reason, accepted>;

template <class Row>
concept row_of_numbers = std::ranges::input_range<Row> && elements_are_numbers<Row>;

template <class Row>
concept row_without_end = std::same_as<std::ranges::sentinel_t<Row>, std::unreachable_sentinel_t>;
// A row without an end has a number for each token, however many there are.
template <class Row>
constexpr std::size_t length_or(Row& row, [[maybe_unused]] std::size_t tokens) {
  if constexpr (row_without_end<Row>) {
    return tokens;
  } else {
    return static_cast<std::size_t>(std::ranges::distance(row));
  }
}

/// The tokens of one sequence that have weights.
template <class Tokens>
concept tokens_with_weights = requires(Tokens const& t) {
  t.weights;
  requires !std::same_as<std::remove_cvref_t<decltype(t.weights)>, no_weights>;
};
// A single number is no row of weights.
template <class Tokens>
concept with_weights_or_without = !tokens_with_weights<Tokens> || requires(Tokens const& t) {
  requires row_of_numbers<decltype((t.weights))>;
};
template <class Tokens>
concept three_rows_of_numbers = requires(Tokens const& t) {
  requires row_of_numbers<decltype((t.log_probs))>;
  requires row_of_numbers<decltype((t.old_log_probs))>;
  requires row_of_numbers<decltype((t.advantages))>;
};
// There are as many tokens as log-probabilities.
template <class Tokens>
concept tokens_without_end = requires(Tokens const& t) {
  requires row_without_end<decltype((t.log_probs))>;
};

/// The tokens of one sequence.
template <class Tokens>
struct tokens_of_a_sequence
    : every<rule<three_rows_of_numbers<Tokens>, refused::the_tokens_of_a_sequence_are_three_rows_of_numbers>,
            rule<!tokens_without_end<Tokens>, refused::the_log_probabilities_of_a_sequence_have_an_end>,
            rule<with_weights_or_without<Tokens>, refused::the_weights_of_tokens_are_a_row_of_numbers>> {};
template <class Tokens>
concept rows_of_tokens = accepts<tokens_of_a_sequence<Tokens>>;

}  // namespace internal

}  // namespace bellman
