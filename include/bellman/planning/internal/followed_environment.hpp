// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/probability/internal/weights.hpp>

#include <utility>
#include <vector>

namespace bellman::internal {

/// An environment in which only that can be done which a policy may do: what it never does need not be explored.
template <class E, class Policy>
class followed_environment : public internal::environment_over<E> {
 public:
  constexpr followed_environment(E its_env, Policy its_policy)
      : internal::environment_over<E>(std::move(its_env)), policy_(std::move(its_policy)) {}

  constexpr std::vector<action_t<E>> actions(state_t<E> const& s) const {
    std::vector<action_t<E>> taken;
    auto const answer = action_distribution<E>(policy_, s);
    for (auto&& a : this->inner().actions(s)) {
      action_t<E> const candidate = static_cast<action_t<E>>(a);
      for (auto&& e : answer) {
        if (internal::is_nothing(e.probability) || !(static_cast<action_t<E>>(e.value) == candidate)) continue;
        taken.push_back(candidate);
        break;
      }
    }
    return taken;
  }

 private:
  Policy policy_;
};

}  // namespace bellman::internal
