// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/reflect/fields.hpp>
#include <range/v3/view.hpp>
