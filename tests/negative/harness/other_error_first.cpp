// SPDX-License-Identifier: BSL-1.0
// expect: the reason
// harness: the first error must match: the reason

#ifndef CONTROL
static_assert(false, "something else");
static_assert(false, "the reason");
#endif
