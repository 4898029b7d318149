// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/reflected.hpp>
#include <bellman/reflect/finite_type.hpp>
#include <bellman/reflect/internal/digits.hpp>
#include <bellman/reflect/internal/text.hpp>
#include <bellman/reflect/number_of_values.hpp>

#include <boost/hana/concept/struct.hpp>

#include <cstdint>
#include <iterator>
#include <string>
#include <type_traits>

namespace bellman {

namespace internal {

template <class T>
std::string text_of_parts(T const& x) {
  std::string text;
  internal::append_text(text, x);
  return text;
}

/// Structs in the messages and tables of other rooms.
template <class S>
  requires(std::is_class_v<S> && !is_bounded<S> && boost::hana::Struct<S>::value && reflect::finite_type<S>)
struct reflected<S> {
  static constexpr bool value = true;
  static std::string text(S const& s) { return internal::text_of_parts(s); }
  static constexpr std::uint64_t number(S const& s) { return internal::number_among_values(s); }
};

/// The same of the enumerations whose values have names.
template <class E>
  requires(std::is_enum_v<E> && std::size(reflect::names_of_values_v<E>) != 0)
struct reflected<E> {
  static constexpr bool value = true;
  static std::string text(E const& e) { return internal::text_of_parts(e); }
  static constexpr std::uint64_t number(E const& e) { return internal::number_among_values(e); }
};

}  // namespace internal

namespace reflect {

namespace detail {

struct text_of_fn {
  template <class T, class = typename internal::a_finite_type<T>::type::yes>
  [[nodiscard]] std::string operator()(T const& x) const {
    return internal::text_of_parts(x);
  }
};

}  // namespace detail

/// `text_of(s)`: a value by the names of its members, `{stock: 3, days: [saturday, sunday], open: true}`; enumerators
/// by their `names_of_values_v`, or by their numbers. So a struct stands in the messages of the library, unless it has
/// a member `str()` or a `to_string` of its own.
///
/// *Arguments*: a value of a `finite_type`.
/// *Use*:
///     bellman::reflect::text_of(std::array<bellman::reflect::bounded<0, 9>, 2>{3, 1}) == "[3, 1]"
inline constexpr detail::text_of_fn text_of{};

}  // namespace reflect

}  // namespace bellman
