// SPDX-License-Identifier: BSL-1.0
#pragma once

/// The version of this library, major * 10000 + minor * 100 + patch.
#define BELLMAN_VERSION 100
