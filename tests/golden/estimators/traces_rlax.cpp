// SPDX-License-Identifier: BSL-1.0

// rlax: returns, V-trace and TD errors.
#include "family.hpp"

#include <bellman/conventions/rlax/multistep.hpp>
#include <bellman/conventions/rlax/value_learning.hpp>
#include <bellman/conventions/rlax/vtrace.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/importance_corrected_td_errors.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/retrace.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/layout/batch_major.hpp>
#include <bellman/probability/log_softmax.hpp>

#include <cmath>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace golden {

namespace {

namespace rlax = bellman::conventions::rlax;

using list = std::vector<double>;
using table = std::vector<list>;
using indices = std::vector<std::size_t>;

indices as_indices(json const& x) {
  indices all;
  for (double const i : numbers(x)) all.push_back(static_cast<std::size_t>(i));
  return all;
}

// One sequence or transition of a case: its inputs without the batch dimension.
class part {
 public:
  part(estimator_case const& c, std::size_t i, bool is_whole) : case_(c), i_(i), is_whole_(is_whole) {}

  json const& operator[](std::string const& key) const { return of(case_.input(key)); }
  double scalar(std::string const& key) const { return number((*this)[key]); }
  std::size_t action(std::string const& key) const { return static_cast<std::size_t>(scalar(key)); }
  list column(std::string const& key) const { return numbers((*this)[key]); }
  table columns(std::string const& key) const { return rows((*this)[key]); }
  indices actions(std::string const& key) const { return as_indices((*this)[key]); }

  /// Calls f with an input that is a number or a list.
  template <class F>
  auto with_value(std::string const& key, F const& f) const {
    return (*this)[key].is_array() ? f(column(key)) : f(scalar(key));
  }
  /// Calls f with a parameter that is a number, or a list with one for each step.
  template <class F>
  auto with(std::string const& key, F const& f) const {
    json const& x = case_.parameter(key);
    if (!x.is_array()) return f(number(x));
    return f(numbers(x[0].is_array() ? of(x) : x));
  }

 private:
  json const& of(json const& x) const { return is_whole_ ? x : x.at(i_); }

  estimator_case const& case_;
  std::size_t i_;
  bool is_whole_;
};

// All sequences of a case at once, as they lie: the inputs are arrays of the batch.
class batch_of_rlax {
  bool is_batch() const { return case_.input("r_t")[0].is_array(); }

  auto of(std::string const& key, json const& x) const {
    list& all = kept_[key];
    all.clear();
    if (!x[0].is_array()) {
      all = numbers(x);
      return bellman::batch_major(std::as_const(all), all.size());
    }
    for (list const& row : rows(x)) all.insert(all.end(), row.begin(), row.end());
    return bellman::batch_major(std::as_const(all), all.size() / x.size());
  }

 public:
  explicit batch_of_rlax(estimator_case const& c) : case_(c) {}

  auto column(std::string const& key) const { return of(key, case_.input(key)); }
  template <class F>
  auto with_value(std::string const& key, F const& f) const {
    json const& x = case_.input(key);
    if (!x.is_array()) return f(number(x));
    if (!x[0].is_array() && is_batch()) return f(std::span<double const>(kept_[key] = numbers(x)));
    return f(column(key));
  }
  template <class F>
  auto with(std::string const& key, F const& f) const {
    json const& x = case_.parameter(key);
    if (!x.is_array()) return f(number(x));
    if (x[0].is_array() || !is_batch()) return f(of(key, x));
    json rows = json::array();
    for (std::size_t i = 0; i < case_.input("r_t").size(); ++i) rows.push_back(x);
    return f(of(key, rows));
  }
  /// What was returned of the batch, as the case has it.
  json parts_of(list const& x) const {
    if (!is_batch()) return x;
    std::size_t const n = case_.input("r_t").size();
    std::size_t const length = x.size() / n;
    json all = json::array();
    for (std::size_t i = 0; i < n; ++i) all.push_back(list(&x[i * length], &x[i * length] + length));
    return all;
  }
  bool is_there() const {
    json const& r = case_.input("r_t");
    return !r.empty() && (!r[0].is_array() || !r[0].empty());
  }

 private:
  estimator_case const& case_;
  mutable std::map<std::string, list> kept_;
};

int depth(json const& x) { return x.is_array() ? 1 + (x.empty() ? 0 : depth(x[0])) : 0; }

// `answer(part)` of every member of the batch; r_t has `dimensions` of its own, and one more if there is a batch.
template <class F>
json each(estimator_case const& c, int dimensions, F const& answer) {
  json const& rewards = c.input("r_t");
  if (depth(rewards) == dimensions) return answer(part(c, 0, true));
  json all = json::array();
  for (std::size_t i = 0; i < rewards.size(); ++i) all.push_back(answer(part(c, i, false)));
  return all;
}

// The same of answers under names, as lists under each name.
template <class F>
json each_named(estimator_case const& c, F const& answer) {
  json const all = each(c, 1, answer);
  if (all.is_object()) return all;
  json named = json::object();
  for (json const& one : all) {
    for (auto const& [key, value] : one.items()) named[key].push_back(value);
  }
  return named;
}

double literal_tolerance(estimator_case const& c) {
  for (char const* key : {"literal_rtol", "literal_atol"}) {
    if (c.has_entry(key)) return number(c.entry(key));
  }
  return 1e-5;
}

void check_rlax_literals(estimator_case& c, json const& actual) {
  for (char const* key : {"expected_literal", "expected_literal_f32"}) {
    if (!c.has_entry(key)) continue;
    json const& literal = c.entry(key);
    json asked = actual;
    if (literal.is_object()) {
      asked = json::object();
      for (auto const& [name, value] : literal.items()) asked[name] = actual.at(name);
    }
    c.compare(key, literal, asked, literal_tolerance(c));
  }
}

template <class F>
void check_each(estimator_case& c, int dimensions, F const& answer) {
  json const all = each(c, dimensions, answer);
  c.check("", all);
  check_rlax_literals(c, all);
}

template <class F>
void check_named(estimator_case& c, F const& answer) {
  json const all = each_named(c, answer);
  for (auto const& [key, value] : c.expected().items()) c.check(key, all.at(key));
  check_rlax_literals(c, all);
}

// The same of each sequence, and of all at once.
template <class F>
void check_each_and_whole(estimator_case& c, F const& answer) {
  check_each(c, 1, answer);
  if (batch_of_rlax const whole(c); whole.is_there()) {
    c.compare("the whole batch", c.expected(), whole.parts_of(answer(whole)));
  }
}

void run_discounted_returns(estimator_case& c) {
  check_each_and_whole(c, [](auto const& x) {
    return x.with_value("bootstrap", [&](auto const& v) {
      return rlax::discounted_returns(x.column("r_t"), x.column("discount_t"), v);
    });
  });
}

void run_lambda_returns(estimator_case& c) {
  check_each_and_whole(c, [](auto const& x) {
    return x.with("lambda", [&](auto const& lambda) {
      return rlax::lambda_returns(x.column("r_t"), x.column("discount_t"), x.column("v_t"), lambda);
    });
  });
}

void run_n_step_returns(estimator_case& c) {
  auto const n = static_cast<std::size_t>(c.number("n"));
  check_each_and_whole(c, [&](auto const& x) {
    auto const of = [&](auto const& lambda) {
      return rlax::n_step_bootstrapped_returns(x.column("r_t"), x.column("discount_t"), x.column("v_t"), n, lambda);
    };
    return c.has_parameter("lambda") ? x.with("lambda", of) : of(1.0);
  });
}

void run_gae(estimator_case& c) {
  check_each_and_whole(c, [](auto const& x) {
    return x.with("lambda", [&](auto const& lambda) {
      return rlax::truncated_generalized_advantage_estimation(x.column("r_t"), x.column("discount_t"), lambda,
                                                              x.column("values"));
    });
  });
}

void run_general_off_policy_returns(estimator_case& c) {
  check_each(c, 1, [](part const& x) {
    return rlax::general_off_policy_returns_from_action_values(x.columns("q_t"), x.actions("a_t"), x.column("r_t"),
                                                               x.column("discount_t"), x.column("c_t"),
                                                               x.columns("pi_t"));
  });
}

void run_importance_corrected(estimator_case& c) {
  check_each_and_whole(c, [](auto const& x) {
    return x.with("lambda", [&](auto const& lambda) {
      return rlax::importance_corrected_td_errors(x.column("r_t"), x.column("discount_t"), x.column("rho_tm1"), lambda,
                                                  x.column("values"));
    });
  });
}

// The ratios of a case are those of the actions taken under two policies, whose logits it gives as well.
void check_ratios(estimator_case& c) {
  json const ratios = each(c, 1, [](part const& x) {
    table const target = x.columns("target_logits");
    table const behavior = x.columns("behavior_logits");
    indices const actions = x.actions("actions");
    list all;
    for (std::size_t t = 0; t < actions.size(); ++t) {
      auto const log_prob = [&](list const& logits) { return bellman::log_softmax(logits, actions[t]); };
      all.push_back(std::exp(log_prob(target.at(t)) - log_prob(behavior.at(t))));
    }
    return json(all);
  });
  c.compare("rho_tm1", c.input("rho_tm1"), ratios);
}

void run_vtrace(estimator_case& c) {
  if (c.has_input("target_logits")) check_ratios(c);
  auto const number_or = [&](char const* key, double otherwise) {
    return c.has_parameter(key) ? c.number(key) : otherwise;
  };
  auto const parameters = [&](auto const& lambda, auto const& mask) {
    return rlax::vtrace_parameters{.lambda = lambda,
                                   .clip_rho_threshold = number_or("clip_rho", 1),
                                   .clip_pg_rho_threshold = number_or("clip_pg_rho", 1),
                                   .alpha = number_or("alpha", 1),
                                   .sample_mask = mask};
  };
  auto const answer = [&](auto const& x, auto const& mask) {
    return x.with("lambda", [&](auto const& lambda) {
      return rlax::vtrace_td_error_and_advantage(x.column("v_tm1"), x.column("v_t"), x.column("r_t"),
                                                 x.column("discount_t"), x.column("rho_tm1"), parameters(lambda, mask));
    });
  };
  check_named(c, [&](part const& x) {
    list const mask = c.has_input("sample_mask") ? x.column("sample_mask") : list(x.column("v_tm1").size(), 1.0);
    auto const all = answer(x, std::span(mask));
    return json{{"errors", all.errors}, {"pg_advantage", all.pg_advantage}, {"q_estimate", all.q_estimate}};
  });
  batch_of_rlax const whole(c);
  if (!whole.is_there()) return;
  auto const check_whole = [&](auto const& all) {
    json const named{{"errors", whole.parts_of(all.errors)},
                     {"pg_advantage", whole.parts_of(all.pg_advantage)},
                     {"q_estimate", whole.parts_of(all.q_estimate)}};
    for (auto const& [key, value] : c.expected().items()) c.compare(key + " of the whole batch", value, named.at(key));
  };
  if (c.has_input("sample_mask")) {
    check_whole(answer(whole, whole.column("sample_mask")));
  } else {
    check_whole(answer(whole, bellman::internal::nowhere{}));
  }
}

void run_retrace(estimator_case& c) {
  double const eps = c.has_parameter("eps") ? c.number("eps") : 1e-8;
  check_named(c, [&](part const& x) {
    return x.with("lambda", [&](auto const& lambda) {
      auto const error =
          rlax::retrace(x.columns("q_tm1"), x.columns("q_t"), x.actions("a_tm1"), x.actions("a_t"), x.column("r_t"),
                        x.column("discount_t"), x.columns("pi_t"), x.column("mu_t"), lambda, eps);
      list half_squares;
      for (double const e : error) half_squares.push_back(e * e / 2);
      return json{{"td", error}, {"half_sq_td", half_squares}};
    });
  });
}

void run_td_lambda(estimator_case& c) {
  check_each(c, 1, [](part const& x) {
    return x.with("lambda", [&](auto const& lambda) {
      return rlax::td_lambda(x.column("v_tm1"), x.column("r_t"), x.column("discount_t"), x.column("v_t"), lambda);
    });
  });
}

void run_sarsa_lambda(estimator_case& c) {
  check_each(c, 1, [](part const& x) {
    return x.with("lambda", [&](auto const& lambda) {
      return rlax::sarsa_lambda(x.columns("q_tm1"), x.actions("a_tm1"), x.column("r_t"), x.column("discount_t"),
                                x.columns("q_t"), x.actions("a_t"), lambda);
    });
  });
}

void run_q_lambda(estimator_case& c) {
  check_each(c, 1, [](part const& x) {
    return x.with("lambda", [&](auto const& lambda) {
      return rlax::q_lambda(x.columns("q_tm1"), x.actions("a_tm1"), x.column("r_t"), x.column("discount_t"),
                            x.columns("q_t"), lambda);
    });
  });
}

void run_td_learning(estimator_case& c) {
  check_each(c, 0, [](part const& x) {
    return rlax::td_learning(x.scalar("v_tm1"), x.scalar("r_t"), x.scalar("discount_t"), x.scalar("v_t"));
  });
}

void run_sarsa(estimator_case& c) {
  check_each(c, 0, [](part const& x) {
    return rlax::sarsa(x.column("q_tm1"), x.action("a_tm1"), x.scalar("r_t"), x.scalar("discount_t"), x.column("q_t"),
                       x.action("a_t"));
  });
}

void run_expected_sarsa(estimator_case& c) {
  check_each(c, 0, [](part const& x) {
    return rlax::expected_sarsa(x.column("q_tm1"), x.action("a_tm1"), x.scalar("r_t"), x.scalar("discount_t"),
                                x.column("q_t"), x.column("probs_a_t"));
  });
}

void run_q_learning(estimator_case& c) {
  check_each(c, 0, [](part const& x) {
    return rlax::q_learning(x.column("q_tm1"), x.action("a_tm1"), x.scalar("r_t"), x.scalar("discount_t"),
                            x.column("q_t"));
  });
}

void run_double_q_learning(estimator_case& c) {
  check_each(c, 0, [](part const& x) {
    return rlax::double_q_learning(x.column("q_tm1"), x.action("a_tm1"), x.scalar("r_t"), x.scalar("discount_t"),
                                   x.column("q_t_value"), x.column("q_t_selector"));
  });
}

void run_persistent_q_learning(estimator_case& c) {
  check_each(c, 0, [&](part const& x) {
    return rlax::persistent_q_learning(x.column("q_tm1"), x.action("a_tm1"), x.scalar("r_t"), x.scalar("discount_t"),
                                       x.column("q_t"), c.number("action_gap_scale"));
  });
}

void run_qv_learning(estimator_case& c) {
  check_each(c, 0, [](part const& x) {
    return rlax::qv_learning(x.column("q_tm1"), x.action("a_tm1"), x.scalar("r_t"), x.scalar("discount_t"),
                             x.scalar("v_t"));
  });
}

void run_qv_max(estimator_case& c) {
  check_each(c, 0, [](part const& x) {
    return rlax::qv_max(x.scalar("v_tm1"), x.scalar("r_t"), x.scalar("discount_t"), x.column("q_t"));
  });
}

family const discounted_returns{"rlax_discounted_returns.json", run_discounted_returns};
family const lambda_returns{"rlax_lambda_returns.json", run_lambda_returns};
family const n_step_returns{"rlax_n_step_returns.json", run_n_step_returns};
family const gae{"rlax_gae.json", run_gae};
family const off_policy_returns{"rlax_general_off_policy_returns.json", run_general_off_policy_returns};
family const importance_corrected{"rlax_importance_corrected_td_errors.json", run_importance_corrected};
family const rlax_vtrace{"rlax_vtrace.json", run_vtrace};
family const retrace{"rlax_retrace.json", run_retrace};
family const td_lambda{"rlax_td_lambda.json", run_td_lambda};
family const sarsa_lambda{"rlax_sarsa_lambda.json", run_sarsa_lambda};
family const q_lambda{"rlax_q_lambda.json", run_q_lambda};
family const td_learning{"rlax_td_learning.json", run_td_learning};
family const sarsa{"rlax_sarsa.json", run_sarsa};
family const expected_sarsa{"rlax_expected_sarsa.json", run_expected_sarsa};
family const q_learning{"rlax_q_learning.json", run_q_learning};
family const double_q_learning{"rlax_double_q_learning.json", run_double_q_learning};
family const persistent_q_learning{"rlax_persistent_q_learning.json", run_persistent_q_learning};
family const qv_learning{"rlax_qv_learning.json", run_qv_learning};
family const qv_max{"rlax_qv_max.json", run_qv_max};

}  // namespace

}  // namespace golden
