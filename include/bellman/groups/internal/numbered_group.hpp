// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/place_in.hpp>

#include <cstddef>
#include <ranges>
#include <span>
#include <utility>

namespace bellman::internal {

/// One group of several, or a column of it, that knows the places of its elements in what the caller gave: a view of
/// one, for messages.
template <class View, class Places>
class numbered_group : public std::ranges::view_interface<numbered_group<View, Places>> {
 public:
  constexpr numbered_group(View group, Places places) : group_(std::move(group)), places_(std::move(places)) {}

  constexpr auto begin() const { return std::ranges::begin(group_); }
  constexpr auto end() const { return std::ranges::end(group_); }

  constexpr Places const& places() const { return places_; }

 private:
  View group_;
  Places places_;
};

template <class View, class Places>
struct place_in<numbered_group<View, Places>> : Places {
  constexpr explicit place_in(numbered_group<View, Places> const& of) : Places(of.places()) {}
};

/// The places of a group that is a range of its own.
template <class Group>
struct places_in_group {
  place_in<Group> in;
  std::size_t group;

  constexpr place operator()(std::size_t i) const { return in(i).of_group(group); }
};

/// The places of some rows of a column; the rows lie in the grouping.
template <class Column>
struct places_of_rows {
  place_in<Column> in;
  std::span<std::size_t const> rows;
  std::size_t group;

  constexpr place operator()(std::size_t i) const { return in(rows[i]).of_group(group); }
};

}  // namespace bellman::internal
