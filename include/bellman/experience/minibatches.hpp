// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/experience/internal/rules.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/uniform.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_minibatch_must_have_something_in_it() {
  internal::refuse("bellman: minibatches of size 0; each must have something in it");
}

struct minibatches_fn {
  template <class G, class = typename internal::a_generator<G>::type::yes>
  constexpr auto operator()(std::size_t n, std::size_t size, G&& urbg) const {
    if (size == 0) detail::a_minibatch_must_have_something_in_it();
    internal::check_minibatch(size, n);
    internal::vector<std::size_t> order;
    order.reserve(n);
    for (std::size_t i = 0; i < n; ++i) order.push_back(i);
    internal::vector<internal::vector<std::size_t>> batches;
    batches.reserve((n - 1) / size + 1);
    for (std::size_t i = 0; i < n; ++i) {
      std::size_t const k = sample(uniform(std::views::iota(i, n)), urbg);
      std::swap(order[i], order[k]);
      if (i % size == 0) {
        batches.emplace_back();
        batches.back().reserve(n - i < size ? n - i : size);
      }
      batches.back().push_back(order[i]);
    }
    return batches;
  }
};

}  // namespace detail

/// `minibatches(n, size, urbg)`: the numbers 0, 1, ..., n - 1 in an order drawn by chance, all orders alike, cut into
/// minibatches of `size`, of which the last has what is left: each number is in one of them, once.
///
/// *Arguments*: how many there are, how long a minibatch is; any `std::uniform_random_bit_generator`.
/// *Errors*: `invalid_value` for a size of 0 or above n; the generator stays as it was.
/// *Cost*: O(n), with one draw a number; one vector a minibatch.
/// *Laws*: each order has the same probability: tests/experience/minibatches.cpp.
/// *Source*: Durstenfeld 1964 (Fisher and Yates); Schulman et al. 2017, algorithm 1.
/// *Use*:
///     bellman::minibatches(5, 2, std::mt19937{}).size() == 3 &&
///         bellman::minibatches(5, 2, std::mt19937{})[2].size() == 1
inline constexpr detail::minibatches_fn minibatches{};

}  // namespace bellman
