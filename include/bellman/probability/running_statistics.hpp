// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <cstddef>
#include <string>

namespace bellman {

namespace detail {

template <class X>
[[noreturn]] void a_running_value_must_be_finite(std::size_t n, X const& x) {
  internal::refuse("bellman: after " + std::to_string(n) + " values comes " + internal::describe(x) +
                   "; it must be a finite number");
}

}  // namespace detail

/// `running_statistics<X>{}`: the `statistics` of numbers X that come one after another: `.add(x)` takes one more,
/// `.add(s)` the statistics of others, such as those of another worker, `.value()` gives those of all so far. What a
/// reward or a return is scaled by is a spread of them: `standard_deviation{}(seen.value())`.
///
/// The numbers are those of `statistics_of`, and so is their precision.
///
/// *Errors*: `invalid_value` for a NaN or an infinity, which is not taken.
/// *Cost*: O(1) a value, one division; allocates nothing.
/// *Laws*: that of all values at once, and of their parts merged: tests/probability/running_statistics.cpp.
/// *Source*: Welford 1962; Chan, Golub, LeVeque 1979.
/// *Use*:
///     [] {
///       bellman::running_statistics<double> seen;
///       for (double const x : {1.0, 1.0, 4.0}) seen.add(x);
///       return seen.value() == bellman::statistics_of(std::array{1.0, 1.0, 4.0}) && seen.value().mean == 2.0;
///     }()
template <internal::number X>
class running_statistics {
  using V = internal::summed_up_t<X>;

 public:
  constexpr void add(X const& x) {
    if (!is_finite(x)) detail::a_running_value_must_be_finite(all_.count(), x);
    all_.add(static_cast<V>(x));
  }
  constexpr void add(statistics<V> const& others) { all_.add(others); }

  constexpr statistics<V> value() const { return all_.value(); }

 private:
  internal::merging_statistics<X, V> all_;
};

}  // namespace bellman
