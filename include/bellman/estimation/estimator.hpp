// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/correction.hpp>
#include <bellman/internal/literal.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace internal {

template <class Machine>
struct deduced_on {};

}  // namespace internal

/// What a caller leaves to an estimator: the type to estimate in, the order of the pass, which is the one that is fast
/// on the machine that is compiled for.
using deduced = internal::deduced_on<internal::this_machine>;

/// A column of values, of states or of actions: its numbers are of the type of the estimates. The name is what messages
/// and bundles call it.
template <internal::literal Name>
struct value_column {
  static constexpr auto name = Name;

  template <class V>
  using number = V;
  template <class Range>
  using value_read = std::ranges::range_value_t<Range>;
  template <class Range>
  using scalar_read = double;

  template <class Here, class Seen, class Column>
  [[gnu::always_inline]] static constexpr auto read(Here const& here, Seen const& s, Column const& c) {
    return here.read_unless(s.skipped, c);
  }
};

/// A column of scalars: ratios, probabilities, traces.
template <internal::literal Name>
struct scalar_column {
  static constexpr auto name = Name;

  template <class V>
  using number = scalar_t<V>;
  template <class Range>
  using value_read = void;
  template <class Range>
  using scalar_read = Range;

  template <class Here, class Seen, class Column>
  [[gnu::always_inline]] static constexpr auto read(Here const& here, Seen const& s, Column const& c) {
    return here.read_scalar_unless(s.skipped, c);
  }
};

/// What an estimator reads besides the rewards, in the order of its arguments.
template <class... Column>
struct columns {
  static constexpr std::size_t size = sizeof...(Column);
};

/// What an estimator's terms know of a step besides the numbers of its columns: one number each, or, where a body takes
/// several steps at once, a pack of them; and the parameters as they were given.
template <class X, class F, class L, class Parameters>
struct numbers_of_step {
  X reward;
  F gamma;
  L lambda;
  Parameters const& parameters;

  /// A parameter as such a number.
  template <class N>
  [[gnu::always_inline]] constexpr F constant(N const& x) const {
    if constexpr (internal::has_lanes<F>) {
      return F(static_cast<std::remove_cvref_t<decltype(gamma[0])>>(x));
    } else {
      return static_cast<F>(x);
    }
  }
};

namespace internal {

template <class E>
concept has_columns = requires { E::columns::size; };

template <class E>
concept has_parameters_in_braces = requires { typename E::template parameters<double>; };

/// The parameters that an estimator takes in braces, of numbers N.
template <class E, class N>
struct parameters_in_braces {
  using type = N;
};
template <has_parameters_in_braces E, class N>
struct parameters_in_braces<E, N> {
  using type = typename E::template parameters<N>;
};

// Whether there are terms of double numbers.
template <class E, class Columns>
inline constexpr bool gives_terms = false;
template <class E, class... Column>
inline constexpr bool gives_terms<E, columns<Column...>> = requires(
    numbers_of_step<double, double, double, typename parameters_in_braces<E, double>::type> const& step,
    typename Column::template number<double> const&... x) {
  E::terms(step, x...).value;
  E::terms(step, x...).trace;
  E::terms(step, x...).action_value;
};

template <class E>
concept has_terms = gives_terms<E, typename E::columns>;

template <class E>
concept has_body = requires { typename E::template body<double, double>; };

/// How many numbers an estimator gives for each step.
template <class E>
inline constexpr std::size_t outputs_of = 1;
template <class E>
  requires requires { E::outputs; }
inline constexpr std::size_t outputs_of<E> = E::outputs;

}  // namespace internal

/// How an estimate is made of what a recording has at each step, for `estimator_fn` to make a function of.
///
/// Minimal definition: a type with
///  - `columns`: what it reads besides the rewards, `columns<value_column<"values">, scalar_column<"ratios">>`;
///  - `terms(step, x...)`, static: the step's `correction`, from its reward, discount and decay and one number of each
///    column.
///
/// Besides, where they differ from what is said here:
///  - `parameters<N>`: the parameters that are given in braces, `trace_parameters<N>`; else a discount alone;
///  - `emit(step, c, G, x...)`, static: what is given for the step, of which `c` are the terms and `G` the return; else
///    G. Several numbers are a `std::array`; then `outputs` says how many, and `results(x, y, ...)`, static, puts
///    together what there is of each, a container, an iterator or a number;
///  - where the terms need more than their own step, a class template `body<V, Read>` in place of `terms`: made of
///    `(read, parameters)`, with `start(after_last)`, the carry behind the last step, and `body(here, seen, carry)` as
///    `running` has it; `read(here, seen, f)` calls f with what `terms` would be called with. If `start` takes a `pack`
///    of values too, and the body what it makes of them, rows of steps are a lane for each sequence; else each sequence
///    is taken by itself.
///
/// Axioms:
///  1. `terms` and `emit` depend on their arguments alone; they are written with `sum`, `product`, `at_most`, ...,
///     which take one number and a pack of numbers alike.
///  2. A skipped step's numbers are 0 when `terms` is asked, and nothing of what it says is used.
///
/// Why not a function of a whole recording: a step is an affine map of what comes after it, and that is all that the
/// order of a pass, a register or a layout needs to know.
///
/// Models: the estimators of this room, which are objects `estimator_fn<...>`; how to add one: extending.md.
template <class E>
concept estimator = internal::has_columns<E> && (internal::has_terms<E> || internal::has_body<E>);

}  // namespace bellman
