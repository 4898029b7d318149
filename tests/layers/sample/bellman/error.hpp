// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/field.hpp>
#include <bellman/version.hpp>
