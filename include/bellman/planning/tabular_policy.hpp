// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/shared.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/internal/table_rows.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/value/internal/known_parts.hpp>

#include <ranges>
#include <utility>
#include <vector>

namespace bellman {

/// A policy as one flat array, the probability of each slot of a table: what `tabulate(table, policy)` returns. Copies
/// share the array: constant time.
template <class P>
class tabular_policy {
 public:
  constexpr tabular_policy(internal::vector<index_t> its_first_slot, std::vector<P> its_probabilities)
      : arrays_(internal::shared<arrays>::make(std::move(its_first_slot), std::move(its_probabilities))),
        first_slot_(arrays_->first_slot.data()),
        probabilities_(arrays_->probabilities.data()) {}

  /// The distribution over the slots of a state.
  constexpr auto operator()(index_t s) const& {
    index_t const* const bounds = first_slot_ + s;
    return row(bounds[0], bounds[1]);
  }
  void operator()(index_t) const&& = delete;  // a row lies in the policy
  /// The distribution over the slots of a state, given as the table's `actions(s)`: spares a look-up of the state.
  constexpr auto over(std::ranges::iota_view<index_t, index_t> slots) const& {
    return row(*slots.begin(), *slots.end());
  }
  void over(std::ranges::iota_view<index_t, index_t>) const&& = delete;
  /// The probability of a slot, given its state.
  constexpr P probability(index_t slot) const { return probabilities_[slot]; }

 private:
  constexpr auto row(index_t first, index_t last) const {
    return internal::policy_row<P>({probabilities_}, first, last);
  }

  struct arrays {
    constexpr arrays(internal::vector<index_t> f, std::vector<P> p)
        : first_slot(std::move(f)), probabilities(std::move(p)) {}
    internal::vector<index_t> first_slot;
    std::vector<P> probabilities;
  };

  internal::shared<arrays> arrays_;
  index_t const* first_slot_;  // in the arrays, as in a table
  P const* probabilities_;
};

namespace internal {

template <class P>
inline constexpr bool answers_over_actions<tabular_policy<P>> = true;

}  // namespace internal

}  // namespace bellman
