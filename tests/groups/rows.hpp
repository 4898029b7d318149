// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace bellman::test {

/// The rows of a group, to be compared.
inline std::vector<std::size_t> rows(std::span<std::size_t const> group) { return {group.begin(), group.end()}; }

}  // namespace bellman::test
