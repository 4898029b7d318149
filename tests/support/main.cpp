// SPDX-License-Identifier: BSL-1.0

// The entry point of the test programs under Catch2 2.13; Catch2 3 brings its own in Catch2::Catch2WithMain.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
