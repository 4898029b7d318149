// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/planning/state_index.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// Whether a range of states, of which each stands in it once, finds the number of each by itself: `range.find(s)`,
/// which is `no_index` for what is not in it.
template <class Range>
inline constexpr bool numbers_its_states = false;

/// The states of an environment that is a constant, and their numbers, by their order in `env.states()`.
///
/// A state is found by the range itself, where it numbers its states; by a subtraction where states are consecutive
/// integers or enumerators; else by `<` in logarithmic time, or by looking at all.
template <auto env>
class listed_states {
  using E = std::remove_cvref_t<decltype(env)>;
  using S = state_t<E>;
  using range = std::remove_cvref_t<decltype(env.states())>;

  // Functions, not lambdas: of the names in these g++ 12 warns where a program has such a name too.
  static constexpr std::size_t count() {
    auto&& all = env.states();
    return static_cast<std::size_t>(std::ranges::distance(all));
  }

 public:
  static constexpr std::size_t size = count();

  static constexpr S const& state(index_t i) { return all_.of[i]; }

  /// The number of `s`, or `no_index`.
  static constexpr index_t find(S const& s) {
    if constexpr (numbers_its_states<range>) {
      return env.states().find(s);
    } else if constexpr (are_consecutive) {
      std::uint64_t const i = number(s) - number(all_.of[0]);
      return i < size ? static_cast<index_t>(i) : no_index;
    } else if constexpr (is_ordered) {
      std::size_t first = 0;
      std::size_t last = size;
      while (first < last) {
        std::size_t const middle = first + (last - first) / 2;
        if (all_.of[sorted.of[middle]] < s) {
          first = middle + 1;
        } else {
          last = middle;
        }
      }
      return first < size && all_.of[sorted.of[first]] == s ? sorted.of[first] : no_index;
    } else {
      for (std::size_t i = 0; i < size; ++i) {
        if (all_.of[i] == s) return static_cast<index_t>(i);
      }
      return no_index;
    }
  }

 private:
  // Arrays of the language are read without a call, of which compilers grant a constant expression only so many.
  struct states {
    S of[size == 0 ? 1 : size];
  };
  template <std::size_t, class Iterator>
  static constexpr S next(Iterator& it) {
    S s = static_cast<S>(*it);
    ++it;
    return s;
  }
  template <std::size_t... Index>
  static constexpr states list(std::index_sequence<Index...>) {
    auto&& listed = env.states();
    [[maybe_unused]] auto it = std::ranges::begin(listed);
    return states{{next<Index>(it)...}};
  }
  static constexpr states all_ = list(std::make_index_sequence<size>{});

  static constexpr bool is_ordered = requires(S const& a, S const& b) {
    { a < b } -> std::convertible_to<bool>;
  };

  static constexpr std::uint64_t number(S const& s)
    requires(std::integral<S> || std::is_enum_v<S>)
  {
    return static_cast<std::uint64_t>(s);
  }
  static constexpr bool judge_consecutive() {
    if constexpr (std::integral<S> || std::is_enum_v<S>) {
      for (std::size_t i = 0; i < size; ++i) {
        if (number(all_.of[i]) != number(all_.of[0]) + i) return false;
      }
      return size > 0;
    } else {
      return false;
    }
  }
  static constexpr bool are_consecutive = judge_consecutive();

  struct numbers {
    index_t of[size + 1]{};
  };
  // By merging ever longer runs.
  static constexpr numbers in_order() {
    numbers a;
    numbers b;
    for (std::size_t i = 0; i < size; ++i) a.of[i] = static_cast<index_t>(i);
    for (std::size_t run = 1; run < size; run *= 2) {
      for (std::size_t first = 0; first < size; first += 2 * run) {
        std::size_t const middle = first + run < size ? first + run : size;
        std::size_t const last = first + 2 * run < size ? first + 2 * run : size;
        std::size_t i = first;
        std::size_t k = middle;
        for (std::size_t to = first; to < last; ++to) {
          bool const second = i == middle || (k < last && all_.of[a.of[k]] < all_.of[a.of[i]]);
          b.of[to] = second ? a.of[k++] : a.of[i++];
        }
      }
      a = b;
    }
    return a;
  }
  static constexpr numbers sort() {
    if constexpr (!numbers_its_states<range> && !are_consecutive && is_ordered) {
      return in_order();
    } else {
      return numbers{};
    }
  }
  static constexpr numbers sorted = sort();

  // Some 30,000 comparisons a constant, of which clang's 2^20 steps allow for some 30 each.
  static constexpr std::size_t comparisons_of_find = are_consecutive ? 1 : is_ordered ? 32 : size;
  static constexpr std::size_t found_at_once = comparisons_of_find < 32768 ? 32768 / comparisons_of_find : 1;
  static constexpr std::size_t pieces = numbers_its_states<range> ? 0 : (size + found_at_once - 1) / found_at_once;

  template <std::size_t K>
  static constexpr index_t first_listed_again() {
    for (std::size_t i = K * found_at_once; i < size && i < (K + 1) * found_at_once; ++i) {
      if (find(all_.of[i]) != i) return static_cast<index_t>(i);
    }
    return no_index;
  }
  template <std::size_t K>
  static constexpr index_t listed_again_ = first_listed_again<K>();
  template <std::size_t... K>
  static constexpr index_t first_of_pieces(std::index_sequence<K...>) {
    index_t const of_pieces[]{no_index, listed_again_<K>...};
    for (index_t const i : of_pieces) {
      if (i != no_index) return i;
    }
    return no_index;
  }

 public:
  /// The first state that is not found where it stands: `no_index` if there is none.
  static constexpr index_t listed_again = first_of_pieces(std::make_index_sequence<pieces>{});
};

}  // namespace bellman::internal
