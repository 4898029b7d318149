// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/openrlhf/gae.hpp>

#include <bellman/error.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include "conventions/answer_with_a_tool.hpp"
#include "conventions/unread.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace answer = answer_with_a_tool;
namespace openrlhf = bellman::conventions::openrlhf;

using bellman::rational;
using bellman::test::true_at_both_times;
using bellman::test::unread;

}  // namespace

TEST_CASE("OpenRLHF takes masked tokens for steps without reward and value, at the cost of one discount each") {
  CHECK(true_at_both_times([] {
    auto const [a, r] = openrlhf::gae(answer::rewards, answer::values, answer::mask, answer::p);
    // 4 - 2; 0 + 1/2 * 2 - 0 + 1/4 * 2; 0 + 1/2 * 0 - 1 + 1/4 * 3/2
    return std::ranges::equal(a, std::array{rational(-5, 8), rational(3, 2), rational(2), rational(0)}) &&
           std::ranges::equal(r, std::array{rational(3, 8), rational(3, 2), rational(4), rational(0)}) &&
           std::ranges::equal(openrlhf::cumulative_returns(answer::rewards, answer::mask, rational(1, 2)),
                              std::array{rational(1), rational(2), rational(4), rational(0)});
  }));
}

TEST_CASE("what stands at masked tokens does not matter to OpenRLHF") {
  std::vector<double> const r{0, unread, 4, unread};
  std::vector<double> const v{1, unread, 2, unread};
  std::vector<bool> const own{true, false, true, false};
  CHECK(openrlhf::gae(r, v, own, answer::half).advantages == std::vector<double>{-0.625, 1.5, 2, 0});
  CHECK(openrlhf::cumulative_returns(r, own, 0.5) == std::vector<double>{1, 2, 4, 0});
}

TEST_CASE("a row and a mask of two lengths are refused by OpenRLHF") {
  std::vector<double> const two{1, 2};
  std::vector<double> const three{1, 2, 3};
  CHECK_THROWS_AS(openrlhf::gae(two, two, three, answer::half), bellman::invalid_value);
  CHECK_THROWS_AS(openrlhf::gae(two, three, two, answer::half), bellman::invalid_value);
}
