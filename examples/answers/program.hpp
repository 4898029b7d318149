// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/arguments.hpp"
#include "../support/byte_pairs.hpp"
#include "../support/program.hpp"
#include "../support/progress.hpp"
#include "../support/text_file.hpp"
#include "data_set.hpp"
#include "json_lines.hpp"
#include "methods.hpp"
#include "picture.hpp"
#include "report.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace answers {

using support::bad_input;
using support::read_merges;

inline constexpr std::string_view usage =
    "usage: answers [--data DIR] [--only game24|gsm8k] [--out FILE] [--svg FILE]\n"
    "\n"
    "  --data DIR   read DIR/game24, DIR/gsm8k and DIR/gpt2-bpe; without it the program makes sums and answers\n"
    "               to them, and a token is a byte\n"
    "  --only NAME  with --data: only game24 or only gsm8k\n"
    "  --out FILE   write the answers for a trainer, one a line, in JSON: question, answer, rewards, tokens, whether\n"
    "               the model chose them, and for every method the advantage of each token\n"
    "  --svg FILE   draw how the methods differ\n"
    "  --help       show this\n";

/// What was asked for.
struct options {
  std::optional<std::filesystem::path> data, out, svg;
  std::optional<std::string> only;
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
    } else if (name == "--only") {
      o.only = read.value();
      if (*o.only != "game24" && *o.only != "gsm8k") throw bad_input("--only " + *o.only + ": game24 or gsm8k");
    } else if (name == "--out") {
      o.out = read.value();
    } else if (name == "--svg") {
      o.svg = read.value();
    } else {
      read.refuse();
    }
  }
  if (o.only && !o.data) throw bad_input("--only: needs --data");
  return o;
}

namespace detail {

inline std::vector<data_set> read_data(options const& o, progress& bar) {
  if (!o.data) return {make_sums(byte_pair_encoder{}, bar)};
  support::expect_folder(*o.data);
  auto const encoder = read_merges(*o.data / "gpt2-bpe" / "vocab.bpe");
  std::vector<data_set> all;
  if (o.only != "gsm8k") all.push_back(read_game24(*o.data / "game24", encoder, bar));
  if (o.only != "game24") all.push_back(read_gsm8k(*o.data / "gsm8k", encoder, bar));
  return all;
}

}  // namespace detail

/// The whole program: does what the arguments say, prints to `out`, shows a bar on `terminal` if there is one, and
/// throws `bad_input` where something is wrong with what it was given.
inline void run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream* terminal) {
  options const o = read_options(arguments);
  if (o.help) {
    out << usage;
    return;
  }
  using clock = std::chrono::steady_clock;
  auto const seconds_since = [](clock::time_point from) {
    return std::chrono::duration<double>(clock::now() - from).count();
  };
  progress bar(terminal);
  auto const start = clock::now();
  auto const all = detail::read_data(o, bar);
  double const reading = seconds_since(start);

  auto const estimating_from = clock::now();
  std::vector<batch> batches;
  std::vector<std::vector<advantages>> by_method;
  std::size_t tokens = 0, own_tokens = 0;
  for (data_set const& data : all) {
    batches.push_back(as_batch(data));
    by_method.push_back(advantages_of(batches.back()));
  }
  double const estimating = seconds_since(estimating_from);
  for (data_set const& data : all) {
    auto const n = summarize(data);
    tokens += n.tokens;
    own_tokens += n.own_tokens;
  }

  auto const writing_from = clock::now();
  if (o.out) {
    support::write_file(*o.out, [&](std::ostream& file) {
      for (std::size_t i = 0; i < all.size(); ++i) write_json_lines(file, all[i], by_method[i], bar);
    });
  }
  double const writing = seconds_since(writing_from);
  if (o.svg) support::write_file(*o.svg, [&](std::ostream& file) { draw_methods(file, all, batches, by_method); });
  bar.clear();

  print_summaries(out, all);
  for (std::size_t i = 0; i < all.size(); ++i) print_methods(out, all[i], batches[i], by_method[i]);
  auto const speed = [&](std::string const& what, std::size_t some, double seconds) {
    out << "  " << what << " in " << support::fixed(seconds, 3) << " s, "
        << support::fixed(static_cast<double>(some) / seconds / 1e6, 1) << " million tokens a second\n";
  };
  out << "\nThe optimal token baseline needs the tokens' probabilities, which texts lack.\n\n";
  speed("read, verified and cut into tokens", tokens, reading);
  speed("advantages by " + std::to_string(std::size(methods)) + " methods", own_tokens * std::size(methods),
        estimating);
  if (o.out) speed("written", tokens, writing);
}

/// `run`, with its errors as a message on `err` and an exit code: 0, or 2 where something is wrong.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err,
               std::ostream* terminal = nullptr) {
  return support::answered("answers", err, [&] {
    answers::run(arguments, out, terminal);
    return 0;
  });
}

}  // namespace answers
