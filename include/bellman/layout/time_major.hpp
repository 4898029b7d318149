// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/layout/internal/every_nth.hpp>
#include <bellman/layout/internal/rows.hpp>
#include <bellman/layout/internal/rules.hpp>
#include <bellman/layout/steps_of_sequences.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>

namespace bellman {

/// `time_major_view<It>`: an array `[T][N]` of the numbers of N sequences of T steps, in which a row is all that
/// belongs to one step: what `time_major` gives. It owns nothing; what is written through it is written to the array.
///
/// `steps()`, `sequences()`, `shape()`, `size()`: how many there are. `begin_of_rows()`, `stride()`: where the first
/// row begins, and how far apart rows begin. `sequence(i)`: the numbers of one sequence, a random-access range;
/// `step(t)`: those of one step, one for each sequence. `part(first, count)`: the same array for these sequences alone;
/// `first_steps(n)`: for the first n steps; `from_step(t)`: from step t on, of no steps where there are no more than t.
/// `over(out)`: the same shape without gaps at `out`.
template <std::random_access_iterator It>
class time_major_view {
 public:
  using value_type = std::iter_value_t<It>;

  time_major_view() = default;
  constexpr explicit time_major_view(internal::rows<It> const& its_rows) : rows_(its_rows) {}

  constexpr std::size_t steps() const { return rows_.count; }
  constexpr std::size_t sequences() const { return rows_.length; }
  constexpr steps_of_sequences shape() const { return {steps(), sequences()}; }
  constexpr std::size_t size() const { return steps() * sequences(); }
  constexpr It begin_of_rows() const { return rows_.begin; }
  constexpr std::size_t stride() const { return rows_.stride; }

  constexpr auto sequence(std::size_t i) const {
    internal::check_part(i, 1, sequences());
    return internal::every_nth(column(i), stride(), steps());
  }
  constexpr auto step(std::size_t t) const {
    internal::check_steps_within(t, 1, steps());
    It const begin = row(t);
    return std::ranges::subrange(begin, begin + static_cast<std::iter_difference_t<It>>(sequences()));
  }
  constexpr time_major_view part(std::size_t first, std::size_t count) const {
    internal::check_part(first, count, sequences());
    return time_major_view({column(first), steps(), count, stride()});
  }
  constexpr time_major_view first_steps(std::size_t n) const {
    internal::check_steps_within(0, n, steps());
    return time_major_view({rows_.begin, n, sequences(), stride()});
  }
  constexpr time_major_view from_step(std::size_t t) const {
    if (t >= steps()) return time_major_view({rows_.begin, 0, sequences(), stride()});
    return time_major_view({row(t), steps() - t, sequences(), stride()});
  }
  template <std::random_access_iterator Out>
  constexpr time_major_view<Out> over(Out out) const {
    return time_major_view<Out>({out, steps(), sequences(), sequences()});
  }

 private:
  // Of no rows there is only the begin, which may be no address.
  constexpr It column(std::size_t i) const {
    if (steps() == 0) return rows_.begin;
    return rows_.begin + static_cast<std::iter_difference_t<It>>(i);
  }
  constexpr It row(std::size_t t) const { return rows_.begin + static_cast<std::iter_difference_t<It>>(t * stride()); }

  internal::rows<It> rows_{};
};
template <class It>
time_major_view(internal::rows<It>) -> time_major_view<It>;

namespace detail {

struct a_row_of_sequences {
  static constexpr char const* name = "sequences";
};

}  // namespace detail

/// `time_major(array, N)`: an array of rows of N numbers, one for each sequence, as a recording of N sequences, such as
/// N environments that are stepped together. `time_major(array, N, stride)`: where rows begin `stride` numbers apart, a
/// slice of wider rows. `time_major(address, T, N)` and `time_major(address, T, N, stride)` of T rows at an address;
/// `time_major(array)` of what has two dimensions.
///
/// *Arguments*: an array that outlives the view, a random-access range such as a vector, a span or a C array; an array
/// `x[T][N]`, which no constant expression reads through, or a `std::mdspan` of rank 2, where the library has it; how
/// many sequences, how far apart rows begin.
/// *Errors*: `invalid_value` for no sequences, for rows that overlap and for an array that is not of whole rows; an
/// array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     [rewards = std::array{1.0, 10.0, 2.0, 20.0}] {
///       return bellman::time_major(rewards, 2).sequence(1)[1] == 20.0;
///     }()
inline constexpr internal::view_of_rows<time_major_view, detail::a_row_of_sequences> time_major{};

}  // namespace bellman
