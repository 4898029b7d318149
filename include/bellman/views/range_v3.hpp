// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <range/v3/range/concepts.hpp>
#include <range/v3/range_fwd.hpp>

#include <concepts>
#include <ranges>

/// With this header the views of range-v3 are views to `std::ranges` and to `bellman::views`, and those of the standard
/// library and of `bellman::views` are views to range-v3, which are held by value where they are piped on. Without it
/// range-v3 refuses them as temporaries, and `std::ranges` makes an `owning_view` of range-v3's, which is not copied.
/// The files of a program that share such a type all include it, or none does.

template <class View>
  requires std::derived_from<View, ranges::view_base>
inline constexpr bool std::ranges::enable_view<View> = true;

// range-v3 asks for a default constructor besides, which a std::ranges::ref_view lacks.
template <class View>
  requires(std::ranges::enable_view<View> && !std::derived_from<View, ranges::view_base>)
inline constexpr bool ranges::enable_view<View> = true;
