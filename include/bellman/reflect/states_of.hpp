// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/indexed_iterator.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/internal/listed_states.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/reflect/finite_type.hpp>
#include <bellman/reflect/internal/digits.hpp>
#include <bellman/reflect/internal/existing.hpp>
#include <bellman/reflect/internal/text.hpp>
#include <bellman/reflect/text_of.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman {

namespace refused {

struct a_predicate_of_states_is_called_with_a_state_and_returns_bool {};

}  // namespace refused

namespace reflect {

namespace detail {

struct every_state {
  template <class S>
  constexpr bool operator()(S const&) const {
    return true;
  }
};
inline constexpr every_state every{};

template <class S>
[[noreturn]] void a_member_must_be_within_its_bounds(S const& s) {
  std::string message = "bellman: ";
  bool found = false;
  internal::for_each_part(s, "", [&]<class Part>(Part const& x, std::string const& path) {
    if (found || internal::number_among_values(x) < internal::value_count<Part>) return;
    found = true;
    auto const least = internal::lowest_value<Part>;
    auto const greatest = static_cast<std::int64_t>(internal::value_count<Part>) - 1 + least;
    message += (path.empty() ? "the value" : path) + " is " + internal::text_of_parts(x) + "; it must lie in [" +
               std::to_string(least) + ", " + std::to_string(greatest) + "]";
  });
  internal::refuse(message);
}
[[noreturn]] inline void a_number_must_be_that_of_a_state(std::size_t i, index_t size) {
  internal::refuse("bellman: there is no state " + std::to_string(i) + " among " + std::to_string(size) +
                   "; they are numbered from 0 on");
}
template <class S>
[[noreturn]] void a_state_must_be_one_that_exists(S const& s) {
  internal::refuse("bellman: the state " + internal::text_of_parts(s) +
                   " does not exist: the predicate of the states does not hold for it");
}

template <class S, auto Exists>
struct a_predicate : internal::rule<std::predicate<decltype(Exists) const&, S const&>,
                                    refused::a_predicate_of_states_is_called_with_a_state_and_returns_bool> {};

}  // namespace detail

template <class S, auto Exists>
class finite_states;

namespace detail {

// What iterators point to.
template <class S, auto Exists>
inline constexpr finite_states<S, Exists> all_states_of{};

}  // namespace detail

/// The values of a type for which a predicate holds, in lexicographic order, each with its number: what `states_of`
/// returns. It holds nothing: as a range it is random-access and sized, its iterators outlive it, and every object of
/// its type is the same.
///
///  - `size()`: how many there are;
///  - `index_of(s)`: the number of a state, from 0 on; `find(s)`: the same, or `no_index` for what is none of them;
///  - `state_at(i)`, also `[i]`: the state of that number;
///  - `contains(s)`: whether a value is one of them.
template <class S, auto Exists>
class finite_states {
  static constexpr bool all = std::same_as<std::remove_const_t<decltype(Exists)>, detail::every_state>;
  using iterator = internal::indexed_iterator<finite_states const>;
  friend iterator;

 public:
  [[nodiscard]] static constexpr index_t size() {
    if constexpr (all) {
      return static_cast<index_t>(internal::value_count<S>);
    } else {
      return internal::existing<S, Exists>::size;
    }
  }

  [[nodiscard]] constexpr index_t index_of(S const& s) const {
    index_t const i = find(s);
    if (i == no_index) {
      if (internal::number_among_values(s) >= internal::value_count<S>) detail::a_member_must_be_within_its_bounds(s);
      detail::a_state_must_be_one_that_exists(s);
    }
    return i;
  }
  [[nodiscard]] constexpr index_t find(S const& s) const {
    std::uint64_t const n = internal::number_among_values(s);
    if (n >= internal::value_count<S>) return no_index;
    if constexpr (all) {
      return static_cast<index_t>(n);
    } else {
      return internal::existing<S, Exists>::number(static_cast<index_t>(n));
    }
  }
  [[nodiscard]] constexpr bool contains(S const& s) const { return find(s) != no_index; }

  [[nodiscard]] constexpr S state_at(std::size_t i) const {
    if (i >= size()) detail::a_number_must_be_that_of_a_state(i, size());
    return at(i);
  }
  [[nodiscard]] constexpr S operator[](std::size_t i) const { return state_at(i); }

  constexpr iterator begin() const { return iterator(detail::all_states_of<S, Exists>, 0); }
  constexpr iterator end() const { return iterator(detail::all_states_of<S, Exists>, size()); }

 private:
  constexpr S at(std::size_t i) const {
    S s{};
    if constexpr (all) {
      internal::take_digits(i, s);
    } else {
      internal::take_digits(internal::existing<S, Exists>::value(static_cast<index_t>(i)), s);
    }
    return s;
  }
};

namespace detail {

template <class S, auto Exists>
struct states_of_fn {
  template <class T = S,
            class = typename internal::every<internal::a_finite_type<T>, a_predicate<T, Exists>>::type::yes>
  [[nodiscard]] constexpr finite_states<T, Exists> operator()() const {
    return {};
  }
};

}  // namespace detail

/// `states_of<S>()`: all values of a struct, or of another type that has finitely many: what `states()` of an
/// environment returns, or `actions(s)`. `states_of<S, exists>()`: those for which `exists(s)` holds.
///
/// They are numbered as a number is written: the first member is the most significant digit, as in `<=>` of the
/// members.
///
/// *Arguments*: a `finite_type`; a predicate of it that can be called in a constant expression and be an argument of a
/// template: a lambda that captures nothing, a pointer to a function or to a member.
/// *Errors*: `invalid_value` in `index_of` for a member that is out of its bounds and for a state that does not exist,
/// in `state_at` for a number that is none. Does not compile for a type that is no `finite_type`.
/// *Cost*: for each part that has no parts, `index_of` is a multiply-add and a comparison, `state_at` a division by a
/// constant, which compilers make a multiplication; in a constant expression both together take g++ about 8
/// microseconds and clang 13. With a predicate each is besides a look-up in a table: 2 bytes a value of S and 4 bytes a
/// state, made once by the compiler in about 40 microseconds a value and what the predicate takes.
/// *Laws*: `index_of(state_at(i)) == i`; `i < j` is `state_at(i) < state_at(j)`.
/// *Use*:
///     bellman::reflect::states_of<std::array<bool, 3>>().index_of({true, false, true}) == 5
template <class S, auto Exists = detail::every>
inline constexpr detail::states_of_fn<S, Exists> states_of{};

}  // namespace reflect

namespace internal {

template <class S, auto Exists>
inline constexpr bool numbers_its_states<reflect::finite_states<S, Exists>> = true;

}  // namespace internal

}  // namespace bellman

template <class S, auto Exists>
inline constexpr bool std::ranges::enable_borrowed_range<bellman::reflect::finite_states<S, Exists>> = true;
template <class S, auto Exists>
inline constexpr bool std::ranges::enable_view<bellman::reflect::finite_states<S, Exists>> = true;
