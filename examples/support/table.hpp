// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace support {

/// `97,833`
inline std::string with_commas(std::size_t n) {
  std::string text = std::to_string(n);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

/// `+0.670`, or `0.670` without a sign.
inline std::string fixed(double x, int digits, bool sign = false) {
  char text[64];
  std::snprintf(text, sizeof text, sign ? "%+.*f" : "%.*f", digits, x);
  return text;
}

/// `1.8e-07`
inline std::string scientific(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1e", x);
  return text;
}

/// `57.5 %`, of a share of 0.575.
inline std::string percents(double share, int digits = 1) { return fixed(100 * share, digits) + " %"; }

/// `57.5 %`, or `-` where there is nothing to have a part of.
inline std::string percent(double part, double whole) { return whole > 0 ? percents(part / whole) : "-"; }

/// Lines of cells in columns, each aligned to the left (`l`) or to the right (`r`). ASCII only.
class table {
 public:
  explicit table(std::string alignment) : alignment_(std::move(alignment)) {}

  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  void print(std::ostream& out, std::size_t indent = 2) const {
    std::vector<std::size_t> width(alignment_.size());
    for (auto const& cells : rows_) {
      for (std::size_t i = 0; i < cells.size(); ++i) width[i] = std::max(width[i], cells[i].size());
    }
    for (auto const& cells : rows_) {
      std::string line(indent, ' ');
      for (std::size_t i = 0; i < cells.size(); ++i) {
        std::string const space(width[i] - cells[i].size(), ' ');
        line += (i == 0 ? "" : "  ") + (alignment_[i] == 'r' ? space + cells[i] : cells[i] + space);
      }
      line.erase(line.find_last_not_of(' ') + 1);
      out << line << '\n';
    }
  }

 private:
  std::string alignment_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace support
