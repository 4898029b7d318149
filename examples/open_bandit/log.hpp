// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/numbers.hpp"
#include "../support/text_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

// The log of a recommender: which item was shown at which place of the page, how probable that was, and whether it was
// clicked. `*_5cols.csv` of the Open Bandit Dataset.
namespace open_bandit {

using support::bad_input;

/// One recommendation.
struct impression {
  std::size_t item;
  std::size_t position;  ///< 0 left, 1 centre, 2 right
  bool click;
  double propensity;  ///< the probability with which this item was shown here
};

inline constexpr std::size_t positions = 3;

using log = std::vector<impression>;

namespace detail {

// Where the columns stand that are read; an index without a name may lead.
struct columns {
  std::size_t item, position, click, propensity, count;

  columns(std::vector<std::string> const& heading, support::line_reader const& at) : count(heading.size()) {
    auto const find = [&](char const* name) {
      auto const found = std::find(heading.begin(), heading.end(), name);
      if (found == heading.end()) at.fail(std::string("the heading has no column \"") + name + '"');
      return static_cast<std::size_t>(found - heading.begin());
    };
    item = find("item_id");
    position = find("position");
    click = find("click");
    propensity = find("propensity_score");
  }
};

}  // namespace detail

/// Throws `bad_input`, which says file, line and what was expected.
inline log read_log(std::filesystem::path const& path) {
  support::line_reader file(path);
  std::string line;
  if (!file.next(line)) file.fail("the file is empty; it must begin with a heading");
  detail::columns const at(support::split(line, ','), file);
  log all;
  while (file.next(line)) {
    auto const fields = support::split(line, ',');
    if (fields.size() != at.count) {
      file.fail("has " + std::to_string(fields.size()) + " columns; the heading has " + std::to_string(at.count));
    }
    auto const item = support::as_number<std::size_t>(fields[at.item]);
    auto const position = support::as_number<std::size_t>(fields[at.position]);
    auto const click = support::as_number<std::size_t>(fields[at.click]);
    auto const propensity = support::as_number<double>(fields[at.propensity]);
    auto const refuse = [&](char const* name, std::string const& found, char const* wanted) {
      file.fail(std::string(name) + " is \"" + found + "\"; it must be " + wanted);
    };
    if (!item || *item >= 10'000) refuse("item_id", fields[at.item], "a whole number from 0 to 9999");
    if (!position || *position < 1 || *position > positions) refuse("position", fields[at.position], "1, 2 or 3");
    if (!click || *click > 1) refuse("click", fields[at.click], "0 or 1");
    if (!propensity || !(*propensity > 0) || *propensity > 1) {
      refuse("propensity_score", fields[at.propensity], "a probability above 0 and at most 1");
    }
    all.push_back({*item, *position - 1, *click == 1, *propensity});
  }
  if (all.size() < 2)
    file.fail("the log ends here; it must have two impressions at least, or no error can be estimated");
  return all;
}

/// A log of an adaptive policy, one of the uniform policy, and over how many items they choose.
struct two_logs {
  log adaptive;
  log uniform;
  std::size_t items = 0;
  std::optional<double> truth;  ///< the uniform policy's click rate, where it is known
};

/// `bts_men_5cols.csv` and `random_men_5cols.csv` in `folder`. Throws `bad_input`.
inline two_logs read_logs(std::filesystem::path const& folder) {
  support::expect_folder(folder);
  auto const uniform_path = folder / "random_men_5cols.csv";
  two_logs both{read_log(folder / "bts_men_5cols.csv"), read_log(uniform_path), 0, std::nullopt};
  for (log const* one : {&both.adaptive, &both.uniform}) {
    for (impression const& i : *one) both.items = std::max(both.items, i.item + 1);
  }
  for (std::size_t row = 0; row < both.uniform.size(); ++row) {
    if (std::abs(both.uniform[row].propensity * static_cast<double>(both.items) - 1) > 1e-6) {
      throw bad_input(uniform_path.string() + ":" + std::to_string(row + 2) + ": propensity_score is " +
                      std::to_string(both.uniform[row].propensity) + "; the uniform policy shows each of " +
                      std::to_string(both.items) + " items with probability 1/" + std::to_string(both.items));
    }
  }
  return both;
}

}  // namespace open_bandit
