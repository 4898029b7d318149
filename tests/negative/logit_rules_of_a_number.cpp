// SPDX-License-Identifier: BSL-1.0
// refused: this_is_no_rule_that_changes_logits

#include <bellman/language/logit_rules.hpp>
#include <bellman/language/temperature.hpp>
#include <bellman/language/top_p.hpp>

#ifdef CONTROL
constexpr bellman::logit_rules rules{bellman::temperature{0.7}, bellman::top_p{0.9}};
#else
constexpr bellman::logit_rules rules{0.7, bellman::top_p{0.9}};
#endif
