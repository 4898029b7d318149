// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/kl_cov.hpp>

#include <bellman/conventions/arrays/kept_batch.hpp>
#include <bellman/conventions/arrays/kept_tokens.hpp>
#include <bellman/error.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/scalar/exponential.hpp>

#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;

using bellman::token_mean;
using bellman::conventions::kept_batch;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the tokens that vary with their advantage the most pay for having moved") {
  CHECK(true_at_both_times([] {
    // The means are 0 and -1, the covariances 2, 0, 0 and 2; the last token alone has moved, to twice its probability.
    std::vector<std::vector<double>> const now{{-3.0, -1.0}, {-1.0, 1.0}};
    std::vector<std::vector<double>> const old{{-3.0, -1.0}, {-1.0, 1.0 - bellman::log(2.0)}};
    std::vector<std::vector<double>> const advantages{{-1.0, 0.0}, {0.0, 1.0}};
    std::vector<std::vector<int>> const masks{{1, 1}, {1, 1}};
    auto const batch = kept_batch(now, old, advantages, masks);
    double const plain = (1.0 - 2.0) / 4;
    double const two = verl::kl_cov(batch, 0.5, 0.1, token_mean{}).value();
    double const one = verl::kl_cov(batch, 0.01, 0.1, token_mean{}).value();
    return approx_equal(two, plain + 0.1 * bellman::log(2.0) / 4, 1e-14) && approx_equal(one, plain, 1e-14);
  }));
}
