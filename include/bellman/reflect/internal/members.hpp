// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <boost/hana/accessors.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/tuple.hpp>

#include <type_traits>
#include <utility>

namespace bellman::internal {

/// A member of a struct: its pointer, and its name, a text that is a type.
template <auto Pointer, class Name>
struct member {
  static constexpr auto pointer = Pointer;
  static constexpr char const* name() { return Name::c_str(); }
};

/// What is no member that a pointer names: a function that computes something of a struct.
struct no_member {};

template <class Access, class Name>
struct member_behind {
  using type = no_member;
};
template <template <class Pointer, Pointer Value> class Access, class Pointer, Pointer Value, class Name>
  requires std::is_member_object_pointer_v<Pointer>
struct member_behind<Access<Pointer, Value>, Name> {
  using type = member<Value, Name>;
};

template <class... Member>
struct member_list {};

template <class... Name, class... Access>
consteval auto members_in(boost::hana::tuple<boost::hana::pair<Name, Access>...> const&) {
  return member_list<typename member_behind<Access, Name>::type...>{};
}

/// The members of a struct that Hana knows, in the order in which they were told to it. Hana is asked once a struct;
/// for each value it would cost the compilers many times what the members' pointers cost.
template <class S>
using members_of = decltype(internal::members_in(boost::hana::accessors<S>()));

template <class Reversed, class List>
struct reversed_list {
  using type = Reversed;
};
template <class... Reversed, class First, class... Rest>
struct reversed_list<member_list<Reversed...>, member_list<First, Rest...>>
    : reversed_list<member_list<First, Reversed...>, member_list<Rest...>> {};

/// The members from the last to the first.
template <class S>
using members_of_reversed = typename reversed_list<member_list<>, members_of<S>>::type;

/// The type of a member, a constant one if it is that.
template <class S, class Member>
using member_t = std::remove_reference_t<decltype(std::declval<S&>().*Member::pointer)>;

}  // namespace bellman::internal
