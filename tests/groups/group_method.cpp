// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/group_method.hpp>

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/best_of_group.hpp>
#include <bellman/groups/gpg.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/optimal_token_baseline.hpp>
#include <bellman/groups/weighted_group_advantages.hpp>

#include <string>
#include <vector>

#include "support/catch.hpp"

namespace {

using bellman::group_method;
using numbers = std::vector<double>;
using sequences = std::vector<numbers>;

struct without_a_function {};
struct of_words {
  std::string (*of_group(numbers const&) const)(double) { return nullptr; }
};
struct of_numbers {
  int (*of_group(numbers const&) const)(double) { return nullptr; }
};

}  // namespace

TEST_CASE("what is a group method of which columns") {
  STATIC_REQUIRE(group_method<bellman::group_advantages<bellman::group_mean>, numbers>);
  STATIC_REQUIRE(group_method<bellman::weighted_group_advantages<bellman::group_mean>, numbers, std::vector<int>>);
  STATIC_REQUIRE(group_method<bellman::best_of_group_advantages<>, numbers>);
  STATIC_REQUIRE(group_method<decltype(bellman::gpg.method), numbers>);
  STATIC_REQUIRE(group_method<decltype(bellman::optimal_token_advantages.method), sequences, sequences>);
  STATIC_REQUIRE(group_method<of_numbers, numbers>);
  STATIC_REQUIRE(!group_method<of_words, numbers>);
  STATIC_REQUIRE(!group_method<of_numbers, numbers, numbers>);
  STATIC_REQUIRE(!group_method<without_a_function, numbers>);
}
