// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/column.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/internal/column_of.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/internal/places.hpp>
#include <bellman/estimation/internal/rules.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/layout/steps_of_sequences.hpp>
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

/// One episode, or several sequences that are one each: every step continues, and what comes after the last is known.
template <class V>
class one_episode {
 public:
  constexpr explicit one_episode(V const& its_after) : after_{its_after} {}

  /// What comes after the last step, as a column: one for all sequences or one for each.
  constexpr constant_column<V> const& after_last() const { return after_; }
  static constexpr bool may_lack_the_last = false;
  template <class Here>
  constexpr auto read(Here const&) const {
    using X = typename Here::value_type;
    return step_seen<X, nowhere, nowhere>{{}, {}, X(scalar_traits<V>::zero())};
  }
  template <class Here>
  static constexpr nowhere skipped(Here const&) {
    return {};
  }

 private:
  constant_column<V> after_;
};

/// A range of `step`.
template <class V, class Steps>
class listed_steps {
 public:
  constexpr explicit listed_steps(Steps steps) : steps_(steps) {}

  static constexpr constant_column<V> after_last() { return {scalar_traits<V>::zero()}; }
  static constexpr bool may_lack_the_last = false;
  template <class Here>
  [[gnu::always_inline]] constexpr auto read(Here const& here) const {
    using X = typename Here::value_type;
    using M = typename Here::mask;
    return step_seen<X, M, M>{skipped(here), here.flags_where(steps_, [](auto const& s) { return s.is_ended(); }),
                              here.read_as(steps_, [](auto const& s) { return static_cast<V>(s.after()); })};
  }
  template <class Here>
  [[gnu::always_inline]] constexpr auto skipped(Here const& here) const {
    return here.flags_where(steps_, [](auto const& s) { return s.is_skipped(); });
  }

 private:
  Steps steps_;
};

/// Columns of flags and masks, and of what comes after the last step.
template <class V, class Terminated, class Truncated, class ValueAfter, class Own, class AfterLast, bool MayLackTheLast>
class flagged_steps {
 public:
  constexpr flagged_steps(Terminated terminated_at, Truncated truncated_at, ValueAfter value_after_it, Own own_ones,
                          AfterLast its_after_last, bool its_last_is_lacking)
      : terminated_(terminated_at),
        truncated_(truncated_at),
        value_after_(value_after_it),
        own_(own_ones),
        after_last_(its_after_last),
        lacks_the_last_(its_last_is_lacking) {}

  constexpr AfterLast const& after_last() const { return after_last_; }
  /// Whether flags may end before the last step, which then continues and is to be read by `read_last`; whether they
  /// do.
  static constexpr bool may_lack_the_last = MayLackTheLast;
  constexpr bool lacks_the_last() const { return lacks_the_last_; }

  template <class Here>
  [[gnu::always_inline]] constexpr auto read(Here const& here) const {
    using X = typename Here::value_type;
    using M = typename Here::mask;
    if constexpr (!std::same_as<Truncated, nowhere>) {
      M cut = here.flags(truncated_);
      M ended = cut;
      if constexpr (!std::same_as<Terminated, nowhere>) {
        M end = here.flags(terminated_);
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
  template <class Here>
  [[gnu::always_inline]] constexpr auto skipped([[maybe_unused]] Here const& here) const {
    if constexpr (std::same_as<Own, nowhere>) {
      return nowhere{};
    } else {
      return typename Here::mask(negation(here.flags(own_)));
    }
  }

 private:
  template <class Here, class Ended, class X>
  [[gnu::always_inline]] constexpr auto seen(Here const& here, Ended const& ended, X const& after) const {
    return step_seen<X, decltype(skipped(here)), Ended>{skipped(here), ended, after};
  }

  [[no_unique_address]] Terminated terminated_;
  [[no_unique_address]] Truncated truncated_;
  [[no_unique_address]] ValueAfter value_after_;
  [[no_unique_address]] Own own_;
  [[no_unique_address]] AfterLast after_last_;
  bool lacks_the_last_;
};

// Behind the last step that is the policy's own there must be an end. No lambda, whose text clang's messages repeat.
template <class Source>
struct end_behind {
  Source const& source;

  template <class Here, class... Place>
  constexpr bool operator()(Here const& here, Place... place) const {
    auto const s = source.read(here);
    if (!internal::holds(s.ended) && !internal::holds(s.skipped)) internal::the_last_step_must_end(place...);
    return internal::holds(s.ended);
  }
};
template <class V, class Source, class N>
constexpr void check_that_the_last_step_ends(Source const& source, N const& n) {
  internal::for_each_place<V>(n, end_behind<Source>{source});
}

// --- Columns of what is recorded

constexpr std::size_t without_the_last(std::size_t n) { return n == 0 ? 0 : n - 1; }
constexpr steps_of_one without_the_last(steps_of_one const& n) {
  return {internal::without_the_last(n.steps), n.sequence};
}
constexpr steps_of_sequences without_the_last(steps_of_sequences const& n) {
  return {internal::without_the_last(n.steps), n.sequences};
}

/// Whether a column of flags, if there is one, lacks that of the last of n steps.
template <class Range, class N>
constexpr bool lacks_the_last_of(Range const& range, N const& n) {
  if constexpr (std::same_as<Range, nowhere>) {
    return false;
  } else {
    auto const found = internal::length_of(range);
    return found != n && found == internal::without_the_last(n);
  }
}
template <class Range, class N>
constexpr auto flags_of(Range const& range, char const* what, N const& n, [[maybe_unused]] bool others_lack_the_last) {
  if constexpr (std::same_as<Range, nowhere>) {
    return nowhere{};
  } else {
    bool const is_short = others_lack_the_last && internal::lacks_the_last_of(range, n);
    if (others_lack_the_last && internal::length_of(range) == n) internal::all_must_lack_the_last_step_or_none(what);
    return internal::column_of(range, what, is_short ? internal::without_the_last(n) : n);
  }
}

/// What comes after the last step where it continues, as a column: one number, or one for each sequence.
template <class V, class Last, class N>
constexpr auto after_the_last(Last const& last, [[maybe_unused]] N const& n) {
  if constexpr (std::same_as<Last, nowhere> || std::same_as<Last, terminated>) {
    return constant_column<V>{scalar_traits<V>::zero()};
  } else if constexpr (one_for_each_sequence<Last>) {
    if (internal::length_of(last) != n.sequences) {
      internal::there_must_be_one_for_each_sequence(internal::length_of(last), n.sequences);
    }
    return column{internal::first_of(last)};
  } else {
    return constant_column<V>{static_cast<V>(last)};
  }
}

// What comes after the only step of one that is given as a `step`.
template <class V, class Last>
constexpr V after_a_step(Last const& last, std::size_t n) {
  if (n == 0) return scalar_traits<V>::zero();
  if (!last.is_ended()) internal::the_last_step_must_end(n - 1);
  return static_cast<V>(last.after());
}

/// `step_source<V>(steps, n)`: what the bodies of a backward pass over n rewards, or over those of several sequences,
/// read their steps from. Checks the lengths and that the last step ends; throws `invalid_value`.
template <class V, class Steps, class N>
constexpr auto step_source(Steps const& steps, N const& n) {
  if constexpr (is_ending<Steps>) {
    return one_episode<V>(value_after<V>(steps));
  } else if constexpr (is_step<Steps>) {
    return one_episode<V>(internal::after_a_step<V>(steps, internal::steps_in(n)));
  } else if constexpr (!is_recorded_steps<Steps>) {
    auto const columns = internal::column_of(steps, "steps", n);
    listed_steps<V, std::remove_const_t<decltype(columns)>> const source(columns);
    internal::check_that_the_last_step_ends<V>(source, n);
    return source;
  } else {
    constexpr bool continues = !std::same_as<decltype(steps.value_after_last), nowhere>;
    bool const lacks_the_last = continues && (internal::lacks_the_last_of(steps.terminated, n) ||
                                              internal::lacks_the_last_of(steps.truncated, n));
    auto const terminated_at = internal::flags_of(steps.terminated, "flags of termination", n, lacks_the_last);
    auto const truncated_at = internal::flags_of(steps.truncated, "flags of truncation", n, lacks_the_last);
    auto const value_after_it = internal::flags_of(steps.value_after, "values after", n, lacks_the_last);
    auto const own_ones = internal::flags_of(steps.own, "elements of the mask", n, false);
    auto const after_last = internal::after_the_last<V>(steps.value_after_last, n);
    flagged_steps<V, std::remove_const_t<decltype(terminated_at)>, std::remove_const_t<decltype(truncated_at)>,
                  std::remove_const_t<decltype(value_after_it)>, std::remove_const_t<decltype(own_ones)>,
                  std::remove_const_t<decltype(after_last)>, continues> const
        source(terminated_at, truncated_at, value_after_it, own_ones, after_last, lacks_the_last);
    if constexpr (!continues) internal::check_that_the_last_step_ends<V>(source, n);
    return source;
  }
}

}  // namespace bellman::internal
