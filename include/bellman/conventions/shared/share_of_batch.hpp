// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/loss/batch_mean.hpp>
#include <bellman/scalar/arithmetic.hpp>

namespace bellman::conventions {

namespace detail {

struct share_of_batch_fn {
  template <class Scope, class V, class Count, class Devices>
  constexpr V operator()(batch_mean<Scope, V> const& part, Count const& count, Devices const& devices) const {
    return product(quotient(part.total, static_cast<V>(count)), static_cast<V>(devices));
  }
  template <class Scope, class V>
  constexpr V operator()(batch_mean<Scope, V> const& part) const {
    return (*this)(part, static_cast<long long>(part.count), 1);
  }
};

}  // namespace detail

/// `share_of_batch(part, count, devices) = part.total / count * devices`: the loss of one of several devices as
/// training codes compute it; `share_of_batch(part)`: that of a single one, `part.total / part.count`.
///
/// *Arguments*: a `batch_mean`; the count of the whole batch; the number of devices.
/// *Errors*: none: where nothing is counted, this is 0/0, a NaN, as it is in those codes; `batch_mean::value` refuses
/// instead.
/// *Laws*: the mean of what all devices give is the mean over the batch (tests/conventions/shared/share_of_batch.cpp).
/// *Use*:
///     bellman::conventions::share_of_batch(bellman::batch_mean<bellman::token_mean, double>{6.0, 2}, 3, 2) == 4.0
inline constexpr detail::share_of_batch_fn share_of_batch{};

}  // namespace bellman::conventions
