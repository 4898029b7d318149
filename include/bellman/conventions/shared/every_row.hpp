// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/scope.hpp>

#include <concepts>
#include <optional>

namespace bellman::conventions {

/// `every_row{scope}`: a scope in which every row of a padded batch is a term: one without a token counts as a 0, as
/// where a code divides by the number of rows.
///
/// *Arguments*: a `scope_for` the numbers that are summed.
/// *Use*:
///     bellman::mean_over(
///         std::vector{std::vector{4.0}, std::vector<double>{}},
///         bellman::conventions::every_row{bellman::sequence_mean{}}).value() == 2.0
template <class Scope>
struct every_row {
  Scope scope;

  template <class Tokens, class = typename internal::every<internal::a_sum_of_tokens<Tokens>,
                                                           internal::a_scope_for_tokens<Scope, Tokens>>::type::yes>
  constexpr auto operator()(Tokens const& tokens) const {
    using mean = batch_mean<every_row, internal::total_of_t<Tokens>>;
    if constexpr (std::same_as<decltype(mean::scope), std::optional<every_row>>) {
      return mean{scope(tokens).total, 1, *this};
    } else {
      return mean{scope(tokens).total, 1};
    }
  }

  friend bool operator==(every_row const&, every_row const&) = default;
};

template <class Scope>
every_row(Scope) -> every_row<Scope>;

}  // namespace bellman::conventions
