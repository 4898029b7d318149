// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/internal/of_batch.hpp>
#include <bellman/groups/internal/places.hpp>
#include <bellman/internal/verdict.hpp>

#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_group_method_must_have_a_member_of_group_or_of_batch_that_is_const {};
struct what_a_group_method_has_for_a_group_must_give_a_number_for_a_reward {};

}  // namespace refused

namespace internal {

namespace detail {

// What a method itself needs of the groups, which has a reason by name: its member `needs<Groups>`.
template <class Method, class Groups>
struct own_needs : every<> {};
template <class Method, class Groups>
  requires requires { typename Method::template needs<Groups>; }
struct own_needs<Method, Groups> : Method::template needs<Groups> {};

// What a method has for a group of such a layout.
template <class Method, class Groups>
using function_of_group_t = typename Groups::template of_group_t<decltype(internal::of_batch(
    std::declval<Method const&>(), std::declval<Groups const&>()))>;

template <class Method, class Groups>
consteval auto judge_group_method() {
  if constexpr (!accepts<own_needs<Method, Groups>>) {
    return typename own_needs<Method, Groups>::type{};
  } else if constexpr (!requires { typename function_of_group_t<Method, Groups>; }) {
    return refused::a_group_method_must_have_a_member_of_group_or_of_batch_that_is_const{};
  } else if constexpr (!function_of_answers<function_of_group_t<Method, Groups>, Method, typename Groups::rewards_t>) {
    return refused::what_a_group_method_has_for_a_group_must_give_a_number_for_a_reward{};
  } else {
    return accepted{};
  }
}

}  // namespace detail

namespace detail {

// A name beside another base's is ambiguous.
struct with_of_group {
  void of_group() {}
};
struct with_of_batch {
  void of_batch() {}
};
template <class Method, class With>
struct beside_a_member : Method, With {};

}  // namespace detail

/// Whether a type is a group method as far as it can be seen before there are rewards: it has a member of one of the
/// names. Of a final class it cannot be seen.
template <class Method>
inline constexpr bool may_be_a_group_method = std::is_class_v<Method>;
template <class Method>
requires(std::is_class_v<Method> &&
         !std::is_final_v<Method>) inline constexpr bool may_be_a_group_method<Method> = !requires {
  &detail::beside_a_member<Method, detail::with_of_group>::of_group;
}
|| !requires { &detail::beside_a_member<Method, detail::with_of_batch>::of_batch; };

/// A group method for groups of a layout.
template <class Method, class Groups>
struct a_group_method {
  using type = decltype(detail::judge_group_method<Method, Groups>());
};

}  // namespace internal

}  // namespace bellman
