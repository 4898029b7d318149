// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/numbers.hpp"
#include "../support/text_file.hpp"
#include "engine.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What was recorded: the odometers of buses, month by month, and when their engines were replaced.
namespace bus_engine {

using support::bad_input;

/// A month of a bus: by how many bins its mileage rose, to which, and what was then decided.
struct bus_month {
  std::size_t rise;
  int bin;
  decision decided;
};

struct fleet {
  std::size_t buses = 0;
  std::vector<bus_month> months;
};

/// What the model is told of a fleet.
struct counts {
  std::array<std::size_t, 3> rises{};                      ///< months in which the mileage rose by 0, 1, 2 bins
  std::array<std::array<std::size_t, 2>, bins> decided{};  ///< months by bin and decision
  std::size_t months = 0;
  std::size_t replaced = 0;

  explicit counts(fleet const& f) : months(f.months.size()) {
    for (bus_month const& m : f.months) {
      ++rises[m.rise];
      ++decided[static_cast<std::size_t>(m.bin)][static_cast<std::size_t>(m.decided)];
      if (m.decided == decision::replace) ++replaced;
    }
  }

  /// The frequencies, which are the most likely probabilities.
  growth grows() const {
    auto const n = static_cast<double>(months);
    return {static_cast<double>(rises[0]) / n, static_cast<double>(rises[1]) / n, static_cast<double>(rises[2]) / n};
  }
  double log_likelihood_of_rises() const {
    double all = 0;
    for (std::size_t rise = 0; rise < rises.size(); ++rise) {
      if (rises[rise] != 0) all += static_cast<double>(rises[rise]) * std::log(grows()[rise]);
    }
    return all;
  }
};

/// Adds a bus, from the bin of its mileage since the last new engine in each month, and whether the engine was then
/// replaced, in all but the last. Counted as in Rust's program, so that his numbers come out:
///
/// - The first month only says where the bus comes from. In the last one the engine counts as kept.
/// - Where the engine was replaced, the rise is the number of the next bin, from 1 on: one more than was driven. From 0
///   on, 33 months of his would have a rise by 0, not by 1.
inline void add_bus(fleet& f, std::vector<int> const& bin_of, std::vector<bool> const& replaced) {
  ++f.buses;
  for (std::size_t t = 1; t < bin_of.size(); ++t) {
    int const rise = replaced[t - 1] ? bin_of[t] + 1 : bin_of[t] - bin_of[t - 1];
    bool const now = t + 1 < bin_of.size() && replaced[t];
    f.months.push_back({static_cast<std::size_t>(rise), bin_of[t], now ? decision::replace : decision::keep});
  }
}

/// One of Rust's files: a matrix, written column after column, one number a line. A column is a bus: 11 rows about it,
/// then its odometer, month by month.
struct group_file {
  int group;
  char const* name;
  std::size_t rows;
  char const* model;
};

inline constexpr std::array group_files{
    group_file{1, "g870.asc", 36, "Grumman 870, 1983"}, group_file{2, "rt50.asc", 60, "Chance RT50, 1981"},
    group_file{3, "t8h203.asc", 81, "GMC T8H203, 1979"}, group_file{4, "a530875.asc", 128, "GMC A5308, 1975"}};

namespace detail {

inline constexpr std::size_t rows_about_a_bus = 11;

// The number on a line, which may have blanks around it.
inline std::optional<double> number_on(std::string_view line) {
  auto const from = line.find_first_not_of(" \t");
  auto const to = line.find_last_not_of(" \t");
  if (from == line.npos) return std::nullopt;
  return support::as_number<double>(line.substr(from, to - from + 1));
}

// Reads a column, and says on which line something is wrong with it.
class column_reader {
 public:
  explicit column_reader(std::filesystem::path const& path) : lines_(path) {}

  bool next(double& x) {
    std::string line;
    if (!lines_.next(line)) return false;
    auto const found = detail::number_on(line);
    if (!found || *found < 0) lines_.fail("expected a number from 0 on, found \"" + line + '"');
    x = *found;
    return true;
  }
  double next(std::string const& what) {
    double x = 0;
    if (!next(x)) lines_.fail("the file ends after this line; expected " + what);
    return x;
  }
  [[noreturn]] void fail(std::string const& what) const { lines_.fail(what); }

 private:
  support::line_reader lines_;
};

// The odometer when the engine was replaced for the first and the second time, 0 where it was not.
struct replacements {
  double first, second;

  // The mileage since the last of them that the odometer has passed.
  double mileage(double odometer) const {
    if (second > 0 && odometer > second) return odometer - second;
    return first > 0 && odometer > first ? odometer - first : odometer;
  }
};

inline replacements read_about(column_reader& file, double id) {
  std::array<double, rows_about_a_bus> row{id};
  replacements r{};
  for (std::size_t i = 1; i < row.size(); ++i) {
    row[i] = file.next("row " + std::to_string(i + 1) + " of a bus");
    bool const month = i == 1 || i == 3 || i == 6 || i == 9;
    if (month && (row[i] > 12 || row[i] != std::floor(row[i]))) {
      file.fail("expected a month, 1 to 12, or 0 for none, found " + support::as_text(row[i]));
    }
    if (i == 5) r.first = row[i];
    if (i == 8) r.second = row[i];
    if (i == 8 && r.second != 0 && !(r.first < r.second)) {
      file.fail("expected an odometer above that of the first replacement, " + support::as_text(r.first) + ", found " +
                support::as_text(r.second));
    }
  }
  return r;
}

}  // namespace detail

/// Adds the buses of a file. Throws `bad_input`, which says file, line and what was expected.
inline void read_group(fleet& f, std::filesystem::path const& folder, group_file const& group) {
  detail::column_reader file(folder / group.name);
  std::size_t const months = group.rows - detail::rows_about_a_bus;
  bool any = false;
  for (double id = 0; file.next(id); any = true) {
    auto const engines = detail::read_about(file, id);
    std::vector<int> bin_of;
    std::vector<bool> replaced(months, false);
    double last_odometer = 0, last_mileage = 0;
    for (std::size_t t = 0; t < months; ++t) {
      double const odometer =
          file.next("the odometer of month " + std::to_string(t + 1) + " of " + std::to_string(months));
      if (odometer < last_odometer) {
        file.fail("expected an odometer of " + support::as_text(last_odometer) + " or more, found " +
                  support::as_text(odometer));
      }
      double const mileage = engines.mileage(odometer);
      int const bin = mileage < bins * miles_of_a_bin ? static_cast<int>(mileage / miles_of_a_bin) : bins;
      if (bin >= bins)
        file.fail("expected less than 450,000 miles with one engine, found " + support::as_text(mileage));
      if (t > 0) {
        replaced[t - 1] = mileage < last_mileage;
        int const rise = replaced[t - 1] ? bin + 1 : bin - bin_of.back();
        if (rise > 2) {
          file.fail("expected the mileage to rise by 2 bins of 5000 miles at most in a month, found " +
                    std::to_string(rise));
        }
      }
      bin_of.push_back(bin);
      last_odometer = odometer;
      last_mileage = mileage;
    }
    bus_engine::add_bus(f, bin_of, replaced);
  }
  if (!any) file.fail("the file is empty; expected the columns of buses, one number a line");
}

/// The buses of these groups. Throws `bad_input`.
inline fleet read_fleet(std::filesystem::path const& folder, std::vector<int> const& groups) {
  support::expect_folder(folder);
  fleet f;
  for (group_file const& file : group_files) {
    if (std::find(groups.begin(), groups.end(), file.group) != groups.end()) {
      bus_engine::read_group(f, folder, file);
    }
  }
  return f;
}

}  // namespace bus_engine
