// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>
#include <limits>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct logits_are_changed_where_they_lie_side_by_side_and_can_be_written_to {};

}  // namespace refused

namespace internal {

template <class Logits>
concept row_to_be_changed =
    std::ranges::contiguous_range<Logits> && std::ranges::sized_range<Logits> &&
    !std::is_const_v<std::remove_reference_t<std::ranges::range_reference_t<Logits>>> &&
    (std::is_lvalue_reference_v<Logits> || std::ranges::borrowed_range<Logits>);
/// A range whose elements a rule changes: one that outlives the call.
template <class Logits>
struct logits_to_be_changed
    : rule<row_to_be_changed<Logits>, refused::logits_are_changed_where_they_lie_side_by_side_and_can_be_written_to> {};

/// A copy of logits that can be changed: a `std::array` of a `std::array`, else a `std::vector`, moved if it was one.
template <class Logits>
constexpr auto logits_of_its_own(Logits&& logits) {
  using Range = std::remove_cvref_t<Logits>;
  using L = std::ranges::range_value_t<Logits>;
  if constexpr (is_std_array<Range> || std::same_as<Range, std::vector<L>>) {
    return Range(std::forward<Logits>(logits));
  } else {
    std::vector<L> all;
    for (L const& z : logits) all.push_back(z);
    return all;
  }
}

/// Logits side by side in memory.
template <class Logits>
constexpr auto row_of(Logits& logits) {
  return std::span<std::ranges::range_value_t<Logits>>(std::ranges::data(logits), std::ranges::size(logits));
}

/// Throws unless a softmax takes the logits.
template <class L>
constexpr void check_logits(std::span<L> logits) {
  static_cast<void>(internal::largest_logit(logits));
}

/// The number by which a logit is compared.
template <class L>
constexpr primal_t<computed_t<L>> primal_of_logit(L const& logit) {
  return internal::primal(internal::as_computed(logit));
}

/// `z - top`, rounded once: its exponential is what a softmax divides by its sum.
template <class L>
constexpr double distance_from(L const& top, L const& z) {
  using W = sum_t<primal_t<computed_t<L>>>;
  return static_cast<double>(difference(internal::converted_to<W>(internal::primal_of_logit(z)),
                                        internal::converted_to<W>(internal::primal_of_logit(top))));
}

/// Leaves a token out: its probability will be 0 exactly.
template <class L>
constexpr void leave_out(L& logit) {
  logit = static_cast<L>(computed_t<L>(-std::numeric_limits<primal_t<computed_t<L>>>::infinity()));
}

template <class L>
[[noreturn]] void a_changed_logit_must_be_finite(std::size_t token, L const& before, L const& after) {
  internal::refuse("bellman: a rule makes the logit " + std::to_string(token) + " of " + internal::describe(before) +
                   " into " + internal::describe(after) + "; it must stay finite");
}
[[noreturn]] inline void a_token_must_be_left_to_sample() {
  internal::refuse("bellman: no token is left to sample; a rule must leave at least one with a finite logit");
}

/// What `change` makes of the logit of a token that is not left out, which must be finite, as all rules leave it.
template <class L, class Change>
constexpr L changed_logit(std::size_t token, L const& logit, Change const& change) {
  using C = computed_t<L>;
  C const before = internal::as_computed(logit);
  auto const after = static_cast<L>(C(change(before)));
  if (!is_finite(internal::primal(internal::as_computed(after)))) {
    internal::a_changed_logit_must_be_finite(token, internal::primal(before),
                                             internal::primal(internal::as_computed(after)));
  }
  return after;
}

/// Changes every logit that is not left out, or throws and changes none.
template <class L, class Change>
constexpr void change_each(std::span<L> logits, Change const& change) {
  for (std::size_t t = 0; t < logits.size(); ++t) {
    if (!internal::is_minus_infinity(logits[t])) static_cast<void>(internal::changed_logit(t, logits[t], change));
  }
  for (std::size_t t = 0; t < logits.size(); ++t) {
    if (!internal::is_minus_infinity(logits[t])) logits[t] = internal::changed_logit(t, logits[t], change);
  }
}

/// Leaves out what `keeps(token)` does not keep, or throws and changes nothing where that would be all.
template <class L, class Keeps>
constexpr void keep_only(std::span<L> logits, Keeps const& keeps) {
  bool one_is_left = false;
  for (std::size_t t = 0; t < logits.size() && !one_is_left; ++t) {
    one_is_left = !internal::is_minus_infinity(logits[t]) && keeps(t);
  }
  if (!one_is_left) internal::a_token_must_be_left_to_sample();
  for (std::size_t t = 0; t < logits.size(); ++t) {
    if (!keeps(t)) internal::leave_out(logits[t]);
  }
}

}  // namespace internal

}  // namespace bellman
