// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/arguments.hpp"
#include "../support/progress.hpp"
#include "../support/text_file.hpp"
#include "language.hpp"
#include "values_findings.hpp"
#include "values_picture.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

// `story_model values`: exact values on a model, and estimates beside them.
namespace story_model {

inline constexpr std::string_view values_usage =
    "usage: story_model values [--model DIR] [--prompt TEXT] [--depth N] [--contains TEXT] [--rollouts N]\n"
    "                          [--seed N] [--threads N] [--svg FILE]\n"
    "\n"
    "  Computes what each next token is worth, exactly, and holds estimates against it.\n"
    "\n"
    "  --model DIR      read DIR/stories260K.bin and DIR/tok512.bin; without it the program makes a small model\n"
    "  --prompt TEXT    \"Once upon a time\" if not given\n"
    "  --depth N        continue it by 2 tokens, or by 3, which takes minutes and, of 512 tokens, 0.6 GB of memory\n"
    "  --contains TEXT  pay 1 for a continuation that has the text in it; without it each letter is paid 1\n"
    "  --rollouts N     continuations of each next token, 4000 if not given\n"
    "  --seed N         1 if not given\n"
    "  --threads N      2 if not given; the numbers are the same for any\n"
    "  --svg FILE       draw the estimates\n"
    "  --help           show this\n";

struct values_options {
  question asked{};
  std::optional<std::filesystem::path> model, svg;
  bool help = false;
};

/// Of what stands behind `values`. Throws `support::bad_input`.
inline values_options read_values_options(std::vector<std::string> const& arguments) {
  values_options o;
  support::argument_reader read(arguments);
  while (read.next()) {
    std::string const& name = read.name();
    if (read.asks_for_help()) {
      o.help = true;
    } else if (name == "--model") {
      o.model = read.value();
    } else if (name == "--prompt") {
      o.asked.prompt = read.value();
    } else if (name == "--depth") {
      o.asked.tokens = read.count(2, 3);
    } else if (name == "--contains") {
      o.asked.wanted = read.value();
      if (o.asked.wanted->empty()) throw support::bad_input("--contains: a text is expected");
    } else if (name == "--rollouts") {
      o.asked.how.rollouts = read.count(2, 1'000'000);
    } else if (name == "--seed") {
      o.asked.how.seed = read.count(0, 1'000'000'000);
    } else if (name == "--threads") {
      o.asked.how.threads = read.count(1, 64);
    } else if (name == "--svg") {
      o.svg = read.value();
    } else {
      read.refuse();
    }
  }
  return o;
}

/// Returns 0, or 1 where something that it says does not hold.
inline int run_values(std::vector<std::string> const& arguments, std::ostream& out, std::ostream* terminal) {
  values_options const o = read_values_options(arguments);
  if (o.help) {
    out << values_usage;
    return 0;
  }
  language const l = read_language(o.model);
  if (!o.model) out << "No --model: a small one that knows nothing.\n\n";
  support::progress bar(terminal);
  values_findings const f = find_out(o.asked, l, bar);
  print(out, f);
  if (o.svg) support::write_file(*o.svg, [&](std::ostream& file) { draw(file, f); });
  return f.claims().all_hold() ? 0 : 1;
}

}  // namespace story_model
