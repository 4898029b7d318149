// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/internal/reflected.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/internal/sorted.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

/// The number of a state in a table, from 0 on. Also the number of an action slot, a pair of a state and one of its
/// actions. 32 bits, so that a sweep reads less.
using index_t = std::uint32_t;

/// No index: what a search returns that found nothing.
inline constexpr index_t no_index = static_cast<index_t>(-1);

namespace detail {

template <class S>
concept hashes_itself = requires(S const& s) {
  { s.hash() } -> std::convertible_to<std::size_t>;
};
template <class S>
struct constexpr_hash : std::false_type {};
template <class S>
  requires std::integral<S> || std::is_enum_v<S> || hashes_itself<S> || internal::reflected<S>::value
struct constexpr_hash<S> : std::true_type {};
template <class S, std::size_t N>
struct constexpr_hash<std::array<S, N>> : constexpr_hash<S> {};
template <class A, class B>
struct constexpr_hash<std::pair<A, B>> : std::bool_constant<constexpr_hash<A>::value && constexpr_hash<B>::value> {};

template <class S>
concept hashed_by_std = requires(S const& s) {
  { std::hash<S>{}(s) } -> std::convertible_to<std::size_t>;
};
template <class S>
concept ordered_state = requires(S const& a, S const& b) {
  { a < b } -> std::convertible_to<bool>;
};

// The finaliser of MurmurHash3: neighbouring states land far apart.
constexpr std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdULL;
  x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53ULL;
  return x ^ (x >> 33);
}

template <class S>
constexpr std::uint64_t hash_of(S const& s) {
  if constexpr (std::integral<S> || std::is_enum_v<S>) {
    return mix(static_cast<std::uint64_t>(s));
  } else if constexpr (hashes_itself<S>) {
    return mix(static_cast<std::uint64_t>(s.hash()));
  } else if constexpr (internal::reflected<S>::value) {
    return detail::mix(internal::reflected<S>::number(s));
  } else if constexpr (constexpr_hash<S>::value && requires { s.first; s.second; }) {
    return detail::mix(detail::hash_of(s.first) + 3 * detail::hash_of(s.second));
  } else if constexpr (constexpr_hash<S>::value) {
    std::uint64_t h = 0;
    for (auto const& x : s) h = detail::mix(h + detail::hash_of(x));
    return h;
  } else {
    return detail::mix(std::hash<S>{}(s));
  }
}

}  // namespace detail

/// States and their numbers, in the order in which they were added.
///
/// *Cost*: a state is found by its hash in constant time: integers, enumerators, arrays and pairs of such, states with
/// a member `hash()`, structs that `reflect` knows, and at run time all with a `std::hash`. Integers that are added as
/// 0, 1, 2, ... are their own numbers and are not hashed. Others are found by `<` in logarithmic time (and added in
/// linear time), or, if they only have `==`, by looking at all of them.
/// *Use*:
///     [] {
///       bellman::state_index<char> index;
///       return index.insert('x') == 0 && index.insert('y') == 1 && index.insert('x') == 0 && index.find('y') == 1;
///     }()
template <state S>
class state_index {
 public:
  constexpr index_t size() const { return static_cast<index_t>(states_.size()); }
  constexpr typename std::vector<S>::const_reference operator[](index_t i) const { return states_[i]; }

  /// The number of `s`, or `no_index`.
  constexpr index_t find(S const& s) const {
    if constexpr (std::integral<S>) {
      if (counts_) return own_number(s);
    }
    if (uses_hash()) {
      return slots_.empty() ? no_index : slots_[hash_slot(s)];
    }
    if constexpr (detail::ordered_state<S>) {
      std::size_t const k = lower_bound(s);
      return k < slots_.size() && states_[slots_[k]] == s ? slots_[k] : no_index;
    } else {
      for (index_t i = 0; i < size(); ++i) {
        if (states_[i] == s) return i;
      }
      return no_index;
    }
  }

  /// The number of `s`, which is added if it is new.
  constexpr index_t insert(S const& s) {
    if constexpr (std::integral<S>) {
      if (counts_) {
        index_t const i = own_number(s);
        if (i != no_index) return i;
        if (static_cast<std::uint64_t>(s) == size() && static_cast<S>(size()) == s) return append(s);
        counts_ = false;
      }
    }
    if (uses_hash()) {
      if (2 * (states_.size() + 1) > slots_.size()) grow();
      index_t& slot = slots_[hash_slot(s)];
      if (slot == no_index) slot = append(s);
      return slot;
    }
    if constexpr (detail::ordered_state<S>) {
      std::size_t const k = lower_bound(s);
      if (k < slots_.size() && states_[slots_[k]] == s) return slots_[k];
      index_t const i = append(s);
      slots_.push_back(i);
      for (std::size_t j = slots_.size() - 1; j > k; --j) slots_[j] = slots_[j - 1];
      slots_[k] = i;
      return i;
    } else {
      index_t const i = find(s);
      return i != no_index ? i : append(s);
    }
  }

 private:
  constexpr index_t own_number(S const& s) const
    requires std::integral<S>
  {
    auto const i = static_cast<std::uint64_t>(s);
    return i < size() && states_[i] == s ? static_cast<index_t>(i) : no_index;
  }

  static constexpr bool uses_hash() {
    if constexpr (detail::constexpr_hash<S>::value) {
      return true;
    } else {
      return detail::hashed_by_std<S> && !std::is_constant_evaluated();
    }
  }

  constexpr index_t append(S const& s) {
    states_.push_back(s);
    return size() - 1;
  }

  // Where `s` stands, or the free place where it would.
  constexpr std::size_t hash_slot([[maybe_unused]] S const& s) const {
    if constexpr (detail::constexpr_hash<S>::value || detail::hashed_by_std<S>) {
      std::size_t const mask = slots_.size() - 1;
      std::size_t k = static_cast<std::size_t>(detail::hash_of(s)) & mask;
      while (slots_[k] != no_index && !(states_[slots_[k]] == s)) k = (k + 1) & mask;
      return k;
    } else {
      return 0;
    }
  }

  constexpr void grow() {
    std::size_t places = 16;
    while (places < 4 * (states_.size() + 1)) places *= 2;
    slots_ = internal::vector<index_t>(places, no_index);
    for (index_t i = 0; i < size(); ++i) slots_[hash_slot(states_[i])] = i;
  }

  constexpr std::size_t lower_bound(S const& s) const
    requires detail::ordered_state<S>
  {
    return internal::partition_point(std::size_t{0}, slots_.size(),
                                     [&](std::size_t k) { return states_[slots_[k]] < s; });
  }

  std::vector<S> states_;
  internal::vector<index_t> slots_;  // a hash table at most half full, or all numbers in the order of their states
  bool counts_ = true;          // whether each state so far is its own number, so that nothing need be hashed
};

}  // namespace bellman
