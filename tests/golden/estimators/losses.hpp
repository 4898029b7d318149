// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "family.hpp"

namespace golden {

/// Runs a case of cross_library_disagreements.json, and says whether it is one about the denominators of losses, the KL
/// or where a reward is placed.
bool run_loss_disagreement(estimator_case& c);

/// The part of it about the KL and rewards.
bool run_kl_disagreement(estimator_case& c);

}  // namespace golden
