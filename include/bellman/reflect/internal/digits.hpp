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

/// What stands for the number of what is none of its type's values.
inline constexpr std::uint64_t of_no_value = ~std::uint64_t{0};

template <class List>
struct each_member;

// In a constant expression the compilers take a microsecond or two for each call and each operation: there is one call
// for each part.

/// A number with the digits of a value behind its own, those of the first part first. If a part is none of its type's
/// values, this is `of_no_value`, and stays above all counts below 2^32, whatever digits come behind.
template <class T>
constexpr std::uint64_t append_digits(std::uint64_t n, T const& x) {
  if constexpr (std::is_same_v<T, bool>) {
    return n * 2 + (x ? 1 : 0);
  } else if constexpr (std::is_enum_v<T>) {
    auto const d = static_cast<std::uint64_t>(x);
    return d < value_count<T> ? n * value_count<T> + d : of_no_value;
  } else if constexpr (is_bounded<T>) {
    auto const d = static_cast<std::uint64_t>(x.value - lowest_value<T>);
    return d < value_count<T> ? n * value_count<T> + d : of_no_value;
  } else if constexpr (std::is_array_v<T>) {
    for (auto const& e : x) n = internal::append_digits(n, e);
    return n;
  } else if constexpr (is_std_array<T>) {
    auto const* e = x.data();
    for (std::size_t i = 0; i < std::tuple_size_v<T>; ++i) n = internal::append_digits(n, e[i]);
    return n;
  } else {
    return each_member<members_of<T>>::append_digits(n, x);
  }
}

/// Assigns the last digits of a number to a value, those of its last part first, and returns the number before them.
template <class T>
constexpr std::uint64_t take_digits(std::uint64_t n, T& x) {
  if constexpr (std::is_same_v<T, bool> || std::is_enum_v<T>) {
    x = static_cast<T>(n % value_count<T>);
    return n / value_count<T>;
  } else if constexpr (is_bounded<T>) {
    x.value = static_cast<typename T::value_type>(static_cast<std::int64_t>(n % value_count<T>) + lowest_value<T>);
    return n / value_count<T>;
  } else if constexpr (std::is_array_v<T>) {
    for (std::size_t i = std::extent_v<T>; i-- > 0;) n = internal::take_digits(n, x[i]);
    return n;
  } else if constexpr (is_std_array<T>) {
    auto* e = x.data();
    for (std::size_t i = std::tuple_size_v<T>; i-- > 0;) n = internal::take_digits(n, e[i]);
    return n;
  } else {
    return each_member<members_of_reversed<T>>::take_digits(n, x);
  }
}

template <class... Member>
struct each_member<member_list<Member...>> {
  template <class S>
  static constexpr std::uint64_t append_digits(std::uint64_t n, S const& s) {
    ((n = internal::append_digits(n, s.*Member::pointer)), ...);
    return n;
  }
  template <class S>
  static constexpr std::uint64_t take_digits(std::uint64_t n, S& s) {
    ((n = internal::take_digits(n, s.*Member::pointer)), ...);
    return n;
  }
};

/// The number of a value among those of its type, in lexicographic order of its parts; no number below their count if a
/// part is none of its type's values.
template <class T>
constexpr std::uint64_t number_among_values(T const& x) {
  return internal::append_digits(0, x);
}

}  // namespace bellman::internal
