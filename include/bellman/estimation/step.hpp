// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/backward_pass.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/scalar/pack.hpp>
#include <bellman/value/return.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

/// The episode goes on after this step.
struct continues {
  friend constexpr bool operator==(continues, continues) = default;
};

/// This step is not the policy's own, such as a token that a tool wrote: credit passes through it undiminished, and its
/// reward and value are not read.
struct skipped {
  friend constexpr bool operator==(skipped, skipped) = default;
};

/// What a step of a recording is: `continues{}`, `terminated{}`, `truncated{v}` or `skipped{}`. A recording that holds
/// several episodes one after the other has a range of them, one for each reward.
template <class V = double>
class step {
 public:
  constexpr step(continues = {}) {}
  constexpr step(skipped) : skipped_(true) {}
  constexpr step(terminated) : ended_(true) {}
  template <class X>
  constexpr step(truncated<X> const& cut) : ended_(true), after_(value_after<V>(cut)) {}

  constexpr bool is_skipped() const { return skipped_; }
  /// Terminated or truncated.
  constexpr bool is_ended() const { return ended_; }
  /// What the state after an ended step is worth: 0 after a terminated one.
  constexpr V const& after() const { return after_; }

  friend constexpr bool operator==(step const&, step const&) = default;

 private:
  bool skipped_ = false;
  bool ended_ = false;
  V after_{};
};

namespace detail {

// A mask that holds nowhere, so that what it would select is not computed.
struct nowhere {
  template <class X, class Y>
  friend constexpr Y const& select(nowhere, X const&, Y const& y) {
    return y;
  }
};

template <class T>
inline constexpr bool is_step = false;
template <class V>
inline constexpr bool is_step<step<V>> = true;
template <class T>
inline constexpr bool is_ending = false;
template <>
inline constexpr bool is_ending<terminated> = true;
template <class X>
inline constexpr bool is_ending<truncated<X>> = true;

}  // namespace detail

/// `length_of(range)`: how many steps a range has an element for.
template <class Range>
constexpr std::size_t length_of(Range const& range) {
  if constexpr (!std::ranges::random_access_range<Range const&>) {
    static_assert(internal::refused<Range>,
                  "bellman: what has an element for each step is a random-access range, also when it is const");
    return 0;
  } else if constexpr (requires { range.size(); }) {  // takes the compiler less time than std::ranges
    return static_cast<std::size_t>(range.size());
  } else {
    return static_cast<std::size_t>(std::ranges::distance(range));
  }
}

/// `holds(mask)`: whether the mask of one step holds.
template <class Mask>
constexpr bool holds(Mask m) {
  return m;
}
constexpr bool holds(detail::nowhere) { return false; }

/// Flags and masks of a recording as steps, without a copy: each a range with one element a step, read where it stands.
/// Elements are compared with 0.
///
///     recorded_steps{.terminated = ends, .truncated = cuts, .value_after = values_there, .own = mask}
///
/// Each may be left out. A step is *skipped* where `own` is 0, *terminated* where `terminated` is not 0, else
/// *truncated* with the value in `value_after` where `truncated` is not 0, else it *continues*. A step that is both
/// skipped and ended is passed through by what comes after the end. With `.last = terminated{}` or `truncated{v}` or a
/// `step`, the last step is that, and of `terminated`, `truncated` and `value_after` the last element is neither read
/// nor needed.
///
/// The ranges are views, or lvalues given as such (`std::views::all(flags)`, a `std::span`): they are copied into this.
template <class Terminated = detail::nowhere, class Truncated = detail::nowhere, class ValueAfter = detail::nowhere,
          class Own = detail::nowhere, class Last = detail::nowhere>
struct recorded_steps {
  [[no_unique_address]] Terminated terminated{};
  [[no_unique_address]] Truncated truncated{};
  [[no_unique_address]] ValueAfter value_after{};
  [[no_unique_address]] Own own{};
  [[no_unique_address]] Last last{};

  static_assert(std::same_as<Truncated, detail::nowhere> || !std::same_as<ValueAfter, detail::nowhere>,
                "bellman: a truncated episode needs the value of the state after it: .value_after");
  static_assert(std::same_as<ValueAfter, detail::nowhere> || !std::same_as<Truncated, detail::nowhere>,
                "bellman: .value_after is read where an episode was cut off, which only .truncated says");
};

namespace detail {

[[noreturn]] inline void the_last_step_must_end(std::size_t t) {
  throw invalid_value("bellman: step " + std::to_string(t) +
                      " continues and nothing comes after it; it must be terminated or truncated with a value");
}
[[noreturn]] inline void there_must_be_one_for_each_reward(char const* what, std::size_t found, std::size_t rewards) {
  throw invalid_value("bellman: " + std::to_string(found) + " " + what + " and " + std::to_string(rewards) +
                      " rewards; there must be one for each reward");
}

template <class Range>
constexpr auto first_of(Range const& range) {
  if constexpr (requires { range.begin(); }) {
    return range.begin();
  } else {
    return std::ranges::begin(range);
  }
}

// What a step is, as a body reads it: masks and, where the episode ends, what comes after. `X` is one value or several.
template <class X, class Skipped, class Ended>
struct step_seen {
  using value_type = X;
  Skipped skipped;
  Ended ended;
  X after;
};

// One episode: every step continues, and what comes after the last is known.
template <class V>
class one_episode {
 public:
  constexpr explicit one_episode(V const& its_after) : after_(its_after) {}

  constexpr V const& after_last() const { return after_; }
  static constexpr std::size_t known_apart() { return 0; }
  template <class At>
  constexpr auto read(At const&) const {
    using X = typename At::value_type;
    return step_seen<X, nowhere, nowhere>{{}, {}, X(V{})};
  }
  template <class At>
  constexpr auto read_last(At const& at) const {
    return read(at);
  }

 private:
  V after_;
};

// A range of `step`.
template <class V, class It>
class listed_steps {
 public:
  constexpr explicit listed_steps(It begin) : steps_{begin} {}

  constexpr V after_last() const { return V{}; }
  static constexpr std::size_t known_apart() { return 0; }
  template <class At>
  [[gnu::always_inline]] constexpr auto read(At const& at) const {
    using X = typename At::value_type;
    using M = typename At::mask;
    return step_seen<X, M, M>{at.flags_where(steps_, [](auto const& s) { return s.is_skipped(); }),
                              at.flags_where(steps_, [](auto const& s) { return s.is_ended(); }),
                              at.read_as(steps_, [](auto const& s) { return static_cast<V>(s.after()); })};
  }
  template <class At>
  constexpr auto read_last(At const& at) const {
    return read(at);
  }

 private:
  column<It> steps_;
};

// Refused when it was built; a second answer would not be read.
template <class Steps>
inline constexpr bool lacks_values_after = false;
template <class Terminated, class Truncated, class Own, class Last>
inline constexpr bool lacks_values_after<recorded_steps<Terminated, Truncated, nowhere, Own, Last>> =
    !std::same_as<Truncated, nowhere>;

// A column of n flags, where the last may be left out if it is known from elsewhere.
template <class Range>
constexpr auto flags_of(Range const& range, char const* what, std::size_t n, bool last_is_apart) {
  if constexpr (std::same_as<Range, nowhere>) {
    return nowhere{};
  } else {
    std::size_t const found = length_of(range);
    if (found != n && !(last_is_apart && found + 1 == n)) there_must_be_one_for_each_reward(what, found, n);
    return column{first_of(range)};
  }
}

// Columns of flags and masks.
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
  static constexpr std::size_t known_apart() { return LastIsApart ? 1 : 0; }

  template <class At>
  [[gnu::always_inline]] constexpr auto read(At const& at) const {
    using X = typename At::value_type;
    using M = typename At::mask;
    X const zero(V{});
    if constexpr (!std::same_as<Truncated, nowhere>) {
      M cut = at.flags(truncated_);
      if constexpr (!std::same_as<Terminated, nowhere>) {
        M const end = at.flags(terminated_);
        cut = both(cut, negation(end));
        return step_seen<X, decltype(skipped(at)), M>{skipped(at), either(cut, end),
                                                      X(at.read_unless(negation(cut), value_after_))};
      } else {
        return step_seen<X, decltype(skipped(at)), M>{skipped(at), cut, X(at.read_unless(negation(cut), value_after_))};
      }
    } else if constexpr (!std::same_as<Terminated, nowhere>) {
      return step_seen<X, decltype(skipped(at)), M>{skipped(at), at.flags(terminated_), zero};
    } else {
      return step_seen<X, decltype(skipped(at)), nowhere>{skipped(at), {}, zero};
    }
  }
  template <class At>
  constexpr auto read_last(At const& at) const {
    using X = typename At::value_type;
    return step_seen<X, decltype(skipped(at)), nowhere>{skipped(at), {}, X(V{})};
  }

 private:
  template <class At>
  [[gnu::always_inline]] constexpr auto skipped(At const& at) const {
    if constexpr (std::same_as<Own, nowhere>) {
      return nowhere{};
    } else {
      return negation(at.flags(own_));
    }
  }

  [[no_unique_address]] Terminated terminated_;
  [[no_unique_address]] Truncated truncated_;
  [[no_unique_address]] ValueAfter value_after_;
  [[no_unique_address]] Own own_;
  V after_last_;
};

// One of several steps that were read at once.
constexpr nowhere lane_of_mask(nowhere, std::size_t) { return {}; }
template <class Mask>
constexpr bool lane_of_mask(Mask const& m, std::size_t i) {
  return static_cast<bool>(m[i]);
}
template <class X, class Skipped, class Ended>
constexpr auto lane_of(step_seen<X, Skipped, Ended> const& s, std::size_t i) {
  auto const skipped = lane_of_mask(s.skipped, i);
  auto const ended = lane_of_mask(s.ended, i);
  using V = std::remove_cvref_t<decltype(s.after[i])>;
  return step_seen<V, std::remove_const_t<decltype(skipped)>, std::remove_const_t<decltype(ended)>>{skipped, ended,
                                                                                                    s.after[i]};
}

// Behind the last step that is the policy's own there must be an end.
template <class V, class Source>
constexpr void check_that_the_last_step_ends(Source const& source, std::size_t n) {
  for (std::size_t t = n; t-- > 0;) {
    auto const s = source.read(one_step<V>(t));
    if (holds(s.ended)) return;
    if (!holds(s.skipped)) the_last_step_must_end(t);
  }
}

// What comes after the last step by an ending or a `step`.
template <class V, class Last>
constexpr V after_the_last(Last const& last, std::size_t n) {
  if constexpr (is_step<Last>) {
    if (n == 0) return V{};
    if (!last.is_ended()) the_last_step_must_end(n - 1);
    return static_cast<V>(last.after());
  } else {
    return value_after<V>(last);
  }
}

}  // namespace detail

/// Whether `Steps` says of each step what it is: the ending of one episode (`terminated{}`, `truncated{v}`, a `step`),
/// a range of `step`, or `recorded_steps`.
template <class Steps>
concept steps_or_ending = detail::is_ending<Steps> || detail::is_step<Steps> ||
                          (std::ranges::random_access_range<Steps const&> &&
                           detail::is_step<std::remove_cvref_t<std::ranges::range_reference_t<Steps const&>>>) ||
                          requires(Steps const& s) {
                            s.terminated;
                            s.truncated;
                            s.value_after;
                            s.own;
                            s.last;
                          };

/// `step_source<V>(steps, n)`: what the bodies of a backward pass over n rewards read their steps from. Checks the
/// lengths and that the last step ends; throws `invalid_value`.
template <class V, class Steps>
constexpr auto step_source(Steps const& steps, std::size_t n) {
  using namespace detail;
  if constexpr (!steps_or_ending<Steps>) {
    static_assert(internal::refused<Steps>,
                  "bellman: steps are an ending (terminated{}, truncated{v}), a range of bellman::step, or "
                  "recorded_steps of flags");
    return one_episode<V>(V{});
  } else if constexpr (lacks_values_after<Steps>) {
    return one_episode<V>(V{});
  } else if constexpr (is_ending<Steps> || is_step<Steps>) {
    return one_episode<V>(after_the_last<V>(steps, n));
  } else if constexpr (std::ranges::random_access_range<Steps const&>) {
    if (length_of(steps) != n) there_must_be_one_for_each_reward("steps", length_of(steps), n);
    auto const begin = first_of(steps);
    listed_steps<V, std::remove_const_t<decltype(begin)>> const source(begin);
    check_that_the_last_step_ends<V>(source, n);
    return source;
  } else {
    constexpr bool apart = !std::same_as<decltype(steps.last), nowhere>;
    auto const terminated_at = flags_of(steps.terminated, "flags of termination", n, apart);
    auto const truncated_at = flags_of(steps.truncated, "flags of truncation", n, apart);
    auto const value_after_it = flags_of(steps.value_after, "values after", n, apart);
    auto const own_ones = flags_of(steps.own, "elements of the mask", n, false);
    V after{};
    if constexpr (apart) after = after_the_last<V>(steps.last, n);
    flagged_steps<V, std::remove_const_t<decltype(terminated_at)>, std::remove_const_t<decltype(truncated_at)>,
                  std::remove_const_t<decltype(value_after_it)>, std::remove_const_t<decltype(own_ones)>, apart> const
        source(terminated_at, truncated_at, value_after_it, own_ones, after);
    if constexpr (!apart) check_that_the_last_step_ends<V>(source, n);
    return source;
  }
}

/// `column_of<V>(x, what, n)`: a column of V for n rewards: a range of as many, or one number for all.
template <class V, class T>
constexpr auto column_of(T const& x, char const* what, std::size_t n) {
  if constexpr (std::ranges::random_access_range<T const&> && !std::constructible_from<V, T const&>) {
    if (length_of(x) != n) detail::there_must_be_one_for_each_reward(what, length_of(x), n);
    return column{detail::first_of(x)};
  } else if constexpr (std::ranges::range<T> && !std::constructible_from<V, T const&>) {
    return constant_column<V>{};  // refused where its length was asked for
  } else {
    return constant_column<V>{static_cast<V>(x)};
  }
}

/// `scan_step(at, carry, f, s)`: the scan of one step of a recording. `carry` is what comes after the step; it becomes
/// what the step is worth to the one before: `f(after)` of the policy's own step, `after` of a skipped one. `after` is
/// what an ended step says comes after it, and `carry` of any other.
template <class At, class V, class X, class F, class Step>
[[gnu::always_inline]] constexpr scanned<X> scan_step(At const& at, V& carry, affine<X, F> const& own, Step const& s) {
  affine<X, F> f{select(s.skipped, X(V{}), own.offset), select(s.skipped, F(1), own.slope)};
  if constexpr (!std::same_as<decltype(s.ended), detail::nowhere>) {
    f = affine<X, F>{select(s.ended, X(applied(f, s.after)), f.offset), select(s.ended, F(0), f.slope)};
  }
  auto const x = at.scan(carry, f);
  return {x.before, select(s.ended, s.after, x.after), x.is_finite};
}

/// `one_by_one(body, at, s)`: the body at each of several steps that were read at once.
template <class Body, class At, class Step>
constexpr void one_by_one(Body& body, At const& at, Step const& s) {
  if constexpr (requires { typename At::value_type::mask; }) {
    at.one_by_one([&](auto const& one, std::size_t i) { body(one, detail::lane_of(s, i)); });
  }
}

/// `write_own(at, s, out, x)`: x for the policy's own step, 0 for a skipped one.
template <class At, class Step, class Out, class X>
[[gnu::always_inline]] constexpr void write_own(At const& at, Step const& s, Out const& out, X const& x) {
  using V = typename At::value_type;
  at.write(out, select(s.skipped, V{}, V(x)));
}

/// `over_steps<V>(order, n, source, bodies...)`: one backward pass over n steps, in which every `body(at, step)` is
/// called in turn at each.
template <class V, class Order, class Source, class... Bodies>
constexpr void over_steps(Order order, std::size_t n, Source const& source, Bodies&... bodies) {
  if constexpr (Source::known_apart() > 0) {
    if (n > 0) {
      one_step<V> const at(n - 1);
      auto const last = source.read_last(at);
      (bodies(at, last), ...);
      --n;
    }
  }
  backward_pass<V>(
      order, n, [&](auto const& at) __attribute__((always_inline)) {
        auto const s = source.read(at);
        (bodies(at, s), ...);
      });
}

}  // namespace bellman
