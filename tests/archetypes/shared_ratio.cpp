// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <concepts>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace shared_ratios {

namespace {

using bellman::test::true_at_both_times;

// Not the archetype of a number, which an int becomes only where it is asked to: a dual number asks for more.
using number = bellman::rational;
using dual_number = bellman::dual<number>;
using row = std::array<number, 2>;
using rows_of_two = bellman::sampled_tokens<row, row, row>;
template <class V>
using terms_of = bellman::batch_mean<bellman::token_mean, V>;

// A ratio that two tokens share, 1 and the sum of what their log-probabilities have changed by, of the numbers alone
// that it is asked for; it cannot be copied, assigned, compared or made of nothing.
class shared_ratio {
 public:
  constexpr explicit shared_ratio(number its_factor) : factor_(its_factor) {}
  shared_ratio(shared_ratio const&) = delete;

  constexpr number term(number const& now, number const& old) const { return factor_ * (now - old); }
  constexpr dual_number term(dual_number const& now, number const& old) const { return factor_ * (now - old); }
  constexpr number of_sum(terms_of<number> const& terms) const { return number(1) + terms.total; }
  constexpr dual_number of_sum(terms_of<dual_number> const& terms) const { return number(1) + terms.total; }
  constexpr auto operator()(rows_of_two const& tokens) const {
    number const sum =
        term(tokens.log_probs[0], tokens.old_log_probs[0]) + term(tokens.log_probs[1], tokens.old_log_probs[1]);
    return bellman::common_ratio{number(1) + sum};
  }

 private:
  number const factor_;
};

}  // namespace

TEST_CASE("the archetype of a shared ratio is one, and no more") {
  STATIC_REQUIRE(bellman::shared_ratio<shared_ratio, rows_of_two>);
  STATIC_REQUIRE(!std::copyable<shared_ratio> && !bellman::shared_ratio<shared_ratio>);
}

TEST_CASE("gradients ask for no more than a shared ratio") {
  CHECK(true_at_both_times([] {
    shared_ratio const ratio(number(2));
    std::array<rows_of_two, 1> const batch{
        rows_of_two{row{number(3), number(4)}, row{number(2), number(4)}, row{number(1), number(5)}}};
    std::array<row, 1> gradients{row{number(7), number(7)}};
    // The ratio is 3; the derivative of -(1 + 5) r / 2 in each log-probability is -6.
    auto const loss = bellman::policy_loss(batch, ratio, bellman::unclipped{}, bellman::token_mean{}, gradients);
    return loss.value() == number(-9) && gradients[0][0] == number(-6) && gradients[0][1] == number(-6);
  }));
}

}  // namespace shared_ratios
