// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/arguments.hpp"
#include "../support/program.hpp"
#include "../support/text_file.hpp"
#include "credit.hpp"
#include "game.hpp"
#include "number.hpp"
#include "picture.hpp"
#include "report.hpp"
#include "rollouts.hpp"
#include "solution.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace game24 {

inline constexpr std::string_view usage =
    "usage: game24 [--puzzle \"4 5 6 10\"]... [--rollouts DIR] [--svg FILE] [--json FILE] [--csv FILE]\n"
    "\n"
    "  --puzzle \"A B C D\"  show this puzzle; may be given several times\n"
    "  --rollouts DIR      judge a model's answers: DIR holds 24.csv (the puzzles) and cot.jsonl (the answers)\n"
    "  --svg FILE          draw a picture: of the answers with --rollouts, else of the puzzles\n"
    "  --json FILE         write the counts for other programs\n"
    "  --csv FILE          with --rollouts: write every answer's advantages and those of its steps\n"
    "  --help              show this\n";

/// What was asked for.
struct options {
  struct puzzle {
    std::string text;  ///< as it was typed: the key in the JSON file
    position numbers;
  };
  std::vector<puzzle> puzzles;
  std::optional<std::filesystem::path> rollouts, svg, json, csv;
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
    } else if (name == "--puzzle") {
      std::string const& text = read.value();
      auto const numbers = read_deal(text);
      if (!numbers) throw bad_input("--puzzle \"" + text + "\": a puzzle is four whole numbers from 1 to 13");
      o.puzzles.push_back({text, *numbers});
    } else if (name == "--rollouts") {
      o.rollouts = read.value();
    } else if (name == "--svg") {
      o.svg = read.value();
    } else if (name == "--json") {
      o.json = read.value();
    } else if (name == "--csv") {
      o.csv = read.value();
    } else {
      read.refuse();
    }
  }
  if (o.csv && !o.rollouts) throw bad_input("--csv: needs --rollouts");
  return o;
}

namespace detail {

inline nlohmann::ordered_json as_json(solved_game const& game, options const& o, summary const* n) {
  nlohmann::ordered_json j;
  j["states"] = game.states();
  j["action_slots"] = game.action_slots();
  j["winnable_states"] = game.winnable_states();
  if (n != nullptr) {
    j["answers"] = n->answers;
    j["right"] = n->right;
    j["label_disagreements"] = n->label_disagreements;
    j["legal_steps"] = n->legal_steps;
    j["legal_first_steps"] = n->steps[0].legal;
    j["fully_legal"] = n->fully_legal;
    j["reach_24"] = n->reach_24;
    j["reach_24_but_wrong"] = n->reach_24_but_wrong;
    j["groups_with_variance"] = n->groups_with_variance;
    j["losing_moves"] = {n->steps[0].losing, n->steps[1].losing, n->steps[2].losing};
  }
  j["value_uniform"] = nlohmann::ordered_json::object();
  for (auto const& p : o.puzzles) j["value_uniform"][p.text] = to_text(game.uniform_value(p.numbers));
  return j;
}

}  // namespace detail

/// The whole program: does what the arguments say, prints to `out`, and throws `bad_input` where something is wrong
/// with what it was given.
inline void run(std::vector<std::string> const& arguments, std::ostream& out) {
  options const o = read_options(arguments);
  if (o.help) {
    out << usage;
    return;
  }
  auto const before = std::chrono::steady_clock::now();
  solved_game const game;
  std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - before;
  for (auto const& p : o.puzzles) {
    if (!game.is_puzzle(p.numbers)) {
      throw bad_input("--puzzle \"" + p.text + "\": no way to reach 24 from " + to_text(p.numbers));
    }
  }

  std::vector<judged_group> groups;
  summary n;
  if (o.rollouts) {
    auto const is_puzzle = [&](position const& s) { return game.is_puzzle(s); };
    for (group const& g : read_rollouts(*o.rollouts, is_puzzle)) groups.push_back(judge(game, g));
    n = summarize(game, groups);
  }

  std::vector<position> shown;
  for (auto const& p : o.puzzles) shown.push_back(p.numbers);
  if (shown.empty()) shown.push_back(*read_deal("4 5 6 10"));

  print_overview(out, game, seconds.count());
  if (!o.rollouts || !o.puzzles.empty()) {
    for (position const& s : shown) print_puzzle(out, game, s);
  }
  if (o.rollouts) {
    print_puzzles(out, game, groups);
    bool none = true;
    for (judged_group const& g : groups) {
      if (std::find(shown.begin(), shown.end(), g.puzzle) == shown.end()) continue;
      print_examples(out, g);
      none = false;
    }
    if (none) print_examples(out, groups.front());
    print_answers(out, groups, n);
  }

  if (o.svg) {
    support::write_file(*o.svg, [&](std::ostream& file) {
      if (o.rollouts) {
        draw_answers(file, game, groups, n);
      } else {
        draw_puzzles(file, game, shown);
      }
    });
  }
  if (o.json) {
    support::write_file(*o.json, [&](std::ostream& file) {
      file << detail::as_json(game, o, o.rollouts ? &n : nullptr).dump(2) << '\n';
    });
  }
  if (o.csv) {
    support::write_file(*o.csv, [&](std::ostream& file) { write_advantages(file, groups); });
  }
}

/// `run`, with its errors as a message on `err` and an exit code: 0, or 2 where something is wrong.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  return support::answered("game24", err, [&] {
    game24::run(arguments, out);
    return 0;
  });
}

}  // namespace game24
