// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/scalar_traits.hpp>

namespace bellman::conventions {

namespace detail {

struct share_of_batch_fn {
  template <class Part, class... Number,
            class = typename internal::every<internal::a_part_of_a_batch<Part>,
                                             internal::a_count_and_devices<Part, Number...>>::type::yes>
  constexpr auto operator()(Part const& part, Number const&... count_and_devices) const {
    if constexpr (sizeof...(Number) == 0) {
      return share<internal::total_of_t<Part>>(part.total, static_cast<long long>(part.count), 1);
    } else {
      return share<internal::total_of_t<Part>>(part.total, count_and_devices...);
    }
  }

 private:
  template <class V, class Total, class Count, class Devices>
  static constexpr V share(Total const& total, Count const& count, Devices const& devices) {
    return internal::converted_to<V>(product(quotient(total, static_cast<V>(count)), static_cast<V>(devices)));
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
