// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/honest_arithmetic.hpp>

#include <cstdio>
#include <stdexcept>

namespace bellman {

/// `invalid_value`: the exception for a value that breaks a rule of the algebra: a weight below zero, a discount above
/// one, a state without actions. The message names the state or the index, the value, and what was allowed.
///
/// Every check ends in a call of a function that is not constexpr and whose name is the rule, so that a constant
/// expression that breaks the rule does not compile and the compiler's message shows the name.
///
/// *Use*:
///     std::is_base_of_v<std::invalid_argument, bellman::invalid_value>
struct invalid_value : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

namespace detail {

inline void print_the_broken_rule(char const* message) { std::fprintf(stderr, "%s\n", message); }

}  // namespace detail

/// `on_broken_rule`: what is called with the message of a broken rule where a program is compiled without exceptions
/// (`-fno-exceptions`); then the program ends by `std::abort`. It prints the message to `stderr`; assign a function of
/// your own, which need not return, to do otherwise. With exceptions it is never called.
///
/// *Use*:
///     (bellman::on_broken_rule = [](char const* message) { std::puts(message); }, true)
inline void (*on_broken_rule)(char const* message) = &detail::print_the_broken_rule;

}  // namespace bellman
