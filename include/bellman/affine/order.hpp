// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/register_width.hpp>

#include <concepts>
#include <cstddef>

namespace bellman {

/// `sequential{}`: the order in which the maps of a backward scan are composed one after the other, as they are
/// written.
struct sequential {};

/// `in_register<Width>{}`: the order in which `Width` neighbouring maps are composed with one another before they meet
/// what comes after them, which associativity makes the same: exactly for exact numbers, up to rounding for `float` and
/// `double`. It breaks the chain of dependent multiply-adds, log2(Width) compositions a register.
///
/// *Errors*: a width that is no power of two does not compile.
template <std::size_t Width, class Machine = internal::this_machine>
struct in_register {
  static_assert((Width & (Width - 1)) == 0 && Width > 0, "bellman: the width of a register is a power of two");
};

/// `in_parallel{executor, pieces}`: the order in which maps, or sequences, are cut into `pieces` that are worked off at
/// the same time.
///
///     in_parallel{[](std::size_t n, auto const& task) {
///                   std::vector<std::size_t> all(n);  // the standard's policies want more of iterators than iota has
///                   std::iota(all.begin(), all.end(), std::size_t{0});
///                   std::for_each(std::execution::par, all.begin(), all.end(), task);
///                 }, 8}
///
/// *Arguments*: `executor(pieces, task)` calls `task(i)` for every i below `pieces`, in any order and at the same time
/// if it likes, and returns when all are done; no pieces count as one.
template <class Executor>
struct in_parallel {
  Executor executor;
  std::size_t pieces;
};
template <class Executor>
in_parallel(Executor, std::size_t) -> in_parallel<Executor>;

namespace internal {

// What an executor is handed.
struct any_task {
  constexpr void operator()(std::size_t) const {}
};

/// Whether an order is `in_parallel` with an executor of tasks.
template <class Order>
inline constexpr bool is_in_parallel = false;
template <class Executor>
inline constexpr bool is_in_parallel<in_parallel<Executor>> =
    std::invocable<Executor const&, std::size_t, any_task const&>;

}  // namespace internal

/// The order that is fast: in the registers of the machine that is compiled for.
template <class V>
using default_order = in_register<register_width<V>>;

}  // namespace bellman
