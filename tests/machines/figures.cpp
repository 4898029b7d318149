// SPDX-License-Identifier: BSL-1.0

// A translation unit that estimates this and that, built several times, for another machine each; NAME is the function's
// name in the build.
#include <bellman/bellman.hpp>
#include <bellman/views/discounted_returns.hpp>
#include <bellman/views/gae.hpp>
#include <bellman/views/lambda_returns.hpp>
#include <bellman/views/td_errors.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace b = bellman;

namespace NAME {

constexpr std::size_t n = 1000;

template <class T>
struct printer {
  void operator()(char const* what, T x) const { std::printf("%s, %zu bytes: %a\n", what, sizeof(T), double(x)); }
  template <class Numbers>
  void all(char const* what, Numbers&& xs) const {
    double figure = 0;
    for (auto const x : xs) figure = figure / 2 + double(x);
    std::printf("%s, %zu bytes: %a\n", what, sizeof(T), figure);
  }
};

template <class T>
std::vector<T> numbers(unsigned seed, T scale) {
  std::vector<T> xs(n);
  for (T& x : xs) {
    seed = seed * 1664525u + 1013904223u;
    x = T(seed >> 8) * scale / T(1 << 24);
  }
  return xs;
}

template <class T>
struct rooms {
  using state_type = int;
  using action_type = int;
  using reward_type = T;
  auto states() const { return std::views::iota(0, 30); }
  auto actions(int) const { return std::views::iota(0, 3); }
  bool terminal(int s) const { return s == 29; }
  auto transition(int s, int a) const {
    return std::array{b::weighted{b::outcome{T(s) / T(7), (s * 5 + a) % 30}, T(0.3)},
                      b::weighted{b::outcome{T(a) / T(3), (s + a) % 30}, T(0.7)}};
  }
  auto start() const { return b::dirac{0}; }
};

template <class T>
void estimates(printer<T> print) {
  auto const rewards = numbers<T>(1, 2), values = numbers<T>(2, 9), q = numbers<T>(3, 9), ratios = numbers<T>(4, 2);
  std::vector<b::step<T>> steps(n, b::continues{});
  for (std::size_t t = 13; t < n; t += 17) steps[t] = t % 2 == 0 ? b::step<T>(b::truncated{T(3)}) : b::step<T>(b::skipped{});
  steps[n - 1] = b::terminated{};
  auto const gae = b::gae(rewards, values, steps, {.gamma = 0.99, .lambda = 0.95});
  print.all("gae", gae.advantages);
  print.all("gae, the returns", gae.returns);
  print.all("gae of one episode", b::gae(rewards, values, b::terminated{}, {.gamma = 0.99, .lambda = 0.95}).advantages);
  print.all("lambda_returns", b::lambda_returns(rewards, values, steps, {.gamma = 0.99, .lambda = 0.95}));
  print.all("td_errors", b::td_errors(rewards, values, steps, 0.99));
  print.all("returns_to_go", b::returns_to_go(rewards, steps, 0.99));
  print.all("n_step_returns", b::n_step_returns(rewards, values, steps, 5, 0.99));
  print.all("discounted_returns", b::discounted_returns(rewards, 0.99));
  print("discounted_return", b::discounted_return(rewards, 0.99));
  auto const vtrace = b::vtrace(rewards, values, ratios, steps, {.gamma = 0.99});
  print.all("vtrace", vtrace.targets);
  print.all("vtrace, the advantages", vtrace.advantages);
  print.all("retrace", b::retrace(rewards, values, q, ratios, steps, {.gamma = 0.99, .lambda = 0.9}));
  print.all("tree_backup", b::tree_backup(rewards, values, q, numbers<T>(5, 1), steps, {.gamma = 0.99, .lambda = 0.9}));
  print.all("off_policy_returns", b::off_policy_returns(rewards, values, q, ratios, steps, {.gamma = 0.9, .lambda = 0.9}));
  print.all("importance_corrected_td_errors",
            b::importance_corrected_td_errors(rewards, values, ratios, steps, {.gamma = 0.9, .lambda = 0.9}));

  std::vector<b::affine<T>> maps;
  for (std::size_t t = 0; t < n; ++t) maps.push_back({rewards[t], values[t] / T(9)});
  std::vector<T> scanned(n);
  b::backward_scan(maps, T(1), scanned.end());
  print.all("backward_scan", scanned);
  b::backward_scan(b::in_register<4>{}, maps, T(1), scanned.end());
  print.all("backward_scan by four", scanned);
  auto const one_by_one = [](std::size_t pieces, auto const& task) {
    for (std::size_t i = 0; i < pieces; ++i) task(i);
  };
  b::backward_scan(b::in_parallel{one_by_one, 3}, maps, T(1), scanned.end());
  print.all("backward_scan in pieces", scanned);

  print.all("views::gae", b::views::gae(rewards, values, steps, {.gamma = 0.99, .lambda = 0.95}) |
                              std::views::transform([](auto const& x) { return x.advantages; }));
  print.all("views::lambda_returns", b::views::lambda_returns(rewards, values, steps, {.gamma = 0.99, .lambda = 0.9}));
  print.all("views::td_errors", b::views::td_errors(rewards, values, steps, 0.99));
  print.all("views::discounted_returns", rewards | b::views::discounted_returns(T(0.99)));
}

template <class T>
void others(printer<T> print) {
  auto const rewards = numbers<T>(1, 2), values = numbers<T>(2, 9), ratios = numbers<T>(4, 2);
  auto const log_probs = numbers<T>(5, T(-2)), old = numbers<T>(6, T(-2));
  print.all("grpo", b::grpo(rewards));
  print.all("rloo", b::rloo(rewards));
  print.all("dr_grpo", b::dr_grpo(rewards));
  print.all("whiten", b::whiten(std::vector{rewards, values})[0]);
  print.all("reinforce_plus_plus", b::reinforce_plus_plus(std::vector{rewards, values}, 0.99)[0]);
  std::vector const batch{b::sampled_tokens{log_probs, old, rewards}, b::sampled_tokens{old, log_probs, values}};
  print("policy_loss", b::policy_loss(batch, b::token_ratio{}, b::clipped{0.2}, b::token_mean{}).value());
  print("policy_loss of sequences", b::policy_loss(batch, b::sequence_ratio{}, b::clipped{0.2}, b::sequence_mean{}).value());
  print("k3", b::k3(log_probs[3], old[3]));
  print("squared_error", b::squared_error(values[3], rewards[3]));
  print("statistics", b::statistics_of(rewards).mean);
  print("softmax", b::expectation(b::softmax(values), [&](std::size_t i) { return rewards[i]; }));
  print("entropy", b::entropy(values));
  print("kl_divergence", b::kl_divergence(values, rewards));
  b::logged_episode const e{rewards, std::vector<T>(n, T(1.001))};
  print("importance_sampling", b::importance_sampling(e, T(0.99)));
  print("per_decision_importance_sampling", b::per_decision_importance_sampling(e, T(0.99)));
  print("doubly_robust", b::doubly_robust(b::modelled_episode{rewards, std::vector<T>(n, T(1.001)), values, ratios}, T(0.9)));
  print("effective_sample_size", b::effective_sample_size(rewards));
  print("affine", b::affine{T(0.1), T(0.7)}(T(1) / T(3)));
  print("compose", b::compose(b::affine{T(0.1), T(0.7)}, b::affine{T(1) / T(3), T(0.3)}).offset);
}

template <class T>
void planned(printer<T> print) {
  rooms<T> const env;
  auto const coin = [](int) { return b::uniform(std::array{0, 1, 2}); };
  print("state_value", b::state_value(env, coin, T(0.9))(3));
  print("solve", b::solve(env, T(0.9)).value(3));
  print("bellman_optimality", b::bellman_optimality(env, T(0.9))([](int s) { return T(s) / T(3); })(3));
  print("objective", b::objective(env, coin, T(0.9)));
}

void figures() {
  estimates(printer<float>{});
  estimates(printer<double>{});
  others(printer<float>{});
  others(printer<double>{});
  planned(printer<float>{});
  planned(printer<double>{});
}

}  // namespace NAME
