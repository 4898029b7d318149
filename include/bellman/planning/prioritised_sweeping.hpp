// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/heap.hpp>
#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

/// `prioritised_sweeping{tolerance}`: a method that applies the operator to one state after another, each time to the
/// one whose value may be off by most, as the changes of what it leads to tell: asynchronous value iteration. It spends
/// its work where values still change, which takes less than sweeps of all states where rewards are rare and far, such
/// as in a maze; where states lead anywhere it may take a thousand times as much.
///
/// *Arguments*: a tolerance relative to the largest value. For any operator in floating point.
/// *Cost*: of an application to a state, its transitions and the logarithm of the number of states that wait.
/// *Laws*: the values of other methods, within both bounds: tests/planning/prioritised_sweeping.cpp.
/// *Source*: Moore and Atkeson 1993; Peng and Williams 1993.
/// *Use*:
///     bellman::solve(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{3},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         1.0, bellman::context{}, bellman::prioritised_sweeping{}).value(bellman::context{}) == 3.0
struct prioritised_sweeping {
  double tolerance = 1e-9;
  /// How many transitions are read at most, in units of all.
  double most_sweeps = 1e6;

  template <class Problem>
    requires internal::rounds<typename Problem::value_type>
  constexpr std::vector<typename Problem::value_type> operator()(Problem const& problem) const {
    using V = typename Problem::value_type;
    return work<Problem, V>(problem, tolerance, most_sweeps).done();
  }

 private:
  template <class Problem, class V>
  class work {
    struct turn {
      V urgency;
      index_t state;

      friend constexpr bool operator<(turn const& a, turn const& b) { return a.urgency < b.urgency; }
    };
    // A state that leads to another, and how much of a change there it takes over, at most.
    struct source {
      index_t state;
      V share;
    };

   public:
    constexpr work(Problem const& problem, double tolerance, double most_sweeps)
        : problem_(problem),
          tolerance_(tolerance),
          v_(problem.table().size(), V(0)),
          urgency_(v_.size(), V(0)),
          queued_(v_.size(), V(0)),
          sources_(v_.size()),
          left_(most_sweeps * static_cast<double>(problem.table().transitions())) {
      V const rest = V(1) - V(problem.gamma());
      strictness_ = maximum(rest, V(V(1) / V(1000)));
      find_sources();
    }

    constexpr std::vector<V> done() {
      auto const& t = problem_.table();
      auto const backup = problem_.op()(internal::table_values<V>{v_.data()});
      for (index_t s = 0; s < t.size(); ++s) {
        if (!t.terminal(s)) raise(s, magnitude(V(backup(s))));
      }
      while (!queue_.empty() && 0 < left_) {
        turn const next = internal::pop_heap(queue_);
        index_t const s = next.state;
        if (!(next.urgency == queued_[s])) continue;  // it has come again with more
        queued_[s] = V(0);
        if (!(threshold() < urgency_[s])) continue;
        V const value = static_cast<V>(backup(s));
        V const change = magnitude(V(value - v_[s]));
        v_[s] = value;
        urgency_[s] = V(0);
        largest_ = maximum(largest_, V(magnitude(value)));
        for (index_t const slot : t.actions(s)) left_ -= static_cast<double>(t.successors(slot).size());
        if (!(change == change)) break;  // certified, it is told where
        for (source const& u : sources_[s]) raise(u.state, V(u.share * change));
      }
      return std::move(v_);
    }

   private:
    constexpr V threshold() const {
      V const wanted = maximum(V(V(tolerance_) * strictness_), V(V(16) * scalar_traits<V>::epsilon()));
      return wanted * largest_;
    }
    // A state waits once for each doubling of its urgency.
    constexpr void raise(index_t s, V const& by) {
      urgency_[s] = urgency_[s] + by;
      if (!(threshold() < urgency_[s]) || !(V(2) * queued_[s] < urgency_[s])) return;
      queued_[s] = urgency_[s];
      internal::push_heap(queue_, turn{urgency_[s], s});
    }
    constexpr void find_sources() {
      using Op = std::remove_cvref_t<decltype(problem_.op())>;
      auto const& t = problem_.table();
      auto const active = internal::active_slots(problem_.op());
      for (index_t s = 0; s < t.size(); ++s) {
        for (index_t const slot : t.actions(s)) {
          if (!active(slot)) continue;
          for (auto const& o : t.transition(s, slot)) {
            if (t.terminal(o.value.next)) continue;
            // Of the mean the probability; other equivalents may take over all of it.
            V share = V(problem_.gamma());
            if constexpr (internal::expects_outcomes<Op>) share = share * V(o.probability);
            auto& all = sources_[o.value.next];
            if (!all.empty() && all.back().state == s) {
              all.back().share = maximum(all.back().share, share);
            } else {
              all.push_back({s, share});
            }
          }
        }
      }
    }

    Problem const& problem_;
    double tolerance_;
    std::vector<V> v_;
    std::vector<V> urgency_;  // what the residual of a state is, at most
    std::vector<V> queued_;   // with what it waits, or 0
    std::vector<std::vector<source>> sources_;
    std::vector<turn> queue_;
    V strictness_{};
    V largest_ = V(0);
    double left_;
  };
};

template <>
inline constexpr bool is_solving_method_v<prioritised_sweeping> = true;

}  // namespace bellman
