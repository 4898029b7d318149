// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/distribution.hpp>

#include <cstddef>
#include <type_traits>

namespace bellman::internal {

/// The elements i, i + 1, ... of something that `Get` looks up: how a row of a table is walked. Counted in std::size_t,
/// for a 32-bit index might wrap around, as far as a compiler knows, which then collects the elements of a row singly.
template <class Get>
class row {
 public:
  static constexpr bool weights_were_checked = true;
  static constexpr bool no_weight_is_zero = Get::no_weight_is_zero;

  class iterator {
   public:
    using value_type = std::remove_cvref_t<std::invoke_result_t<Get const&, std::size_t>>;
    using difference_type = std::ptrdiff_t;

    constexpr iterator() = default;
    constexpr iterator(Get get, std::size_t i) : get_(get), i_(i) {}
    constexpr value_type operator*() const { return get_(i_); }
    constexpr iterator& operator++() {
      ++i_;
      return *this;
    }
    constexpr iterator operator++(int) {
      iterator old = *this;
      ++i_;
      return old;
    }
    friend constexpr bool operator==(iterator const& a, iterator const& b) { return a.i_ == b.i_; }

   private:
    Get get_{};
    std::size_t i_ = 0;
  };

  constexpr row(Get get, index_t first, index_t last) : get_(get), first_(first), last_(last) {}
  constexpr iterator begin() const { return {get_, first_}; }
  constexpr iterator end() const { return {get_, last_}; }

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
