// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/language/internal/requirements.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <string>

namespace bellman {

namespace detail {

[[noreturn]] inline void an_overlong_cache_must_lie_within_the_longest_length(std::size_t longest, std::size_t cache) {
  internal::refuse("bellman: the cache of an overlong penalty is " + std::to_string(cache) +
                   "; it must be above 0 and at most the longest length, " + std::to_string(longest));
}

[[noreturn]] inline void an_answer_has_no_length_below_zero() {
  internal::refuse("bellman: the length of an answer is negative; it is a number of tokens");
}

}  // namespace detail

/// `soft_overlong_penalty{longest, cache}(length)`: what is added to the reward of an answer of that length: nothing up
/// to `longest - cache`, then a line that falls to -1 at `longest`, and -1 beyond:
///
///     0 if length <= longest - cache,  ((longest - cache) - length) / cache if length <= longest,  else -1
///
/// *Arguments*: lengths in tokens; the field of the penalty is the template argument, by default `double`.
/// *Errors*: throws `invalid_value` unless `0 < cache <= longest`, and for a negative length.
/// *Source*: DAPO, Yu et al. 2025, eq. 13.
/// *Use*:
///     bellman::soft_overlong_penalty{8, 4}(6) == -0.5
template <field F = double>
class soft_overlong_penalty {
 public:
  constexpr soft_overlong_penalty(std::size_t its_longest, std::size_t its_cache)
      : longest_(its_longest), cache_(its_cache) {
    if (its_cache == 0 || its_longest < its_cache) {
      detail::an_overlong_cache_must_lie_within_the_longest_length(its_longest, its_cache);
    }
  }

  template <class N, class = typename internal::a_number_of_tokens<N>::type::yes>
  constexpr F operator()(N its_length) const {
    if (its_length < N(0)) detail::an_answer_has_no_length_below_zero();
    auto const length = static_cast<std::size_t>(its_length);
    std::size_t const unpunished = longest_ - cache_;
    if (length <= unpunished) return F(0);
    if (longest_ < length) return F(-1);
    return -quotient(as_number<F>(length - unpunished), as_number<F>(cache_));
  }

 private:
  std::size_t longest_;
  std::size_t cache_;
};

}  // namespace bellman
