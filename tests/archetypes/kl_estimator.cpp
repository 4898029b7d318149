// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/openrlhf/kl.hpp>
#include <bellman/conventions/verl/rewards.hpp>
#include <bellman/language/kl_shaped_rewards.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/loss/token_sum.hpp>

#include <array>
#include <concepts>

#include "archetypes/archetypes.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using archetypes::number;
using bellman::test::true_at_both_times;

// An estimator, which can be moved and called only: a multiple of the difference.
class estimator {
 public:
  constexpr explicit estimator(number its_factor) : factor_(its_factor) {}
  estimator(estimator const&) = delete;
  constexpr estimator(estimator&&) = default;

  constexpr number operator()(number const& p, number const& q) const { return factor_ * (p - q); }

 private:
  number factor_;
};

constexpr std::array log_probs{number(-1), number(-2)};
constexpr std::array reference{number(-2), number(-5)};

}  // namespace

TEST_CASE("the archetype of an estimator of the KL is one, and no more") {
  STATIC_REQUIRE(bellman::kl_estimator<estimator, number> && !bellman::kl_estimator<estimator>);
  STATIC_REQUIRE(!std::copyable<estimator>);
}

TEST_CASE("rewards, sums and estimators made of others ask for no more than an estimator of the KL") {
  CHECK(true_at_both_times([] {
    std::array const rewards{number(0), number(1)};
    std::array<number, 2> out{};
    bellman::kl_shaped_rewards(rewards, log_probs, reference, number(1, 2), estimator(number(2)), out.begin());
    return bellman::kl_shaped_rewards(rewards, log_probs, reference, number(1, 2), estimator(number(2))) ==
               std::array{number(-1), number(-2)} &&
           out == std::array{number(-1), number(-2)} &&
           bellman::token_sum(estimator(number(2)), log_probs, reference).total == number(8);
  }));
  CHECK(true_at_both_times([] {
    return bellman::conventions::verl::apply_kl_penalty(std::array{number(0), number(1)}, log_probs, reference,
                                                        std::array{1, 0}, number(1, 2), estimator(number(2))) ==
           std::array{number(-1), number(1)};
  }));
  CHECK(true_at_both_times([] {
    bellman::straight_through const both{estimator(number(2)), estimator(number(3))};
    bellman::conventions::openrlhf::clamped_kl const clamped{estimator(number(4))};
    return both(number(-2), number(-5)) == number(6) && clamped(number(-2), number(-5)) == number(10);
  }));
}
