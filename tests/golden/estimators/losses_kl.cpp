// SPDX-License-Identifier: BSL-1.0

// The KL, the entropy, rewards of tokens, and rlax's losses.
#include "losses.hpp"

#include <bellman/conventions/arrays/kept_tokens.hpp>
#include <bellman/conventions/openrlhf/kl.hpp>
#include <bellman/conventions/openrlhf/rewards.hpp>
#include <bellman/conventions/rlax/policy_loss.hpp>
#include <bellman/conventions/shared/every_row.hpp>
#include <bellman/conventions/trl/rewards.hpp>
#include <bellman/conventions/verl/kl.hpp>
#include <bellman/conventions/verl/losses.hpp>
#include <bellman/conventions/verl/rewards.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/language/token_rewards.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/loss/token_sum.hpp>
#include <bellman/probability/entropy.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/dual.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace golden {

namespace {

namespace openrlhf = bellman::conventions::openrlhf;
namespace rlax = bellman::conventions::rlax;
namespace trl = bellman::conventions::trl;
namespace verl = bellman::conventions::verl;

using bellman::k1;
using bellman::k2;
using bellman::k3;
using bellman::conventions::kept_tokens;

using dual = bellman::dual<double>;
using list = std::vector<double>;

// `f` of the estimate that verl calls by a name.
template <class Function>
auto with_verl_kl(std::string const& name, Function const& f) {
  if (name == "kl" || name == "k1") return f(k1);
  if (name == "abs") return f(verl::absolute_k1);
  if (name == "mse" || name == "k2" || name == "mse+" || name == "k2+") return f(k2);
  if (name == "low_var_kl" || name == "k3") return f(verl::clamped_k3);
  if (name == "kl+" || name == "k1+") return f(bellman::straight_through{k1, k2});
  if (name == "abs+") return f(bellman::straight_through{verl::absolute_k1, k2});
  if (name == "low_var_kl+" || name == "k3+") return f(bellman::straight_through{verl::clamped_k3, k2});
  unknown("verl's estimator " + name);
}
template <class Function>
auto with_kl(std::string const& name, Function const& f) {
  if (name == "k1") return f(k1);
  if (name == "k2") return f(k2);
  if (name == "k3") return f(k3);
  unknown("estimator " + name);
}

list verl_kl(std::string const& name, list const& p, list const& q) {
  return with_verl_kl(name, [&](auto const& k) {
    list all;
    for (std::size_t i = 0; i < p.size(); ++i) all.push_back(k(p[i], q.at(i)));
    return all;
  });
}
list verl_kl_gradient(std::string const& name, list const& p, list const& q) {
  return with_verl_kl(name, [&](auto const& k) {
    list all;
    for (std::size_t i = 0; i < p.size(); ++i) all.push_back(k(dual::variable(p[i]), q.at(i)).derivative[0]);
    return all;
  });
}
list openrlhf_kl(std::string const& name, list const& p, list const& q) {
  return with_kl(name, [&](auto const& k) {
    openrlhf::clamped_kl const clamped{k};
    list all;
    for (std::size_t i = 0; i < p.size(); ++i) {
      all.push_back(clamped(static_cast<float>(p[i]), static_cast<float>(q.at(i))));
    }
    return all;
  });
}
list plain_kl(std::string const& name, list const& p, list const& q) {
  return with_kl(name, [&](auto const& k) {
    list all;
    for (std::size_t i = 0; i < p.size(); ++i) all.push_back(k(p[i], q.at(i)));
    return all;
  });
}

// Numbers of the float32 functions of a library that says so in the note only.
constexpr double float_tolerance = 1e-6;

// The gradients stand beside the cases, of the log-probabilities of one of them: that of k2 is k1, and says of which.
void run_kl_gradients(estimator_case& c) {
  json const& gradients = c.entry("gradient_wrt_logprob_verl");
  auto const log_ratios = numbers(gradients.at("k2"));
  auto const point = [&]() -> json const& {
    for (json const& each : c.file()["cases"]) {
      json const& in = each.at("inputs");
      auto const p = numbers(in.at("logprob"));
      auto const q = numbers(in.at("ref_logprob"));
      bool same = p.size() == log_ratios.size();
      for (std::size_t i = 0; same && i < p.size(); ++i) same = std::abs(log_ratios[i] - (p[i] - q[i])) <= 1e-12;
      if (same) return in;
    }
    unknown("the case of gradient_wrt_logprob_verl");
  };
  json const& in = point();
  for (auto const& [name, gradient] : gradients.items()) {
    if (gradient.is_array()) {
      c.compare("gradient of " + name, gradient,
                verl_kl_gradient(name, numbers(in.at("logprob")), numbers(in.at("ref_logprob"))));
    } else {
      c.skip("gradient of " + name, gradient.get<std::string>());
    }
  }
}

void run_kl_estimators(estimator_case& c) {
  auto const p = numbers(c.input("logprob"));
  auto const q = numbers(c.input("ref_logprob"));
  std::string const name = c.parameter("estimator").get<std::string>();
  if (c.id().rfind("verl_", 0) == 0) {
    c.check("kl", verl_kl(name, p, q));
    if (c.expected().contains("gradient")) c.check("gradient", verl_kl_gradient(name, p, q));
  } else if (c.id().rfind("openrlhf_", 0) == 0) {
    c.check("kl", openrlhf_kl(name, p, q), float_tolerance);
  } else if (c.id().rfind("trl_", 0) == 0) {
    c.check("kl", plain_kl(name, p, q));
  } else {
    unknown("the library of " + c.id());
  }
}

void run_kl_shaped_rewards(estimator_case& c) {
  auto const scores = rows(c.input("token_level_scores"));
  auto const log_probs = rows(c.input("old_log_probs"));
  auto const reference = rows(c.input("ref_log_prob"));
  auto const masks = rows(c.input("response_mask"));
  with_verl_kl(c.parameter("kl_penalty").get<std::string>(), [&](auto const& k) {
    bellman::conventions::every_row const scope{verl::sequence_mean{}};
    decltype(scope(bellman::token_sum(scores.front()))) current_kl{};
    std::vector<list> rewards;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      rewards.push_back(
          verl::apply_kl_penalty(scores[i], log_probs.at(i), reference.at(i), masks.at(i), c.number("beta"), k));
      current_kl +=
          scope(bellman::token_sum(k, kept_tokens(log_probs[i], masks[i]), kept_tokens(reference[i], masks[i])));
    }
    c.check("token_level_rewards", rewards);
    c.check("current_kl_mean_of_seq_means", current_kl.value());
  });
}

void run_reward_placement(estimator_case& c) {
  auto const r = numbers(c.input("r"));
  auto const kl = rows(c.input("kl"));
  auto const masks = rows(c.input("action_mask"));
  bool const clipped = c.has_parameter("reward_clip_range") && !c.parameter("reward_clip_range").is_null();
  std::vector<list> rewards;
  for (std::size_t i = 0; i < r.size(); ++i) {
    double reward = r[i];
    if (clipped) {
      auto const range = numbers(c.parameter("reward_clip_range"));
      reward = bellman::clamp(reward, range.at(0), range.at(1));
    }
    rewards.push_back(openrlhf::compute_reward(reward, c.number("kl_coef"), kl.at(i), masks.at(i)));
  }
  c.check("reward", rewards);
}

// The last dimension holds logits, whatever is around it.
json entropies(json const& logits) {
  if (!logits.empty() && !logits.front().is_array()) return bellman::entropy(numbers(logits));
  json all = json::array();
  for (json const& each : logits) all.push_back(entropies(each));
  return all;
}

void run_entropy(estimator_case& c) { c.check("entropy", entropies(c.input("logits"))); }

void run_rlax(estimator_case& c) {
  list losses;
  auto const each = [&](json const& first, auto const& loss) {
    for (std::size_t i = 0; i < first.size(); ++i) losses.push_back(loss(i));
  };
  auto const row = [&](char const* key, std::size_t i) { return numbers(c.input(key).at(i)); };
  if (c.has_input("prob_ratios")) {
    each(c.input("prob_ratios"), [&](std::size_t i) {
      return rlax::clipped_surrogate_pg_loss(row("prob_ratios", i), row("advantages", i), c.number("epsilon"));
    });
  } else if (c.has_input("actions")) {
    each(c.input("logits"), [&](std::size_t i) {
      std::vector<int> actions;
      for (double const a : row("actions", i)) actions.push_back(static_cast<int>(a));
      return rlax::policy_gradient_loss(rows(c.input("logits").at(i)), actions, row("advantages", i),
                                        row("weights", i));
    });
  } else if (c.has_input("logits")) {
    each(c.input("logits"),
         [&](std::size_t i) { return rlax::entropy_loss(rows(c.input("logits").at(i)), row("weights", i)); });
  } else {
    unknown("the function of " + c.id());
  }
  c.check("", losses);
  // What the library's own tests type is rounded, and they ask for no more than this.
  char const* const literal = "expected_literal_f32";
  if (c.has_entry(literal)) c.compare(literal, c.entry(literal), losses, 1e-4);
}

family const kl_estimators{"kl_estimators.json", run_kl_estimators, run_kl_gradients};
family const kl_shaped_rewards{"kl_shaped_rewards_verl.json", run_kl_shaped_rewards};
family const reward_placement{"reward_placement_openrlhf.json", run_reward_placement};
family const entropy{"entropy_verl.json", run_entropy};
family const rlax_losses{"rlax_policy_losses.json", run_rlax};

void run_extreme_kl(estimator_case& c) {
  auto const p = numbers(c.input("logprob"));
  auto const q = numbers(c.input("ref_logprob"));
  for (auto const& [key, answer] : c.entry("answers").items()) {
    auto const space = key.find(' ');
    std::string const library = key.substr(0, space);
    std::string const name = key.substr(space + 1, 2);
    if (library == "verl") {
      c.compare(key, answer, verl_kl(name, p, q));
    } else if (library == "openrlhf") {
      c.compare(key, answer, openrlhf_kl(name, p, q), float_tolerance);
    } else if (library == "trl") {
      c.compare(key, answer, plain_kl(name, p, q));
    } else {
      unknown(key);
    }
  }
}

// The last token of the answer bears the score; what the padding holds is never read.
void run_placement(estimator_case& c) {
  double const score = number(c.input("score"));
  auto const length = static_cast<std::size_t>(number(c.input("response_len")));
  auto const padded = static_cast<std::size_t>(number(c.input("padded")));
  list const values = numbers(c.input("values").at(0));
  double const gamma = c.number("gamma");
  double const lambda = c.number("lambda");
  // Of the first steps, with nothing behind them and zeros for the padding.
  auto const advantages = [&](list rewards, std::size_t steps) {
    rewards.resize(steps);
    list all = bellman::gae(rewards, list(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(steps)),
                            bellman::terminated{}, {.gamma = gamma, .lambda = lambda})
                   .advantages;
    all.resize(padded);
    return std::vector<list>{all};
  };
  list const own = bellman::outcome_rewards(length, score);
  list mask(padded, 0.0);
  for (std::size_t t = 0; t < length; ++t) mask[t] = 1;
  list const openrlhf_rewards = openrlhf::compute_reward(score, 0.0, list(padded, 0.0), mask);
  list const trl_rewards = trl::outcome_rewards(length, padded, score);
  for (auto const& [key, answer] : c.entry("answers").items()) {
    if (key == "openrlhf reward") {
      c.compare(key, answer, std::vector<list>{openrlhf_rewards});
    } else if (key == "openrlhf raw adv" || key.rfind("verl raw adv", 0) == 0) {
      c.compare(key, answer, advantages(own, length));
    } else if (key.rfind("trl reward", 0) == 0) {
      c.compare(key, answer, std::vector<list>{trl_rewards});
    } else if (key.rfind("trl raw adv", 0) == 0) {
      c.compare(key, answer, advantages(trl_rewards, length < padded ? length + 1 : length));
    } else {
      unknown(key);
    }
  }
}

}  // namespace

bool run_kl_disagreement(estimator_case& c) {
  if (c.id() == "kl_extreme") {
    run_extreme_kl(c);
  } else if (c.id() == "scalar_reward_placement") {
    run_placement(c);
  } else {
    return false;
  }
  return true;
}

}  // namespace golden
