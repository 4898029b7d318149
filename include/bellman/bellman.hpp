// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Everything that needs nothing but the standard library.

// Each after what it includes, so that a compiler's answer to a mistake is not preceded by a chain of files.
// clang-format off
#include <bellman/error.hpp>
#include <bellman/shared.hpp>
#include <bellman/version.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/affine.hpp>
#include <bellman/scalar/checked.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/scan.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/bind.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/given.hpp>
#include <bellman/probability/map.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/softmax.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/probability/weights_in.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/decision/environment.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/decision/agent.hpp>
#include <bellman/decision/reward.hpp>
#include <bellman/decision/start.hpp>
#include <bellman/decision/trajectories.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/advantage.hpp>
#include <bellman/value/choice.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/greedy_policy.hpp>
#include <bellman/value/return.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/components.hpp>
#include <bellman/planning/linear_form.hpp>
#include <bellman/planning/elimination.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/planning/tabular_value.hpp>
#include <bellman/planning/iteration.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/learning/objective.hpp>
#include <bellman/learning/policy_gradient.hpp>
#include <bellman/learning/policy_gradient_agent.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/language_policy.hpp>
#include <bellman/language/token_environment.hpp>
// clang-format on
