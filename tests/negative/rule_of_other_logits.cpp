// SPDX-License-Identifier: BSL-1.0
// refused: this_rule_has_no_member_change_for_these_logits

#include <bellman/language/logit_rule.hpp>

#include <array>
#include <span>

struct first_is_likelier : bellman::changes_logits<first_is_likelier> {
  constexpr void change(std::span<double> logits) const { logits[0] = logits[0] + 1; }
};

#ifdef CONTROL
constexpr auto logits = first_is_likelier{}(std::array{0.5, 2.0});
#else
constexpr auto logits = first_is_likelier{}(std::array{0.5F, 2.0F});
#endif
