// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/arguments.hpp"
#include "../support/program.hpp"
#include "../support/text_file.hpp"
#include "evaluation.hpp"
#include "log.hpp"
#include "picture.hpp"
#include "report.hpp"
#include "rules.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace open_bandit {

inline constexpr std::string_view usage =
    "usage: open_bandit [--data DIR] [--svg FILE] [--json FILE] [--resamples N] [--repeats N] [--seed N]\n"
    "\n"
    "  --data DIR     the Open Bandit Dataset, campaign men: DIR holds bts_men_5cols.csv (the adaptive policy's log)\n"
    "                 and random_men_5cols.csv (the uniform policy's); without it the logs are made by rules\n"
    "  --svg FILE     draw the estimates with their errors\n"
    "  --json FILE    write the numbers for other programs\n"
    "  --resamples N  how many logs are drawn from the log to see how the estimates vary (default 100, 0 for none)\n"
    "  --repeats N    without --data: how many logs are made to see how often the truth is met (default 100)\n"
    "  --seed N       for all that is drawn at random (default 1)\n"
    "  --help         show this\n";

/// What was asked for.
struct options {
  std::optional<std::filesystem::path> data, svg, json;
  std::size_t resamples = 100;
  std::size_t repeats = 100;
  std::uint64_t seed = 1;
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
    } else if (name == "--data") {
      o.data = read.value();
    } else if (name == "--svg") {
      o.svg = read.value();
    } else if (name == "--json") {
      o.json = read.value();
    } else if (name == "--resamples") {
      o.resamples = read.count(0, 100'000);
    } else if (name == "--repeats") {
      o.repeats = read.count(0, 100'000);
    } else if (name == "--seed") {
      o.seed = read.count(0, UINT64_MAX);
    } else {
      read.refuse();
    }
  }
  return o;
}

namespace detail {

inline constexpr std::size_t rows_of_rules = 10'000;

inline std::vector<std::vector<answer>> answers_to(std::size_t logs, std::size_t items, auto const& make) {
  std::vector<std::vector<answer>> all;
  for (std::size_t i = 0; i < logs; ++i) all.push_back(evaluate(make(), items));
  return all;
}

}  // namespace detail

/// Everything there is to find out. Throws `bad_input`.
inline findings find_out(options const& o) {
  std::mt19937_64 generator(o.seed);
  findings f{o.data ? read_logs(*o.data) : logs_by_rules(detail::rows_of_rules, generator), {}, {}, {}, 0, 0, {}};
  std::size_t const items = f.logs.items;
  f.adaptive = own_clicks(f.logs.adaptive);
  f.uniform = own_clicks(f.logs.uniform);
  f.answers = evaluate(f.logs.adaptive, items);
  if (o.resamples > 1) {
    f.resamples = o.resamples;
    auto const all = detail::answers_to(o.resamples, items, [&] { return resampled(f.logs.adaptive, generator); });
    auto const spreads = spread_of(all, 0.0);
    for (std::size_t k = 0; k < f.answers.size(); ++k) f.answers[k].resampled_error = spreads[k].deviation;
  }
  if (f.logs.truth && o.repeats > 1) {
    f.repeats = o.repeats;
    auto const all =
        detail::answers_to(o.repeats, items, [&] { return logs_by_rules(detail::rows_of_rules, generator).adaptive; });
    f.repeated = spread_of(all, *f.logs.truth);
  }
  return f;
}

/// The whole program: does what the arguments say, prints to `out`, and throws `bad_input` where something is wrong
/// with what it was given.
inline void run(std::vector<std::string> const& arguments, std::ostream& out) {
  options const o = read_options(arguments);
  if (o.help) {
    out << usage;
    return;
  }
  findings const f = find_out(o);
  print(out, f);
  if (o.svg) support::write_file(*o.svg, [&](std::ostream& file) { draw(file, f); });
  if (o.json) support::write_file(*o.json, [&](std::ostream& file) { file << as_json(f).dump(2) << '\n'; });
}

/// `run`, with its errors as a message on `err` and an exit code: 0, or 2 where something is wrong.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  return support::answered("open_bandit", err, [&] {
    open_bandit::run(arguments, out);
    return 0;
  });
}

}  // namespace open_bandit
