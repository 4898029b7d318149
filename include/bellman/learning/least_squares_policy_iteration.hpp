// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <ranges>
#include <vector>

namespace bellman {

namespace refused {

struct the_learner_must_collect_equations_as_with_the_rule_least_squares {};
struct recordings_are_a_range_of_episodes {};

}  // namespace refused

namespace internal {

template <class Learner>
struct a_learner_that_solves
    : rule<requires(Learner& agent) {
        agent.forget();
        agent.solve();
        agent.prediction().weights();
      }, refused::the_learner_must_collect_equations_as_with_the_rule_least_squares> {};

template <class Learner, class Episodes>
struct recordings_for
    : rule<std::ranges::forward_range<Episodes const> &&
               requires(Learner& agent, Episodes const& seen) { agent.improve(*std::ranges::begin(seen)); },
           refused::recordings_are_a_range_of_episodes> {};

}  // namespace internal

namespace detail {

struct least_squares_policy_iteration_fn {
  template <class Learner, class Episodes,
            class = typename internal::every<internal::a_learner_that_solves<Learner>,
                                             internal::recordings_for<Learner, Episodes>>::type::yes>
  constexpr bool operator()(Learner& agent, Episodes const& seen, std::size_t most_rounds = 100) const {
    for (std::size_t round = 0; round < most_rounds; ++round) {
      auto const before = agent.prediction().weights();
      agent.forget();
      for (auto const& episode : seen) agent.improve(episode);
      agent.solve();
      auto const& w = agent.prediction().weights();
      bool is_settled = before.size() == w.size();
      for (std::size_t i = 0; is_settled && i < w.size(); ++i) is_settled = before[i] == w[i];
      if (is_settled) return true;
    }
    return false;
  }
};

}  // namespace detail

/// `least_squares_policy_iteration(agent, episodes)`, `(agent, episodes, most_rounds)`: LSPI: solves for the value of
/// the policy that is greedy by the agent's action values, from recordings of any other, until nothing changes. True if
/// that was so within the most rounds, 100 unless said: with features it may go round for ever.
///
/// *Arguments*: a `learner` of action values with the target `q_learning`, whose maximum is taken by the values of the
/// round before, and the rule `least_squares`; a range of episodes.
/// *Errors*: those of the learner.
/// *Cost*: a round: each step once, and O(n^3) for n weights.
/// *Laws*: of a table that has seen every transition as often as it is likely, the optimal action values, exactly in
/// exact scalars: tests/learning/least_squares.cpp.
/// *Source*: Lagoudakis and Parr 2003.
/// *Use*:
///     [] {
///       bellman::models::cliff_walking<double> const cliff;
///       bellman::learner agent(bellman::value_table<double, int, int>{},
///                              bellman::q_learning{.env = cliff, .gamma = 0.5},
///                              bellman::least_squares{.regulariser = 0.0});
///       std::vector const seen{bellman::episode<int, int, double>{{35, 47}, {1}, {-1.0}, {}}};
///       return bellman::least_squares_policy_iteration(agent, seen) && agent(35, 1) == -1.0;
///     }()
inline constexpr detail::least_squares_policy_iteration_fn least_squares_policy_iteration{};

}  // namespace bellman
