// SPDX-License-Identifier: BSL-1.0
// expect: a reason
// harness: the control must compile, and does not

static_assert(false, "a reason");
