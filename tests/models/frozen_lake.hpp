// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/models/frozen_lake.hpp>

namespace models {

using bellman::models::frozen_lake;
using bellman::models::lake_8x8;

}  // namespace models
