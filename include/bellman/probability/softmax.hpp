// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/internal/in_step.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/internal/softmax_of.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/parts.hpp>

#include <array>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void softmax_needs_a_logit_for_each_value(std::size_t n) {
  internal::refuse("bellman: softmax(values, logits): one of the two ends after " + std::to_string(n) +
                   " elements, the other goes on; they must be of one length");
}

struct softmax_fn {
  template <class Logits, class = typename internal::a_range_of_logits<Logits>::type::yes>
  constexpr auto operator()(Logits&& logits) const {
    return categorical(internal::weights_checked{}, internal::softmax_of(points(logits)));
  }

  template <class Values, class Logits,
            class = typename internal::every<internal::a_range_of_values<Values>,
                                             internal::a_range_of_logits<Logits>>::type::yes>
  constexpr auto operator()(Values&& values, Logits&& logits) const {
    using X = std::ranges::range_value_t<Values>;
    using L = std::ranges::range_value_t<Logits>;
    std::vector<weighted<X, number_t<L>>> all;
    auto const add = [&](auto&& x, L const& z) {
      all.push_back({std::forward<decltype(x)>(x), internal::as_computed(z)});
    };
    internal::in_step(softmax_needs_a_logit_for_each_value, add, values, logits);
    return categorical(internal::weights_checked{}, internal::softmax_of(std::move(all)));
  }

 private:
  template <class L, std::size_t N>
  static constexpr auto points(std::array<L, N>& logits) {
    return points(std::as_const(logits));
  }
  template <class L, std::size_t N>
  static constexpr auto points(std::array<L, N> const& logits) {
    return internal::array_of<N>([&](std::size_t i) {
      return weighted<std::size_t, number_t<L>>{i, internal::as_computed(logits[i])};
    });
  }
  template <class R>
  static constexpr auto points(R&& logits) {
    using L = std::ranges::range_value_t<R>;
    std::vector<weighted<std::size_t, number_t<L>>> all;
    if constexpr (std::ranges::sized_range<R>) all.reserve(static_cast<std::size_t>(std::ranges::size(logits)));
    for (L const& z : logits) all.push_back({all.size(), internal::as_computed(z)});
    return all;
  }
};

}  // namespace detail

/// `softmax(logits)`: the distribution over 0, 1, ..., n - 1 with `p(i) = exp(z_i) / sum_j exp(z_j)`;
/// `softmax(values, logits)`: the same over the elements of `values`.
///
/// *Arguments*: `logits`: a range of floating-point numbers or dual numbers of them; of any size, since the largest is
/// subtracted first. A logit of `-infinity` gives the probability zero exactly. `values`: any range of that length.
/// *Errors*: `invalid_value` for a NaN, for `+infinity`, when all are `-infinity`, when there is none, and for values
/// and logits of two lengths; does not compile for numbers without an infinity.
/// *Cost*: O(n); a `std::array` of logits allocates nothing.
/// *Laws*: unchanged by a shift of all logits; sums to one: tests/probability/softmax.cpp.
/// *Use*:
///     bellman::softmax(std::array{1000.0, 1000.0}).begin()->probability == 0.5
inline constexpr detail::softmax_fn softmax{};

}  // namespace bellman
