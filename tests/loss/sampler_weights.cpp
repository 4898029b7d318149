// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/sampler_weights.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/policy_loss.hpp>

#include <array>
#include <limits>
#include <list>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace sampler_weights {

using bellman::clipped;
using bellman::policy_loss;
using bellman::sampled_tokens;
using bellman::sequence_mask;
using bellman::token_mean;
using bellman::token_ratio;
using bellman::truncated_weights;
using bellman::windowed_weights;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

using row = std::vector<double>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// log w: 0, log 2, log 4, -log 4.
constexpr std::array<double, 4> sampler{-1.0, -1.0, -2.0, -1.0};
constexpr std::array<double, 4> old_policy() {
  double const log_2 = bellman::log(2.0);
  return {-1.0, -1.0 + log_2, -2.0 + 2 * log_2, -1.0 - 2 * log_2};
}
constexpr bool near(std::array<double, 4> const& a, std::array<double, 4> const& b) {
  for (std::size_t i = 0; i < 4; ++i) {
    if (!approx_equal(a[i], b[i], 1e-14)) return false;
  }
  return true;
}

TEST_CASE("truncated weights are ratios up to a bound") {
  CHECK(true_at_both_times([] {
    return near(truncated_weights{3.0}(old_policy(), sampler), {1, 2, 3, 0.25}) &&
           near(truncated_weights{1}(old_policy(), sampler), {1, 1, 1, 0.25});
  }));
  CHECK(truncated_weights{2.0}(row{-0.5}, row{-1000.0})[0] == 2.0);  // though the ratio is no number
}

TEST_CASE("a window takes ratios within it, and nothing else") {
  CHECK(true_at_both_times([] {
    return near(windowed_weights{0.5, 3}(old_policy(), sampler), {1, 2, 0, 0}) &&
           near(windowed_weights{0, 5.0}(old_policy(), sampler), {1, 2, 4, 0.25});
  }));
  // The bounds belong to it.
  CHECK(windowed_weights{1, 1}(row{-1.0}, row{-1.0})[0] == 1.0);
}

TEST_CASE("a mask is of the whole sequence, by the geometric mean of its ratios") {
  CHECK(true_at_both_times([] {
    // 2^(1/4) = 1.189...
    return near(sequence_mask{1.0, 1.2}(old_policy(), sampler), {1, 1, 1, 1}) &&
           near(sequence_mask{0.5, 1.18}(old_policy(), sampler), {0, 0, 0, 0}) &&
           near(sequence_mask{1.19, 2}(old_policy(), sampler), {0, 0, 0, 0});
  }));
  CHECK(sequence_mask{0.5, 2.0}(row{}, row{}).empty());
}

TEST_CASE("weights are written where the caller says, and are containers elsewhere") {
  std::vector<double> memory(3, 7.0);
  std::list<float> const old_log_probs{-1.0f, -1.0f};
  std::vector<double> const of_sampler{-1.0, -9.0};
  auto const end = windowed_weights{0.5, 5.0}(old_log_probs, of_sampler, memory.begin());
  CHECK(end == memory.begin() + 2);
  CHECK(memory == row{1, 0, 7});
  STATIC_REQUIRE(std::is_same_v<decltype(truncated_weights{2.0f}(old_log_probs, old_log_probs)), std::vector<float>>);
}

TEST_CASE("weights multiply any surrogate and its gradient") {
  row const log_probs{-1.1, -0.25, -2.0}, old{-1.0, -0.5, -2.25}, advantages{1.0, -2.0, 0.5}, weights{2.0, 0.0, 0.5};
  auto const losses_agree = [&](auto const& ratio, auto const& surrogate) {
    // Token by token: the loss of each alone, weighted.
    using bare = bellman::batch_mean<token_mean, double>;
    std::vector const weighted{sampled_tokens{log_probs, old, advantages, weights}};
    std::vector<row> gradients{{7, 7, 7}};
    bare const all = policy_loss(weighted, ratio, surrogate, token_mean{}, gradients);
    bare const alone = policy_loss(weighted, ratio, surrogate, token_mean{});
    double expected = 0;
    bool right = true;
    auto const ratio_of = ratio(weighted[0]);
    for (std::size_t t = 0; t < 3; ++t) {
      auto const objective = [&](bellman::dual<double> const& p) {
        if constexpr (requires { surrogate(ratio_of(p, old[t]), advantages[t]); }) {
          return surrogate(ratio_of(p, old[t]), advantages[t]);
        } else {
          return surrogate(ratio_of(p, old[t]), advantages[t], p);
        }
      };
      auto const x = objective(bellman::dual<double>::variable(log_probs[t]));
      expected -= weights[t] * x.value / 3;
      right = right && approx_equal(gradients[0][t], -weights[t] * x.derivative[0] / 3, 1e-14);
    }
    return right && approx_equal(all.value(), expected, 1e-14) && approx_equal(alone.value(), expected, 1e-14) &&
           all.count == 3;
  };
  CHECK(losses_agree(token_ratio{}, clipped{0.2}));
  CHECK(losses_agree(token_ratio{}, bellman::soft_clipped{1.0, 1.05}));
  CHECK(losses_agree(token_ratio{}, bellman::clipped_weight{0.2, 0.5}));
  CHECK(losses_agree(bellman::sequence_ratio_by_token{}, clipped{0.2}));
  // Of a shared ratio a weight is one of the whole derivative: with weights 2 and 0 the second token's is all the first's.
  std::vector const shared{sampled_tokens{row{-1.0, -1.0}, row{-1.0, -1.0}, row{1.0, 5.0}, row{2.0, 0.0}}};
  std::vector<row> gradients{{7, 7}};
  policy_loss(shared, bellman::sequence_ratio{}, clipped{0.2}, bellman::sequence_sum{}, gradients);
  CHECK(gradients == std::vector<row>{{-1.0, -1.0}});
}

TEST_CASE("a weight of 0 hides a part that is not finite") {
  std::vector const batch{sampled_tokens{row{nan, -1.0}, row{-1.0, -1.0}, row{1.0, 1.0}, row{0.0, 1.0}}};
  std::vector<row> gradients{{7, 7}};
  CHECK(policy_loss(batch, token_ratio{}, clipped{0.2}, token_mean{}, gradients).value() == -0.5);
  CHECK(gradients == std::vector<row>{{0.0, -0.5}});
}

TEST_CASE("what gives no weight is refused or a NaN") {
  CHECK_THROWS_AS(truncated_weights{0.0}, bellman::invalid_value);
  CHECK_THROWS_AS(truncated_weights{nan}, bellman::invalid_value);
  CHECK_THROWS_AS((windowed_weights{-0.5, 1.0}), bellman::invalid_value);
  CHECK_THROWS_AS((windowed_weights{1.0, 0.5}), bellman::invalid_value);
  CHECK_THROWS_AS((sequence_mask{1.0, nan}), bellman::invalid_value);
  row memory{7, 7};
  CHECK_THROWS_AS(truncated_weights{2.0}(row{-1, -1}, row{-1, -infinity}, memory.begin()), bellman::invalid_value);
  CHECK(memory == row{7, 7});
  CHECK_THROWS_AS((sequence_mask{0.5, 2.0}(row{-1, -1}, row{-1})), bellman::invalid_value);
  CHECK_THROWS_AS((windowed_weights{0.5, 2.0}(row{-1}, row{-1, -1})), bellman::invalid_value);
  for (double const w :
       {truncated_weights{2.0}(row{nan}, row{-1.0})[0], windowed_weights{0.5, 2.0}(row{nan}, row{-1.0})[0],
        sequence_mask{0.5, 2.0}(row{nan}, row{-1.0})[0]}) {
    CHECK(w != w);
  }
  std::vector const wrong{sampled_tokens{row{-1, -1}, row{-1, -1}, row{1, 1}, row{1}}};
  auto const message = [&]() -> std::string {
    try {
      policy_loss(wrong, token_ratio{}, clipped{0.2}, token_mean{});
    } catch (bellman::invalid_value const& error) {
      return error.what();
    }
    return "";
  };
  CHECK(message() == "bellman: sequence 0 has 2 tokens and 1 weights; there must be a weight for each token");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<truncated_weights<double>, row, std::string>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<truncated_weights<double>, std::vector<bellman::rational>, row>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<sequence_mask<double>, row, row, int*>);
}

}  // namespace sampler_weights
