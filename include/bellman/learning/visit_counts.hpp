// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/planning/state_index.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

/// `visit_counts<S, A>{}`: how often each action was taken in each state, `counts(s, a)`; `counts.add(s, a)` counts
/// once more and gives the new count. `visit_counts<S>{}` counts states. What was never added was seen 0 times.
///
/// With it step sizes fall for each state and action by themselves: `step_size_of<V>(schedule, counts.add(s, a))`.
///
/// *Cost*: that of `state_index`: constant for what has a hash.
/// *Laws*: tests/learning/visit_counts.cpp.
/// *Use*:
///     [] {
///       bellman::visit_counts<int, char> counts;
///       return counts.add(7, 'x') == 1 && counts.add(7, 'x') == 2 && counts(7, 'x') == 2 && counts(7, 'y') == 0;
///     }()
template <class S, class... A>
requires(sizeof...(A) <= 1) class visit_counts {
  using key =
      typename std::conditional_t<sizeof...(A) == 0, std::type_identity<S>, std::common_type<std::pair<S, A>...>>::type;

 public:
  constexpr std::size_t operator()(S const& s, A const&... a) const {
    index_t const k = seen_.find(key(s, a...));
    return k == no_index ? 0 : counts_[k];
  }

  /// Counts once more, and gives the new count: 1 for the first time.
  constexpr std::size_t add(S const& s, A const&... a) {
    index_t const k = seen_.insert(key(s, a...));
    if (k == counts_.size()) counts_.push_back(0);
    return ++counts_[k];
  }

 private:
  state_index<key> seen_;
  internal::vector<std::size_t> counts_;
};

}  // namespace bellman
