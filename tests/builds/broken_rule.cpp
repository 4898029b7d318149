// SPDX-License-Identifier: BSL-1.0

// A program that breaks a rule, and is compiled without exceptions. With an argument it has a function of its own.
#include <bellman/error.hpp>
#include <bellman/estimation/discounted_returns.hpp>

#include <cstdio>
#include <cstdlib>
#include <vector>

int main(int arguments, char**) {
  if (arguments > 1) {
    bellman::on_broken_rule = [](char const* message) {
      std::printf("our own: %s\n", message);
      std::exit(3);
    };
  }
  double const gamma = arguments + 0.5;
  return static_cast<int>(bellman::discounted_returns(std::vector{1.0, 2.0}, gamma)[0]);
}
