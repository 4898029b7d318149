// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/element_at.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/layout/internal/rules.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>

namespace bellman {

/// `packed_view<It, Offset>`: sequences of any length, one behind the other in one array: what `packed` gives. It owns
/// nothing; what is written through it is written to the array.
///
/// `sequences()`: how many there are; `size()`: how many numbers the array has. `sequence(i)`: the numbers of one, a
/// random-access range. `part(first, count)`: these sequences alone. `over(out)`: the same offsets of what begins at
/// `out`.
template <std::random_access_iterator It, std::random_access_iterator Offset>
class packed_view {
 public:
  using value_type = std::iter_value_t<It>;

  packed_view() = default;
  /// Of offsets that are known to be in order.
  constexpr packed_view(It begin, Offset offsets, std::size_t sequences, std::size_t offset_of_begin = 0)
      : begin_(begin), offsets_(offsets), sequences_(sequences), offset_of_begin_(offset_of_begin) {}

  constexpr std::size_t sequences() const { return sequences_; }
  constexpr std::size_t size() const { return offset(sequences_) - offset(0); }
  constexpr It begin_of_first() const { return at(offset(0)); }
  constexpr std::size_t steps_of(std::size_t i) const { return offset(i + 1) - offset(i); }

  constexpr auto sequence(std::size_t i) const {
    internal::check_part(i, 1, sequences());
    return std::ranges::subrange(at(offset(i)), at(offset(i + 1)));
  }
  constexpr packed_view part(std::size_t first, std::size_t count) const {
    internal::check_part(first, count, sequences());
    return {begin_, offsets_ + static_cast<std::iter_difference_t<Offset>>(first), count, offset_of_begin_};
  }
  template <std::random_access_iterator Out>
  constexpr packed_view<Out, Offset> over(Out out) const {
    return {out, offsets_, sequences_, offset(0)};
  }

  /// Whether sequence by sequence another has as many steps.
  template <class Other, class Offsets>
  constexpr bool has_the_shape_of(packed_view<Other, Offsets> const& other) const {
    if (sequences() != other.sequences()) return false;
    for (std::size_t i = 0; i < sequences(); ++i) {
      if (steps_of(i) != other.steps_of(i)) return false;
    }
    return true;
  }

 private:
  constexpr std::size_t offset(std::size_t i) const {
    if (sequences_ == 0) return offset_of_begin_;  // of a view of nothing there are no offsets
    return static_cast<std::size_t>(offsets_[static_cast<std::iter_difference_t<Offset>>(i)]);
  }
  constexpr It at(std::size_t its_offset) const {
    return begin_ + static_cast<std::iter_difference_t<It>>(its_offset - offset_of_begin_);
  }

  It begin_{};
  Offset offsets_{};
  std::size_t sequences_ = 0;
  std::size_t offset_of_begin_ = 0;
};

namespace detail {

template <class Offsets>
using offsets_elsewhere =
    internal::rule<(std::ranges::random_access_range<Offsets> && std::ranges::borrowed_range<Offsets> &&
                    internal::whole_number<internal::elements_of_t<Offsets>>),
                   refused::offsets_are_a_range_of_integers_that_outlives_its_view>;

[[noreturn]] inline void there_must_be_an_offset_more_than_sequences() {
  internal::refuse("bellman: no offsets; there must be one more than there are sequences, the first of them 0");
}
template <class N>
[[noreturn]] void offsets_must_not_fall(std::size_t i, N offset, std::size_t least, std::size_t size) {
  internal::refuse("bellman: offset " + std::to_string(i) + " is " + std::to_string(offset) + "; it must lie in [" +
                   std::to_string(least) + ", " + std::to_string(size) + "]");
}
[[noreturn]] inline void offsets_must_begin_and_end_with_the_array(char const* which, std::size_t found,
                                                                   std::size_t wanted) {
  internal::refuse("bellman: the " + std::string(which) + " offset is " + std::to_string(found) + "; it must be " +
                   std::to_string(wanted));
}

struct packed_fn {
  template <
      class Array, class Offsets,
      class = typename internal::every<internal::an_array_elsewhere<Array>, offsets_elsewhere<Offsets>>::type::yes>
  [[nodiscard]] constexpr auto operator()(Array&& array, Offsets&& offsets) const {
    auto const size = static_cast<std::size_t>(std::ranges::distance(array));
    auto const begin = internal::place_of(array);
    auto const first = internal::place_of(offsets);
    return packed_view(begin, first, checked(first, static_cast<std::size_t>(std::ranges::distance(offsets)), size));
  }

 private:
  // How many sequences there are.
  template <class Offset>
  static constexpr std::size_t checked(Offset offsets, std::size_t n, std::size_t size) {
    if (n == 0) there_must_be_an_offset_more_than_sequences();
    std::size_t least = 0;
    for (std::size_t i = 0; i < n; ++i) {
      auto const offset = internal::element_at(offsets, i);
      if (offset < 0 || static_cast<std::size_t>(offset) < least || static_cast<std::size_t>(offset) > size) {
        detail::offsets_must_not_fall(i, offset, least, size);
      }
      least = static_cast<std::size_t>(offset);
      if (i == 0 && least != 0) offsets_must_begin_and_end_with_the_array("first", least, 0);
    }
    if (least != size) offsets_must_begin_and_end_with_the_array("last", least, size);
    return n - 1;
  }
};

}  // namespace detail

/// `packed(array, offsets)`: sequences of any length, one behind the other: number i of them lies in
/// `[offsets[i], offsets[i + 1])`. Offsets are the cumulative lengths that attention kernels take; sequences may be
/// empty.
///
/// *Arguments*: an array that outlives the view, a random-access range; offsets that outlive it as well, integers, the
/// first 0, none below the one before it, the last as large as the array.
/// *Errors*: `invalid_value` for other offsets; an array or offsets that are temporaries do not compile.
/// *Cost*: O(sequences) to check the offsets; nothing is copied.
/// *Use*:
///     [rewards = std::array{1.0, 10.0, 20.0}, offsets = std::array{0, 1, 1, 3}] {
///       return bellman::packed(rewards, offsets).sequence(2)[1] == 20.0;
///     }()
inline constexpr detail::packed_fn packed{};

}  // namespace bellman
