// SPDX-License-Identifier: BSL-1.0

// 1.1 Agent
//
//   pi_theta(a_t | s_t)
//
// An agent acts, and improves itself from what it sees, to get more reward. Here it is a language model: in a context
// s_t it gives the probabilities of the next token a_t, by parameters theta, one for each pair of the token before and
// the token to come.

#include "count_the_ones.hpp"

#include <bellman/decision/agent.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/decision/reward.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/weight.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <random>

namespace foundation {
namespace {

class language_model {
 public:
  /// Acts: pi_theta(a | s) is the share of theta[a] in the row of the last token.
  constexpr auto operator()(context const& s) const {
    auto const& theta = theta_[row(s)];
    rational const total = theta[0] + theta[1] + theta[2];
    return bellman::categorical(std::array{bellman::weighted{zero, theta[0] / total},
                                           bellman::weighted{one, theta[1] / total},
                                           bellman::weighted{stop, theta[2] / total}});
  }

  /// Improves: what was followed by a high return G_t becomes more likely.
  constexpr void improve(bellman::episode<context, token, rational> const& tau) {
    auto const G = bellman::discounted_returns(tau.rewards, rational(1));
    for (std::size_t t = 0; t < tau.size(); ++t) {
      theta_[row(tau.states[t])][static_cast<std::size_t>(tau.actions[t])] += G[t];
    }
  }

 private:
  static constexpr std::size_t row(context const& s) { return static_cast<std::size_t>(s.last() + 1); }

  // Rows: no token before, "0" before, "1" before.
  std::array<std::array<rational, 3>, 3> theta_{{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}};
};

constexpr auto task = count_the_ones(bellman::verifiable<rational>(is_right));
static_assert(bellman::agent_for<language_model, decltype(task)>);

/// Its goal: the expected reward of what it generates.
constexpr rational expected_reward(language_model const& agent) {
  return bellman::state_value(task, agent, rational(1))(prompt());
}

// At first every token is as likely as any other. After one right answer each of its tokens has two shares of four.
constexpr bool it_improves() {
  language_model agent;
  bool const before = expected_reward(agent) == rational(1, 27);
  context const s_1 = prompt();
  context const s_2 = concat(s_1, one);
  context const s_3 = concat(s_2, zero);
  agent.improve({{s_1, s_2, s_3, concat(s_3, stop)}, {one, zero, stop}, {0, 0, 1}, bellman::terminated{}});
  return before && expected_reward(agent) == rational(1, 8);
}
static_assert(it_improves());

}  // namespace
}  // namespace foundation

int main() {
  using namespace foundation;
  language_model agent;
  std::mt19937_64 chance(1);
  std::puts("A language model learns to count the ones of 101, which is 10 in binary:");
  for (int episode = 0; episode <= 500; ++episode) {
    auto const tau = bellman::rollout(task, agent, prompt(), chance);
    if (episode % 100 == 0) {
      std::printf("  answer %3d: %-8s expected reward %.3f\n", episode, text(tau.states.back()).c_str(),
                  bellman::to_double(expected_reward(agent)));
    }
    agent.improve(tau);
  }
  return it_improves() && expected_reward(agent) > rational(9, 10) ? 0 : 1;
}
