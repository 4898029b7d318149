// SPDX-License-Identifier: BSL-1.0
#pragma once

// Catch2 3 when it is installed, else 2.13. Tests use only what both have: TEST_CASE, SECTION, CHECK, REQUIRE,
// STATIC_REQUIRE, TEMPLATE_TEST_CASE, GENERATE.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

// Catch2 asks the compiler whether what is checked is constant, so that it warns of what it sees there; for that a
// compiler evaluates a law a second time.
#undef CATCH_INTERNAL_IGNORE_BUT_WARN
#define CATCH_INTERNAL_IGNORE_BUT_WARN(...)
