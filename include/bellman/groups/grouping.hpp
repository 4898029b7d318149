// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/element_at.hpp>
#include <bellman/internal/indexed_iterator.hpp>
#include <bellman/internal/place_in.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct ids_must_be_comparable_and_in_a_range_of_random_access {};
struct the_rows_of_a_group_lie_in_its_grouping_which_needs_a_name {};
struct what_to_keep_must_be_a_question_about_rows {};
struct a_part_is_of_a_range_of_random_access {};
struct a_temporary_array_is_gone_before_a_part_of_it_is_read {};
struct rows_are_a_span_of_their_numbers {};
struct a_temporary_array_of_rows_is_gone_before_the_part_in_them_is_read {};

}  // namespace refused

namespace internal {

struct rows_there_fn;

}  // namespace internal

namespace detail {

[[noreturn]] inline void rows_must_fill_groups_of_one_size(std::size_t rows, std::size_t size) {
  internal::refuse("bellman: " + std::to_string(rows) + " rows do not make groups of " + std::to_string(size) +
                   "; the size must be at least 1 and divide the number of rows");
}
[[noreturn]] inline void an_id_must_be_equal_to_itself(std::size_t row) {
  internal::refuse("bellman: the id of row " + std::to_string(row) +
                   " is not equal to itself, as a NaN is not; a row without a group is left out by only_rows");
}

// For each of n ids the number of the first that equals it.
template <class Id>
constexpr internal::vector<std::size_t> first_of_the_same(std::size_t n, Id const& id) {
  internal::vector<std::size_t> first(n, 0);
  if constexpr (std::totally_ordered<std::remove_cvref_t<decltype(id(n))>>) {
    // Merged in sorted runs of 1, 2, 4, ...; equal ones stay in their order.
    internal::vector<std::size_t> sorted(n, 0);
    for (std::size_t i = 0; i < n; ++i) sorted[i] = i;
    internal::vector<std::size_t> in_order(n, 0);
    for (std::size_t width = 1; width < n; width *= 2) {
      for (std::size_t low = 0; low < n; low += 2 * width) {
        std::size_t const middle = low + width < n ? low + width : n;
        std::size_t const high = middle + width < n ? middle + width : n;
        std::size_t a = low;
        std::size_t b = middle;
        for (std::size_t out = low; out < high; ++out) {
          bool const from_b = a == middle || (b < high && id(sorted[b]) < id(sorted[a]));
          in_order[out] = from_b ? sorted[b++] : sorted[a++];
        }
      }
      std::swap(sorted, in_order);
    }
    for (std::size_t i = 0; i < n; ++i) {
      bool const same = i > 0 && id(sorted[i - 1]) == id(sorted[i]);
      first[sorted[i]] = same ? first[sorted[i - 1]] : sorted[i];
    }
  } else {
    internal::vector<std::size_t> different;
    for (std::size_t i = 0; i < n; ++i) {
      std::size_t k = 0;
      while (k < different.size() && !(id(different[k]) == id(i))) ++k;
      if (k == different.size()) different.push_back(i);
      first[i] = different[k];
    }
  }
  return first;
}

template <class Ids>
concept has_ids = std::ranges::random_access_range<Ids> && std::equality_comparable<std::ranges::range_value_t<Ids>>;

template <class Ids>
struct ids_of_rows : internal::rule<has_ids<Ids>, refused::ids_must_be_comparable_and_in_a_range_of_random_access> {};
template <class Keep, class Rows>
struct what_to_keep
    : internal::rule<std::predicate<Keep const&, Rows>, refused::what_to_keep_must_be_a_question_about_rows> {};

}  // namespace detail

/// `grouping(ids)`: which rows of a batch belong together, the answers to one prompt: rows with equal ids are a group.
/// `grouping::consecutive(rows, size)`: groups of `size` rows that follow one another.
///
/// A range of groups, each a span of the numbers of its rows, in the order in which the groups and their rows first
/// appear: `for (auto const rows : groups)`, `groups[g]`. A row may belong to no group: it was left out, and gets no
/// signal.
///
/// *Arguments*: a random-access range of ids of any type that has `==`.
/// *Errors*: `invalid_value` for an id that is not equal to itself, a NaN, and for rows that do not come out even.
/// *Cost*: O(n log n) if ids also have an order; without one, rows that follow others of their group take one
/// comparison, and others as many as there are groups.
/// *Use*:
///     bellman::grouping(std::array{4, 4, 7, 7}) == bellman::grouping::consecutive(4, 2)
class grouping {
 public:
  constexpr grouping() = default;

  /// Rows with equal ids are a group.
  template <class Ids, class = typename detail::ids_of_rows<Ids const>::type::yes>
  constexpr explicit grouping(Ids const& ids) : rows_(static_cast<std::size_t>(std::ranges::distance(ids))) {
    auto const id = [&](std::size_t row) -> decltype(auto) { return internal::element_at(ids, row); };
    // Where a row's id is not that of the row before, a run begins.
    internal::vector<std::size_t> runs;
    for (std::size_t row = 0; row < rows_; ++row) {
      if (row > 0 && id(row - 1) == id(row)) continue;
      if (!(id(row) == id(row))) detail::an_id_must_be_equal_to_itself(row);
      runs.push_back(row);
    }
    auto const same =
        detail::first_of_the_same(runs.size(), [&](std::size_t run) -> decltype(auto) { return id(runs[run]); });
    internal::vector<std::size_t> group_of(runs.size(), 0);
    for (std::size_t run = 0; run < runs.size(); ++run) {
      bool const is_first = same[run] == run;
      group_of[run] = is_first ? ends_.size() : group_of[same[run]];
      if (is_first) ends_.push_back(0);
      ends_[group_of[run]] += (run + 1 < runs.size() ? runs[run + 1] : rows_) - runs[run];
    }
    internal::vector<std::size_t> next(ends_.size(), 0);
    for (std::size_t g = 1; g < ends_.size(); ++g) {
      next[g] = ends_[g - 1];
      ends_[g] += ends_[g - 1];
    }
    order_ = internal::vector<std::size_t>(rows_, 0);
    std::size_t run = 0;
    for (std::size_t row = 0; row < rows_; ++row) {
      if (run + 1 < runs.size() && runs[run + 1] == row) ++run;
      order_[next[group_of[run]]++] = row;
    }
  }

  // Deleted, where the others would be listed.
  template <class Ids, class Reason = typename detail::ids_of_rows<Ids const>::type>
    requires(!std::same_as<Reason, internal::accepted>) explicit grouping(Ids const&) = delete;

  /// `rows` rows in groups of `size` that follow one another. Throws `invalid_value` if they do not come out even.
  static constexpr grouping consecutive(std::size_t rows, std::size_t size) {
    if (size == 0 || rows % size != 0) detail::rows_must_fill_groups_of_one_size(rows, size);
    grouping all;
    for (std::size_t row = 0; row < rows; ++row) {
      all.order_.push_back(row);
      if ((row + 1) % size == 0) all.ends_.push_back(row + 1);
    }
    all.rows_ = rows;
    return all;
  }

  /// The number of groups.
  constexpr std::size_t size() const { return ends_.size(); }

  /// The number of rows of the batch, those that belong to no group included.
  constexpr std::size_t rows() const { return rows_; }

  /// The rows of a group, which lie in the grouping: that of a temporary one does not compile.
  constexpr std::span<std::size_t const> operator[](std::size_t group) const& {
    std::size_t const first = group == 0 ? 0 : ends_[group - 1];
    return {order_.data() + first, ends_[group] - first};
  }
  template <std::integral Group, class Reason = refused::the_rows_of_a_group_lie_in_its_grouping_which_needs_a_name>
  constexpr Reason operator[](Group) const&& = delete;

  /// The groups, one after another: a range of random access, which lies in the grouping as well.
  constexpr internal::indexed_iterator<grouping const> begin() const& { return {*this, 0}; }
  constexpr internal::indexed_iterator<grouping const> end() const& {
    return {*this, static_cast<std::ptrdiff_t>(size())};
  }
  template <class Reason = refused::the_rows_of_a_group_lie_in_its_grouping_which_needs_a_name>
  constexpr Reason begin() const&& = delete;
  template <class Reason = refused::the_rows_of_a_group_lie_in_its_grouping_which_needs_a_name>
  constexpr Reason end() const&& = delete;

  /// The same rows without those groups for which `keep(rows of the group)` is false.
  template <class Keep, class = typename detail::what_to_keep<Keep, std::span<std::size_t const>>::type::yes>
  constexpr grouping only_groups(Keep const& keep) const {
    grouping kept;
    for (auto const members : *this) {
      if (keep(members)) kept.add(members);
    }
    kept.rows_ = rows_;
    return kept;
  }

  /// The same groups without those rows for which `keep(row)` is false; a group of which none is left is gone.
  template <class Keep, class = typename detail::what_to_keep<Keep, std::size_t>::type::yes>
  constexpr grouping only_rows(Keep const& keep) const {
    return with_rows(keep).only_groups([](std::span<std::size_t const> members) { return !members.empty(); });
  }

  friend bool operator==(grouping const&, grouping const&) = default;

 private:
  friend class internal::indexed_iterator<grouping const>;
  constexpr std::span<std::size_t const> at(std::size_t group) const { return (*this)[group]; }

  friend struct internal::rows_there_fn;
  // The groups keep their numbers: one of which no row is left stays, with none.
  template <class Keep>
  constexpr grouping with_rows(Keep const& keep) const {
    grouping kept;
    for (auto const members : *this) {
      for (std::size_t const row : members) {
        if (keep(row)) kept.order_.push_back(row);
      }
      kept.ends_.push_back(kept.order_.size());
    }
    kept.rows_ = rows_;
    return kept;
  }

  constexpr void add(std::span<std::size_t const> members) {
    for (std::size_t const row : members) order_.push_back(row);
    ends_.push_back(order_.size());
  }

  internal::vector<std::size_t> order_{};  // rows, group after group
  internal::vector<std::size_t> ends_{};   // where in it each group ends
  std::size_t rows_ = 0;
};

namespace detail {

template <class Rows>
concept numbers_of_rows = std::convertible_to < std::remove_reference_t<Rows>
const&, std::span < std::size_t const >> ;
template <class Rows>
concept rows_that_stay = std::is_lvalue_reference_v<Rows> || std::ranges::borrowed_range<Rows>;

}  // namespace detail

namespace internal {

template <class It>
struct element_of_row {
  It first;

  constexpr decltype(auto) operator()(std::size_t row) const { return internal::element_at(first, row); }
};

/// The same by value, of a range whose elements are read through a proxy.
template <class It, class X>
struct value_of_row {
  It first;

  constexpr X operator()(std::size_t row) const { return internal::element_at(first, row); }
};

// The rows lie in the grouping.
template <class It>
struct place_in<std::ranges::transform_view<std::span<std::size_t const>, element_of_row<It>>> {
  std::span<std::size_t const> rows;

  template <class Part>
  constexpr explicit place_in(Part const& part) : rows(part.base()) {}

  constexpr place operator()(std::size_t i) const { return {.number = rows[i]}; }
};

}  // namespace internal

namespace detail {

struct part_of_fn {
  template <
      class Values, class Rows,
      class = typename internal::every<
          internal::rule<std::ranges::random_access_range<Values>, refused::a_part_is_of_a_range_of_random_access>,
          internal::rule<std::ranges::borrowed_range<Values>,
                         refused::a_temporary_array_is_gone_before_a_part_of_it_is_read>,
          internal::rule<numbers_of_rows<Rows>, refused::rows_are_a_span_of_their_numbers>,
          internal::rule<rows_that_stay<Rows>,
                         refused::a_temporary_array_of_rows_is_gone_before_the_part_in_them_is_read>>::type::yes>
  constexpr auto operator()(Values&& values, Rows&& its_rows) const {
    std::span<std::size_t const> const rows = std::as_const(its_rows);
    auto const first = std::ranges::begin(values);
    return std::ranges::transform_view(rows, internal::element_of_row<std::remove_const_t<decltype(first)>>{first});
  }
};

}  // namespace detail

/// `part_of(values, rows)`: those elements of `values` that stand in `rows`, a lazy view, to read and to write; such as
/// the rewards of one group of a grouping.
///
/// *Arguments*: a random-access range, which must outlive the part and have all the rows; numbers of rows, as
/// `grouping[g]` gives them, which must outlive it too.
/// *Errors*: an array that is a temporary does not compile, be it of values or of rows.
/// *Cost*: O(1), allocates nothing.
/// *Use*:
///     [](std::vector<double> const& rewards, bellman::grouping const& groups) {
///       return bellman::part_of(rewards, groups[1])[0];
///     }({1, 0, 5}, bellman::grouping(std::array{7, 7, 3})) == 5.0
inline constexpr detail::part_of_fn part_of{};

}  // namespace bellman
