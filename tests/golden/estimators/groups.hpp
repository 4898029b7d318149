// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "family.hpp"

namespace golden {

/// Runs a case of cross_library_disagreements.json, and says whether it is one about groups of answers.
bool run_group_disagreement(estimator_case& c);

}  // namespace golden
