// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>

#include <cstddef>
#include <limits>
#include <ranges>
#include <string>

namespace bellman {

namespace detail {

template <class L>
[[noreturn]] void a_log_sum_needs_numbers_below_infinity(std::size_t index, L const& logit) {
  throw invalid_value("bellman: logit " + std::to_string(index) + " is " + internal::describe(logit) +
                      "; it must be a number or -infinity");
}
[[noreturn]] inline void a_log_sum_needs_a_finite_logit() {
  throw invalid_value("bellman: no logit is finite; at least one must be");
}
[[noreturn]] inline void an_index_must_be_that_of_a_logit(std::size_t index, std::size_t n) {
  throw invalid_value("bellman: index " + std::to_string(index) + " of " + std::to_string(n) +
                      " logits; it must be below their number");
}

struct log_sum_exp_fn {
  template <std::ranges::forward_range Logits>
  constexpr auto operator()(Logits&& logits) const {
    using L = std::ranges::range_value_t<Logits>;
    auto largest = std::ranges::begin(logits);
    std::size_t n = 0;
    for (auto it = std::ranges::begin(logits); it != std::ranges::end(logits); ++it, ++n) {
      if (!(*it < L(std::numeric_limits<double>::infinity()))) a_log_sum_needs_numbers_below_infinity(n, *it);
      if (*largest < *it) largest = it;
    }
    if (n == 0 || *largest == L(-std::numeric_limits<double>::infinity())) a_log_sum_needs_a_finite_logit();
    L const top = *largest;
    L total{};
    for (L const& z : logits) {
      if (z == L(-std::numeric_limits<double>::infinity())) continue;
      total = sum(total, exp(difference(z, top)));
    }
    return L(sum(top, log(total)));
  }
};

struct log_softmax_fn {
  template <std::ranges::random_access_range Logits>
  constexpr auto operator()(Logits&& logits, std::size_t index) const {
    using L = std::ranges::range_value_t<Logits>;
    auto const n = static_cast<std::size_t>(std::ranges::distance(logits));
    if (index >= n) an_index_must_be_that_of_a_logit(index, n);
    L const z = std::ranges::begin(logits)[static_cast<std::ranges::range_difference_t<Logits>>(index)];
    return L(difference(z, log_sum_exp_fn{}(logits)));
  }
};

}  // namespace detail

/// `log_sum_exp(logits) = log sum_i exp(z_i)`, the logarithm of what a softmax divides by.
///
/// Floating-point numbers or dual numbers of them, of any size, since the largest is taken out first; `-infinity` adds
/// nothing. Throws `invalid_value` for a NaN, for `+infinity`, and where no logit is finite. O(n), allocates nothing.
inline constexpr detail::log_sum_exp_fn log_sum_exp{};

/// `log_softmax(logits, i) = z_i - log_sum_exp(logits)`: the log-probability of `i` under `softmax(logits)`, exact
/// where the probability itself would be 0. Errors as `log_sum_exp`, and `invalid_value` for an index that is not below
/// n.
inline constexpr detail::log_softmax_fn log_softmax{};

}  // namespace bellman
