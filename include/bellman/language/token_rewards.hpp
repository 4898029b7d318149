// SPDX-License-Identifier: BSL-1.0
#pragma once

// The rewards of tokens in their parts: where an answer's reward is paid, where those of its steps are, what leaving a
// reference policy costs, and what an answer that is too long does.
#include <bellman/language/kl_shaped_rewards.hpp>
#include <bellman/language/outcome_rewards.hpp>
#include <bellman/language/process_rewards.hpp>
#include <bellman/language/soft_overlong_penalty.hpp>
