// SPDX-License-Identifier: BSL-1.0
// expect: line 1
// harness: the answer may have 12 lines

#ifndef CONTROL
static_assert(false, "line 1");
static_assert(false, "line 2");
static_assert(false, "line 3");
static_assert(false, "line 4");
static_assert(false, "line 5");
static_assert(false, "line 6");
static_assert(false, "line 7");
static_assert(false, "line 8");
static_assert(false, "line 9");
static_assert(false, "line 10");
static_assert(false, "line 11");
static_assert(false, "line 12");
static_assert(false, "line 13");
#endif
