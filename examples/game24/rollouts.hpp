// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/numbers.hpp"
#include "../support/text_file.hpp"
#include "answers.hpp"
#include "game.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Recorded answers: `24.csv` lists the puzzles, `cot.jsonl` holds a group of answers to one puzzle on every line. What
// the model wrote may be anything; what the files are made of may not, and a `bad_input` says where it is broken.
namespace game24 {

using support::bad_input;

/// The answers to one puzzle.
struct group {
  std::size_t row;  ///< of the list of puzzles, counted from 0
  position puzzle;
  rational solved_by_people;       ///< in percent
  std::vector<std::string> texts;  ///< the answers as the model wrote them
  std::vector<answer> answers;
  std::vector<bool> labels;  ///< for each answer, whether the log says that it is right
};

namespace detail {

using support::line_reader;

struct listed_puzzle {
  position numbers;
  rational solved_by_people;
};

// Rank,Puzzles,AMT (s),Solved rate,... with a puzzle a row.
template <class IsPuzzle>
std::vector<listed_puzzle> read_list(std::filesystem::path const& path, IsPuzzle is_puzzle) {
  line_reader file(path);
  std::string line;
  if (!file.next(line)) file.fail("the file is empty");
  if (!line.starts_with("Rank,Puzzles,AMT (s),Solved rate")) file.fail("not the heading of the list of puzzles");
  std::vector<listed_puzzle> list;
  while (file.next(line)) {
    auto const fields = support::split(line, ',');
    if (fields.size() < 4) file.fail("needs 4 columns or more, has " + std::to_string(fields.size()));
    auto const puzzle = read_deal(fields[1]);
    if (!puzzle) file.fail("a puzzle is four whole numbers from 1 to 13");
    if (!is_puzzle(*puzzle)) file.fail(to_text(*puzzle) + " cannot reach 24");
    reader rate(fields[3]);
    auto const solved_by_people = rate.take_decimal();
    if (!solved_by_people || rate.rest() != "%") file.fail("the solved rate must be a percentage such as 99.20%");
    list.push_back({*puzzle, *solved_by_people});
  }
  if (list.empty()) file.fail("no puzzles after the heading");
  return list;
}

inline std::optional<bool> as_label(nlohmann::json const& info) {
  if (!info.is_object() || !info.contains("r")) return std::nullopt;
  auto const& r = info["r"];
  if (r.is_boolean()) return r.get<bool>();
  if (r.is_number() && (r == 0 || r == 1)) return r == 1;
  return std::nullopt;
}

inline group read_group(std::string const& line, std::vector<listed_puzzle> const& list, line_reader const& at) {
  auto const record = support::read_object(line, at, "idx", "ys", "infos");
  auto const& index = record["idx"];
  auto const& texts = record["ys"];
  auto const& infos = record["infos"];
  if (!index.is_number_unsigned()) at.fail("\"idx\" must be a whole number, 0 or larger");
  auto const row = index.get<std::uint64_t>();
  if (row >= list.size()) {
    at.fail("\"idx\" is " + std::to_string(row) + ", but the list has only " + std::to_string(list.size()) +
            " puzzles");
  }
  if (!texts.is_array() || texts.empty()) at.fail("\"ys\" must be a list of one answer or more");
  if (!infos.is_array() || infos.size() != texts.size()) {
    at.fail("\"infos\" must be a list as long as \"ys\", which has " + std::to_string(texts.size()));
  }
  group g{static_cast<std::size_t>(row), list[row].numbers, list[row].solved_by_people, {}, {}, {}};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    auto const label = as_label(infos[i]);
    if (!texts[i].is_string()) at.fail("answer " + std::to_string(i) + " in \"ys\" is not a text");
    if (!label) at.fail("entry " + std::to_string(i) + " of \"infos\" has no \"r\" that is 0 or 1");
    g.texts.push_back(texts[i].get<std::string>());
    g.answers.push_back(read_answer(g.puzzle, g.texts.back()));
    g.labels.push_back(*label);
  }
  return g;
}

}  // namespace detail

/// Reads `24.csv` and `cot.jsonl` in `folder`. `is_puzzle(position)` says whether four numbers can reach 24.
/// Throws `bad_input`.
template <class IsPuzzle>
std::vector<group> read_rollouts(std::filesystem::path const& folder, IsPuzzle is_puzzle) {
  support::expect_folder(folder);
  auto const list = detail::read_list(folder / "24.csv", is_puzzle);
  detail::line_reader file(folder / "cot.jsonl");
  std::vector<group> groups;
  for (std::string line; file.next(line);) groups.push_back(detail::read_group(line, list, file));
  if (groups.empty()) file.fail("the file is empty");
  return groups;
}

}  // namespace game24
