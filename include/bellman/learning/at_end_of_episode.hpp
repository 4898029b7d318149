// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/learning/learning_rule.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

template <class V, class Rule>
class steps_at_the_end {
 public:
  static constexpr bool reads_next_gradient = internal::reads_next_gradient<Rule>;

  constexpr explicit steps_at_the_end(Rule its_rule) : rule_(std::move(its_rule)) {}

  constexpr void operator()(auto&& w, auto const& seen) {
    rule_(room_for(w), seen);
  }
  constexpr void fit(auto&& w, auto const& gradient, V const& error)
    requires requires(Rule& rule, std::vector<V>& x) { rule.fit(x, gradient, error); }
  {
    rule_.fit(room_for(w), gradient, error);
  }
  constexpr void end_of_episode(auto&& w) {
    rule_.end_of_episode(moved_);
    for (std::size_t i = 0; i < moved_.size(); ++i) w[i] = sum(w[i], moved_[i]);
    moved_.clear();
  }

 private:
  constexpr std::vector<V>& room_for(auto const& w) {
    if (moved_.size() < w.size()) moved_.resize(w.size(), scalar_traits<V>::zero());
    return moved_;
  }

  Rule rule_;
  std::vector<V> moved_{};
};

}  // namespace detail

/// `at_end_of_episode{rule}`: another learning rule, whose steps are added up and taken when the episode ends: within
/// it the weights stay as they are.
///
/// *Arguments*: `accumulating`, `replacing` or `gradient_correction`: a rule that says `adds_up`.
/// *Cost*: that of the rule, and one addition for each weight at the end.
/// *Source*: Sutton and Barto, section 12.1 ("off-line").
/// *Use*:
///     bellman::at_end_of_episode{bellman::accumulating{0.5}}.rule.step == 0.5
template <class Rule>
struct at_end_of_episode {
  Rule rule;

  template <class V>
    requires(learning_rule<Rule, V> && internal::adds_up<internal::started_t<Rule, V>>)
  constexpr auto start() const {
    auto inner = rule.template start<V>();
    return detail::steps_at_the_end<V, decltype(inner)>(std::move(inner));
  }
};
template <class Rule>
at_end_of_episode(Rule) -> at_end_of_episode<Rule>;

}  // namespace bellman
