// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/reflect/bounded.hpp>
#include <bellman/reflect/internal/members.hpp>
#include <bellman/reflect/number_of_values.hpp>

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>

namespace bellman::internal {

template <class T>
inline constexpr bool is_bounded = false;
template <int Lo, int Hi>
inline constexpr bool is_bounded<reflect::bounded<Lo, Hi>> = true;

template <class T>
inline constexpr std::int64_t lowest_value = 0;
template <int Lo, int Hi>
inline constexpr std::int64_t lowest_value<reflect::bounded<Lo, Hi>> = Lo;
template <class T>
inline constexpr std::int64_t highest_value = 0;
template <int Lo, int Hi>
inline constexpr std::int64_t highest_value<reflect::bounded<Lo, Hi>> = Hi;

/// More than any number of states: what larger numbers are taken for.
inline constexpr std::uint64_t too_many = std::uint64_t{1} << 62;

constexpr std::uint64_t capped_product(std::uint64_t a, std::uint64_t b) {
  return b != 0 && a > too_many / b ? too_many : a * b;
}

template <class T>
consteval std::uint64_t count_values();

template <class S, class... Member>
consteval std::uint64_t count_values_of_members(member_list<Member...>) {
  std::uint64_t n = 1;
  ((n = internal::capped_product(n, internal::count_values<member_t<S, Member>>())), ...);
  return n;
}

/// How many values a type has, `too_many` where there are more.
template <class T>
consteval std::uint64_t count_values() {
  if constexpr (std::is_same_v<T, bool>) {
    return 2;
  } else if constexpr (std::is_enum_v<T>) {
    return reflect::number_of_values_v<T>;
  } else if constexpr (is_bounded<T>) {
    return static_cast<std::uint64_t>(highest_value<T> - lowest_value<T> + 1);
  } else if constexpr (std::is_array_v<T> || is_std_array<T>) {
    std::uint64_t n = 1;
    if constexpr (std::is_array_v<T>) {
      for (std::size_t i = 0; i < std::extent_v<T>; ++i) {
        n = internal::capped_product(n, internal::count_values<std::remove_extent_t<T>>());
      }
    } else {
      for (std::size_t i = 0; i < std::tuple_size_v<T>; ++i) {
        n = internal::capped_product(n, internal::count_values<typename T::value_type>());
      }
    }
    return n;
  } else {
    return internal::count_values_of_members<T>(members_of<T>{});
  }
}

template <class T>
inline constexpr std::uint64_t value_count = internal::count_values<T>();

template <class List>
struct each_member;

/// The number of a value among those of its type, in the order of its parts, the first the most significant; no number
/// below their count if a part is none of its type's values.
///
/// In a constant expression the compilers take a microsecond or two for each call: there is one for each part.
template <class T>
constexpr std::uint64_t number_among_values(T const& x) {
  if constexpr (std::is_same_v<T, bool>) {
    return x ? 1 : 0;
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<std::uint64_t>(x);
  } else if constexpr (is_bounded<T>) {
    return static_cast<std::uint64_t>(x.value - lowest_value<T>);
  } else if constexpr (std::is_array_v<T>) {
    std::uint64_t n = 0;
    bool within = true;
    for (std::size_t i = 0; i < std::extent_v<T>; ++i) {
      std::uint64_t const d = internal::number_among_values(x[i]);
      within = within & (d < value_count<std::remove_extent_t<T>>);
      n = n * value_count<std::remove_extent_t<T>> + d;
    }
    return within ? n : too_many;
  } else if constexpr (is_std_array<T>) {
    auto const* e = x.data();
    std::uint64_t n = 0;
    bool within = true;
    for (std::size_t i = 0; i < std::tuple_size_v<T>; ++i) {
      std::uint64_t const d = internal::number_among_values(e[i]);
      within = within & (d < value_count<typename T::value_type>);
      n = n * value_count<typename T::value_type> + d;
    }
    return within ? n : too_many;
  } else {
    return each_member<members_of<T>>::number(x);
  }
}

/// Assigns the value of a number, below the count of its type.
template <class T>
constexpr void assign_value(T& x, std::uint64_t n) {
  if constexpr (std::is_same_v<T, bool> || std::is_enum_v<T>) {
    x = static_cast<T>(n);
  } else if constexpr (is_bounded<T>) {
    x.value = static_cast<typename T::value_type>(static_cast<std::int64_t>(n) + lowest_value<T>);
  } else if constexpr (std::is_array_v<T>) {
    for (std::size_t i = std::extent_v<T>; i-- > 0;) {
      internal::assign_value(x[i], n % value_count<std::remove_extent_t<T>>);
      n /= value_count<std::remove_extent_t<T>>;
    }
  } else if constexpr (is_std_array<T>) {
    auto* e = x.data();
    for (std::size_t i = std::tuple_size_v<T>; i-- > 0;) {
      internal::assign_value(e[i], n % value_count<typename T::value_type>);
      n /= value_count<typename T::value_type>;
    }
  } else {
    each_member<members_of_reversed<T>>::assign(x, n);
  }
}

template <class... Member>
struct each_member<member_list<Member...>> {
  template <class S>
  static constexpr std::uint64_t number(S const& s) {
    std::uint64_t n = 0;
    std::uint64_t d = 0;
    bool within = true;
    ((d = internal::number_among_values(s.*Member::pointer), within = within & (d < value_count<member_t<S, Member>>),
      n = n * value_count<member_t<S, Member>> + d),
     ...);
    return within ? n : too_many;
  }
  template <class S>
  static constexpr void assign(S& s, std::uint64_t n) {
    ((internal::assign_value(s.*Member::pointer, n % value_count<member_t<S, Member>>),
      n /= value_count<member_t<S, Member>>),
     ...);
  }
};

}  // namespace bellman::internal
