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

/// `batch_major_view<It>`: an array `[N][T]` of the numbers of N sequences of T steps, in which a row is a sequence:
/// what `batch_major` gives. It owns nothing; what is written through it is written to the array.
///
/// `steps()`, `sequences()`, `shape()`, `size()`: how many there are. `begin_of_rows()`, `stride()`: where the first
/// row begins, and how far apart rows begin. `sequence(i)`: row i, a random-access range; `step(t)`: the numbers of one
/// step, one for each sequence. `part(first, count)`: these rows alone; `first_steps(n)`: the first n steps of each;
/// `from_step(t)`: the steps from t on, none where there are no more than t. `over(out)`: the same shape without gaps
/// at `out`.
template <std::random_access_iterator It>
class batch_major_view {
 public:
  using value_type = std::iter_value_t<It>;

  batch_major_view() = default;
  constexpr explicit batch_major_view(internal::rows<It> const& its_rows) : rows_(its_rows) {}

  constexpr std::size_t steps() const { return rows_.length; }
  constexpr std::size_t sequences() const { return rows_.count; }
  constexpr steps_of_sequences shape() const { return {steps(), sequences()}; }
  constexpr std::size_t size() const { return steps() * sequences(); }
  constexpr It begin_of_rows() const { return rows_.begin; }
  constexpr std::size_t stride() const { return rows_.stride; }

  constexpr auto sequence(std::size_t i) const {
    internal::check_part(i, 1, sequences());
    It const begin = row(i);
    return std::ranges::subrange(begin, begin + static_cast<std::iter_difference_t<It>>(steps()));
  }
  constexpr auto step(std::size_t t) const {
    internal::check_steps_within(t, 1, steps());
    return internal::every_nth(rows_.begin + static_cast<std::iter_difference_t<It>>(t), stride(), sequences());
  }
  constexpr batch_major_view part(std::size_t first, std::size_t count) const {
    internal::check_part(first, count, sequences());
    return batch_major_view({count == 0 ? rows_.begin : row(first), count, steps(), stride()});
  }
  constexpr batch_major_view first_steps(std::size_t n) const {
    internal::check_steps_within(0, n, steps());
    return batch_major_view({rows_.begin, sequences(), n, stride()});
  }
  constexpr batch_major_view from_step(std::size_t t) const {
    if (t >= steps()) return batch_major_view({rows_.begin, sequences(), 0, stride()});
    return batch_major_view(
        {rows_.begin + static_cast<std::iter_difference_t<It>>(t), sequences(), steps() - t, stride()});
  }
  template <std::random_access_iterator Out>
  constexpr batch_major_view<Out> over(Out out) const {
    return batch_major_view<Out>({out, sequences(), steps(), steps()});
  }

 private:
  constexpr It row(std::size_t i) const { return rows_.begin + static_cast<std::iter_difference_t<It>>(i * stride()); }

  internal::rows<It> rows_{};
};
template <class It>
batch_major_view(internal::rows<It>) -> batch_major_view<It>;

namespace detail {

struct a_row_of_steps {
  static constexpr char const* name = "steps";
};

}  // namespace detail

/// `batch_major(array, T)`: an array of rows of T numbers, each the steps of one sequence, as a recording of as many
/// sequences as there are rows. `batch_major(array, T, stride)`: where rows begin `stride` numbers apart, such as the
/// first T numbers of longer rows. `batch_major(address, N, T)` and `batch_major(address, N, T, stride)` of N rows at
/// an address; `batch_major(array)` of what has two dimensions.
///
/// *Arguments*: as `time_major`.
/// *Errors*: `invalid_value` for rows of no steps, for rows that overlap and for an array that is not of whole rows; an
/// array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     [rewards = std::array{1.0, 2.0, 10.0, 20.0}] {
///       return bellman::batch_major(rewards, 2).sequence(1)[1] == 20.0;
///     }()
inline constexpr internal::view_of_rows<batch_major_view, detail::a_row_of_steps> batch_major{};

}  // namespace bellman
