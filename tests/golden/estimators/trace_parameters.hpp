// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/trace_parameters.hpp>

#include "family.hpp"

namespace golden {

inline bellman::trace_parameters<double> parameters_of(estimator_case const& c) {
  return {.gamma = c.number("gamma"), .lambda = c.number("lambda")};
}

}  // namespace golden
