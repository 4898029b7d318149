// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman::test {

/// No number, no range, no policy: nothing that a function of this library takes.
struct word {
  bool operator==(word const&) const = default;
};

/// The types of the arguments of a call.
template <class... Argument>
struct arguments {};

/// The wrong types that are right for one argument after all: an `int` for a discount.
template <std::size_t Position, class... Type>
struct except {};

namespace detail {

template <class Wrong, std::size_t Position, class Except>
inline constexpr bool is_excepted = false;
template <class Wrong, std::size_t Position, class... Type>
inline constexpr bool is_excepted<Wrong, Position, except<Position, Type...>> = (std::is_same_v<Wrong, Type> || ...);

template <class Function, class Wrong, std::size_t Position, class... Argument, std::size_t... I>
consteval bool takes(std::index_sequence<I...>) {
  return std::is_invocable_v<Function, std::conditional_t<I == Position, Wrong, Argument>...>;
}

template <class Wrong, std::size_t Position, class... Except>
std::string taken(char const* name, bool takes) {
  bool const is_right = (is_excepted<Wrong, Position, Except> || ...);
  if (takes == is_right) return "";
  return std::string(takes ? " takes " : " refuses ") + name + " as argument " + std::to_string(Position) + ";";
}

template <class Function, class Wrong, class... Except, class... Argument, std::size_t... Position>
std::string taken(char const* name, arguments<Argument...>, std::index_sequence<Position...> all) {
  return (std::string() + ... +
          detail::taken<Wrong, Position, Except...>(name, takes<Function, Wrong, Position, Argument...>(all)));
}

}  // namespace detail

/// What is wrong with the answers of a function object to `std::is_invocable`, as a text, empty if nothing is: it must
/// take these arguments, and none of them replaced by an `int`, a `word`, a text, words or texts, but for the
/// exceptions, which it must take. It is never an error that cannot be asked about.
template <auto const& Function, class... Argument, class... Except>
std::string wrong_answers(arguments<Argument...> right, Except...) {
  using F = decltype(Function);
  using positions = std::index_sequence_for<Argument...>;
  std::string text = std::is_invocable_v<F, Argument...> ? "" : " refuses what is right;";
  text += detail::taken<F, int, Except...>("int", right, positions{});
  text += detail::taken<F, word, Except...>("word", right, positions{});
  text += detail::taken<F, std::string, Except...>("std::string", right, positions{});
  text += detail::taken<F, std::vector<word>, Except...>("std::vector<word>", right, positions{});
  text += detail::taken<F, std::vector<std::string>, Except...>("std::vector<std::string>", right, positions{});
  return text;
}

}  // namespace bellman::test
