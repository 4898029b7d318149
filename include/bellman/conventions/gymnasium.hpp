// SPDX-License-Identifier: BSL-1.0
#pragma once

// All of this library's conventions.
#include <bellman/conventions/gymnasium/autoreset.hpp>
