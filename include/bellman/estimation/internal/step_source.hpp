// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/column.hpp>
#include <bellman/affine/one_step.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/internal/rules.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/scalar/pack.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/value_after.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <type_traits>

namespace bellman::internal {

/// What a step is, as a body reads it: masks and, where the episode ends, what comes after. `X` is one value or
/// several.
template <class X, class Skipped, class Ended>
struct step_seen {
  Skipped skipped;
  Ended ended;
  X after;
};

/// One episode: every step continues, and what comes after the last is known.
template <class V>
class one_episode {
 public:
  constexpr explicit one_episode(V const& its_after) : after_(its_after) {}

  constexpr V const& after_last() const { return after_; }
  static constexpr bool last_is_apart = false;
  template <class Here>
  constexpr auto read(Here const&) const {
    using X = typename Here::value_type;
    return step_seen<X, nowhere, nowhere>{{}, {}, X(scalar_traits<V>::zero())};
  }
 private:
  V after_;
};

/// A range of `step`.
template <class V, class It>
class listed_steps {
 public:
  constexpr explicit listed_steps(It begin) : steps_{begin} {}

  constexpr V after_last() const { return scalar_traits<V>::zero(); }
  static constexpr bool last_is_apart = false;
  template <class Here>
  [[gnu::always_inline]] constexpr auto read(Here const& here) const {
    using X = typename Here::value_type;
    using M = typename Here::mask;
    return step_seen<X, M, M>{here.flags_where(steps_, [](auto const& s) { return s.is_skipped(); }),
                              here.flags_where(steps_, [](auto const& s) { return s.is_ended(); }),
                              here.read_as(steps_, [](auto const& s) { return static_cast<V>(s.after()); })};
  }
 private:
  column<It> steps_;
};

// A column of n flags, where the last may be left out if it is known from elsewhere.
template <class Range>
constexpr auto flags_of(Range const& range, char const* what, std::size_t n, bool last_is_apart) {
  if constexpr (std::same_as<Range, nowhere>) {
    return nowhere{};
  } else {
    std::size_t const found = internal::length_of(range);
    if (found != n && !(last_is_apart && found + 1 == n)) there_must_be_one_for_each_reward(what, found, n);
    return column{internal::first_of(range)};
  }
}

/// Columns of flags and masks.
template <class V, class Terminated, class Truncated, class ValueAfter, class Own, bool LastIsApart>
class flagged_steps {
 public:
  constexpr flagged_steps(Terminated terminated_at, Truncated truncated_at, ValueAfter value_after_it, Own own_ones,
                          V const& its_after_last)
      : terminated_(terminated_at),
        truncated_(truncated_at),
        value_after_(value_after_it),
        own_(own_ones),
        after_last_(its_after_last) {}

  constexpr V const& after_last() const { return after_last_; }
  /// Whether the last step is known from elsewhere, and to be read by `read_last`.
  static constexpr bool last_is_apart = LastIsApart;

  template <class Here>
  [[gnu::always_inline]] constexpr auto read(Here const& here) const {
    using X = typename Here::value_type;
    using M = typename Here::mask;
    if constexpr (!std::same_as<Truncated, nowhere>) {
      M cut = here.flags(truncated_);
      M ended = cut;
      if constexpr (!std::same_as<Terminated, nowhere>) {
        M const end = here.flags(terminated_);
        cut = both(cut, negation(end));
        ended = either(cut, end);
      }
      return seen(here, ended, X(here.read_unless(negation(cut), value_after_)));
    } else if constexpr (!std::same_as<Terminated, nowhere>) {
      return seen(here, here.flags(terminated_), X(scalar_traits<V>::zero()));
    } else {
      return seen(here, nowhere{}, X(scalar_traits<V>::zero()));
    }
  }
  template <class Here>
  constexpr auto read_last(Here const& here) const {
    return seen(here, nowhere{}, typename Here::value_type(scalar_traits<V>::zero()));
  }

 private:
  template <class Here, class Ended, class X>
  [[gnu::always_inline]] constexpr auto seen(Here const& here, Ended const& ended, X const& after) const {
    if constexpr (std::same_as<Own, nowhere>) {
      return step_seen<X, nowhere, Ended>{{}, ended, after};
    } else {
      return step_seen<X, typename Here::mask, Ended>{negation(here.flags(own_)), ended, after};
    }
  }

  [[no_unique_address]] Terminated terminated_;
  [[no_unique_address]] Truncated truncated_;
  [[no_unique_address]] ValueAfter value_after_;
  [[no_unique_address]] Own own_;
  V after_last_;
};

// Behind the last step that is the policy's own there must be an end.
template <class V, class Source>
constexpr void check_that_the_last_step_ends(Source const& source, std::size_t n) {
  for (std::size_t t = n; t-- > 0;) {
    auto const s = source.read(one_step<V>(t));
    if (internal::holds(s.ended)) return;
    if (!internal::holds(s.skipped)) the_last_step_must_end(t);
  }
}

// What comes after the last step by an ending or a `step`.
template <class V, class Last>
constexpr V after_the_last(Last const& last, std::size_t n) {
  if constexpr (is_step<Last>) {
    if (n == 0) return scalar_traits<V>::zero();
    if (!last.is_ended()) the_last_step_must_end(n - 1);
    return static_cast<V>(last.after());
  } else {
    return value_after<V>(last);
  }
}

/// `step_source<V>(steps, n)`: what the bodies of a backward pass over n rewards read their steps from. Checks the
/// lengths and that the last step ends; throws `invalid_value`.
template <class V, class Steps>
constexpr auto step_source(Steps const& steps, std::size_t n) {
  if constexpr (is_ending<Steps>) {
    return one_episode<V>(value_after<V>(steps));
  } else if constexpr (is_step<Steps>) {
    return one_episode<V>(internal::after_the_last<V>(steps, n));
  } else if constexpr (std::ranges::random_access_range<Steps const&>) {
    if (internal::length_of(steps) != n) {
      internal::there_must_be_one_for_each_reward("steps", internal::length_of(steps), n);
    }
    auto const begin = internal::first_of(steps);
    listed_steps<V, std::remove_const_t<decltype(begin)>> const source(begin);
    internal::check_that_the_last_step_ends<V>(source, n);
    return source;
  } else {
    constexpr bool apart = !std::same_as<decltype(steps.last), nowhere>;
    auto const terminated_at = internal::flags_of(steps.terminated, "flags of termination", n, apart);
    auto const truncated_at = internal::flags_of(steps.truncated, "flags of truncation", n, apart);
    auto const value_after_it = internal::flags_of(steps.value_after, "values after", n, apart);
    auto const own_ones = internal::flags_of(steps.own, "elements of the mask", n, false);
    V after = scalar_traits<V>::zero();
    if constexpr (apart) after = internal::after_the_last<V>(steps.last, n);
    flagged_steps<V, std::remove_const_t<decltype(terminated_at)>, std::remove_const_t<decltype(truncated_at)>,
                  std::remove_const_t<decltype(value_after_it)>, std::remove_const_t<decltype(own_ones)>, apart> const
        source(terminated_at, truncated_at, value_after_it, own_ones, after);
    if constexpr (!apart) internal::check_that_the_last_step_ends<V>(source, n);
    return source;
  }
}

}  // namespace bellman::internal
