// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/probability/statistics.hpp>

#include <type_traits>

namespace bellman::internal {

/// The statistics of the columns of one group of a layout, and the numbers of their mean and of their count.
template <class Groups>
using statistics_of_group_t = std::remove_cvref_t<typename Groups::template of_group_t<decltype(statistics_of)>>;
template <class Groups>
using mean_of_group_t = decltype(statistics_of_group_t<Groups>::mean);
template <class Groups>
using count_of_group_t = decltype(statistics_of_group_t<Groups>::count);

}  // namespace bellman::internal
