// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/arguments.hpp"
#include "../support/program.hpp"
#include "../support/progress.hpp"
#include "../support/text_file.hpp"
#include "picture.hpp"
#include "ppo.hpp"
#include "report.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace cartpole {

using support::bad_input;

inline constexpr std::string_view usage =
    "usage: cartpole [--seeds N] [--seed N] [--steps N] [--svg FILE]\n"
    "\n"
    "  --seeds N   how many policies to learn, 10 if not given\n"
    "  --seed N    the seed of the first; the others' follow it\n"
    "  --steps N   for how many steps of all carts each learns, 100000 if not given\n"
    "  --svg FILE  draw how the return grows\n"
    "  --help      show this\n";

/// What was asked for.
struct options {
  std::size_t seeds = 10;
  std::size_t seed = 1;
  settings how;
  std::optional<std::filesystem::path> svg;
  bool help = false;
};

/// Throws `bad_input`.
inline options read_options(std::vector<std::string> const& arguments) {
  options o;
  support::argument_reader read(arguments);
  while (read.next()) {
    std::string const& name = read.name();
    if (read.asks_for_help()) {
      o.help = true;
    } else if (name == "--seeds") {
      o.seeds = read.count(1, 1000);
    } else if (name == "--seed") {
      o.seed = read.count(0, 1'000'000);
    } else if (name == "--steps") {
      o.how.steps = read.count(1000, 100'000'000);
    } else if (name == "--svg") {
      o.svg = read.value();
    } else {
      read.refuse();
    }
  }
  return o;
}

/// Learns a policy for each seed; a bar goes on at each update.
inline findings find_out(options const& o, support::progress& bar) {
  using clock = std::chrono::steady_clock;
  findings f{o.how, {}};
  std::size_t const updates = o.how.steps / (o.how.recorded * o.how.environments);
  for (std::size_t k = 0; k < o.seeds; ++k) {
    auto const seed = static_cast<unsigned>(o.seed + k);
    bar.begin("seed " + std::to_string(seed), updates);
    auto const from = clock::now();
    learner one(o.how, seed);
    learnt result{seed, 0, 0, {}};
    one.learn([&](milestone const& m) {
      result.milestones.push_back(m);
      bar.step();
    });
    result.seconds = std::chrono::duration<double>(clock::now() - from).count();
    result.mean_return = one.evaluate(episodes_of_a_mean, seed + 1'000'001);
    f.all.push_back(std::move(result));
  }
  bar.clear();
  return f;
}

/// The program; shows a bar on `terminal` if there is one. Returns 0, or 1 where something that it says does not hold,
/// or 2 after it said to `err` what is wrong with what it was given.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err,
               std::ostream* terminal = nullptr) {
  return support::answered("cartpole", err, [&] {
    options const o = read_options(arguments);
    if (o.help) {
      out << usage;
      return 0;
    }
    support::progress bar(terminal);
    findings const f = find_out(o, bar);
    print(out, f);
    if (o.svg) support::write_file(*o.svg, [&](std::ostream& file) { draw(file, f); });
    return !f.is_whole() || f.claims().all_hold() ? 0 : 1;
  });
}

}  // namespace cartpole
