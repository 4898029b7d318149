// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/weight.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

struct bind_fn {
  template <class D, class K,
            class = typename internal::every<internal::a_distribution<D>, internal::a_kernel_from<K, D>>::type::yes>
  constexpr auto operator()(D const& d, K&& k) const {
    using E = internal::image_t<K, D>;
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
