// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/experience/internal/rules.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/uniform.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <utility>
#include <vector>

namespace bellman {

/// `replay_buffer<T>{capacity}`: the latest `capacity` of what was added, single steps or whole recordings, in places
/// 0, 1, ..., `size() - 1`: `.add(x)` keeps x, where there is no more room in the place of the oldest, and says in
/// which; `[i]` is what is kept in place i.
///
/// `.places()` is the distribution of a draw, each place alike: `sample(buffer.places(), urbg)` draws one, and
/// `expectation(buffer.places(), f)` is the mean over all. `.draw(n, urbg)` is a minibatch of n places, drawn one by
/// one with replacement.
///
/// *Arguments*: T can be moved.
/// *Errors*: `invalid_value` for a capacity of 0, a place that was not filled, a draw from an empty buffer, a minibatch
/// longer than what is kept; the buffer and the generator stay as they were.
/// *Cost*: O(1) to add and to draw; room is taken as it is filled.
/// *Laws*: tests/experience/replay_buffer.cpp.
/// *Source*: Lin 1992; Mnih et al. 2015.
/// *Use*:
///     [] {
///       bellman::replay_buffer<char> buffer(2);
///       for (char const c : {'a', 'b', 'c'}) buffer.add(c);
///       return buffer.size() == 2 && buffer[0] == 'c' && buffer[1] == 'b' &&
///              bellman::expectation(buffer.places(), [](std::size_t i) { return i == 0 ? 0.0 : 1.0; }) == 0.5;
///     }()
template <std::movable T>
class replay_buffer {
 public:
  constexpr explicit replay_buffer(std::size_t its_capacity) : capacity_(its_capacity) {
    if (its_capacity == 0) internal::a_replay_buffer_must_have_room_for_one();
  }

  constexpr std::size_t capacity() const { return capacity_; }
  constexpr std::size_t size() const { return kept_.size(); }
  constexpr typename std::vector<T>::const_reference operator[](std::size_t place) const& {
    if (place >= kept_.size()) internal::a_place_must_have_been_filled(place, kept_.size());
    return kept_[place];
  }
  constexpr void operator[](std::size_t) const&& = delete;

  /// Keeps x, and gives its place.
  constexpr std::size_t add(T x) {
    std::size_t const place = next_;
    if (place == kept_.size()) {
      kept_.push_back(std::move(x));
    } else {
      kept_[place] = std::move(x);
    }
    next_ = place + 1 == capacity_ ? 0 : place + 1;
    return place;
  }

  constexpr auto places() const {
    if (kept_.empty()) internal::an_empty_replay_buffer_has_nothing_to_draw();
    return uniform(std::views::iota(std::size_t{0}, kept_.size()));
  }

  template <class G, class = typename internal::a_generator<G>::type::yes>
  constexpr internal::vector<std::size_t> draw(std::size_t n, G&& urbg) const {
    auto const all = places();
    internal::check_minibatch(n, size());
    internal::vector<std::size_t> drawn;
    drawn.reserve(n);
    for (std::size_t k = 0; k < n; ++k) drawn.push_back(sample(all, urbg));
    return drawn;
  }

 private:
  std::size_t capacity_;
  std::size_t next_ = 0;
  std::vector<T> kept_;
};

}  // namespace bellman
