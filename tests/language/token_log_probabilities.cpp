// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/token_log_probabilities.hpp>

#include <bellman/language/context.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace token_log_probabilities_of_language {

// That their sum is the log-probability of the text: sequence_log_probability.cpp.
TEST_CASE("each token has its log-probability given those before") {
  CHECK(bellman::test::true_at_both_times([] {
    // One half each at first, and after a token 0 three quarters for it.
    auto const model = [](bellman::context const& s) {
      return s.size() > 0 && s.last() == 0 ? std::array{bellman::log(3.0), 0.0} : std::array{0.0, 0.0};
    };
    auto const each = bellman::token_log_probabilities(model, bellman::context{}, std::array{0, 0, 1});
    return each.size() == 3 && bellman::approx_equal(each[0], bellman::log(0.5), 1e-14) &&
           bellman::approx_equal(each[1], bellman::log(0.75), 1e-14) &&
           bellman::approx_equal(each[2], bellman::log(0.25), 1e-14);
  }));
}

}  // namespace token_log_probabilities_of_language
