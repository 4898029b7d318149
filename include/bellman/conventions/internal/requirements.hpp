// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/internal/parameter_columns.hpp>
#include <bellman/estimation/internal/requirements.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/groups/batch_method.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/scale.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/layout/steps_of_sequences.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/common_numbers.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/value/discount.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct this_is_no_flag {};
struct this_is_no_random_access_range_of_flags {};
struct this_is_no_random_access_range_of_indices {};
struct this_is_no_number_of_tokens {};
struct this_is_no_random_access_range_of_ids {};
struct this_is_neither_a_number_nor_a_random_access_range_of_such {};
struct this_is_no_random_access_range {};
struct this_is_no_range_that_can_be_walked_twice {};
struct this_is_no_function_of_an_index {};
struct this_is_no_scale {};
struct this_is_no_method_of_scores {};
struct this_is_no_batch_of_sampled_tokens {};
struct this_is_no_surrogate_of_this_loss {};
struct this_is_no_ratio_of_this_loss {};
struct this_is_no_range_of_flags_that_can_be_walked_twice {};
struct this_is_no_range_of_indices {};
struct these_are_no_floating_point_numbers {};
struct these_are_no_parameters_of_vtrace {};
struct this_is_no_sum_of_the_tokens_of_a_sequence {};
struct this_is_no_part_of_a_batch {};
struct a_share_is_of_a_count_and_a_number_of_devices {};
struct this_is_no_scope {};
struct these_estimates_cannot_be_written {};
struct these_are_no_statistics {};
struct this_is_no_spread {};
struct this_is_no_estimator_of_the_kl {};
struct these_are_no_rows_of_indices {};
struct this_is_no_range_of_numbers_that_can_be_walked_back {};
struct there_must_be_one_discount {};
struct this_is_no_function_of_a_row_and_a_position {};
struct this_is_no_function_of_a_row_and_a_token {};
struct a_temporary_array_is_gone_before_it_is_read_as_a_column {};
struct these_are_no_rows_of_numbers {};
struct these_are_no_rows_of_flags {};
struct these_are_no_random_access_rows {};
struct these_numbers_cannot_be_made_of_the_others {};
struct these_parameters_have_no_gamma_and_lambda {};
struct this_discount_cannot_be_used_with_these_rewards {};
struct arrays_that_belong_together_lie_in_one_layout {};
struct sequences_of_their_own_lengths_have_no_steps_in_common {};

}  // namespace refused

namespace internal {

// What the objects of this room ask of other libraries' arrays. Each is asked as const, as it is read.

/// A flag is a number, or a `char` that is one, and compares with 0.
template <class X>
concept flag = (number<X> || std::same_as<X, char>) && requires(X const& x) {
  { x == 0 } -> std::convertible_to<bool>;
};

template <class Range>
concept elements_are_flags = flag<elements_of_t<Range>> && !std::convertible_to<Range, std::string_view>;

template <class X>
using a_flag = rule<flag<X>, refused::this_is_no_flag>;
template <class Range>
using a_column_of_flags = rule<(std::ranges::random_access_range<Range const> && elements_are_flags<Range const>),
                               refused::this_is_no_random_access_range_of_flags>;

/// A column of what is estimated: numbers or vectors.
template <class Range>
using a_column_of_values = a_random_access_range_of_numbers_or_vectors<Range const>;
template <class Range>
using a_column_of_numbers = a_random_access_range_of_numbers<Range const>;

template <class Range>
using a_column_of_indices =
    rule<(std::ranges::random_access_range<Range const> && std::integral<elements_of_t<Range const>> &&
          !is_a_letter<elements_of_t<Range const>>),
         refused::this_is_no_random_access_range_of_indices>;

/// The ids of rows, as a `grouping` takes them.
template <class Range>
using a_column_of_ids =
    rule<(std::constructible_from<grouping, Range const&> && !std::convertible_to<Range const&, std::string_view>),
         refused::this_is_no_random_access_range_of_ids>;

template <class X>
using a_number_or_a_column =
    rule<(accepts<a_column_of_values<X>> || (!std::ranges::range<X const> && number_or_vector<X>)),
         refused::this_is_neither_a_number_nor_a_random_access_range_of_such>;

template <class Range>
using a_random_access_range = rule<std::ranges::random_access_range<Range>, refused::this_is_no_random_access_range>;

template <class Range>
consteval auto judge_placed() {
  if constexpr (!std::ranges::random_access_range<Range>) {
    return refused::this_is_no_random_access_range{};
  } else if constexpr (!std::ranges::borrowed_range<Range>) {
    return refused::a_temporary_array_is_gone_before_it_is_read_as_a_column{};
  } else {
    return accepted{};
  }
}

/// A range whose elements stay where they are when what named it has gone: an lvalue, a std::span, a subrange.
template <class Range>
struct a_placed_range {
  using type = decltype(internal::judge_placed<Range>());
};

template <class X>
consteval auto judge_number_or_placed_range() {
  if constexpr (std::ranges::range<X>) {
    return internal::judge_placed<X>();
  } else if constexpr (number_or_vector<std::remove_cvref_t<X>>) {
    return accepted{};
  } else {
    return refused::this_is_neither_a_number_nor_a_random_access_range_of_such{};
  }
}

template <class X>
struct a_number_or_a_placed_range {
  using type = decltype(internal::judge_number_or_placed_range<X>());
};

template <class Range>
using a_range_walked_twice =
    rule<std::ranges::forward_range<Range>, refused::this_is_no_range_that_can_be_walked_twice>;

/// A row that is read where it lies, once or several times from first to last.
template <class Row>
using a_placed_row =
    every<a_range_walked_twice<Row>,
          rule<std::ranges::borrowed_range<Row>, refused::a_temporary_array_is_gone_before_it_is_read_as_a_column>>;
template <class Row>
using a_placed_row_of_flags =
    every<rule<elements_are_flags<std::remove_reference_t<Row>>, refused::this_is_no_random_access_range_of_flags>,
          a_placed_row<Row>>;

template <class Range>
using a_placed_column = every<a_random_access_range_of_numbers_or_vectors<Range>, a_placed_range<Range>>;
template <class Range>
using a_placed_column_of_flags = every<a_column_of_flags<std::remove_reference_t<Range>>, a_placed_range<Range>>;

/// What one sequence has of an array of several, which is kept elsewhere; anything else itself.
template <class X>
struct of_one {
  using type = X;
};
template <layout X>
struct of_one<X> {
  using type = one_sequence_t<X>;
};
template <class X>
using of_one_t = typename of_one<X>::type;

/// The layout that arrays of several sequences have in common, or that there are none among them.
template <class First, class... Rest>
using in_one_layout =
    rule<((order_of_memory_of<std::remove_cvref_t<Rest>> == order_of_memory_of<std::remove_cvref_t<First>>) && ...),
         refused::arrays_that_belong_together_lie_in_one_layout>;
/// A column, or an array of several sequences that all have as many steps.
template <class X>
using of_steps_in_common = rule<order_of_memory_of<std::remove_cvref_t<X>> != order_of_memory::packed,
                                refused::sequences_of_their_own_lengths_have_no_steps_in_common>;

/// How many steps something has: a number, of an array of several sequences its shape.
template <class X>
using length_t = std::conditional_t<layout<X>, steps_of_sequences, std::size_t>;

/// A flag and a value, or columns of such.
template <class Flag, class V>
using a_flag_and_a_value = every<a_flag<std::remove_cvref_t<Flag>>, a_number_or_vector<V>>;
template <class Flag, class V>
struct a_flag_and_a_value_or_ranges : a_flag_and_a_value<Flag, V> {};
template <std::ranges::range Flag, class V>
struct a_flag_and_a_value_or_ranges<Flag, V> : every<a_placed_column_of_flags<Flag>, a_placed_column<V>> {};
/// What follows steps: of one sequence a flag and a value, of several, one of each for all or ranges with one for each.
template <class Starts, class Flag, class V>
struct a_flag_and_a_value_behind : a_flag_and_a_value<Flag, V> {};
template <layout Starts, class Flag, class V>
struct a_flag_and_a_value_behind<Starts, Flag, V> : a_flag_and_a_value_or_ranges<Flag, V> {};

/// The type of the numbers of a column, or of an array of several sequences.
template <class X>
using number_of_one_t = elements_of_t<of_one_t<X>>;

/// Nothing, or where that many columns of numbers V are written, laid out as the first array.
template <std::size_t Count, class V, class First, class... Out>
struct outputs_laid_out_as
    : every<in_one_layout<First, Out...>,
            rule<((sizeof...(Out) == 0 || sizeof...(Out) == Count) &&
                  (std::random_access_iterator<typename begin_of_one<Out>::type> && ...)),
                 refused::there_must_be_one_random_access_iterator_for_each_output_or_none>,
            an_output<typename begin_of_one<Out>::type, V>...> {};
/// The same of one column of what is estimated from such arrays.
template <class First, class Second, class... Out>
struct an_output_laid_out_as
    : outputs_laid_out_as<1, estimate_t<deduced, terminated, First, Second>, First, Out...> {};

/// The value behind one sequence, or of several one for all, or a range with one for each.
template <class Steps, class V>
struct a_value_behind : a_number_or_vector<V> {};
template <layout Steps, class V>
struct a_value_behind<Steps, V> : a_number_or_a_placed_range<V> {};

/// A number, or that of a range.
template <class X>
using one_number_t = std::conditional_t<std::ranges::range<X>, elements_of_t<X>, std::remove_cvref_t<X>>;

/// The rows of a range, or nothing.
template <class Rows>
struct rows_of {
  using type = void;
};
template <std::ranges::range Rows>
struct rows_of<Rows> {
  using type = std::ranges::range_reference_t<Rows>;
};
template <class Rows>
using row_of_t = typename rows_of<Rows const>::type;

template <class Rows>
concept forward_rows = std::ranges::forward_range<Rows const> && std::ranges::forward_range<row_of_t<Rows>>;
template <class Rows>
concept random_access_rows =
    std::ranges::random_access_range<Rows const> && std::ranges::random_access_range<row_of_t<Rows>>;

template <class Rows>
using rows_of_numbers =
    rule<(forward_rows<Rows> && elements_are_numbers<row_of_t<Rows>>), refused::these_are_no_rows_of_numbers>;
template <class Rows>
using rows_of_flags =
    rule<(forward_rows<Rows> && elements_are_flags<row_of_t<Rows>>), refused::these_are_no_rows_of_flags>;
/// Rows whose element t is asked for.
template <class Rows>
using random_access_rows_of_numbers =
    every<rows_of_numbers<Rows>, rule<random_access_rows<Rows>, refused::these_are_no_random_access_rows>>;
template <class Rows>
using random_access_rows_of_flags =
    every<rows_of_flags<Rows>, rule<random_access_rows<Rows>, refused::these_are_no_random_access_rows>>;

/// Rows in memory, of which a batch is read as it lies.
template <class Rows>
using placed_rows =
    rule<(std::is_lvalue_reference_v<Rows> && std::ranges::borrowed_range<row_of_t<std::remove_reference_t<Rows>>>),
         refused::a_temporary_array_is_gone_before_it_is_read_as_a_column>;
template <class Rows>
using placed_rows_of_numbers = every<rows_of_numbers<std::remove_reference_t<Rows>>,
                                     a_random_access_range<std::remove_reference_t<Rows> const>, placed_rows<Rows>>;
template <class Rows>
using placed_rows_of_flags = every<rows_of_flags<std::remove_reference_t<Rows>>,
                                   a_random_access_range<std::remove_reference_t<Rows> const>, placed_rows<Rows>>;

/// Rows of anything, whose element i is asked for, and written where it can be.
template <class Rows>
using rows_with_random_access =
    rule<std::ranges::random_access_range<typename rows_of<Rows>::type>, refused::these_are_no_random_access_rows>;

template <class F, class... X>
concept callable_with = std::invocable<F const&, X...> && !std::is_void_v<std::invoke_result_t<F const&, X...>>;

template <class F>
using a_function_of_an_index = rule<callable_with<F, std::size_t>, refused::this_is_no_function_of_an_index>;
template <class F>
using a_function_of_positions =
    rule<callable_with<F, std::size_t, std::size_t>, refused::this_is_no_function_of_a_row_and_a_position>;
template <class F, class Rows>
struct a_function_of_tokens_of {
  using token = std::remove_reference_t<std::ranges::range_reference_t<row_of_t<Rows>>>;
  using type = std::conditional_t<std::invocable<F const&, std::size_t, token const&>, accepted,
                                  refused::this_is_no_function_of_a_row_and_a_token>;
};

template <class... Range>
using columns_of_one_type = numbers_of_one_type<elements_of_t<Range const>...>;

/// Numbers that V is made of.
template <class V, class... X>
struct numbers_that_make
    : rule<(std::constructible_from<V, X const&> && ...), refused::these_numbers_cannot_be_made_of_the_others> {};

/// A batch's constants, such as a discount and a bound, which are held in one type.
template <class... F>
using constants_of_one_type =
    every<a_number_with_an_order<F>...,
          rule<(requires { typename std::common_type_t<F...>; }), refused::these_numbers_have_no_common_type>>;

template <class... X>
concept floating_point_constants = requires {
  requires std::floating_point<number_t<std::common_type_t<X...>>>;
};
template <class... X>
using floating_point_numbers =
    every<a_number<X>..., rule<floating_point_constants<X...>, refused::these_are_no_floating_point_numbers>>;
/// Nothing, or where numbers of the type in which such are held are written.
template <class S, class L, class H, class... Out>
struct at_most_one_output_of_numbers : at_most_one_output<number_t<std::common_type_t<S, L, H>>, Out...> {};
template <class Range, class... F>
struct constants_made_of : numbers_that_make<number_t<std::common_type_t<F...>>, elements_of_t<Range>> {};

/// A number of a field that has an exponential, a logarithm and a root.
template <class V>
using a_real_number =
    every<rule<field<V>, refused::these_are_no_numbers>, a_number_with_an_order<V>, a_number_with_an_exponential<V>>;

/// A value, of a state alone or of one for each sequence, beside columns of such.
template <class V, class... Columns>
using a_value_beside = numbers_of_one_type<elements_of_t<Columns const>..., one_number_t<V>>;

template <class Rewards, class Values, class NextValues>
using transitions = every<a_column_of_values<Rewards>, a_column_of_values<Values>, a_column_of_values<NextValues>,
                          columns_of_one_type<Rewards, Values, NextValues>>;
template <class Rewards, class NextValues>
using rewards_and_next_values =
    every<a_column_of_values<Rewards>, a_column_of_values<NextValues>, columns_of_one_type<Rewards, NextValues>>;

template <class Range>
using a_range_of_indices = rule<(std::ranges::input_range<Range const> && std::integral<elements_of_t<Range const>> &&
                                 !is_a_letter<elements_of_t<Range const>>),
                                refused::this_is_no_range_of_indices>;
template <class Rows>
using rows_of_indices = rule<(random_access_rows<Rows> && std::integral<elements_of_t<row_of_t<Rows>>> &&
                              !is_a_letter<elements_of_t<row_of_t<Rows>>>),
                             refused::these_are_no_rows_of_indices>;
template <class Range>
using a_column_walked_back =
    rule<(std::ranges::bidirectional_range<Range const> && std::ranges::common_range<Range const> &&
          elements_are_numbers_or_vectors<Range const>),
         refused::this_is_no_range_of_numbers_that_can_be_walked_back>;

template <class P, class Q>
using two_log_probabilities = every<a_number_with_an_order<P>, a_number_with_an_order<Q>, numbers_of_one_type<P, Q>>;

/// The same where the exponential of their difference is taken, which is that of the integers' type where both are.
template <class P, class Q>
struct log_probabilities_with_a_ratio
    : every<two_log_probabilities<P, Q>, a_real_number<std::conditional_t<std::integral<P>, Q, P>>> {};

template <class T>
inline constexpr bool is_part_of_a_batch = false;
template <class Scope, class V>
inline constexpr bool is_part_of_a_batch<batch_mean<Scope, V>> = true;
template <class T>
inline constexpr bool is_sum_of_tokens = false;
template <class V>
inline constexpr bool is_sum_of_tokens<batch_mean<token_mean, V>> = true;

template <class Part>
using total_of_t = number_of_mean_t<Part>;

template <class T>
using a_part_of_a_batch = rule<is_part_of_a_batch<T>, refused::this_is_no_part_of_a_batch>;
template <class T>
using a_sum_of_tokens = rule<is_sum_of_tokens<T>, refused::this_is_no_sum_of_the_tokens_of_a_sequence>;
template <class Part>
struct a_total_made_of_doubles : numbers_that_make<total_of_t<Part>, double> {};
template <class T>
using a_sum_of_numbers_of_tokens = every<a_sum_of_tokens<T>, a_total_made_of_doubles<T>>;
template <class Scope, class Tokens>
struct a_scope_for_tokens : rule<scope_for<Scope, total_of_t<Tokens>>, refused::this_is_no_scope> {};
template <class Part, class... Number>
struct a_count_and_devices
    : rule<(sizeof...(Number) == 0 ||
            (sizeof...(Number) == 2 &&
             (true && ... && (number<Number> && std::constructible_from<total_of_t<Part>, Number const&>)))),
           refused::a_share_is_of_a_count_and_a_number_of_devices> {};

/// A container that is given back with other numbers.
template <class Estimates, class Values>
struct a_container_of_numbers_made_of
    : rule<(std::constructible_from<elements_of_t<Estimates>, elements_of_t<Values const> const&> &&
            requires(Estimates& e, elements_of_t<Estimates> const& x) {
  e[std::size_t{}] = x; }),
           refused::these_estimates_cannot_be_written> {};

template <class Rows>
using placed_values_of_actions =
    every<random_access_rows_of_numbers<std::remove_reference_t<Rows>>, a_placed_range<Rows>>;
template <class Rows>
struct rows_with_an_exponential : a_number_with_an_exponential<elements_of_t<row_of_t<Rows>>> {};

/// Rows of logits or log-probabilities.
template <class Rows>
struct rows_of_real_numbers : every<rows_of_numbers<Rows>, a_real_number<elements_of_t<row_of_t<Rows>>>> {};

template <class T>
inline constexpr bool is_statistics = false;
template <class V>
inline constexpr bool is_statistics<statistics<V>> = true;
template <class T>
using statistics_of_tokens = rule<is_statistics<T>, refused::these_are_no_statistics>;
template <class Spread, class Statistics>
struct a_spread_of : rule<spread_of<Spread, decltype(Statistics::mean)>, refused::this_is_no_spread> {};
template <class Statistics, class Rows>
struct statistics_of_rows
    : rule<(std::constructible_from<decltype(Statistics::mean), elements_of_t<row_of_t<Rows>> const&> &&
            std::constructible_from<number_t<elements_of_t<row_of_t<Rows>>>, decltype(Statistics::mean) const&>),
           refused::these_numbers_cannot_be_made_of_the_others> {};
template <class... Place>
using a_predicate_of_positions =
    rule<(sizeof...(Place) < 2 && (true && ... && std::predicate<Place const&, std::size_t, std::size_t>)),
         refused::this_is_no_function_of_a_row_and_a_position>;

template <class Estimator, class P, class Q>
struct an_estimator_of_the_kl : rule<kl_estimator<Estimator, P, Q>, refused::this_is_no_estimator_of_the_kl> {};
/// A weight of what is estimated from the difference of two log-probabilities.
template <class W, class P, class Q>
struct a_weight_of_a_difference
    : two_numbers_with_a_product<W, typename a_difference_with_an_exponential<Q, P>::difference_t> {};

/// A column of numbers, in whose type a row's other numbers are held.
template <class Column, class... X>
struct a_column_made_of
    : every<a_number_with_an_order<elements_of_t<Column>>, numbers_that_make<number_t<elements_of_t<Column>>, X...>> {};

/// Two ranges of rows and columns of numbers that are computed with together.
template <class Rows, class Others, class... Columns>
using rows_and_columns_of_one_type = numbers_of_one_type<elements_of_t<row_of_t<Rows>>, elements_of_t<row_of_t<Others>>,
                                                         elements_of_t<Columns const>...>;
template <class Rows, class... X>
struct a_row_made_of : numbers_that_make<elements_of_t<row_of_t<Rows>>, X...> {};

template <class Values>
struct values_with_an_order : every<a_column_of_numbers<Values>, a_number_with_an_order<elements_of_t<Values const>>> {
};

template <class... Rows>
using rows_of_one_type = numbers_of_one_type<elements_of_t<row_of_t<Rows>>...>;
template <class Rows, class Column>
struct rows_made_of_a_column : numbers_that_make<number_t<elements_of_t<row_of_t<Rows>>>, elements_of_t<Column const>> {
};
template <class V, class Range>
struct an_element_that_makes : numbers_that_make<V, elements_of_t<Range>> {};
template <class Range>
using a_forward_range_of_flags =
    rule<(std::ranges::forward_range<Range> && elements_are_flags<std::remove_reference_t<Range>>),
         refused::this_is_no_range_of_flags_that_can_be_walked_twice>;

/// The rewards of the tokens of answers, in rows with a mask each, and the ids of their questions.
template <class Rows, class Masks, class Ids>
using rewards_of_answers = every<rows_of_numbers<Rows>, rows_of_flags<Masks>, a_column_of_ids<Ids>>;
/// Rows with a reward of each of several functions, and the functions' weights.
template <class Rows, class Weights>
using rewards_of_functions = every<random_access_rows_of_numbers<Rows>, a_forward_range_of_numbers<Weights const>,
                                   rows_made_of_a_column<Rows, Weights>, rows_with_an_exponential<Rows>>;

template <class Rows>
using scores_of_t = std::vector<number_t<elements_of_t<row_of_t<Rows>>>>;
template <class Scale, class Rows>
struct a_scale_of_rows : rule<scale_for<Scale, decltype(statistics_of(std::declval<scores_of_t<Rows> const&>()).mean)>,
                              refused::this_is_no_scale> {};
template <class Method, class Rows>
struct a_method_of_scores : rule<batch_method<Method, scores_of_t<Rows> const&>, refused::this_is_no_method_of_scores> {
};

/// A constant that is given as a number.
template <class E>
struct a_real_constant : every<a_number<E>, numbers_that_make<float, E>> {};

template <class Batch>
concept batch_of_tokens = std::ranges::input_range<Batch> &&
    rows_of_tokens<std::remove_reference_t<std::ranges::range_reference_t<Batch>>>;
template <class Batch>
using a_batch = rule<batch_of_tokens<Batch>, refused::this_is_no_batch_of_sampled_tokens>;
template <class Batch>
using a_batch_walked_twice =
    rule<(batch_of_tokens<Batch> && std::ranges::forward_range<Batch>), refused::this_is_no_batch_of_sampled_tokens>;

/// The numbers of tokens have an exponential, and are computed with together.
template <class Tokens>
struct log_probabilities_of_tokens
    : every<numbers_of_one_type<elements_of_t<decltype((std::declval<Tokens const&>().log_probs))>,
                                elements_of_t<decltype((std::declval<Tokens const&>().old_log_probs))>,
                                elements_of_t<decltype((std::declval<Tokens const&>().advantages))>>,
            a_real_number<elements_of_t<decltype((std::declval<Tokens const&>().log_probs))>>> {};
template <class Batch>
struct log_probabilities_of_a_batch
    : log_probabilities_of_tokens<std::remove_reference_t<std::ranges::range_reference_t<Batch>>> {};
template <class Scope, class Batch>
struct a_scope_of_a_batch
    : rule<scope_for<Scope, number_t<elements_of_t<decltype((
                                std::declval<std::ranges::range_reference_t<Batch>>().log_probs))>>>,
           refused::this_is_no_scope> {};

template <class T, template <class...> class Kind>
inline constexpr bool is_of_the_kind = false;
template <class... F, template <class...> class Kind>
inline constexpr bool is_of_the_kind<Kind<F...>, Kind> = true;
template <class S, template <class...> class Kind>
using a_surrogate_of_the_kind = rule<is_of_the_kind<S, Kind>, refused::this_is_no_surrogate_of_this_loss>;
template <class S, template <class> class Kind>
inline constexpr bool is_ratio_of_the_kind = false;
template <class F, template <class> class Kind>
inline constexpr bool is_ratio_of_the_kind<Kind<F>, Kind> = true;
template <class S, template <class> class Kind>
using a_ratio_of_the_kind = rule<is_ratio_of_the_kind<S, Kind>, refused::this_is_no_ratio_of_this_loss>;

/// A discount, or a lambda, or one for each step, of estimates of V, which it may widen.
template <class G, class V>
struct a_discount_of_estimates : a_gamma_for<G, widened_t<deduced, V, G>> {};
template <class L, class V, class... G>
struct a_lambda_of_estimates : a_lambda_for<L, widened_t<deduced, V, G..., L>> {};

template <class Parameters, class V>
consteval auto judge_trace_parameters() {
  if constexpr (!requires(Parameters const& p) { p.gamma, p.lambda; }) {
    return refused::these_parameters_have_no_gamma_and_lambda{};
  } else {
    using G = one_sequence_t<decltype(std::declval<Parameters const&>().gamma)>;
    using L = one_sequence_t<decltype(std::declval<Parameters const&>().lambda)>;
    return typename every<a_discount_of_estimates<G, V>, a_lambda_of_estimates<L, V, G>>::type{};
  }
}

/// What `Function`, an estimator's, can be called with: rewards and columns, `given<...>`, steps, parameters, outputs.
template <class Function, class Given, class Steps, class Parameters, class... Out>
struct estimated_by : an_estimate<typename std::remove_cvref_t<Function>::estimator_type, deduced, deduced, Given,
                                  Steps, Parameters, Out...> {};

template <class G>
using one_discount = rule<!one_for_each_step<G>, refused::there_must_be_one_discount>;

/// A discount that multiplies a column's values to numbers that rewards are made of.
template <class G, class V>
concept scales = (number<V> ? have_a_common_number<G, V> : std::same_as<G, scalar_t<V>>);
template <class G, class Values, class Rewards>
struct a_scaled_value
    : every<columns_of_one_type<Rewards, Values>,
            rule<scales<G, elements_of_t<Values>>, refused::this_discount_cannot_be_used_with_these_rewards>> {};

/// A discount, or one for each step, of what is estimated from such columns.
template <class G, class... Columns>
struct a_discount_of_columns : a_discount_of_estimates<G, estimate_t<deduced, terminated, Columns...>> {};
/// A discount and a lambda, each one number or one for each step.
template <class Parameters, class... Columns>
struct trace_parameters_of_columns {
  using type = decltype(internal::judge_trace_parameters<Parameters, estimate_t<deduced, terminated, Columns...>>());
};

/// A discount for each step, laid out as what is estimated.
template <class Discounts, class First, class... Rest>
using discounts_of_columns = every<a_column_of_numbers<of_one_t<Discounts>>, in_one_layout<First, Discounts>,
                                   a_discount_of_columns<one_sequence_t<Discounts>, First, Rest...>>;
/// The discount of one value.
template <class G, class V>
struct a_discount_of_a_value : every<one_discount<G>, a_discount_of_estimates<G, V>> {};

/// Transitions and what ended with them, of one sequence or of several.
template <class Rewards, class Values, class NextValues, class Done, class Terminated>
using transitions_with_flags =
    every<transitions<of_one_t<Rewards>, of_one_t<Values>, of_one_t<NextValues>>, a_column_of_flags<of_one_t<Done>>,
          a_column_of_flags<of_one_t<Terminated>>, in_one_layout<Rewards, Values, NextValues, Done, Terminated>>;
template <class Rewards, class NextValues, class Done, class Terminated>
using rewards_and_next_values_with_flags =
    every<rewards_and_next_values<of_one_t<Rewards>, of_one_t<NextValues>>, a_column_of_flags<of_one_t<Done>>,
          a_column_of_flags<of_one_t<Terminated>>, in_one_layout<Rewards, NextValues, Done, Terminated>>;

/// One value of the last state, or a column of such; of several sequences also a range with one for each.
template <class Values, class Rewards>
struct a_value_or_values_beside
    : every<a_number_or_a_column<of_one_t<Values>>,
            rule<(!layout<Values> || order_of_memory_of<Values> == order_of_memory_of<Rewards>),
                 refused::arrays_that_belong_together_lie_in_one_layout>,
            a_value_beside<of_one_t<Values>, of_one_t<Rewards>>> {};

/// One step of a table of action values, and many.
template <class Before, class R, class G, class After>
using a_transition_of_action_values =
    every<values_with_an_order<Before>, a_number<R>, values_with_an_order<After>, columns_of_one_type<Before, After>,
          a_value_beside<R, Before, After>, a_discount_of_a_value<G, elements_of_t<After const>>>;
template <class Before, class Actions, class Rewards, class Discounts, class After>
using transitions_of_action_values =
    every<random_access_rows_of_numbers<Before>, a_column_of_indices<Actions>, a_column_of_numbers<Rewards>,
          random_access_rows_of_numbers<After>, rows_and_columns_of_one_type<Before, After, Rewards>,
          discounts_of_columns<Discounts, Rewards>>;

template <class G, class Rows>
struct a_discount_of_rows : a_discount_of_estimates<G, number_t<elements_of_t<row_of_t<Rows>>>> {};

/// One number for all steps, or one for each, laid out as what is estimated.
template <class X, class First>
using one_number_or_laid_out_as =
    rule<(!one_for_each_step<X> ||
          order_of_memory_of<std::remove_cvref_t<X>> == order_of_memory_of<std::remove_cvref_t<First>>),
         refused::arrays_that_belong_together_lie_in_one_layout>;
template <class L, class First, class... Rest>
struct a_lambda_of_columns
    : every<one_number_or_laid_out_as<L, First>,
            a_lambda_for<one_sequence_t<L>, estimate_t<deduced, terminated, First, Rest...>>> {};

template <class P>
using parameters_of_vtrace =
    rule<(requires(P const& p) { p.lambda, p.clip_rho_threshold, p.clip_pg_rho_threshold, p.alpha, p.sample_mask; }),
         refused::these_are_no_parameters_of_vtrace>;
/// A mask of steps, or none.
template <class Mask>
struct a_mask_or_none : a_column_of_flags<Mask> {};
template <>
struct a_mask_or_none<nowhere> : rule<true, accepted> {};
template <class P>
using mask_of_parameters_t = std::remove_cvref_t<decltype(std::declval<P const&>().sample_mask)>;
template <class P, class Rewards>
struct a_mask_of_parameters
    : every<a_mask_or_none<of_one_t<mask_of_parameters_t<P>>>,
            rule<(std::same_as<mask_of_parameters_t<P>, nowhere> ||
                  order_of_memory_of<mask_of_parameters_t<P>> == order_of_memory_of<Rewards>),
                 refused::arrays_that_belong_together_lie_in_one_layout>> {};
template <class P, class... Columns>
struct a_lambda_of_parameters
    : a_lambda_of_columns<std::remove_cvref_t<decltype(std::declval<P const&>().lambda)>, Columns...> {};

}  // namespace internal

}  // namespace bellman
