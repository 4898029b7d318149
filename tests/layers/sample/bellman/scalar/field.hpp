// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/scalar/affine.hpp>
#include <bellman/value/state_value.hpp>
#include "affine.hpp"
#include <boost/rational.hpp>

#include <concepts>

#define FIELD 1
