// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/language/token.hpp>
#include <bellman/views/episodes.hpp>
