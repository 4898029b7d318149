// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <string>

namespace bellman {

namespace refused {

struct a_number_of_answers_is_an_integer {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void correct_answers_and_k_must_not_exceed_the_number_of_answers(std::size_t n, std::size_t correct,
                                                                                     std::size_t k) {
  internal::refuse("bellman: pass_at_k of " + std::to_string(n) + " answers, " + std::to_string(correct) +
                   " of them correct, for k = " + std::to_string(k) + "; neither may exceed the number of answers");
}

template <class N>
using a_count =
    internal::rule<internal::whole_number<N>, refused::a_number_of_answers_is_an_integer>;

template <class V>
constexpr V pass_at_k_of_counts(std::size_t n, std::size_t correct, std::size_t k) {
  if (n < correct || n < k) correct_answers_and_k_must_not_exceed_the_number_of_answers(n, correct, k);
  if (n - correct < k) return V(1);
  V all_wrong(1);
  for (std::size_t i = 0; i < k; ++i) {
    all_wrong = product(all_wrong, quotient(as_number<V>(n - correct - i), as_number<V>(n - i)));
  }
  return difference(V(1), all_wrong);
}

}  // namespace detail

/// `pass_at_k(n, correct, k)`: how likely at least one of `k` answers drawn from these `n`, without putting back, is
/// among the `correct` ones:
///
///     1 - C(n - correct, k) / C(n, k)
///
/// An unbiased estimate of `1 - (1 - p)^k`, where `p` is the probability that an answer is correct.
///
/// *Arguments*: three counts. `pass_at_k<V>` computes in another field than `double`.
/// *Errors*: `invalid_value` for `correct` or `k` above `n`.
/// *Cost*: O(k).
/// *Laws*: unbiased. tests/laws/group_laws.cpp.
/// *Source*: Chen et al. 2021, (1).
/// *Use*:
///     bellman::pass_at_k(4, 2, 1) == 0.5
template <class V = double, class N, class Correct, class K,
          class = typename internal::every<internal::rule<field<V>, refused::these_are_no_numbers>, detail::a_count<N>,
                                           detail::a_count<Correct>, detail::a_count<K>>::type::yes>
constexpr V pass_at_k(N n, Correct correct, K k) {
  return detail::pass_at_k_of_counts<V>(static_cast<std::size_t>(n), static_cast<std::size_t>(correct),
                                        static_cast<std::size_t>(k));
}

}  // namespace bellman
