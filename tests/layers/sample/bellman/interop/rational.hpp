// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/field.hpp>
#include <boost/rational.hpp>
#include <nlohmann/json.hpp>
