// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/layout/internal/rows.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/register_width.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

// TRL's PPO trainer: an answer of `tokens` tokens at the left of a padded row.
namespace bellman::conventions::trl {

namespace detail {

struct padding_fn {
  constexpr auto operator()(std::size_t tokens, std::size_t padded) const {
    return computed(padded, [tokens](std::size_t t) { return t >= tokens; });
  }
};

// How many tokens each answer has: a number of one row, of several also a range.
template <class Tokens>
concept number_of_tokens = std::integral<Tokens> && internal::number<Tokens>;
template <class Values, class Tokens>
struct tokens_of_rows
    : internal::rule<number_of_tokens<std::remove_cvref_t<Tokens>>, refused::this_is_no_number_of_tokens> {};
template <layout Values, std::ranges::range Tokens>
struct tokens_of_rows<Values, Tokens>
    : internal::every<internal::a_column_of_indices<std::remove_cvref_t<Tokens>>, internal::a_placed_range<Tokens>> {};

[[noreturn]] inline void there_must_be_one_count_for_each_row(std::size_t counts, std::size_t rows) {
  internal::refuse("bellman: numbers of tokens of " + std::to_string(counts) + " answers and " + std::to_string(rows) +
                   " rows; there must be one for each row, or one for all");
}

// The value of a slot, 0 from the second slot behind the tokens on.
template <class It, class Tokens, internal::order_of_memory Order>
struct value_if_kept {
  using value_type = std::iter_value_t<It>;

  internal::rows<It> values;
  Tokens tokens;

  constexpr value_type operator()(std::size_t k) const {
    if (is_behind(k)) return value_type{};
    return value_type(internal::element_at(values.begin, k));
  }

 private:
  constexpr bool is_behind(std::size_t k) const {
    if constexpr (Order == internal::order_of_memory::none) {
      return k > tokens_of(0);
    } else if constexpr (Order == internal::order_of_memory::time_major) {
      return k / values.stride > tokens_of(k % values.stride);
    } else {
      return k % values.stride > tokens_of(k / values.stride);
    }
  }
  constexpr std::size_t tokens_of([[maybe_unused]] std::size_t i) const {
    if constexpr (std::integral<Tokens>) {
      return static_cast<std::size_t>(tokens);
    } else {
      return static_cast<std::size_t>(internal::element_at(tokens, i));
    }
  }
};

struct kept_values_fn {
  template <
      class Values, class Tokens,
      class = typename internal::every<internal::a_placed_column<internal::of_one_t<Values>>,
                                       internal::of_steps_in_common<Values>, tokens_of_rows<Values, Tokens>>::type::yes>
  constexpr auto operator()(Values&& values, Tokens&& tokens) const {
    auto const places = in_place(std::forward<Values>(values));
    auto const rows = internal::rows_in(places);
    constexpr auto order = internal::order_of_memory_of<std::remove_cvref_t<Values>>;
    auto const kept = [&]<class Each>(Each const& each) {
      using at = value_if_kept<decltype(rows.begin), Each, order>;
      return internal::computed_as(places, at{rows, each});
    };
    if constexpr (std::ranges::range<Tokens>) {
      auto const counts = static_cast<std::size_t>(std::ranges::distance(tokens));
      if (counts != values.sequences()) detail::there_must_be_one_count_for_each_row(counts, values.sequences());
      return kept(std::ranges::begin(tokens));
    } else {
      return kept(tokens);
    }
  }
};

// What `bellman::gae` asks of such rows.
template <class Rewards, class Values, class Tokens, class Parameters, class... Out>
struct gae_of_rows
    : internal::estimated_by<decltype(bellman::gae),
                             internal::given<Rewards, decltype(kept_values_fn{}(std::declval<Values const&>(),
                                                                                std::declval<Tokens const&>()))>,
                             terminated, Parameters, Out...> {};

template <class Machine>
struct gae_fn {
  template <class Rewards, class Values, class Tokens, class Parameters, class... Out,
            class = typename internal::every<
                internal::a_column_of_values<internal::of_one_t<Rewards>>,
                internal::a_column_of_values<internal::of_one_t<Values>>, internal::in_one_layout<Rewards, Values>,
                internal::of_steps_in_common<Rewards>, tokens_of_rows<Values, Tokens const&>,
                internal::columns_of_one_type<internal::of_one_t<Rewards>, internal::of_one_t<Values>>,
                internal::trace_parameters_of_columns<Parameters, Rewards, Values>,
                gae_of_rows<Rewards, Values, Tokens, Parameters, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Values const& values, Tokens const& tokens, Parameters const& p,
                            Out... out) const {
    return bellman::gae(rewards, kept_values_fn{}(values, tokens), terminated{}, p, out...);
  }
};

}  // namespace detail

/// `padding(tokens, padded)`: the flags of the slots that no token is in: `padding_mask`. With `tokens + 1` it is
/// `padding_mask_p1`, which leaves the first of them out.
///
/// *Arguments*: how many tokens the answer has, and how many slots the row.
/// *Use*:
///     !bellman::conventions::trl::padding(1, 3).front() && bellman::conventions::trl::padding(1, 3).back()
inline constexpr detail::padding_fn padding{};

/// `kept_values(values, tokens)`: the values of the tokens and of the first slot behind them, 0 from there on.
///
/// *Arguments*: a row of values that outlives the result, and how many tokens the answer has; or a batch of rows,
/// `batch_major(values, length)`, and a range with one number for each, or one for all.
/// *Errors*: `invalid_value` unless there are as many numbers as rows; an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     [v = std::array{1.0, 2.0, 3.0}] {
///       return bellman::conventions::trl::kept_values(v, 1)[1] == 2.0 &&
///              bellman::conventions::trl::kept_values(v, 1)[2] == 0.0;
///     }()
inline constexpr detail::kept_values_fn kept_values{};

/// `gae(rewards, values, tokens, trace_parameters{.gamma = g, .lambda = l})`: the advantages and returns of one padded
/// row, or of a batch of rows, `batch_major(values, length)`, before they are whitened. The slot behind the answer is a
/// step of its own, with the score for reward and the value that the critic gives to a padding token; so the last token
/// bootstraps from that value, and the score is discounted once more. From there on all is 0.
///
/// *Arguments*: random-access ranges of one length, and how many tokens the answer has; or arrays of several sequences
/// in one layout, and a range with one number for each row, or one for all. Outputs as those of `bellman::gae`.
/// *Errors*: `invalid_value` for two lengths that differ, and unless there are as many numbers as rows.
/// *Source*: TRL, `PPOTrainer`.
/// *Use*:
///     bellman::conventions::trl::gae(std::array{0.0, 4.0, 0.0}, std::array{1.0, 3.0, 9.0}, 1,
///                                    bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::array{0.75, 1.0, 0.0}
inline constexpr detail::gae_fn<internal::this_machine> gae{};

}  // namespace bellman::conventions::trl
