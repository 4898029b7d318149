// SPDX-License-Identifier: BSL-1.0

// Losses of a policy and of a value, and the denominators of their means.
#include "losses.hpp"

#include <bellman/conventions/arrays/kept_batch.hpp>
#include <bellman/conventions/arrays/kept_tokens.hpp>
#include <bellman/conventions/openrlhf/losses.hpp>
#include <bellman/conventions/shared/clamped_ratio.hpp>
#include <bellman/conventions/shared/every_row.hpp>
#include <bellman/conventions/shared/mean_with_epsilon.hpp>
#include <bellman/conventions/shared/share_of_batch.hpp>
#include <bellman/conventions/trl/kl.hpp>
#include <bellman/conventions/trl/losses.hpp>
#include <bellman/conventions/trl/masked_whiten.hpp>
#include <bellman/conventions/verl/dppo.hpp>
#include <bellman/conventions/verl/kl_cov.hpp>
#include <bellman/conventions/verl/losses.hpp>
#include <bellman/conventions/verl/masked_whiten.hpp>
#include <bellman/loss/approximate_kl.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/clip_fraction.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/loss/token_sum.hpp>
#include <bellman/loss/value_loss.hpp>
#include <bellman/scalar/dual.hpp>

#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace golden {

namespace {

namespace openrlhf = bellman::conventions::openrlhf;
namespace trl = bellman::conventions::trl;
namespace verl = bellman::conventions::verl;

using bellman::batch_mean;
using bellman::clipped;
using bellman::fixed_length;
using bellman::token_mean;
using bellman::token_sum;
using bellman::conventions::clamped_log_ratio;
using bellman::conventions::clamped_ratio;
using bellman::conventions::every_row;
using bellman::conventions::kept_batch;
using bellman::conventions::kept_tokens;
using bellman::conventions::mean_with_epsilon;
using bellman::conventions::share_of_batch;

using dual = bellman::dual<double>;
using matrix = std::vector<std::vector<double>>;

bool starts_with(std::string const& text, std::string const& start) { return text.rfind(start, 0) == 0; }

// A parameter that may be absent or null.
bool given(estimator_case const& c, std::string const& key) {
  return c.has_parameter(key) && !c.parameter(key).is_null();
}
double number_or(estimator_case const& c, std::string const& key, double otherwise) {
  return given(c, key) ? c.number(key) : otherwise;
}

std::size_t columns(matrix const& m) { return m.empty() ? 0 : m.front().size(); }

double tokens_of(matrix const& masks) {
  double n = 0;
  for (auto const& mask : masks) n += static_cast<double>(token_sum(kept_tokens(mask, mask)).count);
  return n;
}

// The sum over rows of what a scope makes of f(row i), which is a sum over tokens.
template <class Scope, class Sum>
auto over_rows(std::size_t rows, Scope const& scope, Sum const& tokens_of_row) {
  decltype(scope(tokens_of_row(0))) all{};
  for (std::size_t i = 0; i < rows; ++i) all += scope(tokens_of_row(i));
  return all;
}

// Where a device's share is counted over the whole batch.
struct whole_batch {
  bool counted;
  double count;
  double devices;

  template <class Scope, class V>
  V operator()(batch_mean<Scope, V> const& part) const {
    return share_of_batch(part, counted ? count : static_cast<double>(part.count), devices);
  }
};
whole_batch counted_by(estimator_case const& c, std::string const& key) {
  return {given(c, key), number_or(c, key, 0), number_or(c, "dp_size", 1)};
}

// verl's ways to aggregate. `mean` gives, for a scope, the batch_mean.
template <class Mean>
auto verl_loss(estimator_case const& c, std::string const& mode, std::size_t width, Mean const& mean) {
  if (mode == "token-mean") return counted_by(c, "batch_num_tokens")(mean(token_mean{}));
  if (mode == "seq-mean-token-sum") return counted_by(c, "global_batch_size")(mean(bellman::sequence_sum{}));
  if (mode == "seq-mean-token-mean") return counted_by(c, "global_batch_size")(mean(verl::sequence_mean{}));
  if (mode == "seq-mean-token-sum-norm") {
    return verl::seq_mean_token_sum_norm(mean(bellman::sequence_sum{}),
                                         number_or(c, "loss_scale_factor", static_cast<double>(width)));
  }
  unknown("loss_agg_mode " + mode);
}

template <class Mean>
auto openrlhf_loss(estimator_case const& c, bool token_level, Mean const& mean) {
  if (token_level) return counted_by(c, "batch_num_tokens")(mean(token_mean{}));
  return counted_by(c, "global_batch_size")(mean(openrlhf::sequence_mean{}));
}

// TRL's loss types. `mean` gives, for a scope, the batch_mean over the tokens that are kept; `padded`, for a row's
// number of tokens, that over all columns.
template <class Mean, class Padded>
auto trl_loss(estimator_case const& c, std::string const& type, double tokens, Mean const& mean,
              Padded const& length_times_mean) {
  std::string const why = "TRL's configuration holds what other loss types count by";
  if (type != "dr_grpo") c.without_effect({"max_completion_length"}, why);
  if (type == "dapo" || type == "cispo") {
    c.without_effect({"grad_accum"}, why);
    return share_of_batch(mean(token_mean{}), number_or(c, "num_items_in_batch", tokens),
                          number_or(c, "num_processes", 1));
  }
  c.without_effect({"num_items_in_batch", "num_processes"}, why);
  double const accumulated = number_or(c, "grad_accum", 1);
  if (type == "grpo" || type == "sapo") {
    return share_of_batch(mean(every_row{bellman::sequence_mean{}})) / accumulated;
  }
  if (type == "bnpo") return share_of_batch(mean(token_mean{}), tokens < 1 ? 1 : tokens, 1) / accumulated;
  if (type == "dr_grpo") {
    auto const longest = static_cast<std::size_t>(c.number("max_completion_length"));
    return share_of_batch(mean(every_row{fixed_length{longest}})) / accumulated;
  }
  if (type == "luspo") return share_of_batch(length_times_mean()) / accumulated;
  unknown("loss_type " + type);
}

// A loss and its gradient in each log-probability, one pass of dual numbers for each.
template <class Loss>
void check_loss_and_gradient(estimator_case& c, matrix const& log_probs, Loss const& loss) {
  std::vector<std::vector<dual>> point;
  for (auto const& row : log_probs) point.emplace_back(row.begin(), row.end());
  c.check("loss", loss(point).value);
  if (!c.expected().contains("grad_log_prob")) return;
  matrix gradient = log_probs;
  for (std::size_t i = 0; i < point.size(); ++i) {
    for (std::size_t t = 0; t < point[i].size(); ++t) {
      point[i][t] = dual::variable(log_probs[i][t]);
      gradient[i][t] = loss(point).derivative[0];
      point[i][t] = log_probs[i][t];
    }
  }
  c.check("grad_log_prob", gradient);
}

// A mean of 1 of as many terms. What a loss makes of it is what a gradient of the mean is to be multiplied by.
template <class Scope, class V>
batch_mean<Scope, V> unit(batch_mean<Scope, V> mean) {
  mean.total = static_cast<double>(mean.count);
  return mean;
}
matrix zeros(matrix const& like) {
  matrix all;
  for (auto const& row : like) all.emplace_back(row.size(), 0.0);
  return all;
}
void add(matrix& all, double factor, matrix const& more) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t t = 0; t < all[i].size(); ++t) all[i][t] += factor * more[i][t];
  }
}
// The rows of a padded matrix without the padding, to read and to write.
template <class Rows>
auto kept_rows(Rows& all, matrix const& masks) {
  return std::views::iota(std::size_t{0}, masks.size()) |
         std::views::transform([&all, &masks](std::size_t i) { return kept_tokens(all[i], masks[i]); });
}

struct policy_inputs {
  matrix log_probs;
  matrix old_log_probs;
  matrix advantages;
  matrix masks;

  template <class Rows>
  auto batch(Rows const& its_log_probs) const {
    return kept_batch(its_log_probs, old_log_probs, advantages, masks);
  }
  auto batch() const { return batch(log_probs); }

  // The gradient that `policy_loss` writes of a loss that `of_mean` makes of the mean in a scope.
  template <class Ratio, class Surrogate, class OfMean>
  matrix written(Ratio const& ratio, Surrogate const& surrogate, OfMean const& of_mean) const {
    matrix gradients = zeros(log_probs);
    matrix all = zeros(log_probs);
    double const factor = of_mean([&](auto const& scope) {
      return unit(bellman::policy_loss(batch(), ratio, surrogate, scope, kept_rows(gradients, masks)));
    });
    add(all, factor, gradients);
    return all;
  }
};

policy_inputs inputs_of(estimator_case const& c) {
  policy_inputs in{rows(c.input("log_prob")), rows(c.input("old_log_prob")), {}, rows(c.input("response_mask"))};
  if (c.has_input("advantages")) {
    in.advantages = rows(c.input("advantages"));
  } else {
    auto const of_sequence = numbers(c.input("advantages_per_seq"));
    for (std::size_t i = 0; i < of_sequence.size(); ++i) {
      in.advantages.emplace_back(in.masks.at(i).size(), of_sequence[i]);
    }
  }
  return in;
}

// The mean over tokens of `f(log_prob, old_log_prob, advantage)`.
template <class Function>
auto tokenwise(policy_inputs const& in, Function const& f) {
  return over_rows(in.masks.size(), token_mean{}, [&](std::size_t i) {
    auto const& mask = in.masks[i];
    return token_sum(f, kept_tokens(in.log_probs[i], mask), kept_tokens(in.old_log_probs[i], mask),
                     kept_tokens(in.advantages[i], mask));
  });
}

// One configuration holds the parameters of all of verl's losses.
void without_effect_in_verl(estimator_case const& c, std::initializer_list<std::string_view> keys) {
  c.without_effect(keys, "it is for other losses of verl");
}

void run_verl_policy(estimator_case& c, std::string const& name) {
  auto const in = inputs_of(c);
  auto const batch = in.batch();
  double const low = number_or(c, "clip_ratio_low", number_or(c, "clip_ratio", 0.2));
  double const high = number_or(c, "clip_ratio_high", number_or(c, "clip_ratio", 0.2));
  clipped const clip(low, high);
  auto const loss = [&](auto const& mean) {
    check_loss_and_gradient(c, in.log_probs, [&](auto const& log_probs) { return mean(in.batch(log_probs)); });
  };
  auto const in_scope = [&](auto const& mean) {
    return verl_loss(c, c.parameter("loss_agg_mode").get<std::string>(), columns(in.masks), mean);
  };
  auto const loss_in_scope = [&](auto const& mean) {
    loss([&](auto const& its_batch) { return in_scope([&](auto const& scope) { return mean(its_batch, scope); }); });
  };
  auto const sequences = counted_by(c, "global_batch_size");
  auto const in_sequences = [&](auto const& mean) { return sequences(mean(verl::sequence_mean{})); };
  auto const gradient = [&](auto const& ratio, auto const& surrogate, auto const& of_mean) {
    if (!c.expected().contains("grad_log_prob")) return;
    c.check("grad_log_prob", in.written(ratio, surrogate, of_mean));
  };
  double const clamped_kl = mean_with_epsilon(
      tokenwise(in, [](double p, double q, double) { return -clamped_log_ratio(p, q); }));
  double const kl = mean_with_epsilon(bellman::approximate_kl(batch, bellman::k1));
  auto const metrics = [&](double clipped_above, double its_kl, double clipped_below) {
    if (!c.expected().contains("metrics")) return;
    c.check("metrics", json{{"actor/pg_clipfrac", clipped_above},
                            {"actor/ppo_kl", its_kl},
                            {"actor/pg_clipfrac_lower", clipped_below}});
  };
  if (starts_with(name, "vanilla")) {
    without_effect_in_verl(c, {"tau_pos", "tau_neg"});
    bellman::dual_clipped const surrogate(clip, number_or(c, "clip_ratio_c", 3.0));
    loss_in_scope([&](auto const& its_batch, auto const& scope) { return verl::vanilla(its_batch, surrogate, scope); });
    gradient(clamped_ratio{}, surrogate, in_scope);
    auto const below = tokenwise(in, [&](double p, double q, double a) {
      return surrogate.binds_below(bellman::exp(clamped_log_ratio(p, q)), a) ? 1.0 : 0.0;
    });
    metrics(mean_with_epsilon(bellman::clip_fraction(batch, clamped_ratio{}, surrogate)), clamped_kl,
            mean_with_epsilon(below));
  } else if (starts_with(name, "gspo")) {
    without_effect_in_verl(c, {"clip_ratio_c", "tau_pos", "tau_neg", "loss_agg_mode"});
    loss([&](auto const& its_batch) { return sequences(verl::gspo(its_batch, clip)); });
    gradient(verl::capped_sequence_ratio_by_token{}, clip, in_sequences);
    metrics(mean_with_epsilon(bellman::clip_fraction(batch, verl::capped_sequence_ratio_by_token{}, clip)), kl, 0);
  } else if (starts_with(name, "sapo")) {
    without_effect_in_verl(c, {"clip_ratio_c", "loss_agg_mode"});
    bellman::soft_clipped const surrogate(number_or(c, "tau_pos", 1.0), number_or(c, "tau_neg", 1.05));
    loss([&](auto const& its_batch) { return sequences(verl::sapo(its_batch, surrogate)); });
    gradient(clamped_ratio{}, surrogate, in_sequences);
    metrics(0, clamped_kl, 0);
  } else if (starts_with(name, "geo_mean")) {
    without_effect_in_verl(c, {"clip_ratio_c", "tau_pos", "tau_neg", "loss_agg_mode"});
    verl::geometric_mean_ratio const ratio{low, high};
    loss([&](auto const& its_batch) { return share_of_batch(verl::geo_mean(its_batch, ratio)); });
    gradient(ratio, bellman::unclipped{},
             [](auto const& mean) { return share_of_batch(mean(every_row{verl::sequence_mean{}})); });
    auto const outside = [&](double p, double q) { return p - q < -low || high < p - q; };
    auto const above = [&](double p, double q, double a) { return outside(p, q) && 0 < a ? 1.0 : 0.0; };
    auto const below = [&](double p, double q, double a) { return outside(p, q) && a < 0 ? 1.0 : 0.0; };
    metrics(mean_with_epsilon(tokenwise(in, above)), kl, mean_with_epsilon(tokenwise(in, below)));
  } else if (starts_with(name, "cispo")) {
    without_effect_in_verl(c, {"clip_ratio_c", "tau_pos", "tau_neg"});
    bellman::clipped_weight const surrogate(low, high);
    loss_in_scope([&](auto const& its_batch, auto const& scope) { return verl::cispo(its_batch, surrogate, scope); });
    gradient(clamped_ratio{}, surrogate, in_scope);
    metrics(mean_with_epsilon(bellman::clip_fraction(batch, clamped_ratio{}, surrogate)), clamped_kl, 0);
  } else if (starts_with(name, "gpg")) {
    without_effect_in_verl(c, {"clip_ratio_c", "tau_pos", "tau_neg"});
    loss_in_scope([](auto const& its_batch, auto const& scope) { return verl::gpg(its_batch, scope); });
    gradient(bellman::token_ratio{}, bellman::log_likelihood{}, in_scope);
    if (c.expected().contains("metrics")) c.check("metrics", json::object());
  } else if (starts_with(name, "dppo_")) {
    without_effect_in_verl(c, {"tau_pos", "tau_neg"});
    auto const run = [&](auto const& surrogate) {
      loss_in_scope([&](auto const& its_batch, auto const& scope) {
        return bellman::policy_loss(its_batch, verl::clamped_ratio_and_old{}, surrogate, scope);
      });
      gradient(verl::clamped_ratio_and_old{}, surrogate, in_scope);
      auto const ratio_of = verl::clamped_ratio_and_old{}(batch.front());
      auto const untrusted = [&](double p, double q, double a) {
        return surrogate.trusts(ratio_of(p, q), a, p) ? 0.0 : 1.0;
      };
      auto const capped = [&](double p, double q, double a) {
        return surrogate.trusts(ratio_of(p, q), a, p) && surrogate.cap < ratio_of(p, q).ratio ? 1.0 : 0.0;
      };
      metrics(mean_with_epsilon(tokenwise(in, untrusted)), clamped_kl, mean_with_epsilon(tokenwise(in, capped)));
    };
    double const cap = number_or(c, "clip_ratio_c", 20.0);
    if (starts_with(name, "dppo_tv")) {
      run(verl::within_total_variation<double>{low, high, cap});
    } else {
      run(verl::within_binary_kl<double>{low, high, cap});
    }
  } else if (starts_with(name, "kl_cov")) {
    without_effect_in_verl(c, {"clip_ratio_c", "tau_pos", "tau_neg"});
    double const part = number_or(c, "kl_cov_ratio", 0.0002);
    double const beta = number_or(c, "ppo_kl_coef", 1.0);
    loss_in_scope([&](auto const& its_batch, auto const& scope) { return verl::kl_cov(its_batch, part, beta, scope); });
    auto const moved = [](double p, double q, double) { return std::abs(p - q); };
    if (c.expected().contains("metrics")) {
      c.check("metrics", json{{"actor/ppo_kl", mean_with_epsilon(tokenwise(in, moved))}});
    }
  } else {
    unknown("verl's policy loss " + name);
  }
}

void run_openrlhf_policy(estimator_case& c) {
  auto const in = inputs_of(c);
  auto const batch = in.batch();
  clipped const clip(number_or(c, "clip_eps_low", 0.2), number_or(c, "clip_eps_high", 0.2));
  std::string const type = given(c, "policy_loss_type") ? c.parameter("policy_loss_type").get<std::string>() : "ppo";
  bool const token_level =
      type != "gspo" && (!given(c, "token_level_loss") || c.parameter("token_level_loss").get<bool>());
  auto const run = [&](auto const& ratio, auto const& surrogate) {
    check_loss_and_gradient(c, in.log_probs, [&](auto const& log_probs) {
      return openrlhf_loss(c, token_level, [&](auto const& scope) {
        return bellman::policy_loss(in.batch(log_probs), ratio, surrogate, scope);
      });
    });
    if (c.expected().contains("grad_log_prob")) {
      auto const of_mean = [&](auto const& mean) { return openrlhf_loss(c, token_level, mean); };
      c.check("grad_log_prob", in.written(ratio, surrogate, of_mean));
    }
    if (c.expected().contains("clip_ratio")) {
      c.check("clip_ratio", share_of_batch(bellman::clip_fraction(batch, ratio, clip)));
    }
  };
  auto const with_surrogate = [&](auto const& ratio) {
    if (given(c, "dual_clip")) {
      run(ratio, bellman::dual_clipped(clip, c.number("dual_clip")));
    } else {
      run(ratio, clip);
    }
  };
  if (type == "ppo") {
    with_surrogate(openrlhf::ppo_ratio{});
  } else if (type == "gspo") {
    with_surrogate(openrlhf::gspo_ratio{});
  } else {
    unknown("policy_loss_type " + type);
  }
  if (c.expected().contains("ppo_kl")) c.check("ppo_kl", share_of_batch(bellman::approximate_kl(batch, bellman::k1)));
}

void run_trl_policy(estimator_case& c) {
  auto const in = inputs_of(c);
  std::string const type = c.parameter("loss_type").get<std::string>();
  std::string const level = c.parameter("importance_sampling_level").get<std::string>();
  double const beta = number_or(c, "beta", 0);
  matrix const reference = beta == 0 ? matrix{} : rows(c.input("ref_log_prob"));
  bool const is_corrected = beta != 0 && number_or(c, "use_bias_correction_kl", 0) != 0;
  if (beta == 0) c.without_effect({"ref_log_prob", "use_bias_correction_kl"}, "there is no penalty");
  std::size_t const n = in.masks.size();
  double const tokens = tokens_of(in.masks);

  auto const run = [&](auto const& ratio, auto const& surrogate) {
    check_loss_and_gradient(c, in.log_probs, [&](auto const& log_probs) {
      auto const batch = in.batch(log_probs);
      auto const objective = [&](auto const& r, auto const& a, auto const& p) {
        if constexpr (requires { surrogate(r, a); }) {
          return surrogate(r, a);
        } else {
          return surrogate(r, a, p);
        }
      };
      auto const in_scope = [&](auto const& scope) { return bellman::policy_loss(batch, ratio, surrogate, scope); };
      auto const in_all_columns = [&] {
        batch_mean<trl::length_times_mean, dual> all{};
        for (std::size_t i = 0; i < n; ++i) {
          auto const ratio_of = ratio(batch[static_cast<std::ptrdiff_t>(i)]);
          auto const loss = [&](dual const& p, double q, double a) { return -objective(ratio_of(p, q), a, p); };
          trl::length_times_mean const scope{token_sum(kept_tokens(in.masks[i], in.masks[i])).count};
          all += scope(token_sum(loss, log_probs[i], in.old_log_probs[i], in.advantages[i]));
        }
        return all;
      };
      dual total = trl_loss(c, type, tokens, in_scope, in_all_columns);
      if (beta == 0) return total;
      auto const kl_of_row = [&](std::size_t i) {
        return [is_corrected, ratio_of = ratio(batch[static_cast<std::ptrdiff_t>(i)])](dual const& p, double old,
                                                                                       double q) -> dual {
          if (is_corrected) return trl::bias_corrected_k3(ratio_of(p, old), p, q);
          return bellman::k3(p, q);
        };
      };
      auto const kl_in_scope = [&](auto const& scope) {
        return over_rows(n, scope, [&](std::size_t i) {
          auto const kept = [&](auto const& row) { return kept_tokens(row, in.masks[i]); };
          return token_sum(kl_of_row(i), kept(log_probs[i]), kept(in.old_log_probs[i]), kept(reference[i]));
        });
      };
      auto const kl_in_all_columns = [&] {
        batch_mean<trl::length_times_mean, dual> all{};
        for (std::size_t i = 0; i < n; ++i) {
          trl::length_times_mean const scope{token_sum(kept_tokens(in.masks[i], in.masks[i])).count};
          all += scope(token_sum(kl_of_row(i), log_probs[i], in.old_log_probs[i], reference[i]));
        }
        return all;
      };
      return total + beta * trl_loss(c, type, tokens, kl_in_scope, kl_in_all_columns);
    });
    if (!c.expected().contains("grad_log_prob")) return;
    // Where a sequence has one number for all its tokens, luspo's scope is the sum over those that are kept.
    auto const of_mean = [&](auto const& mean) {
      return trl_loss(c, type, tokens, mean, [&] { return mean(every_row{bellman::sequence_sum{}}); });
    };
    matrix gradient = in.written(ratio, surrogate, of_mean);
    if (beta != 0) {
      // The reference takes the place of the advantages of what the KL is as a surrogate.
      policy_inputs with_reference = in;
      with_reference.advantages = reference;
      auto const minus_kl = [&](auto const& r, double q, auto const& p) {
        return -(is_corrected ? trl::bias_corrected_k3(r, p, q) : bellman::k3(p, q));
      };
      add(gradient, beta, with_reference.written(ratio, minus_kl, of_mean));
    }
    c.check("grad_log_prob", gradient);
  };
  auto const at_level = [&](auto const& surrogate) {
    if (level == "token") {
      run(bellman::token_ratio{}, surrogate);
    } else if (level == "sequence") {
      run(bellman::sequence_ratio{}, surrogate);
    } else {
      unknown("importance_sampling_level " + level);
    }
  };
  if (type == "cispo") {
    c.without_effect({"epsilon_low"}, "TRL's cispo has an upper bound alone");
    at_level(trl::capped_weight<double>{c.number("epsilon_high")});
  } else if (type == "sapo") {
    c.without_effect({"epsilon_low", "epsilon_high"}, "TRL's sapo clips nothing");
    at_level(
        bellman::soft_clipped(number_or(c, "sapo_temperature_pos", 1.0), number_or(c, "sapo_temperature_neg", 1.05)));
  } else {
    double const low = number_or(c, "epsilon_low", number_or(c, "epsilon", 0.2));
    clipped const clip(low, number_or(c, "epsilon_high", low));
    if (given(c, "delta")) {
      at_level(trl::two_sided_clipped(clip, c.number("delta")));
    } else {
      at_level(clip);
    }
  }
}

void run_policy_losses(estimator_case& c) {
  if (starts_with(c.id(), "verl_")) return run_verl_policy(c, c.id().substr(5));
  if (starts_with(c.id(), "openrlhf_")) return run_openrlhf_policy(c);
  if (starts_with(c.id(), "trl_")) return run_trl_policy(c);
  unknown("the library of " + c.id());
}

void run_value_loss(estimator_case& c) {
  auto const values = rows(c.input("vpreds"));
  auto const old_values = rows(c.input("values"));
  auto const returns = rows(c.input("returns"));
  auto const masks = rows(c.input("mask"));
  auto const mean = [&](auto const& f, auto const& scope) {
    return over_rows(masks.size(), scope, [&](std::size_t i) {
      return token_sum(f, kept_tokens(values[i], masks[i]), kept_tokens(old_values[i], masks[i]),
                       kept_tokens(returns[i], masks[i]));
    });
  };
  if (starts_with(c.id(), "verl_")) {
    bellman::clipped_value_loss const loss(c.number("cliprange"));
    std::string const mode = given(c, "loss_agg_mode") ? c.parameter("loss_agg_mode").get<std::string>() : "token-mean";
    c.check("loss", verl_loss(c, mode, columns(masks), [&](auto const& scope) { return mean(loss, scope); }));
    auto const binds = [&](double v, double old, double g) { return loss.binds(v, old, g) ? 1.0 : 0.0; };
    if (c.expected().contains("clipfrac")) c.check("clipfrac", mean_with_epsilon(mean(binds, token_mean{})));
  } else if (starts_with(c.id(), "openrlhf_")) {
    bool const token_level = !given(c, "token_level_loss") || c.parameter("token_level_loss").get<bool>();
    std::string const key = c.has_parameter("cliprange") ? "cliprange" : "clip_eps";
    auto const check = [&](auto const& loss) {
      c.check("loss", openrlhf_loss(c, token_level, [&](auto const& scope) { return mean(loss, scope); }));
    };
    if (given(c, key)) {
      check(bellman::clipped_value_loss(c.number(key)));
    } else {
      check([](double v, double, double g) { return bellman::squared_error(v, g); });
    }
  } else {
    unknown("the library of " + c.id());
  }
}

// A matrix of losses and its mask under a library's denominator.
struct masked_losses {
  matrix losses;
  matrix masks;

  template <class Scope>
  auto mean(Scope const& scope) const {
    return over_rows(masks.size(), scope, [&](std::size_t i) { return token_sum(kept_tokens(losses[i], masks[i])); });
  }
  auto length_times_mean() const {
    batch_mean<trl::length_times_mean, double> all{};
    for (std::size_t i = 0; i < masks.size(); ++i) {
      trl::length_times_mean const scope{token_sum(kept_tokens(masks[i], masks[i])).count};
      all += scope(token_sum(losses[i]));
    }
    return all;
  }
  double under_verl(estimator_case const& c, std::string const& mode) const {
    return verl_loss(c, mode, columns(masks), [&](auto const& scope) { return mean(scope); });
  }
  double under_openrlhf(estimator_case const& c, bool token_level) const {
    return openrlhf_loss(c, token_level, [&](auto const& scope) { return mean(scope); });
  }
  double under_trl(estimator_case const& c, std::string const& type) const {
    return trl_loss(
        c, type, tokens_of(masks), [&](auto const& scope) { return mean(scope); }, [&] { return length_times_mean(); });
  }
};

void run_loss_aggregation(estimator_case& c) {
  masked_losses const m{rows(c.input("loss_mat")), rows(c.input("loss_mask"))};
  if (starts_with(c.id(), "verl_")) {
    c.check("loss", m.under_verl(c, c.parameter("mode").get<std::string>()));
  } else if (starts_with(c.id(), "openrlhf_")) {
    c.check("loss", m.under_openrlhf(c, c.parameter("token_level_loss").get<bool>()));
  } else if (starts_with(c.id(), "trl_")) {
    c.check("loss", m.under_trl(c, c.parameter("loss_type").get<std::string>()));
  } else {
    unknown("the library of " + c.id());
  }
}

family const policy_losses{"policy_losses.json", run_policy_losses};
family const value_loss{"value_loss.json", run_value_loss};
family const loss_aggregation{"loss_aggregation.json", run_loss_aggregation};

// What libraries do where no token counts; this library refuses, and so do those whose answer is an error.
void run_masked(estimator_case& c) {
  masked_losses const m{rows(c.input("loss")), rows(c.input("mask"))};
  for (auto const& [key, answer] : c.entry("answers").items()) {
    if (key == "verl masked_mean") {
      c.compare(key, answer, mean_with_epsilon(m.mean(token_mean{})));
    } else if (key == "verl token-mean" || starts_with(key, "verl seq-mean-")) {
      c.compare(key, answer, m.under_verl(c, key.substr(5)));
    } else if (key == "openrlhf token" || key == "openrlhf per-sample") {
      c.compare(key, answer, m.under_openrlhf(c, key == "openrlhf token"));
    } else if (key == "trl masked_mean") {
      c.compare(key, answer, share_of_batch(m.mean(token_mean{})));
    } else if (key == "trl grpo") {
      c.compare(key, answer, m.under_trl(c, key.substr(4)));
    } else if (is_an_error(answer) && key == "verl masked_whiten") {
      c.check_refused(key, [&] { verl::masked_whiten(m.losses, m.masks); });
    } else if (is_an_error(answer) && key == "trl masked_whiten") {
      c.check_refused(key, [&] { trl::masked_whiten(m.losses, m.masks); });
    } else {
      unknown(key);
    }
  }
}

}  // namespace

bool run_loss_disagreement(estimator_case& c) {
  if (c.id() != "loss_with_fully_masked_row" && c.id() != "loss_with_all_masked_batch") return run_kl_disagreement(c);
  run_masked(c);
  return true;
}

}  // namespace golden
