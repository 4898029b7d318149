// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/learning/feature.hpp>
#include <bellman/learning/per_state.hpp>
#include <bellman/learning/step_schedule.hpp>

#include <cstddef>
#include <vector>

namespace bellman::internal {

/// The sizes of the steps of a learner: of all weights the same, by the number of steps taken.
template <class V, class Schedule>
class counted_step {
 public:
  constexpr explicit counted_step(Schedule const& its_schedule) : schedule_(its_schedule) {}

  constexpr void count(std::vector<feature<V>> const&) {
    size_ = step_size_of<V>(schedule_, n_ + 1);
    ++n_;
  }
  /// The size of a step that was counted.
  constexpr V const& operator()(std::size_t) const { return size_; }
  constexpr V const& of_all_weights() const { return size_; }

 private:
  step_schedule_t<Schedule> schedule_;
  std::size_t n_ = 0;
  V size_ = V(0);
};

/// The same of each weight by itself.
template <class V, class Schedule>
class counted_step<V, per_state<Schedule>> {
 public:
  constexpr explicit counted_step(per_state<Schedule> const& its_schedule) : schedule_(its_schedule.schedule) {}

  constexpr void count(std::vector<feature<V>> const& gradient) {
    for (auto const& part : gradient) {
      if (sizes_.size() <= part.index) {
        sizes_.resize(part.index + 1, V(0));
        n_.resize(part.index + 1, 0);
      }
      sizes_[part.index] = step_size_of<V>(schedule_, n_[part.index] + 1);
      ++n_[part.index];
    }
  }
  constexpr V const& operator()(std::size_t i) const { return sizes_[i]; }

 private:
  step_schedule_t<Schedule> schedule_;
  std::vector<V> sizes_{};
  std::vector<std::size_t> n_{};
};

/// Whether the steps of a learner of numbers V have these sizes: by the number of all steps, or also by that of each
/// weight.
template <class Schedule, class V>
concept sizes_of_all_steps = step_schedule<Schedule, V>;
template <class Schedule, class V>
inline constexpr bool are_sizes_of_steps = sizes_of_all_steps<Schedule, V>;
template <class Schedule, class V>
inline constexpr bool are_sizes_of_steps<per_state<Schedule>, V> = sizes_of_all_steps<Schedule, V>;
template <class Schedule, class V>
concept sizes_of_steps = are_sizes_of_steps<Schedule, V>;

}  // namespace bellman::internal
