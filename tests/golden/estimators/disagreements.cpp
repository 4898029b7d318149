// SPDX-License-Identifier: BSL-1.0

// Every library's answer to one input, side by side; what is about groups and losses runs elsewhere.
#include "family.hpp"
#include "groups.hpp"
#include "losses.hpp"
#include "trace_parameters.hpp"

#include <bellman/conventions/arrays/value_unless.hpp>
#include <bellman/conventions/cleanrl/gae.hpp>
#include <bellman/conventions/gymnasium/autoreset.hpp>
#include <bellman/conventions/openrlhf/gae.hpp>
#include <bellman/conventions/pufferlib/puff_advantage.hpp>
#include <bellman/conventions/rl_tools/gae.hpp>
#include <bellman/conventions/rllib/value_targets.hpp>
#include <bellman/conventions/stable_baselines3/gae.hpp>
#include <bellman/conventions/tianshou/gae.hpp>
#include <bellman/conventions/torchrl/gae.hpp>
#include <bellman/conventions/torchrl/vtrace.hpp>
#include <bellman/conventions/verl/gae.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/layout/time_major.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace golden {

namespace {

namespace conventions = bellman::conventions;

using bellman::recorded_steps;
using bellman::terminated;
using bellman::trace_parameters;
using list = std::vector<double>;
using table = std::vector<list>;

bool begins(std::string const& text, std::string const& with) { return text.rfind(with, 0) == 0; }

bool near(double a, double b) { return std::abs(a - b) <= 1e-5 * std::max(std::abs(a), std::abs(b)); }
template <class List>
bool near(List const& a, List const& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto const& x, auto const& y) { return near(x, y); });
}

// A trajectory of several episodes, as the libraries would record it.
struct trajectory {
  explicit trajectory(estimator_case const& c)
      : reward(numbers(c.input("reward"))), value(numbers(c.input("value"))),
        next_value(numbers(c.input("next_value"))), ends(numbers(c.input("terminated"))),
        cuts(numbers(c.input("truncated"))), p(parameters_of(c)) {
    for (std::size_t t = 0; t < ends.size(); ++t) done.push_back(ends[t] != 0 || cuts[t] != 0 ? 1 : 0);
    starts.assign(1, 0.0);
    starts.insert(starts.end(), done.begin(), done.end() - 1);
  }

  list right() const {
    return bellman::gae(reward, value,
                        recorded_steps{.terminated = std::span(ends), .truncated = std::span(cuts),
                                       .value_after = std::span(next_value),
                                       .value_after_last = conventions::value_unless(ends.back(), next_value.back())},
                        p)
        .advantages;
  }

  // Flags at the next observation.
  list by_cleanrl() const {
    return conventions::cleanrl::gae(reward, value, starts, done.back(), next_value.back(), p).advantages;
  }
  list by_stable_baselines3() const {
    auto const rewards = conventions::stable_baselines3::bootstrapped_rewards(reward, cuts, next_value, p.gamma);
    return conventions::stable_baselines3::gae(rewards, value, starts, done.back(), next_value.back(), p).advantages;
  }

  list by_tianshou() const { return conventions::tianshou::gae(reward, value, next_value, done, ends, p).advantages; }
  list by_torchrl() const { return conventions::torchrl::gae(value, next_value, reward, done, ends, p).advantages; }
  list by_torchrl_vtrace() const {
    list const same(reward.size(), 0.0);
    return conventions::torchrl::vtrace(p.gamma, same, same, value, next_value, reward, done, ends, 1.0, 1.0)
        .advantages;
  }

  // Terminated implies truncated, and one value more.
  list by_rl_tools() const {
    list values = value;
    values.push_back(next_value.back());
    return conventions::rl_tools::gae(reward, values, ends, done, p).advantages;
  }

  // Rewards and flags one step later, so that one step more is recorded.
  list by_pufferlib() const {
    list values = value;
    values.push_back(next_value.back());
    list rewards = reward;
    rewards.insert(rewards.begin(), 0.0);
    list dones = done;
    dones.insert(dones.begin(), 0.0);
    list const ratios(values.size(), 1.0);
    list advantages =
        conventions::pufferlib::puff_advantage(values, rewards, dones, ratios, p.gamma, p.lambda, 1.0, 1.0);
    advantages.pop_back();
    return advantages;
  }

  // The trajectory beside itself, as the buffers of two environments, and what is written of the second.
  static list beside(list const& x) {
    list all;
    for (double const each : x) all.insert(all.end(), {each, each});
    return all;
  }
  static auto of(list const& x) { return bellman::time_major(x, 2); }
  template <class F>
  list second(F const& f) const {
    list a(2 * reward.size());
    list g(a.size());
    f(bellman::time_major(a, 2), bellman::time_major(g, 2));
    auto const its = bellman::time_major(a, 2).sequence(1);
    return list(its.begin(), its.end());
  }
  list whole_by_gymnasium() const {
    list const r = beside(reward), v = beside(value), e = beside(ends), c = beside(cuts), n = beside(next_value);
    list const after(2, next_value.back());
    return second([&](auto a, auto g) {
      bellman::gae(of(r), of(v), conventions::gymnasium::same_step(of(e), of(c), of(n), after), p, a, g);
    });
  }
  list whole_by_cleanrl() const {
    list const r = beside(reward), v = beside(value), s = beside(starts);
    list const ended(2, done.back()), after(2, next_value.back());
    return second([&](auto a, auto g) { conventions::cleanrl::gae(of(r), of(v), of(s), ended, after, p, a, g); });
  }
  list whole_by_stable_baselines3() const {
    list const r = beside(reward), v = beside(value), s = beside(starts), c = beside(cuts), n = beside(next_value);
    list const ended(2, done.back()), after(2, next_value.back());
    auto const stored = conventions::stable_baselines3::bootstrapped_rewards(of(r), of(c), of(n), p.gamma);
    return second([&](auto a, auto g) {
      conventions::stable_baselines3::gae(stored, of(v), of(s), ended, after, p, a, g);
    });
  }
  list whole_by_torchrl() const {
    list const r = beside(reward), v = beside(value), n = beside(next_value), d = beside(done), e = beside(ends);
    return second([&](auto a, auto g) { conventions::torchrl::gae(of(v), of(n), of(r), of(d), of(e), p, a, g); });
  }
  list whole_by_rl_tools() const {
    list const r = beside(reward), e = beside(ends), d = beside(done);
    list v = beside(value);
    v.insert(v.end(), 2, next_value.back());
    return second([&](auto a, auto g) { conventions::rl_tools::gae(of(r), of(v), of(e), of(d), p, a, g); });
  }

  // One artificial step behind each episode, with the flags and the value of the state after it.
  list by_rllib() const {
    list values, rewards, terminateds, truncateds;
    std::vector<std::size_t> places;
    auto const record = [&](double v, double r, double end, double cut) {
      values.push_back(v);
      rewards.push_back(r);
      terminateds.push_back(end);
      truncateds.push_back(cut);
    };
    for (std::size_t t = 0; t < reward.size(); ++t) {
      places.push_back(values.size());
      record(value[t], reward[t], 0, 0);
      if (done[t] != 0 || t + 1 == reward.size()) record(next_value[t], 0, ends[t], ends[t] != 0 ? 0 : 1);
    }
    list const targets =
        conventions::rllib::value_targets(values, rewards, terminateds, truncateds, p.gamma, p.lambda);
    list advantages;
    for (std::size_t t = 0; t < places.size(); ++t) advantages.push_back(targets[places[t]] - value[t]);
    return advantages;
  }

  list reward, value, next_value, ends, cuts, done, starts;
  trace_parameters<double> p;
};

void check_truncation(estimator_case& c) {
  trajectory const episode(c);
  list const right = episode.right();
  auto const as_a_whole = [&](std::string const& who, list const& found, list const& wanted) {
    c.compare(who + ", whole buffers", wanted, found);
  };
  as_a_whole("Gymnasium", episode.whole_by_gymnasium(), right);
  as_a_whole("cleanrl", episode.whole_by_cleanrl(), episode.by_cleanrl());
  as_a_whole("stable-baselines3", episode.whole_by_stable_baselines3(), right);
  as_a_whole("torchrl", episode.whole_by_torchrl(), right);
  as_a_whole("rl_tools", episode.whole_by_rl_tools(), episode.by_rl_tools());
  // By what the name of an answer begins with: ours in that library's convention, whether it is always right, how near.
  struct by {
    char const* library;
    list advantages;
    bool is_right;
    double tolerance;
  };
  std::vector<by> const all{
      {"torchrl vtrace", episode.by_torchrl_vtrace(), false, 1e-12},
      {"torchrl", episode.by_torchrl(), true, 1e-12},
      {"tianshou", episode.by_tianshou(), true, 1e-12},
      {"stable-baselines3", episode.by_stable_baselines3(), true, 1e-12},
      {"rllib", episode.by_rllib(), false, 1e-12},
      {"cleanrl", episode.by_cleanrl(), false, 1e-12},
      {"rl_tools", episode.by_rl_tools(), false, 1e-12},
      {"PufferLib", episode.by_pufferlib(), false, 1e-5},
  };
  for (auto const& [who, answer] : c.entry("answers").items()) {
    if (!answer.is_array()) {
      c.skip(who, "it has no such notion: " + answer.dump());
      continue;
    }
    bool found = false;
    for (by const& each : all) {
      if (!begins(who, each.library)) continue;
      found = true;
      if (who.find("DEFECT") != std::string::npos) {
        c.defective(who, answer, each.advantages);  // V-trace's own advantages, as torchrl has computed them since
      } else {
        c.compare(who, answer, each.advantages, each.tolerance);
        if (each.is_right) {
          c.compare(who + ", and gae", answer, right, each.tolerance);
        } else if (!near(each.advantages, right)) {
          c.defective(who, answer, right);
        }
      }
      break;
    }
    if (!found) unknown("\"" + who + "\"");
  }
}

void check_tool_tokens(estimator_case& c) {
  table const reward = rows(c.input("reward"));
  table const value = rows(c.input("value"));
  table const mask = rows(c.input("mask"));
  auto const p = parameters_of(c);
  auto const each = [&](auto const& of) {
    table all;
    for (std::size_t i = 0; i < reward.size(); ++i) all.push_back(of(i));
    return all;
  };
  // Tokens that are not the policy's own are skipped: 0 there.
  auto const steps = [&](std::size_t i) { return recorded_steps{.own = std::span(mask[i]), .value_after_last = terminated{}}; };
  auto const right = each([&](std::size_t i) { return bellman::gae(reward[i], value[i], steps(i), p).advantages; });
  auto const right_returns = each([&](std::size_t i) { return bellman::returns_to_go(reward[i], steps(i), p.gamma); });
  auto const own = [&](table all) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t t = 0; t < all[i].size(); ++t) all[i][t] = mask[i][t] != 0 ? all[i][t] : 0;
    }
    return all;
  };
  auto const compare_at_own = [&](std::string const& who, json const& answer, table const& wanted) {
    if (near(own(rows(answer)), wanted)) {
      c.compare(who + ", the policy's own tokens", own(rows(answer)), wanted);
    } else {
      c.defective(who, answer, wanted);
    }
  };
  for (auto const& [who, answer] : c.entry("answers").items()) {
    if (!answer.is_array()) {
      c.skip(who, "it has no such notion: " + answer.dump());
      continue;
    }
    if (begins(who, "verl GAE")) {
      c.compare(who, answer, each([&](std::size_t i) {
        return conventions::verl::gae(reward[i], value[i], mask[i], p).advantages;
      }));
      c.compare(who + ", and gae", own(rows(answer)), right);
    } else if (begins(who, "openrlhf GAE")) {
      c.compare(who, answer, each([&](std::size_t i) {
        return conventions::openrlhf::gae(reward[i], value[i], mask[i], p).advantages;
      }));
      compare_at_own(who, answer, right);
    } else if (begins(who, "openrlhf cumulative")) {
      c.compare(who, answer, each([&](std::size_t i) {
        return conventions::openrlhf::cumulative_returns(reward[i], mask[i], p.gamma);
      }));
      compare_at_own(who, answer, right_returns);
    } else if (begins(who, "verl REINFORCE++")) {
      compare_at_own(who, answer, right_returns);
    } else {
      unknown("\"" + who + "\"");
    }
  }
}

void run(estimator_case& c) {
  if (begins(c.id(), "gae_truncation")) return check_truncation(c);
  if (begins(c.id(), "gae_interior")) return check_tool_tokens(c);
  if (!run_group_disagreement(c) && !run_loss_disagreement(c)) unknown("\"" + c.id() + "\"");
}

family const disagreements{"cross_library_disagreements.json", run};

}  // namespace

}  // namespace golden
