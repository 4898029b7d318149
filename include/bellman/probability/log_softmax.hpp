// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/near_zero.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <ranges>
#include <string>

namespace bellman {

namespace refused {

struct the_index_of_a_logit_must_be_an_integer {};

}  // namespace refused

namespace internal {

/// What a softmax divides by, `sum_i exp(z_i)`, as its logarithm before that is rounded to a logit's own type: the
/// largest logit, and what the others add, `log(1 + sum_others exp(z_i - largest))`. In two parts, since the second is
/// lost beside the first where the others are rare; it is the log-probability of the largest, but for its sign.
template <class W>
struct normaliser {
  W largest;
  W others;

  constexpr W log_sum_exp() const { return sum(largest, others); }
  constexpr W log_prob(W const& logit) const { return difference(difference(logit, largest), others); }
};

/// `f(z_i - largest)` of all logits above -infinity but the largest, which is returned.
template <class Logits, class Function>
constexpr auto for_each_other_logit(Logits const& logits, Function const& f) {
  using W = sum_t<std::ranges::range_value_t<Logits const>>;
  auto const at = internal::largest_logit(logits);
  W const largest = internal::converted_to<W>(*at);
  for (auto it = std::ranges::begin(logits); it != std::ranges::end(logits); ++it) {
    std::ranges::range_value_t<Logits const> const& z = *it;
    if (it == at || internal::is_minus_infinity(z)) continue;
    f(W(difference(internal::converted_to<W>(z), largest)));
  }
  return largest;
}

/// The normaliser of some logits.
template <class Logits>
constexpr auto normaliser_of(Logits const& logits) {
  using L = std::ranges::range_value_t<Logits const>;
  using W = sum_t<L>;
  accumulator<L> total;
  W const largest = internal::for_each_other_logit(logits, [&](W const& below) { total.add(exp(below)); });
  return normaliser<W>{largest, internal::log_of_one_plus(total.in_full())};
}

}  // namespace internal

namespace detail {

[[noreturn]] inline void an_index_must_be_that_of_a_logit(std::size_t index, std::size_t n) {
  internal::refuse("bellman: index " + std::to_string(index) + " of " + std::to_string(n) +
                   " logits; it must be below their number");
}

struct log_sum_exp_fn {
  template <class Logits, class = typename internal::a_forward_range_of_logits<Logits>::type::yes>
  constexpr auto operator()(Logits&& logits) const {
    using V = number_t<std::ranges::range_value_t<Logits>>;
    return internal::converted_to<V>(internal::normaliser_of(logits).log_sum_exp());
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
    auto const z = internal::converted_to<sum_t<L>>(static_cast<L const&>(internal::element_at(logits, index)));
    return internal::converted_to<number_t<L>>(internal::normaliser_of(logits).log_prob(z));
  }
};

}  // namespace detail

/// `log_sum_exp(logits) = log sum_i exp(z_i)`, the logarithm of what a softmax divides by.
///
/// *Arguments*: a range of floating-point numbers or dual numbers of them, of any size, since the largest is taken out
/// first; `-infinity` adds nothing. Floats are computed with as `double`, as in all that is made of logits, and what is
/// returned is rounded once: for any number of logits within 1 unit in the last place of a `float`.
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
