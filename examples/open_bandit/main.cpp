// SPDX-License-Identifier: BSL-1.0

// Off-policy evaluation on a recommender's log: the click rate of one policy from the impressions of another.

#include "../support/program.hpp"
#include "program.hpp"

#include <iostream>

int main(int count, char** arguments) {
  return open_bandit::run(support::given(count, arguments), std::cout, std::cerr);
}
