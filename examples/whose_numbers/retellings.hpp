// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "explain.hpp"
#include "recording.hpp"
#include "report.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// What is easily left out of a file: that rows are time steps, or which answers belong together.
namespace whose_numbers {

/// A file with what may have been left out.
struct retelling {
  std::string what;  ///< that the file should say
  nlohmann::json file;
};

namespace detail {

/// Whether the first of a field's rows is a list of several.
inline bool has_rows(nlohmann::json const& file, char const* field) {
  return file.contains(field) && file[field].is_array() && file[field].size() > 1 && file[field][0].is_array() &&
         file[field][0].size() > 1;
}

inline bool explains(findings const& f) {
  return std::all_of(f.columns.begin(), f.columns.end(), [&](finding const& c) {
    if (verdict_of(f, c) == verdict::unexplained) return false;
    // Nobody trains without looking ahead, but answers have no time.
    return !f.of.groups.empty() || c.found.empty() || (!c.found.front().over && c.found.front().at.gamma != 0);
  });
}

inline std::vector<retelling> retellings_of(nlohmann::json const& file) {
  std::vector<retelling> all;
  if (!file.is_object() || file.contains("groups")) return all;
  if (!file.contains("rows") && has_rows(file, "rewards")) {
    all.push_back({"\"rows\": \"steps\", that its rows are time steps", file});
    all.back().file["rows"] = "steps";
  }
  for (char const* const field : {"values", "returns", "terminated", "truncated", "dones", "starts", "mask", "rows"}) {
    if (file.contains(field)) return all;
  }
  if (!file.contains("rewards") || !file.contains("advantages")) return all;
  nlohmann::json const &rewards = file["rewards"], &advantages = file["advantages"];
  if (!rewards.is_array() || !advantages.is_array() || rewards.size() != advantages.size()) return all;
  if (has_rows(file, "rewards") && has_rows(file, "advantages")) {
    auto lists = file;
    lists["groups"] = lists["rewards"] = lists["advantages"] = nlohmann::json::array();
    for (std::size_t i = 0; i < rewards.size(); ++i) {
      if (!rewards[i].is_array() || !advantages[i].is_array() || rewards[i].size() != advantages[i].size()) return all;
      for (std::size_t k = 0; k < rewards[i].size(); ++k) {
        lists["groups"].push_back(i);
        lists["rewards"].push_back(rewards[i][k]);
        lists["advantages"].push_back(advantages[i][k]);
      }
    }
    all.push_back({"groups, and its rows as one list: each row is a group of answers", std::move(lists)});
    return all;
  }
  for (std::size_t size = rewards.size(); size >= 2; --size) {
    if (rewards.size() % size != 0) continue;
    auto grouped = file;
    grouped["groups"] = nlohmann::json::array();
    for (std::size_t i = 0; i < rewards.size(); ++i) grouped["groups"].push_back(i / size);
    all.push_back({"groups: " + std::to_string(size) + " answers that follow one another are a group", grouped});
  }
  return all;
}

}  // namespace detail

/// What is found of a file, and how it had to be told otherwise for that, if it had.
struct understood {
  findings found;
  std::string with;
};

/// What is found of a file as it is; where nothing is, with what may have been left out. Throws `bad_input`.
inline understood understand(nlohmann::json const& file, std::string const& name) {
  std::optional<findings> as_it_is;
  std::exception_ptr refusal;
  try {
    as_it_is = explained(recording_of(file, name));
    if (detail::explains(*as_it_is)) return {std::move(*as_it_is), ""};
  } catch (bad_input const&) {
    refusal = std::current_exception();
  }
  for (retelling const& other : detail::retellings_of(file)) {
    try {
      findings f = explained(recording_of(other.file, name));
      if (detail::explains(f)) return {std::move(f), other.what};
    } catch (bad_input const&) {
      // Then it is not meant so.
    }
  }
  if (refusal) std::rethrow_exception(refusal);
  return {std::move(*as_it_is), ""};
}

}  // namespace whose_numbers
