// SPDX-License-Identifier: BSL-1.0

// What holds between estimators, and of each of them, over random recordings and exactly.
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/importance_corrected_td_errors.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/retrace.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/tree_backup.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/estimation/watkins_q_lambda_returns.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

#include <rapidcheck.h>

#include "estimation/every_estimator.hpp"
#include "estimation/random_recording.hpp"
#include "estimation/residue.hpp"
#include "support/catch.hpp"

namespace {

using bellman::deduced;
using estimators::residue;
using residues = std::vector<residue>;
using recording = estimators::recording<residue>;
using parameters = bellman::trace_parameters<residue>;

recording any_recording() { return estimators::random_recording<residue>(estimators::random_size(50)); }
residue any_decay() { return residue(estimators::random_integer(0, 9)) / residue(8); }
parameters any_parameters() { return {.gamma = any_decay(), .lambda = any_decay()}; }

template <class Estimator, class Parameters>
auto estimates(Estimator, recording const& r, Parameters const& p) {
  return estimators::outputs(Estimator::template call<deduced, deduced>(r.of, r.steps, p));
}

residues minus(residues const& x, residues const& y) {
  residues z;
  for (std::size_t t = 0; t < x.size(); ++t) z.push_back(x[t] - y[t]);
  return z;
}
// x, and 0 at skipped steps.
residues of_own_steps(recording const& r, residues x) {
  for (std::size_t t = 0; t < x.size(); ++t) {
    if (r.steps[t].is_skipped()) x[t] = residue(0);
  }
  return x;
}
residues all_of(std::size_t n, residue x) { return residues(n, x); }

// The steps `from`, ..., `to - 1`.
recording part(recording const& r, std::size_t from, std::size_t to) {
  recording some;
  for (std::size_t t = from; t < to; ++t) {
    some.of.rewards.push_back(r.of.rewards[t]);
    some.of.values.push_back(r.of.values[t]);
    some.of.action_values.push_back(r.of.action_values[t]);
    some.of.ratios.push_back(r.of.ratios[t]);
    some.steps.push_back(r.steps[t]);
  }
  return some;
}
recording without_skipped(recording const& r) {
  recording own;
  for (std::size_t t = 0; t < r.size(); ++t) {
    if (r.steps[t].is_skipped()) continue;
    recording const one = part(r, t, t + 1);
    own.of.rewards.push_back(one.of.rewards[0]);
    own.of.values.push_back(one.of.values[0]);
    own.of.action_values.push_back(one.of.action_values[0]);
    own.of.ratios.push_back(one.of.ratios[0]);
    own.steps.push_back(one.steps[0]);
  }
  return own;
}

residues scaled_sum(residue f, residues const& x, residues const& y) {
  residues z;
  for (std::size_t t = 0; t < x.size(); ++t) z.push_back(f * x[t] + y[t]);
  return z;
}

}  // namespace

TEST_CASE("gae is the lambda-return less the value") {
  CHECK(rc::check([] {
    auto const r = any_recording();
    auto const p = any_parameters();
    auto const [advantages, returns] = bellman::gae(r.of.rewards, r.of.values, r.steps, p);
    RC_ASSERT(returns == bellman::lambda_returns(r.of.rewards, r.of.values, r.steps, p));
    RC_ASSERT(advantages == minus(returns, of_own_steps(r, r.of.values)));
  }));
}

TEST_CASE("gae of lambda 1 is the return less the value, of lambda 0 the TD error") {
  CHECK(rc::check([] {
    auto const r = any_recording();
    residue const gamma = any_decay();
    auto const [advantages, returns] =
        bellman::gae(r.of.rewards, r.of.values, r.steps, {.gamma = gamma, .lambda = residue(1)});
    RC_ASSERT(returns == bellman::returns_to_go(r.of.rewards, r.steps, gamma));
    RC_ASSERT(advantages == minus(returns, of_own_steps(r, r.of.values)));
    RC_ASSERT(bellman::td_errors(r.of.rewards, r.of.values, r.steps, gamma) ==
              bellman::gae(r.of.rewards, r.of.values, r.steps, {.gamma = gamma, .lambda = residue(0)}).advantages);
  }));
}

TEST_CASE("gae is the discounted sum of TD errors") {
  CHECK(rc::check([] {
    auto const r = any_recording();
    auto const p = any_parameters();
    residues sums = bellman::td_errors(r.of.rewards, r.of.values, r.steps, p.gamma);
    residue later(0);
    for (std::size_t t = sums.size(); t-- > 0;) {
      if (r.steps[t].is_skipped()) continue;
      if (r.steps[t].is_ended()) later = residue(0);
      sums[t] = later = sums[t] + p.gamma * p.lambda * later;
    }
    RC_ASSERT(bellman::gae(r.of.rewards, r.of.values, r.steps, p).advantages == sums);
  }));
}

TEST_CASE("V-trace on policy is the lambda-return, its advantage gae") {
  CHECK(rc::check([] {
    auto const r = any_recording();
    auto const p = any_parameters();
    auto const ones = all_of(r.size(), residue(1));
    auto const [advantages, returns] = bellman::gae(r.of.rewards, r.of.values, r.steps, p);
    auto const on_policy =
        bellman::vtrace(r.of.rewards, r.of.values, ones, r.steps, {.gamma = p.gamma, .lambda = p.lambda});
    RC_ASSERT(on_policy.targets == returns);
    RC_ASSERT(on_policy.advantages == advantages);
    // So it is when what is clipped is 1, whatever the ratios.
    auto const clipped = bellman::vtrace(r.of.rewards, r.of.values, all_of(r.size(), residue(3)), r.steps,
                                         {.gamma = p.gamma, .lambda = p.lambda});
    RC_ASSERT(clipped.targets == returns);
    RC_ASSERT(clipped.advantages == advantages);
  }));
}

TEST_CASE("retrace, tree backup, importance sampling and Q(lambda) are off-policy returns with their traces") {
  CHECK(rc::check([] {
    auto const r = any_recording();
    auto const p = any_parameters();
    auto const& [rewards, v, q, ratios] = r.of;
    residues at_most_one;
    residues greedy;
    for (std::size_t t = 0; t < r.size(); ++t) {
      at_most_one.push_back(estimators::least(ratios[t], residue(1)));
      greedy.push_back(q[t] < v[t] ? residue(0) : residue(1));
    }
    auto const with_traces = [&](residues const& values, residues const& action_values, residues const& traces) {
      return bellman::off_policy_returns(rewards, values, action_values, traces, r.steps, p);
    };
    auto const nothing = all_of(r.size(), residue(0));
    auto const ones = all_of(r.size(), residue(1));
    RC_ASSERT(bellman::retrace(rewards, v, q, ratios, r.steps, p) == with_traces(v, q, at_most_one));
    RC_ASSERT(bellman::tree_backup(rewards, v, q, at_most_one, r.steps, p) == with_traces(v, q, at_most_one));
    RC_ASSERT(bellman::watkins_q_lambda_returns(rewards, v, q, r.steps, p) == with_traces(v, q, greedy));
    RC_ASSERT(bellman::lambda_returns(rewards, v, r.steps, p) == with_traces(v, v, ones));
    parameters const undecayed{.gamma = p.gamma, .lambda = residue(1)};
    RC_ASSERT(bellman::returns_to_go(rewards, r.steps, p.gamma) ==
              bellman::off_policy_returns(rewards, nothing, nothing, ones, r.steps, undecayed));
    // Without traces what is left is expected Sarsa; with a chosen action that is the greatest, Watkins's is Peng's.
    RC_ASSERT(with_traces(v, q, nothing) == bellman::n_step_returns(rewards, v, r.steps, 1, p.gamma));
    RC_ASSERT(bellman::watkins_q_lambda_returns(rewards, v, v, r.steps, p) ==
              bellman::lambda_returns(rewards, v, r.steps, p));
  }));
}

TEST_CASE("importance-corrected TD errors of an unused ratio are gae, and always the weighted sum of TD errors") {
  CHECK(rc::check([] {
    auto const r = any_recording();
    auto const p = any_parameters();
    auto const& [rewards, v, q, ratios] = r.of;
    RC_ASSERT(bellman::importance_corrected_td_errors(rewards, v, all_of(r.size(), residue(1)), r.steps, p) ==
              bellman::gae(rewards, v, r.steps, p).advantages);
    residues sums = bellman::td_errors(rewards, v, r.steps, p.gamma);
    residue later(0);
    for (std::size_t t = sums.size(); t-- > 0;) {
      if (r.steps[t].is_skipped()) continue;
      if (r.steps[t].is_ended()) later = residue(0);
      sums[t] = later = ratios[t] * (sums[t] + p.gamma * p.lambda * later);
    }
    RC_ASSERT(bellman::importance_corrected_td_errors(rewards, v, ratios, r.steps, p) == sums);
  }));
}

TEST_CASE("a recording of several episodes is each of them alone, one after another") {
  CHECK(rc::check([] {
    auto const r = any_recording();
    auto const p = any_parameters();
    estimators::for_each([&](auto estimator) {
      auto const whole = estimates(estimator, r, p);
      decltype(whole) joined{};
      auto all = joined;
      std::size_t from = 0;
      for (std::size_t t = 0; t < r.size(); ++t) {
        if (t + 1 < r.size() && !r.steps[t].is_ended()) continue;
        auto const alone = estimates(estimator, part(r, from, t + 1), p);
        for (std::size_t i = 0; i < all.size(); ++i) all[i].insert(all[i].end(), alone[i].begin(), alone[i].end());
        from = t + 1;
      }
      RC_ASSERT(all == whole);
    });
  }));
}

TEST_CASE("an episode alone may be given by its ending instead of its steps") {
  CHECK(rc::check([] {
    auto r = any_recording();
    auto const p = any_parameters();
    bool const terminates = *rc::gen::arbitrary<bool>();
    residue const after(7);
    r.steps.assign(r.size(), bellman::continues{});
    if (r.size() > 0)
      r.steps.back() = terminates ? bellman::step<residue>(bellman::terminated{}) : bellman::truncated{after};
    estimators::for_each([&]<class Estimator>(Estimator estimator) {
      auto const expected = estimates(estimator, r, p);
      auto const with = [&](auto const& ending) {
        return estimators::outputs(Estimator::template call<deduced, deduced>(r.of, ending, p));
      };
      if (terminates) {
        RC_ASSERT(with(bellman::terminated{}) == expected);
        RC_ASSERT(with(bellman::step<residue>(bellman::terminated{})) == expected);
      } else {
        RC_ASSERT(with(bellman::truncated{after}) == expected);
        RC_ASSERT(with(bellman::step<residue>(bellman::truncated{after})) == expected);
      }
    });
  }));
}

TEST_CASE("skipped steps are as if they were not there") {
  CHECK(rc::check([] {
    auto const r = any_recording();
    auto const p = any_parameters();
    estimators::for_each([&](auto estimator) {
      auto const whole = estimates(estimator, r, p);
      auto const own = estimates(estimator, without_skipped(r), p);
      for (std::size_t i = 0; i < whole.size(); ++i) {
        std::size_t k = 0;
        for (std::size_t t = 0; t < r.size(); ++t) {
          RC_ASSERT(whole[i][t] == (r.steps[t].is_skipped() ? residue(0) : own[i][k++]));
        }
        RC_ASSERT(k == own[i].size());
      }
    });
  }));
}

TEST_CASE("an episode that is cut where what comes after is told as it would be seen stays as it is") {
  CHECK(rc::check([] {
    auto r = any_recording();
    auto const p = any_parameters();
    auto const& [rewards, v, q, ratios] = r.of;
    auto const returns = bellman::returns_to_go(rewards, r.steps, p.gamma);
    auto const mixed = bellman::lambda_returns(rewards, v, r.steps, p);
    auto const errors = bellman::td_errors(rewards, v, r.steps, p.gamma);
    auto const corrected = bellman::off_policy_returns(rewards, v, q, ratios, r.steps, p);
    // The next step of the policy's own, behind any that are skipped.
    auto const next_own = [&](std::size_t t) {
      do ++t;
      while (r.steps[t].is_skipped());
      return t;
    };
    for (std::size_t t = 0; t < r.size(); ++t) {
      auto cut = r.steps;
      if (cut[t].is_ended() || cut[t].is_skipped()) continue;
      std::size_t const next = next_own(t);
      auto const worth = [&](residues const& G, residue c, residues const& of) {
        return v[next] + p.lambda * c * (G[next] - of[next]);
      };
      cut[t] = bellman::truncated{returns[next]};
      RC_ASSERT(bellman::returns_to_go(rewards, cut, p.gamma) == returns);
      cut[t] = bellman::truncated{v[next]};
      RC_ASSERT(bellman::td_errors(rewards, v, cut, p.gamma) == errors);
      cut[t] = bellman::truncated{worth(mixed, residue(1), v)};
      RC_ASSERT(bellman::lambda_returns(rewards, v, cut, p) == mixed);
      cut[t] = bellman::truncated{worth(corrected, ratios[next], q)};
      RC_ASSERT(bellman::off_policy_returns(rewards, v, q, ratios, cut, p) == corrected);
    }
  }));
}

TEST_CASE("a discount of zero at a step is its termination") {
  CHECK(rc::check([] {
    auto r = any_recording();
    auto const p = any_parameters();
    for (auto& s : r.steps) {
      if (s.is_ended()) s = bellman::terminated{};
    }
    residues discounts(r.size(), p.gamma);
    auto unmarked = r.steps;
    for (std::size_t t = 0; t + 1 < r.size(); ++t) {
      if (!unmarked[t].is_ended()) continue;
      discounts[t] = residue(0);
      unmarked[t] = bellman::continues{};
    }
    bellman::trace_parameters const by_step{.gamma = std::span(discounts), .lambda = p.lambda};
    // The last of the policy's own steps has to end in any case.
    for (std::size_t t = r.size(); t-- > 0;) {
      if (unmarked[t].is_skipped()) continue;
      unmarked[t] = bellman::terminated{};
      break;
    }
    estimators::for_each([&](auto estimator) {
      RC_ASSERT(estimates(estimator, recording{r.of, unmarked}, by_step) == estimates(estimator, r, p));
    });
  }));
}

TEST_CASE("parameters for each step that are all the same are one for all") {
  CHECK(rc::check([] {
    auto const r = any_recording();
    auto const p = any_parameters();
    residues const gammas(r.size(), p.gamma);
    residues const lambdas(r.size(), p.lambda);
    bellman::trace_parameters const by_step{.gamma = std::span(gammas), .lambda = std::span(lambdas)};
    estimators::for_each(
        [&](auto estimator) { RC_ASSERT(estimates(estimator, r, by_step) == estimates(estimator, r, p)); });
  }));
}

TEST_CASE("estimates are linear in rewards and values") {
  CHECK(rc::check([] {
    auto const x = any_recording();
    auto y = x;
    auto z = x;
    residue const f(estimators::random_integer(-5, 6));
    for (auto column : {&estimators::columns<residues>::rewards, &estimators::columns<residues>::values,
                        &estimators::columns<residues>::action_values}) {
      y.of.*column = estimators::random_numbers<residue>(x.size());
      z.of.*column = scaled_sum(f, x.of.*column, y.of.*column);
    }
    for (std::size_t t = 0; t < x.size(); ++t) {
      if (!x.steps[t].is_ended()) continue;
      y.steps[t] = bellman::truncated{estimators::random_number<residue>()};
      z.steps[t] = bellman::truncated{f * x.steps[t].after() + y.steps[t].after()};
    }
    auto const p = any_parameters();
    estimators::for_each([&]<class Estimator>(Estimator estimator) {
      if constexpr (!std::same_as<Estimator, estimators::watkins_q_lambda_returns>) {  // which asks for the greatest
        auto const of_x = estimates(estimator, x, p);
        auto const of_y = estimates(estimator, y, p);
        auto const of_z = estimates(estimator, z, p);
        for (std::size_t i = 0; i < of_z.size(); ++i) RC_ASSERT(of_z[i] == scaled_sum(f, of_x[i], of_y[i]));
      }
    });
  }));
}
