// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/views/episodes.hpp>
#include <bellman/views/gae.hpp>
#include <bellman/views/lambda_returns.hpp>
#include <bellman/views/n_step_returns.hpp>
#include <bellman/views/range_v3.hpp>
#include <bellman/views/returns_to_go.hpp>
#include <bellman/views/td_errors.hpp>

#include <range/v3/view/enumerate.hpp>
#include <range/v3/view/take.hpp>
#include <range/v3/view/transform.hpp>
#include <range/v3/view/zip.hpp>

#include "../support/arguments.hpp"
#include "../support/numbers.hpp"
#include "../support/program.hpp"
#include "../support/table.hpp"
#include "../support/text_file.hpp"
#include "corridor.hpp"
#include "recording.hpp"

#include <cmath>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <ostream>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace recorded_run {

using support::bad_input;

inline constexpr std::string_view usage =
    "usage: recorded_run [FILE] [--make FILE] [--gamma G] [--lambda L] [--window N] [--steps N]\n"
    "\n"
    "  FILE         a run: a line \"reward,value,terminated,truncated,value_after\", then one line a step; without\n"
    "               it the program makes one, a walk in a corridor\n"
    "  --make FILE  write the run, as such a file\n"
    "  --gamma G    the discount, 0.99\n"
    "  --lambda L   the decay of the trace, 0.95\n"
    "  --window N   how many steps the n-step returns look ahead, 3\n"
    "  --steps N    show the first N steps, 20\n"
    "  --help       show this\n";

/// What was asked for.
struct options {
  std::optional<std::filesystem::path> file, make;
  double gamma = 0.99;
  double lambda = 0.95;
  std::size_t window = 3;
  std::size_t steps = 20;
  bool help = false;
};

/// Throws `bad_input`.
inline options read_options(std::vector<std::string> const& arguments) {
  options o;
  support::argument_reader read(arguments);
  while (read.next()) {
    std::string const& name = read.name();
    auto const fraction = [&] {
      std::string const& text = read.value();
      auto const x = support::as_number<double>(text);
      if (!x || *x < 0 || *x > 1) {
        throw bad_input(name + ": expected a number in [0, 1], found " + detail::quoted(text));
      }
      return *x;
    };
    auto const count = [&](std::size_t least) {
      std::string const& text = read.value();
      auto const n = support::as_number<std::size_t>(text);
      if (!n || *n < least) {
        throw bad_input(name + ": expected a whole number from " + std::to_string(least) + " on, found " +
                        detail::quoted(text));
      }
      return *n;
    };
    if (read.asks_for_help()) {
      o.help = true;
    } else if (name == "--make") {
      o.make = read.value();
    } else if (name == "--gamma") {
      o.gamma = fraction();
    } else if (name == "--lambda") {
      o.lambda = fraction();
    } else if (name == "--window") {
      o.window = count(1);
    } else if (name == "--steps") {
      o.steps = count(0);
    } else if (name.starts_with("-")) {
      read.refuse();
    } else if (o.file) {
      throw bad_input(name + ": a run was given already");
    } else {
      o.file = name;
    }
  }
  return o;
}

/// Everything that is known of one step.
struct judged_step {
  double reward, value, td_error, n_step_return, return_to_go, lambda_return, advantage;
};

/// An episode's steps, judged when they are read.
inline auto judged(options const& o) {
  return [o](auto const& episode) {
    namespace views = bellman::views;
    auto const rewards = episode | std::views::transform(&row::reward);
    auto const values = episode | std::views::transform(&row::value);
    auto const steps = episode | std::views::transform(&row::step);
    return ranges::views::zip(
               rewards, values, rewards | views::td_errors(values, steps, o.gamma),
               rewards | views::n_step_returns(values, steps, o.window, o.gamma),
               rewards | views::returns_to_go(steps, o.gamma),
               rewards | views::gae(values, steps, {.gamma = o.gamma, .lambda = o.lambda})) |
           ranges::views::transform([](auto const& x) {
             auto const& [reward, value, td_error, n_step_return, return_to_go, estimates] = x;
             return judged_step{reward,       value,             td_error,
                                n_step_return, return_to_go, estimates.returns, estimates.advantages};
           });
  };
}

/// What an episode comes to.
struct judged_episode {
  std::size_t steps = 0;
  double return_to_go = 0;  ///< from its first step
  double value = 0;         ///< of its first state
  double squared_td_errors = 0;
  double advantages = 0;
};

inline judged_episode summary(auto&& steps) {
  judged_episode e;
  for (judged_step const& s : steps) {
    if (e.steps++ == 0) {
      e.return_to_go = s.return_to_go;
      e.value = s.value;
    }
    e.squared_td_errors += s.td_error * s.td_error;
    e.advantages += s.advantage;
  }
  return e;
}

inline void show(std::vector<row> const& rows, options const& o, std::ostream& out) {
  namespace views = bellman::views;
  using support::fixed;
  auto const episodes = views::episodes(&row::step);
  auto const number = [](double x) { return fixed(x, 3, true); };

  if (o.steps > 0) {
    support::table table("rrrrrrrrr");
    table.row({"episode", "step", "reward", "value", "TD error", std::to_string(o.window) + "-step", "return",
               "lambda", "advantage"});
    std::size_t left = o.steps;
    for (auto&& [i, steps] : rows | episodes | ranges::views::transform(judged(o)) | ranges::views::enumerate) {
      for (auto&& [t, s] : steps | ranges::views::take(left) | ranges::views::enumerate) {
        table.row({std::to_string(i), std::to_string(t), number(s.reward), number(s.value), number(s.td_error),
                   number(s.n_step_return), number(s.return_to_go), number(s.lambda_return), number(s.advantage)});
        --left;
      }
      if (left == 0) break;
    }
    table.print(out);
    out << '\n';
  }

  support::table table("rrrrrrl");
  table.row({"episode", "steps", "return", "value", "root of squared TD errors", "mean advantage", "ended"});
  judged_episode all;
  std::size_t count = 0;
  for (auto const& episode : rows | episodes) {
    auto const e = summary(judged(o)(episode));
    auto const n = static_cast<double>(e.steps);
    table.row({std::to_string(count++), std::to_string(e.steps), number(e.return_to_go), number(e.value),
               fixed(std::sqrt(e.squared_td_errors / n), 3), number(e.advantages / n),
               episode.back().truncated ? "truncated, value " + fixed(episode.back().step.after(), 3) : "terminated"});
    all.steps += e.steps;
    all.return_to_go += e.return_to_go;
    all.value += e.value;
    all.squared_td_errors += e.squared_td_errors;
    all.advantages += e.advantages;
  }
  auto const n = static_cast<double>(all.steps);
  table.row({"all", std::to_string(all.steps), number(all.return_to_go / static_cast<double>(count)),
             number(all.value / static_cast<double>(count)), fixed(std::sqrt(all.squared_td_errors / n), 3),
             number(all.advantages / n), "means over episodes, over steps"});
  table.print(out);
}

/// The program. Returns 0, or 2 after it said to `err` what is wrong.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  return support::answered("recorded_run", err, [&] {
    options const o = read_options(arguments);
    if (o.help) {
      out << usage;
      return 0;
    }
    auto const rows = o.file ? read_recording(*o.file) : walk(20, o.gamma);
    if (o.make) support::write_file(*o.make, [&](std::ostream& file) { write_recording(file, rows); });
    show(rows, o, out);
    return 0;
  });
}

}  // namespace recorded_run
