// SPDX-License-Identifier: BSL-1.0
// expect: a temporary array is gone before it is read as a column

#include <bellman/conventions/arrays/flags_at_step.hpp>

#include <vector>

std::vector<bool> done();
std::vector<bool> const done_by_name{false, true};
std::vector<double> const next_values{1.0, 2.0};

#ifdef CONTROL
auto const steps = bellman::conventions::flags_at_step(done_by_name, done_by_name, next_values);
#else
auto const steps = bellman::conventions::flags_at_step(done(), done_by_name, next_values);
#endif
