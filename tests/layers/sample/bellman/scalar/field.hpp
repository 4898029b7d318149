// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "affine.hpp"
#include <bellman/error.hpp>
#include <bellman/value/state_value.hpp>
#include <boost/rational.hpp>

#include <concepts>

#define FIELD 1
