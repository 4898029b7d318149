// SPDX-License-Identifier: BSL-1.0
#pragma once

// Each kind of name that headers declare. The pages next to them are wrong in every way that is found.

namespace bellman {

/// A type.
struct listed_type {
  int member(int x) const { return x; }
};
struct undocumented_type;

/// Forward: one docstring is enough.
struct declared_twice;
struct declared_twice {};

template <class T>
  requires(sizeof(T) > 1 && requires(T t) { t + t; })
class unlisted_class {};

/// A concept.
template <class T>
concept listed_concept = requires(T const& t) {
  { t.size() };
} && true;

namespace detail {
/// Not public.
struct hidden_fn {
  constexpr int operator()(int x) const { return x; }
};
inline constexpr hidden_fn hidden{};
}  // namespace detail

namespace internal {
inline constexpr int also_hidden = 1;
}
namespace refused {
struct a_reason;
}

inline namespace operations {
/// `call(x)`: a function object in an inline namespace.
inline constexpr detail::hidden_fn call{};
}  // namespace operations

/// `with_parameters<A, (1 > 0)>(x)`: a template of one.
template <class A, bool B = (1 > 0)>
inline constexpr detail::hidden_fn with_parameters{};
template <>
inline constexpr int with_parameters<int, true> = 1;

inline constexpr auto undocumented_call = [](int x) {
  struct local {};
  return x;
};

/// `function(x)`: a function, and a text with a brace, "{".
constexpr char const* function(int) { return "{ struct in_a_text;"; }
template <class T>
listed_type(T) -> listed_type;
constexpr bool operator==(listed_type, listed_type) { return true; }

/// A constant.
template <class T>
inline constexpr bool constant_v = false;

/// A handler.
inline void (*handler)(char const*) = nullptr;

/// An alias.
using alias = listed_type;

}  // namespace bellman

template <>
struct std::hash<bellman::listed_type> {};
