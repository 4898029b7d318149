// SPDX-License-Identifier: BSL-1.0

// Recursions over recordings of control: torchrl, tianshou, cleanrl, stable-baselines3, rl_tools, PufferLib and rllib.
#include "family.hpp"
#include "trace_parameters.hpp"

#include <bellman/conventions/arrays/across.hpp>
#include <bellman/conventions/cleanrl/gae.hpp>
#include <bellman/conventions/pufferlib/puff_advantage.hpp>
#include <bellman/conventions/rl_tools/gae.hpp>
#include <bellman/conventions/rllib/value_targets.hpp>
#include <bellman/conventions/stable_baselines3/gae.hpp>
#include <bellman/conventions/tianshou/gae.hpp>
#include <bellman/conventions/tianshou/returns.hpp>
#include <bellman/conventions/torchrl/gae.hpp>
#include <bellman/conventions/torchrl/returns.hpp>
#include <bellman/conventions/torchrl/vtrace.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/time_major.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace golden {

namespace {

namespace cleanrl = bellman::conventions::cleanrl;
namespace pufferlib = bellman::conventions::pufferlib;
namespace rl_tools = bellman::conventions::rl_tools;
namespace rllib = bellman::conventions::rllib;
namespace stable_baselines3 = bellman::conventions::stable_baselines3;
namespace tianshou = bellman::conventions::tianshou;
namespace torchrl = bellman::conventions::torchrl;

using bellman::batch_major;
using bellman::time_major;
using bellman::trace_parameters;
using list = std::vector<double>;
using table = std::vector<list>;

bool flag(estimator_case const& c, std::string const& key, bool otherwise) {
  return c.has_parameter(key) && !c.parameter(key).is_null() ? number(c.parameter(key)) != 0 : otherwise;
}

// Literal answers of a library's own tests have the digits that were typed there.
void check_literals(estimator_case& c, json const& actual) {
  for (char const* key : {"expected_literal", "expected_literal_f32"}) {
    if (c.has_entry(key)) c.compare(key, c.entry(key), actual, 1e-5);
  }
}

// Rows of one length as one array, and back.
list flat(table const& all) {
  list x;
  for (list const& row : all) x.insert(x.end(), row.begin(), row.end());
  return x;
}
table in_rows(list const& x, std::size_t length) {
  table all;
  for (std::size_t k = 0; k < x.size(); k += length) all.emplace_back(&x[k], &x[k] + length);
  return all;
}
// The same by one call, of all rows or columns as they lie.
void check_whole(estimator_case& c, std::string const& key, json const& actual) {
  c.compare(key + " of the whole buffer", c.expected().at(key), actual);
}

list row_of(json const& x) { return numbers(x.size() == 1 && x[0].is_array() ? x[0] : x); }

void run_cleanrl_sb3(estimator_case& c) {
  table const rewards = rows(c.input("rewards[T,N]"));
  table const values = rows(c.input("values[T,N]"));
  table const dones = rows(c.input("dones_at_start_of_step[T,N]"));
  list const next_value = row_of(c.input("next_value"));
  list const next_done = row_of(c.input("next_done"));
  table advantages(rewards.size(), list(next_done.size()));
  table returns = advantages;
  table by_stable_baselines3 = advantages;
  for (std::size_t i = 0; i < next_done.size(); ++i) {
    using bellman::conventions::across;
    auto const r = across(rewards, i);
    auto const v = across(values, i);
    auto const d = across(dones, i);
    auto const estimates = cleanrl::gae(r, v, d, next_done[i], next_value[i], parameters_of(c));
    auto const same = stable_baselines3::gae(r, v, d, next_done[i], next_value[i], parameters_of(c));
    for (std::size_t t = 0; t < rewards.size(); ++t) {
      advantages[t][i] = estimates.advantages[t];
      returns[t][i] = estimates.returns[t];
      by_stable_baselines3[t][i] = same.advantages[t];
    }
  }
  c.check("advantages", advantages);
  c.check("returns", returns);
  std::size_t const n = next_done.size();
  list const r = flat(rewards);
  list const v = flat(values);
  list const d = flat(dones);
  list a(r.size());
  list g(r.size());
  cleanrl::gae(time_major(r, n), time_major(v, n), time_major(d, n), next_done, next_value, parameters_of(c),
               time_major(a, n), time_major(g, n));
  check_whole(c, "advantages", in_rows(a, n));
  check_whole(c, "returns", in_rows(g, n));
  auto const whole = stable_baselines3::gae(time_major(r, n), time_major(v, n), time_major(d, n), next_done, next_value,
                                            parameters_of(c));
  check_whole(c, "advantages", in_rows(whole.advantages, n));
  // How far the other library's advantages are from these.
  c.compare_within("sb3", c.expected().at("advantages"), by_stable_baselines3,
                   number(c.entry("sb3_max_abs_diff")) + 1e-12);
}

void run_rl_tools(estimator_case& c) {
  auto const n = static_cast<std::size_t>(number(c.input("N")));
  list const rewards = numbers(c.input("rewards[T*N]"));
  list const all_values = numbers(c.input("all_values[(T+1)*N]"));
  if (number(c.input("T")) * static_cast<double>(n) != static_cast<double>(rewards.size())) {
    c.fail("there are not T N rewards");
  }
  list const terminated = numbers(c.input("terminated"));
  list const truncated = numbers(c.input("truncated"));
  list advantages(rewards.size());
  list targets(rewards.size());
  for (std::size_t i = 0; i < n; ++i) {
    auto const r = time_major(rewards, n).sequence(i);
    auto const v = time_major(all_values, n).sequence(i);
    auto const ends = time_major(terminated, n).sequence(i);
    auto const cuts = time_major(truncated, n).sequence(i);
    auto const estimates = flag(c, "IGNORE_TERMINATION", false)
                               ? rl_tools::gae_ignoring_termination(r, v, ends, cuts, parameters_of(c))
                               : rl_tools::gae(r, v, ends, cuts, parameters_of(c));
    for (std::size_t t = 0; t < estimates.advantages.size(); ++t) {
      advantages[t * n + i] = estimates.advantages[t];
      targets[t * n + i] = estimates.returns[t];
    }
  }
  c.check("advantages", advantages);
  c.check("target_values", targets);
  list a(rewards.size());
  list g(rewards.size());
  auto const by = [&](auto const& gae) {
    gae(time_major(rewards, n), time_major(all_values, n), time_major(terminated, n), time_major(truncated, n),
        parameters_of(c), time_major(a, n), time_major(g, n));
  };
  if (flag(c, "IGNORE_TERMINATION", false)) {
    by(rl_tools::gae_ignoring_termination);
  } else {
    by(rl_tools::gae);
  }
  check_whole(c, "advantages", a);
  check_whole(c, "target_values", g);
}

void run_tianshou(estimator_case& c) {
  list const rew = numbers(c.input("rew"));
  list const end_flag = numbers(c.input("end_flag"));
  list const terminated = numbers(c.input("terminated"));
  auto const given = [&](char const* key) { return c.has_input(key) && !c.input(key).is_null(); };
  list const next = given("v_s_") ? numbers(c.input("v_s_")) : list(rew.size(), 0.0);
  list values;
  if (given("v_s")) {
    values = numbers(c.input("v_s"));
  } else {
    auto const rolled = tianshou::rolled_values(next, terminated);
    values.assign(rolled.begin(), rolled.end());
  }
  auto const estimates = tianshou::gae(rew, values, next, end_flag, terminated, parameters_of(c));
  if (c.expected().contains("advantage")) c.check("advantage", estimates.advantages);
  c.check("returns", estimates.returns);
  check_literals(c, estimates.returns);
  if (rew.empty()) return;
  auto const of = [&](list const& x) { return batch_major(x, rew.size()); };
  auto const whole = tianshou::gae(of(rew), of(values), of(next), of(end_flag), of(terminated), parameters_of(c));
  if (c.expected().contains("advantage")) check_whole(c, "advantage", whole.advantages);
  check_whole(c, "returns", whole.returns);
}

void run_mc_return(estimator_case& c) {
  c.check("mc_return_to_go", tianshou::mc_return_to_go(numbers(c.input("rewards")), c.number("gamma")));
}

json zeros_like(json const& x) {
  if (!x.is_array()) return 0.0;
  json all = json::array();
  for (json const& each : x) all.push_back(zeros_like(each));
  return all;
}

void run_n_step(estimator_case& c) {
  list const rew = numbers(c.input("rew_buffer"));
  list const ends = numbers(c.input("end_flag_buffer"));
  std::vector<std::vector<std::size_t>> indices;
  for (list const& row : rows(c.input("stacked_indices[N,I]"))) {
    indices.emplace_back();
    for (double const i : row) indices.back().push_back(static_cast<std::size_t>(i));
  }
  if (static_cast<double>(indices.size()) != c.number("n_step")) c.fail("there are not n_step rows of indices");
  json const& target = c.input("target_q_at_last_masked");
  // Nothing comes after a terminated step: the values that are given say so already.
  list const terminated = numbers(c.input("terminated_buffer"));
  json masked = target;
  for (std::size_t i = 0; i < masked.size(); ++i) {
    if (terminated.at(indices.back().at(i)) != 0) masked[i] = zeros_like(masked[i]);
  }
  c.compare("target_q_at_last_masked", target, masked);
  auto const returns = [&](list const& q) {
    return tianshou::n_step_returns(rew, ends, indices, q, c.number("gamma"));
  };
  json answer;
  if (target.empty() || !target[0].is_array()) {
    answer = returns(numbers(target));
  } else {
    table const q = rows(target);
    table each(q.size());
    for (std::size_t k = 0; k < q[0].size(); ++k) {
      auto const column = bellman::conventions::across(q, k);
      auto const of_column = returns(list(column.begin(), column.end()));
      for (std::size_t i = 0; i < q.size(); ++i) each[i].push_back(of_column[i]);
    }
    answer = each;
  }
  c.check("returns", answer);
  check_literals(c, answer);
}

// What the files say of torchrl's other ways to the same numbers.
void skip_other_ways(estimator_case& c) {
  if (c.has_entry("vec_max_abs_diff")) {
    c.skip("vec_max_abs_diff", "how far torchrl's vectorised function is from these answers; here there is one");
  }
  if (c.has_entry("vec_error")) c.skip("vec_error", "an error of torchrl's vectorised function; here there is one");
  if (c.has_entry("python_float_gamma_max_abs_diff")) {
    c.skip("python_float_gamma_max_abs_diff", "what torchrl loses where it takes gamma for a float of 32 bits");
  }
}

// The rows of torchrl's files.
struct transitions {
  explicit transitions(estimator_case const& c)
      : value(rows(c.input("state_value"))), next_value(rows(c.input("next_state_value"))),
        reward(rows(c.input("reward"))), done(rows(c.input("done"))), terminated(rows(c.input("terminated"))) {}

  table value;
  table next_value;
  table reward;
  table done;
  table terminated;
};

// The same rows as whole buffers.
struct buffers {
  explicit buffers(transitions const& in)
      : steps(in.reward.empty() ? 0 : in.reward[0].size()), value(flat(in.value)), next_value(flat(in.next_value)),
        reward(flat(in.reward)), done(flat(in.done)), terminated(flat(in.terminated)) {}

  bool are_there() const { return steps > 0 && !reward.empty(); }
  auto of(list const& x) const { return batch_major(x, steps); }
  table rows_of(list const& x) const { return in_rows(x, steps); }

  std::size_t steps;
  list value;
  list next_value;
  list reward;
  list done;
  list terminated;
};

template <class F>
table each_row(std::size_t n, F const& f) {
  table all;
  for (std::size_t i = 0; i < n; ++i) all.push_back(f(i));
  return all;
}

// A parameter that is a number, or stands among the inputs with one number for each step.
struct number_or_rows {
  number_or_rows(estimator_case const& c, std::string const& name) : is_rows(c.has_input(name)) {
    if (is_rows) {
      all = rows(c.input(name));
    } else if (c.has_parameter(name) && c.parameter(name).is_array()) {
      is_rows = true;
      all = rows(c.parameter(name));
    } else if (c.has_parameter(name)) {
      one = c.number(name);
    }
  }

  bool is_rows;
  double one = 1;
  table all;
};

template <class F>
list with(number_or_rows const& x, std::size_t i, F const& f) {
  return x.is_rows ? f(x.all[i]) : f(x.one);
}

// Calls f with gamma, one number or an array of the buffers' shape.
template <class F>
auto with_whole(number_or_rows const& x, buffers const& all, F const& f) {
  list const each = flat(x.all);
  return x.is_rows ? f(all.of(each)) : f(x.one);
}
template <class F>
auto with_whole_parameters(number_or_rows const& gamma, number_or_rows const& lambda, buffers const& all, F const& f) {
  return with_whole(gamma, all, [&](auto const& g) {
    return with_whole(lambda, all, [&](auto const& l) { return f(trace_parameters{.gamma = g, .lambda = l}); });
  });
}

// Calls f with gamma and lambda, each a number or a list.
template <class F>
list with_parameters(number_or_rows const& gamma, number_or_rows const& lambda, std::size_t i, F const& f) {
  return with(gamma, i, [&](auto const& g) {
    return with(lambda, i, [&](auto const& l) { return f(trace_parameters{.gamma = g, .lambda = l}); });
  });
}

table less(table all, table const& values) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t t = 0; t < all[i].size(); ++t) all[i][t] -= values[i][t];
  }
  return all;
}

void run_torchrl_gae(estimator_case& c) {
  transitions const in(c);
  number_or_rows const gamma(c, "gamma");
  number_or_rows const lambda(c, "lambda");
  auto const all = [&](auto const& part) {
    return each_row(in.reward.size(), [&](std::size_t i) {
      return with_parameters(gamma, lambda, i, [&](auto const& p) {
        return part(torchrl::gae(in.value[i], in.next_value[i], in.reward[i], in.done[i], in.terminated[i], p));
      });
    });
  };
  c.check("advantage", all([](auto const& x) { return x.advantages; }));
  c.check("value_target", all([](auto const& x) { return x.returns; }));
  if (buffers const whole(in); whole.are_there()) {
    auto const estimates = with_whole_parameters(gamma, lambda, whole, [&](auto const& p) {
      return torchrl::gae(whole.of(whole.value), whole.of(whole.next_value), whole.of(whole.reward),
                          whole.of(whole.done), whole.of(whole.terminated), p);
    });
    check_whole(c, "advantage", whole.rows_of(estimates.advantages));
    check_whole(c, "value_target", whole.rows_of(estimates.returns));
  }
  skip_other_ways(c);
}

void run_td(estimator_case& c) {
  transitions const in(c);
  number_or_rows const gamma(c, "gamma");
  number_or_rows const lambda(c, "lambda");
  bool const rolling = flag(c, "rolling_gamma", true);
  auto const td0 = [&](std::size_t i) {
    return with(gamma, i, [&](auto const& g) {
      return torchrl::td0_return(in.next_value[i], in.reward[i], in.terminated[i], g);
    });
  };
  auto const td1 = [&](std::size_t i) {
    if (!rolling) {
      return torchrl::td1_return_not_rolling(in.next_value[i], in.reward[i], in.done[i], in.terminated[i],
                                             gamma.all.at(i));
    }
    return with(gamma, i, [&](auto const& g) {
      return torchrl::td1_return(in.next_value[i], in.reward[i], in.done[i], in.terminated[i], g);
    });
  };
  auto const td_lambda = [&](std::size_t i) {
    return with_parameters(gamma, lambda, i, [&](auto const& p) {
      auto const of = [&](auto const& estimator) {
        return estimator(in.next_value[i], in.reward[i], in.done[i], in.terminated[i], p);
      };
      return rolling ? of(torchrl::td_lambda_return) : of(torchrl::td_lambda_return_not_rolling);
    });
  };
  buffers const whole(in);
  auto const of = [&](list const& x) { return whole.of(x); };
  auto const whole_td0 = [&] {
    return with_whole(gamma, whole, [&](auto const& g) {
      return torchrl::td0_return(of(whole.next_value), of(whole.reward), of(whole.terminated), g);
    });
  };
  auto const whole_td1 = [&] {
    return with_whole(gamma, whole, [&](auto const& g) {
      return torchrl::td1_return(of(whole.next_value), of(whole.reward), of(whole.done), of(whole.terminated), g);
    });
  };
  auto const whole_td_lambda = [&] {
    return with_whole_parameters(gamma, lambda, whole, [&](auto const& p) {
      return torchrl::td_lambda_return(of(whole.next_value), of(whole.reward), of(whole.done), of(whole.terminated), p);
    });
  };
  std::size_t const n = in.reward.size();
  for (auto const& [key, answer] : c.expected().items()) {
    auto const check = [&](std::string const& name, auto const& estimator, auto const& of_the_whole) {
      bool const is_return = key == name + "_return";
      if (!is_return && key != name + "_advantage") return false;
      table const returns = each_row(n, estimator);
      c.check(key, is_return ? returns : less(returns, in.value));
      if (whole.are_there() && (rolling || name == "td0")) {
        table const at_once = whole.rows_of(of_the_whole());
        check_whole(c, key, is_return ? at_once : less(at_once, in.value));
      }
      return true;
    };
    if (!check("td0", td0, whole_td0) && !check("td1", td1, whole_td1) &&
        !check("td_lambda", td_lambda, whole_td_lambda)) {
      unknown(key);
    }
  }
  skip_other_ways(c);
}

void run_reward2go(estimator_case& c) {
  table const reward = rows(c.input("reward"));
  table const done = rows(c.input("done"));
  auto const all = each_row(
      reward.size(), [&](std::size_t i) { return torchrl::reward2go(reward[i], done[i], c.number("gamma")); });
  c.check("reward2go", all, 1e-9);
  check_literals(c, all);
}

void run_torchrl_vtrace(estimator_case& c) {
  transitions const in(c);
  table const log_pi = rows(c.input("log_pi"));
  table const log_mu = rows(c.input("log_mu"));
  auto const all = [&](auto const& part) {
    return each_row(in.reward.size(), [&](std::size_t i) {
      return part(torchrl::vtrace(c.number("gamma"), log_pi[i], log_mu[i], in.value[i], in.next_value[i], in.reward[i],
                                  in.done[i], in.terminated[i], c.number("rho_thresh"), c.number("c_thresh")));
    });
  };
  c.check("value_target", all([](auto const& x) { return x.targets; }));
  buffers const whole(in);
  list const whole_pi = flat(log_pi);
  list const whole_mu = flat(log_mu);
  auto const of_the_whole = [&] {
    return torchrl::vtrace(c.number("gamma"), whole.of(whole_pi), whole.of(whole_mu), whole.of(whole.value),
                           whole.of(whole.next_value), whole.of(whole.reward), whole.of(whole.done),
                           whole.of(whole.terminated), c.number("rho_thresh"), c.number("c_thresh"));
  };
  if (whole.are_there()) check_whole(c, "value_target", whole.rows_of(of_the_whole().targets));
  table const advantages = all([](auto const& x) { return x.advantages; });
  if (c.expected().contains("advantage_fixed")) {
    c.check("advantage_fixed", advantages);
    if (whole.are_there()) check_whole(c, "advantage_fixed", whole.rows_of(of_the_whole().advantages));
  }
  bool leaks = false;
  for (std::size_t i = 0; i < in.done.size(); ++i) {
    for (std::size_t t = 0; t + 1 < in.done[i].size(); ++t) {
      leaks = leaks || (in.done[i][t] != 0 && in.terminated[i][t] == 0);
    }
  }
  json const& returned = c.expected().at("advantage");
  bool differs = false;
  for (std::size_t i = 0; i < advantages.size(); ++i) {
    for (std::size_t t = 0; t < advantages[i].size(); ++t) {
      differs = differs || std::abs(number(returned.at(i).at(t)) - advantages[i][t]) > 1e-9;
    }
  }
  if (leaks && differs) {
    c.defect("advantage", advantages);
  } else {
    c.check("advantage", advantages);
  }
}

void run_puff_advantage(estimator_case& c) {
  list const values = numbers(c.input("values"));
  list const rewards = numbers(c.input("rewards"));
  list const dones = numbers(c.input("dones"));
  list const importance = numbers(c.input("importance"));
  auto const by = [&](auto const& kernel) {
    return kernel(values, rewards, dones, importance, c.number("gamma"), c.number("lambda"), c.number("rho_clip"),
                  c.number("c_clip"));
  };
  std::string kernel = c.parameter("kernel").get<std::string>();
  if (kernel == "puffer4") kernel = values.size() % 4 == 0 ? "puffer4_vec" : "puffer4_scalar";
  // Two rows of the same.
  std::size_t const horizon = values.size();
  auto const twice = [&](list const& x) { return flat({x, x}); };
  auto const rows_by = [&](auto const& of_rows) {
    list const v = twice(values);
    list const r = twice(rewards);
    list const d = twice(dones);
    list const i = twice(importance);
    list advantages(v.size());
    of_rows(batch_major(v, horizon), batch_major(r, horizon), batch_major(d, horizon), batch_major(i, horizon),
            c.number("gamma"), c.number("lambda"), c.number("rho_clip"), c.number("c_clip"),
            batch_major(advantages, horizon));
    return advantages;
  };
  list advantages;
  list whole;
  if (kernel == "puffer3" || kernel == "puffer4_vec") {
    advantages = by(pufferlib::puff_advantage);
    if (horizon > 0) whole = rows_by(pufferlib::puff_advantage);
  } else if (kernel == "puffer4_scalar") {
    advantages = by(pufferlib::puff_advantage_scalar);
    if (horizon > 0) whole = rows_by(pufferlib::puff_advantage_scalar);
  } else {
    unknown("kernel " + kernel);
  }
  c.compare("expected_f32", c.entry("expected_f32"), advantages, 1e-5);
  list const expected = numbers(c.entry("expected_f32"));
  c.compare("expected_f32 of two rows", twice(expected), whole, 1e-5);
}

void run_value_targets(estimator_case& c) {
  list const values = numbers(c.input("values"));
  list const rewards = numbers(c.input("rewards"));
  list const terminateds = numbers(c.input("terminateds"));
  list const truncateds = numbers(c.input("truncateds"));
  c.check("value_targets",
          rllib::value_targets(values, rewards, terminateds, truncateds, c.number("gamma"), c.number("lambda")));
  if (values.empty()) return;
  auto const of = [&](list const& x) { return batch_major(x, values.size()); };
  check_whole(c, "value_targets", rllib::value_targets(of(values), of(rewards), of(terminateds), of(truncateds),
                                                       c.number("gamma"), c.number("lambda")));
}

family const cleanrl_sb3{"gae_cleanrl_sb3.json", run_cleanrl_sb3};
family const gae_rl_tools{"gae_rl_tools.json", run_rl_tools};
family const gae_tianshou{"gae_tianshou.json", run_tianshou};
family const mc_return{"mc_return_tianshou.json", run_mc_return};
family const n_step{"nstep_tianshou.json", run_n_step};
family const gae_torchrl{"gae_torchrl.json", run_torchrl_gae};
family const td{"td_torchrl.json", run_td};
family const reward2go{"reward2go_torchrl.json", run_reward2go};
family const torchrl_vtrace{"vtrace_torchrl.json", run_torchrl_vtrace};
family const puff_advantage{"puff_advantage.json", run_puff_advantage};
family const value_targets{"value_targets_rllib.json", run_value_targets};

}  // namespace

}  // namespace golden
