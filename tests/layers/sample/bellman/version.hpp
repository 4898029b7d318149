// SPDX-License-Identifier: BSL-1.0
#pragma once

#define BELLMAN_VERSION 100
