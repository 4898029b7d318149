// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/arguments.hpp"
#include "../support/numbers.hpp"
#include "../support/program.hpp"
#include "../support/text_file.hpp"
#include "findings.hpp"
#include "number.hpp"
#include "picture.hpp"
#include "report.hpp"

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace grid_world {

using support::bad_input;

inline constexpr std::string_view usage =
    "usage: grid_world [--step-reward P/Q] [--svg FILE]\n"
    "\n"
    "  --step-reward P/Q  what a move brings, -1/25 if not given: a quotient, or a whole number\n"
    "  --svg FILE         draw value iteration, and the best policy by step reward\n"
    "  --help             show this\n";

/// What was asked for.
struct options {
  fraction step_reward = step_reward_of_the_book;
  std::optional<std::filesystem::path> svg;
  bool help = false;
};

namespace detail {

// `-1/25`, or a whole number.
inline std::optional<fraction> fraction_in(std::string_view text) {
  auto const whole = [](std::string_view digits) -> std::optional<int> {
    auto const x = support::as_number<int>(digits);
    return x && -999'999'999 <= *x && *x <= 999'999'999 ? x : std::nullopt;
  };
  auto const slash = text.find('/');
  auto const p = whole(text.substr(0, slash));
  auto const q = slash == text.npos ? std::optional<int>(1) : whole(text.substr(slash + 1));
  if (!p || !q || *q < 1) return std::nullopt;
  return fraction(*p, *q);
}

}  // namespace detail

/// Throws `bad_input`.
inline options read_options(std::vector<std::string> const& arguments) {
  options o;
  support::argument_reader read(arguments);
  while (read.next()) {
    std::string const& name = read.name();
    if (read.asks_for_help()) {
      o.help = true;
    } else if (name == "--svg") {
      o.svg = read.value();
    } else if (name == "--step-reward") {
      std::string const& text = read.value();
      auto const x = detail::fraction_in(text);
      if (!x) throw bad_input(name + ": expected a quotient like -1/25, found \"" + text + '"');
      o.step_reward = *x;
    } else {
      read.refuse();
    }
  }
  return o;
}

/// The program. Returns 0, or 1 where something that it says does not hold, or 2 after it said to `err` what is wrong
/// with what it was given.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  return support::answered("grid_world", err, [&] {
    options const o = read_options(arguments);
    if (o.help) {
      out << usage;
      return 0;
    }
    findings const f = find_out(o.step_reward);
    print(out, f);
    if (o.svg) support::write_file(*o.svg, [&](std::ostream& file) { draw(file, f); });
    return f.claims.all_hold() ? 0 : 1;
  });
}

}  // namespace grid_world
