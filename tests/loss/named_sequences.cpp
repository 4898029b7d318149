// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/policy_loss.hpp>

#include <bellman/loss/clip_fraction.hpp>
#include <bellman/loss/geometric_mean_ratio.hpp>
#include <bellman/loss/sequence_ratio.hpp>

#include <limits>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace loss_named_sequences_test {

using bellman::sampled_tokens;
using bellman::test::message_of;
using row = std::vector<double>;
using batch = std::vector<sampled_tokens<row, row, row>>;

double const infinity = std::numeric_limits<double>::infinity();

struct one_for_all {
  template <class Tokens>
  constexpr auto operator()(Tokens const&) const {
    return bellman::common_ratio{1.0};
  }
};

batch three_sequences() {
  return {{{-1.0}, {-1.0}, {1.0}}, {{}, {}, {}}, {{-1.0, -2.0, -3.0}, {-1.0, -2.0, -3.0}, {1.0, 2.0, 3.0}}};
}

template <class Ratio>
std::string loss_of(batch const& all, Ratio const& ratio) {
  return message_of([&] { (void)bellman::policy_loss(all, ratio, bellman::unclipped{}, bellman::token_mean{}); });
}

TEST_CASE("an old log-probability that is not finite is named by its sequence and token") {
  auto all = three_sequences();
  all[2].old_log_probs[1] = -infinity;
  std::string const expected = "bellman: sequence 2, token 1: its old log-probability is -inf; it must be finite";
  CHECK(loss_of(all, bellman::token_ratio{}) == expected);
  CHECK(loss_of(all, bellman::sequence_ratio{}) == expected);
  CHECK(loss_of(all, bellman::sequence_ratio_by_token{}) == expected);
  CHECK(loss_of(all, bellman::geometric_mean_ratio{0.5, 0.5}) == expected);
  CHECK(message_of([&] { (void)bellman::clip_fraction(all, bellman::token_ratio{}, bellman::clipped{0.2}); }) ==
        expected);
  // A ratio that does not ask for it.
  CHECK(loss_of(all, one_for_all{}).empty());
}

TEST_CASE("rows that differ in length are named by their sequence") {
  auto all = three_sequences();
  all[2].advantages.pop_back();
  CHECK(loss_of(all, bellman::token_ratio{}) ==
        "bellman: sequence 2 has 3 log-probabilities, 3 old ones and 2 advantages; there must be one number for each "
        "token");
  all = three_sequences();
  all[1].old_log_probs.push_back(-1.0);
  CHECK(loss_of(all, bellman::sequence_ratio{}).rfind("bellman: sequence 1 has 0 log-probabilities, 1 old", 0) == 0);
}

}  // namespace loss_named_sequences_test
