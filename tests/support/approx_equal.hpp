// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/approx_equal.hpp>

namespace bellman::test {

using bellman::absolutely_close;
using bellman::approx_equal;

}  // namespace bellman::test
