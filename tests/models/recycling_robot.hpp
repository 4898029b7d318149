// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/models/recycling_robot.hpp>

namespace models {

using bellman::models::battery;
using bellman::models::deed;
using bellman::models::recycling_robot;

}  // namespace models
