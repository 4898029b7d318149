// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refused.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

struct bind_fn {
  template <distribution D, class K>
  constexpr auto operator()(D const& d, K&& k) const {
    using E = std::remove_cvref_t<decltype(k(std::declval<support_t<D> const&>()))>;
    if constexpr (!distribution<E>) {
      static_assert(internal::refused<E>,
                    "bellman: bind(d, k) needs a k that returns a distribution for each value of d");
    } else {
      return points<E>(d, k);
    }
  }

 private:
  template <class E, class D, class K>
  static constexpr auto points(D const& d, K& k) {
    using P = std::remove_cvref_t<decltype(weigh(std::declval<probability_t<D> const&>(),
                                                   std::declval<probability_t<E> const&>()))>;
    std::vector<weighted<support_t<E>, P>> all;
    for (auto&& x : d) {
      E const second = k(x.value);
      for (auto&& y : second) all.push_back({y.value, weigh(x.probability, y.probability)});
    }
    return all;
  }
};

}  // namespace detail

/// `bind(d, k)`: the distribution of `Y` when `X` is distributed as `d` and `Y`, given `X`, as `k(X)`: the chain of two
/// steps of chance. Returns a `std::vector` of `weighted`.
///
/// *Arguments*: `d`: a distribution; `k`: a callable of its values that returns a distribution.
/// *Errors*: does not compile for a `k` that returns anything else.
/// *Cost*: as many elements as those of all `k(x)` together.
/// *Laws*: `bind(dirac{x}, k)` is `k(x)`; `bind(d, dirac)` is `d`; associative. Total expectation:
/// `expectation(bind(d, k), f) == expectation(d, x -> expectation(k(x), f))`: tests/probability/bind.cpp.
/// *Use*:
///     bellman::bind(bellman::uniform(std::array{1, 2}), [](int x) { return bellman::dirac{10 * x}; })[1] ==
///         bellman::weighted{20, bellman::unit_fraction{2}}
inline constexpr detail::bind_fn bind{};

}  // namespace bellman
