// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/state_index.hpp>
#include <bellman/reflect/internal/digits.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// How many entries a table has that is a constant of its own: the steps of a constant expression are limited.
inline constexpr index_t entries_of_a_block = 256;

/// The numbers of values among those that exist, counted in their block; `none` of one that does not exist.
struct block_of_numbers {
  static constexpr std::uint16_t none = entries_of_a_block;

  std::uint16_t of[entries_of_a_block] = {};
  std::uint16_t size = 0;
};

/// The values of numbers.
struct block_of_values {
  index_t of[entries_of_a_block] = {};
};

template <class S, auto Exists>
constexpr bool exists(S const& s) {
  if constexpr (std::is_member_pointer_v<decltype(Exists)>) {
    return static_cast<bool>(std::invoke(Exists, s));
  } else {
    return static_cast<bool>(Exists(s));
  }
}

template <class S, auto Exists, std::size_t Block>
inline constexpr block_of_numbers numbers_of_block = [] {
  block_of_numbers b;
  for (index_t k = 0; k < entries_of_a_block; ++k) {
    b.of[k] = block_of_numbers::none;
    std::uint64_t const value = Block * entries_of_a_block + k;
    if (value >= value_count<S>) continue;
    S s{};
    internal::take_digits(value, s);
    if (internal::exists<S, Exists>(s)) b.of[k] = b.size++;
  }
  return b;
}();

template <std::size_t Blocks>
struct blocks_of_numbers {
  index_t size = 0;
  index_t before[Blocks] = {};  // how many exist in the blocks before
  block_of_numbers const* block[Blocks] = {};
};

template <std::size_t Blocks>
struct blocks_of_values {
  block_of_values const* block[Blocks + 1];  // and nothing: there may be no block
};

constexpr std::size_t blocks_for(std::uint64_t entries) {
  return static_cast<std::size_t>((entries + entries_of_a_block - 1) / entries_of_a_block);
}

template <class S, auto Exists>
inline constexpr auto all_numbers = []<std::size_t... Block>(std::index_sequence<Block...>) {
  blocks_of_numbers<sizeof...(Block)> t;
  std::size_t b = 0;
  for (block_of_numbers const* its : {&numbers_of_block<S, Exists, Block>...}) {
    t.before[b] = t.size;
    t.block[b] = its;
    t.size += its->size;
    ++b;
  }
  return t;
}(std::make_index_sequence<internal::blocks_for(value_count<S>)>{});

template <class S, auto Exists, std::size_t Block>
inline constexpr block_of_values values_of_block = [] {
  constexpr auto& numbers = all_numbers<S, Exists>;
  constexpr index_t first = Block * entries_of_a_block;
  std::size_t in = 0;  // the last block of numbers with no more than `first` before it
  for (std::size_t n = std::size(numbers.before); n > 1;) {
    std::size_t const half = n / 2;
    if (numbers.before[in + half] <= first) in += half;
    n -= half;
  }
  block_of_values b;
  for (index_t k = 0; k < entries_of_a_block && in < std::size(numbers.before); ++in) {
    for (index_t i = 0; i < entries_of_a_block; ++i) {
      index_t const number = numbers.before[in] + numbers.block[in]->of[i];
      if (numbers.block[in]->of[i] == block_of_numbers::none || number < first || k == entries_of_a_block) continue;
      b.of[k++] = static_cast<index_t>(in * entries_of_a_block) + i;
    }
  }
  return b;
}();

template <class S, auto Exists>
inline constexpr auto all_values = []<std::size_t... Block>(std::index_sequence<Block...>) {
  return blocks_of_values<sizeof...(Block)>{{&values_of_block<S, Exists, Block>..., nullptr}};
}(std::make_index_sequence<internal::blocks_for(all_numbers<S, Exists>.size)>{});

/// The values of S that exist, which are numbered without the others. Whether a value exists is asked once, by the
/// compiler.
template <class S, auto Exists>
struct existing {
  static constexpr index_t size = all_numbers<S, Exists>.size;

  /// The number of a value among those that exist, or `no_index`.
  static constexpr index_t number(index_t value) {
    index_t const k = all_numbers<S, Exists>.block[value / entries_of_a_block]->of[value % entries_of_a_block];
    return k == block_of_numbers::none ? no_index : all_numbers<S, Exists>.before[value / entries_of_a_block] + k;
  }

  /// The value of a number among those that exist.
  static constexpr index_t value(index_t number) {
    return all_values<S, Exists>.block[number / entries_of_a_block]->of[number % entries_of_a_block];
  }
};

}  // namespace bellman::internal
