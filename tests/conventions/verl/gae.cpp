// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/gae.hpp>

#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>

#include <array>
#include <vector>

#include "conventions/answer_with_a_tool.hpp"
#include "conventions/unread.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace answer = answer_with_a_tool;
namespace verl = bellman::conventions::verl;

using bellman::rational;
using bellman::test::true_at_both_times;
using bellman::test::unread;

}  // namespace

TEST_CASE("verl skips masked tokens and repeats at them the advantage of the next own one") {
  CHECK(true_at_both_times([] {
    auto const [a, r] = verl::gae(answer::rewards, answer::values, answer::mask, answer::p);
    // 4 - 2; 0 + 1/2 * 2 - 1 + 1/4 * 2
    return a == std::array{rational(1, 2), rational(2), rational(2), rational(0)} &&
           r == std::array{rational(3, 2), rational(10), rational(4), rational(5)};
  }));
}

TEST_CASE("verl's own tokens are those of gae with the masked ones skipped") {
  CHECK(true_at_both_times([] {
    auto const ours = bellman::gae(answer::rewards, answer::values, verl::steps(answer::mask), answer::p);
    auto const theirs = verl::gae(answer::rewards, answer::values, answer::mask, answer::p);
    return ours.advantages[0] == theirs.advantages[0] && ours.advantages[2] == theirs.advantages[2] &&
           ours.advantages[1] == rational(0) && ours.returns[0] == theirs.returns[0];
  }));
}

TEST_CASE("what stands at masked tokens does not matter to verl") {
  std::vector<double> const r{0, unread, 4, unread};
  std::vector<double> const v{1, unread, 2, unread};
  std::vector<bool> const own{true, false, true, false};
  CHECK(verl::gae(r, v, own, answer::half).advantages == std::vector<double>{0.5, 2, 2, 0});
}

TEST_CASE("masks of floats, integers and booleans are read alike") {
  std::vector<float> const r{0, 9, 4, 9};
  std::vector<float> const v{1, 8, 2, 5};
  auto const of_floats = verl::gae(r, v, std::vector<float>{1, 0, 1, 0}, answer::half);
  auto const of_integers = verl::gae(r, v, std::vector<int>{1, 0, 1, 0}, answer::half);
  auto const of_booleans = verl::gae(r, v, std::vector<bool>{true, false, true, false}, answer::half);
  CHECK(of_floats.advantages == std::vector<float>{0.5f, 2, 2, 0});
  CHECK(of_integers.advantages == of_floats.advantages);
  CHECK(of_booleans.returns == of_floats.returns);
}

TEST_CASE("padding at the left of a row has the first advantage in verl, and nothing changes behind it") {
  CHECK(true_at_both_times([] {
    std::array const r{9.0, 9.0, 0.0, 4.0};
    std::array const v{5.0, 5.0, 1.0, 2.0};
    auto const a = verl::gae(r, v, std::array{0, 0, 1, 1}, answer::half).advantages;
    return a == std::array{0.5, 0.5, 0.5, 2.0};
  }));
}

TEST_CASE("a row without own tokens has no advantage") {
  std::vector<double> const r{1, 2};
  CHECK(verl::gae(r, r, std::vector{0, 0}, answer::half).advantages == std::vector<double>{0, 0});
  std::vector<double> const none;
  CHECK(verl::gae(none, none, none, answer::half).advantages.empty());
}

TEST_CASE("a row and a mask of two lengths are refused by verl") {
  std::vector<double> const two{1, 2};
  std::vector<double> const three{1, 2, 3};
  CHECK_THROWS_AS(verl::gae(two, two, three, answer::half), bellman::invalid_value);
}
