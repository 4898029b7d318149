// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/internal/indexed_iterator.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/internal/known_parts.hpp>

#include <cstddef>

namespace bellman::internal {

/// The elements first, first + 1, ... of something that `Get` looks up: how a row of a table is walked. A 32-bit
/// counter might wrap around, as far as a compiler knows, which then collects the elements of a row singly: the
/// iterator's does not.
template <class Get>
class row {
 public:
  static constexpr bool weights_were_checked = true;
  static constexpr bool no_weight_is_zero = Get::no_weight_is_zero;

  constexpr row(Get get, index_t first, index_t last) : get_(get), first_(first), last_(last) {}
  constexpr auto at(std::size_t i) const { return get_(i); }
  constexpr indexed_iterator<row const> begin() const { return {*this, first_}; }
  constexpr indexed_iterator<row const> end() const { return {*this, last_}; }

 protected:
  Get get_;

 private:
  index_t first_;
  index_t last_;
};

template <class R, class P>
struct transition_at {
  static constexpr bool no_weight_is_zero = true;  // the table does not keep them

  index_t const* next = nullptr;
  P const* probabilities = nullptr;
  R const* reward = nullptr;

  constexpr weighted<outcome<R, index_t>, P> operator()(std::size_t k) const {
    return {{*reward, next[k]}, probabilities[k]};
  }
};

/// The transitions of a slot, of which each has the expected reward.
template <class R, class P>
class transition_row : public row<transition_at<R, P>> {
 public:
  using row<transition_at<R, P>>::row;

  constexpr R const& mean_reward() const { return *this->get_.reward; }
};

template <class R, class P>
inline constexpr bool knows_its_mean_reward<transition_row<R, P>> = true;

template <class R, class P>
struct outcome_at {
  static constexpr bool no_weight_is_zero = true;

  index_t const* next = nullptr;
  P const* probabilities = nullptr;
  R const* rewards = nullptr;

  constexpr weighted<outcome<R, index_t>, P> operator()(std::size_t k) const {
    return {{rewards[k], next[k]}, probabilities[k]};
  }
};

/// The outcomes of a slot, each with its own reward.
template <class R, class P>
using outcome_row = row<outcome_at<R, P>>;

template <class P>
struct slot_weight_at {
  static constexpr bool no_weight_is_zero = false;

  P const* probabilities = nullptr;

  constexpr weighted<index_t, P> operator()(std::size_t slot) const {
    return {static_cast<index_t>(slot), probabilities[slot]};
  }
};

/// The slots of a state with their probabilities under a policy.
template <class P>
using policy_row = row<slot_weight_at<P>>;

}  // namespace bellman::internal
