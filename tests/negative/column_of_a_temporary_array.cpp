// SPDX-License-Identifier: BSL-1.0
// refused: a_temporary_array_is_gone_before_it_is_read_as_a_column

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
