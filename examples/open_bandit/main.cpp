// SPDX-License-Identifier: BSL-1.0

// Off-policy evaluation on a recommender's log: the click rate of one policy from the impressions of another.

#include "program.hpp"

#include <iostream>
#include <string>
#include <vector>

int main(int count, char** arguments) {
  std::vector<std::string> given(arguments, arguments + count);
  if (!given.empty()) given.erase(given.begin());  // the program's own name
  return open_bandit::run(given, std::cout, std::cerr);
}
