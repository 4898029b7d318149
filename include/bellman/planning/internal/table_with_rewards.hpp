// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/table_rows.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabulate.hpp>

#include <utility>
#include <vector>

namespace bellman::internal {

/// A table whose slots pay what is given in place of its rewards.
template <class Table, class R>
class with_slot_rewards {
 public:
  using state_type = index_t;
  using action_type = index_t;
  using reward_type = R;
  using probability_type = typename Table::probability_type;

  constexpr with_slot_rewards(Table its_table, std::vector<R> rewards)
      : table_(std::move(its_table)), rewards_(std::move(rewards)) {}

  constexpr auto states() const { return table_.states(); }
  constexpr bool terminal(index_t s) const { return table_.terminal(s); }
  constexpr auto actions(index_t s) const { return table_.actions(s); }
  constexpr auto transition(index_t, index_t slot) const {
    return transition_row<R, probability_type>(
        {table_.next_states().data(), table_.probabilities().data(), rewards_.data() + slot},
        table_.first_transitions()[slot], table_.first_transitions()[slot + 1]);
  }

 private:
  Table table_;
  std::vector<R> rewards_;
};

/// The table of such rewards, its states and slots numbered alike.
template <class Table, class R>
constexpr auto table_with_rewards(Table const& t, std::vector<R> rewards) {
  return tabulate(with_slot_rewards<Table, R>(t, std::move(rewards)));
}

}  // namespace bellman::internal
