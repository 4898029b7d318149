// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/place_in.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman::internal {

/// One group of several, or a column of it, that knows which it is: a view of one, for messages.
template <class View>
class numbered_group : public std::ranges::view_interface<numbered_group<View>> {
 public:
  constexpr numbered_group(View group, std::size_t number) : group_(std::move(group)), number_(number) {}

  constexpr auto begin() const { return std::ranges::begin(group_); }
  constexpr auto end() const { return std::ranges::end(group_); }

  constexpr place_in<View> places() const { return place_in<View>(group_); }
  constexpr std::size_t number() const { return number_; }

 private:
  View group_;
  std::size_t number_;
};

template <class View>
struct place_in<numbered_group<View>> {
  place_in<View> in_group;
  std::size_t group = 0;

  constexpr explicit place_in(numbered_group<View> const& of) : in_group(of.places()), group(of.number()) {}

  constexpr place operator()(std::size_t i) const { return {in_group(i).number, group}; }
};

}  // namespace bellman::internal
