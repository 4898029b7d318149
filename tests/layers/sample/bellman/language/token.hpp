// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/nowhere/token.hpp>
#include <bellman/value/state_value.hpp>
#include <nlohmann/json.hpp>
