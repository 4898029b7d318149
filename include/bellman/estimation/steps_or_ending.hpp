// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/step.hpp>

#include <ranges>
#include <type_traits>

namespace bellman {

namespace internal {

template <class T>
inline constexpr bool is_step = false;
template <class V>
inline constexpr bool is_step<step<V>> = true;
template <class T>
inline constexpr bool is_ending = false;
template <>
inline constexpr bool is_ending<terminated> = true;
template <class X>
inline constexpr bool is_ending<truncated<X>> = true;

}  // namespace internal

/// Whether `Steps` says of each step what it is: the ending of one episode (`terminated{}`, `truncated{v}`, a `step`),
/// a range of `step`, or `recorded_steps`.
template <class Steps>
concept steps_or_ending = internal::is_ending<Steps> || internal::is_step<Steps> ||
                          (std::ranges::random_access_range<Steps const&> &&
                           internal::is_step<std::remove_cvref_t<std::ranges::range_reference_t<Steps const&>>>) ||
                          requires(Steps const& s) {
                            s.terminated;
                            s.truncated;
                            s.value_after;
                            s.own;
                            s.last;
                          };

}  // namespace bellman
