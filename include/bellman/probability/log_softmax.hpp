// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <ranges>
#include <string>

namespace bellman {

namespace refused {

struct the_index_of_a_logit_must_be_an_integer {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void an_index_must_be_that_of_a_logit(std::size_t index, std::size_t n) {
  internal::refuse("bellman: index " + std::to_string(index) + " of " + std::to_string(n) +
                   " logits; it must be below their number");
}

struct log_sum_exp_fn {
  template <class Logits, class = typename internal::a_forward_range_of_logits<Logits>::type::yes>
  constexpr auto operator()(Logits&& logits) const {
    using L = std::ranges::range_value_t<Logits>;
    L const top = *internal::largest_logit(logits);
    L total{};
    for (L const& z : logits) {
      if (internal::is_minus_infinity(z)) continue;
      total = sum(total, exp(difference(z, top)));
    }
    return L(sum(top, log(total)));
  }
};

template <class Index>
using an_index = internal::rule<internal::whole_number<Index>,
                                refused::the_index_of_a_logit_must_be_an_integer>;

struct log_softmax_fn {
  template <class Logits, class Index,
            class = typename internal::every<internal::a_random_access_range_of_numbers<Logits>,
                                             internal::a_forward_range_of_logits<Logits>, an_index<Index>>::type::yes>
  constexpr auto operator()(Logits&& logits, Index its_index) const {
    using L = std::ranges::range_value_t<Logits>;
    auto const index = static_cast<std::size_t>(its_index);
    auto const n = static_cast<std::size_t>(std::ranges::distance(logits));
    if (index >= n) an_index_must_be_that_of_a_logit(index, n);
    L const z = internal::element_at(logits, index);
    return L(difference(z, log_sum_exp_fn{}(logits)));
  }
};

}  // namespace detail

/// `log_sum_exp(logits) = log sum_i exp(z_i)`, the logarithm of what a softmax divides by.
///
/// *Arguments*: a range of floating-point numbers or dual numbers of them, of any size, since the largest is taken out
/// first; `-infinity` adds nothing.
/// *Errors*: `invalid_value` for a NaN, for `+infinity`, and where no logit is finite.
/// *Cost*: O(n), allocates nothing.
/// *Use*:
///     bellman::log_sum_exp(std::array{-1000.0, 2.5}) == 2.5
inline constexpr detail::log_sum_exp_fn log_sum_exp{};

/// `log_softmax(logits, i) = z_i - log_sum_exp(logits)`: the log-probability of `i` under `softmax(logits)`, exact
/// where the probability itself would be 0.
///
/// *Arguments*: `logits`: as for `log_sum_exp`, in a range with random access; `i`: below their number.
/// *Errors*: those of `log_sum_exp`, and `invalid_value` for an index that is not below n.
/// *Cost*: O(n), allocates nothing.
/// *Use*:
///     bellman::log_softmax(std::array{0.0, -1000.0}, 1) == -1000.0
inline constexpr detail::log_softmax_fn log_softmax{};

}  // namespace bellman
