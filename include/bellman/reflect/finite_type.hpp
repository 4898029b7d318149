// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/reflect/internal/digits.hpp>
#include <bellman/reflect/internal/members.hpp>
#include <bellman/reflect/number_of_values.hpp>

#include <boost/hana/concept/struct.hpp>

#include <concepts>
#include <cstdint>
#include <iterator>
#include <type_traits>

namespace bellman {

namespace refused {

template <class T>
struct a_number_must_be_bounded_by_reflect_bounded {};
template <class E>
struct an_enumeration_must_say_its_number_of_values {};
template <class E>
struct an_enumeration_has_a_name_for_each_of_its_values {};
template <class T>
struct the_type_has_no_known_number_of_values {};
template <class S>
struct hana_must_know_the_struct_by_define_struct_or_adapt_struct {};
template <class S>
struct a_struct_of_states_must_have_members {};
template <class S>
struct a_struct_of_states_must_be_copyable_and_made_without_arguments {};
template <class S>
struct the_members_of_a_struct_of_states_must_be_variables {};
template <class S>
struct states_must_be_numbered_in_32_bits {};

}  // namespace refused

namespace internal {

template <class T>
consteval auto judge_finite_parts();

template <class T>
struct parts_of_finitely_many_values {
  using type = decltype(internal::judge_finite_parts<T>());
};

template <class S, class... Member>
consteval auto judge_members(member_list<Member...>) {
  if constexpr (sizeof...(Member) == 0) {
    return refused::a_struct_of_states_must_have_members<S>{};
  } else if constexpr ((std::same_as<Member, no_member> || ...)) {
    return refused::the_members_of_a_struct_of_states_must_be_variables<S>{};
  } else if constexpr ((std::is_const_v<member_t<S, Member>> || ...)) {
    return refused::the_members_of_a_struct_of_states_must_be_variables<S>{};
  } else {
    return typename every<parts_of_finitely_many_values<member_t<S, Member>>...>::type{};
  }
}

/// Whether each part of a type is of finitely many values.
template <class T>
consteval auto judge_finite_parts() {
  if constexpr (std::same_as<T, bool> || is_bounded<T>) {
    return accepted{};
  } else if constexpr (std::is_arithmetic_v<T>) {
    return refused::a_number_must_be_bounded_by_reflect_bounded<T>{};
  } else if constexpr (std::is_enum_v<T>) {
    if constexpr (reflect::number_of_values_v<T> == 0) {
      return refused::an_enumeration_must_say_its_number_of_values<T>{};
    } else {
      constexpr auto names = std::size(reflect::names_of_values_v<T>);
      return typename rule<(names == 0 || names == reflect::number_of_values_v<T>),
                           refused::an_enumeration_has_a_name_for_each_of_its_values<T>>::type{};
    }
  } else if constexpr (std::is_array_v<T>) {
    return internal::judge_finite_parts<std::remove_extent_t<T>>();
  } else if constexpr (is_std_array<T>) {
    return internal::judge_finite_parts<typename T::value_type>();
  } else if constexpr (!std::is_class_v<T> || std::is_const_v<T>) {
    return refused::the_type_has_no_known_number_of_values<T>{};
  } else if constexpr (!boost::hana::Struct<T>::value) {
    return refused::hana_must_know_the_struct_by_define_struct_or_adapt_struct<T>{};
  } else if constexpr (!std::copyable<T> || !std::default_initializable<T>) {
    return refused::a_struct_of_states_must_be_copyable_and_made_without_arguments<T>{};
  } else {
    return internal::judge_members<T>(members_of<T>{});
  }
}

template <class T>
consteval auto judge_finite_type() {
  using verdict = decltype(internal::judge_finite_parts<T>());
  if constexpr (!std::same_as<verdict, accepted>) {
    return verdict{};
  } else if constexpr (std::is_array_v<T>) {
    return refused::the_type_has_no_known_number_of_values<T>{};
  } else {
    return typename rule<(value_count<T> < 0xffffffff), refused::states_must_be_numbered_in_32_bits<T>>::type{};
  }
}

/// A type whose values can be listed.
template <class T>
struct a_finite_type {
  using type = decltype(internal::judge_finite_type<T>());
};

}  // namespace internal

namespace reflect {

/// A type whose values can be listed, at most 4294967294 of them.
///
/// Minimal definition: `bool`, `bounded<lo, hi>`, an enumeration with a `number_of_values_v`, a `std::array` of such;
/// a copyable struct that is made without arguments, whose members are such, `T[n]` of such or other such structs, and
/// which Hana knows by `BOOST_HANA_DEFINE_STRUCT` or `BOOST_HANA_ADAPT_STRUCT`.
///
/// Axiom: Hana knows all members, and if there is a `==`, it compares them all.
///
/// Models: `struct { BOOST_HANA_DEFINE_STRUCT(depot, (bounded<0, 9>, stock), (bool, open)); }`.
template <class T>
concept finite_type = internal::accepts<internal::a_finite_type<T>>;

}  // namespace reflect

}  // namespace bellman
