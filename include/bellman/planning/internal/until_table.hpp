// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/planning/internal/table_rows.hpp>
#include <bellman/planning/internal/table_with_rewards.hpp>
#include <bellman/planning/state_index.hpp>

#include <utility>
#include <vector>

namespace bellman::internal {

/// A table of which some states have ended, and each slot pays what `R` numbers say in place of its rewards: what is
/// asked about a set of states is the value of such a table. Its actions are the table's slots; where an episode has
/// ended outside of the set and that is to count as going on for ever, `no_index` stays and pays `of_staying`.
template <class Table, class R>
class until_table : public with_slot_rewards<Table, R> {
  using paid = with_slot_rewards<Table, R>;

 public:
  using typename paid::probability_type;

  constexpr until_table(Table its_table, internal::vector<char> ended, std::vector<R> rewards, bool endings_go_on,
                        R of_staying)
      : paid(std::move(its_table), std::move(rewards)),
        ended_(std::move(ended)),
        endings_go_on_(endings_go_on),
        of_staying_(std::move(of_staying)) {
    for (index_t const s : this->states()) itself_.push_back(s);
  }

  constexpr bool terminal(index_t s) const { return ended_[s] != 0 || (paid::terminal(s) && !endings_go_on_); }
  constexpr internal::vector<index_t> actions(index_t s) const {
    if (terminal(s)) return {};
    if (paid::terminal(s)) return {no_index};
    auto const all = paid::actions(s);
    return {all.begin(), all.end()};
  }
  constexpr auto transition(index_t s, index_t slot) const {
    if (slot != no_index) return paid::transition(s, slot);
    return transition_row<R, probability_type>({itself_.data() + s, &one_, &of_staying_}, 0, 1);
  }

 private:
  internal::vector<char> ended_;
  bool endings_go_on_;
  R of_staying_;
  internal::vector<index_t> itself_;
  probability_type one_ = probability_type(1);
};

}  // namespace bellman::internal
