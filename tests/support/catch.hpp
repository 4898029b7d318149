// SPDX-License-Identifier: BSL-1.0
#pragma once

// Catch2 3 when it is installed, else 2.13. Tests use only what both have: TEST_CASE, SECTION, CHECK, REQUIRE,
// STATIC_REQUIRE, TEMPLATE_TEST_CASE, GENERATE.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
