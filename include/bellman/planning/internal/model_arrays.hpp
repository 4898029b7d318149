// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/internal/indexed_iterator.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/distribution.hpp>

#include <cstddef>

namespace bellman::internal {

/// The numbers that an `explicit_model` is made of. The actions of a state, and the next states of a slot, are in
/// ascending order.
template <class R, class P>
struct model_arrays {
  vector<index_t> first_slot;        // of each state, and one past the last
  vector<index_t> actions;           // of each slot
  vector<index_t> first_transition;  // of each slot, and one past the last
  vector<index_t> next;              // of each transition
  vector<P> probabilities;
  vector<R> rewards;
  index_t end = no_index;  // the state in which what ends is left

  friend constexpr bool operator==(model_arrays const&, model_arrays const&) = default;
};

/// The outcomes of a slot, each with its own reward.
template <class R, class P>
class model_row {
 public:
  static constexpr bool weights_were_checked = true;
  static constexpr bool no_weight_is_zero = true;

  constexpr model_row(index_t const* next, P const* probabilities, R const* rewards, std::size_t size)
      : next_(next), probabilities_(probabilities), rewards_(rewards), size_(size) {}

  constexpr weighted<outcome<R, index_t>, P> at(std::size_t k) const {
    return {{rewards_[k], next_[k]}, probabilities_[k]};
  }
  constexpr std::size_t size() const { return size_; }
  constexpr indexed_iterator<model_row const> begin() const { return {*this, 0}; }
  constexpr indexed_iterator<model_row const> end() const { return {*this, static_cast<std::ptrdiff_t>(size_)}; }

 private:
  index_t const* next_;
  P const* probabilities_;
  R const* rewards_;
  std::size_t size_;
};

}  // namespace bellman::internal
