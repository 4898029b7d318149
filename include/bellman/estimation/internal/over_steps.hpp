// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/backward_pass.hpp>
#include <bellman/affine/one_step.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/scalar/pack.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>

namespace bellman::internal {

/// The scan of one step of a recording. `carry` is what comes after the step; it becomes what the step is worth to the
/// one before: `own(after)` of the policy's own step, `after` of a skipped one. `after` is what an ended step says
/// comes after it, and `carry` of any other.
template <class Here, class V, class X, class F, class Step>
[[gnu::always_inline]] constexpr scanned<X> scan_step([[maybe_unused]] Here const& here, V& carry, affine<X, F> const& own,
                                                      Step const& s) {
  if constexpr (!Here::composes_steps) {
    // What comes after is known: of it is chosen, not of maps.
    X after = select(s.ended, s.after, X(carry));
    carry = X(select(s.skipped, after, X(own(after))));
    return {carry, after};
  } else {
    affine<X, F> f{select(s.skipped, X(scalar_traits<V>::zero()), own.offset), select(s.skipped, F(1), own.slope)};
    if constexpr (!std::same_as<decltype(s.ended), nowhere>) {
      f = affine<X, F>{select(s.ended, X(f(s.after)), f.offset), select(s.ended, F(0), f.slope)};
    }
    auto x = here.scan(carry, f);
    return {x.before, select(s.ended, s.after, x.after), x.is_finite};
  }
}

/// How many of n steps are read apart, by `read_last`: the last, where its flags are lacking.
template <class Source>
constexpr std::size_t steps_apart([[maybe_unused]] Source const& source, [[maybe_unused]] std::size_t n) {
  if constexpr (Source::may_lack_the_last) {
    return n > 0 && source.lacks_the_last() ? 1 : 0;
  } else {
    return 0;
  }
}

/// One backward pass over n steps, in which every body is taken in turn at each. A last step whose flags are lacking
/// is taken first, by itself.
template <class V, class Order, class Source, class... Running>
[[gnu::always_inline]] constexpr void over_steps(Order order, std::size_t n, Source const& source,
                                                 Running&... bodies) {
  if constexpr (Source::may_lack_the_last) {
    if (internal::steps_apart(source, n) > 0) {
      one_step<V> const here(--n);
      auto const last = source.read_last(here);
      (bodies.take(here, last, source), ...);
    }
  }
  backward_pass<V>(order, std::size_t{0}, n, source, bodies...);
}

}  // namespace bellman::internal
