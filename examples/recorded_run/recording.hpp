// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/step.hpp>

#include "../support/numbers.hpp"
#include "../support/text_file.hpp"

#include <cstddef>
#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace recorded_run {

/// One step of a run: the reward, what the critic thought of the state in which it was earned, and whether the episode
/// ended.
struct row {
  double reward;
  double value;
  bellman::step<double> step;
  bool truncated;  ///< and not terminated, which to the estimators is the same where the value after it is 0
};

inline constexpr std::string_view header = "reward,value,terminated,truncated,value_after";

namespace detail {

inline std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

/// The cells of one line, which know where they are.
class cells {
 public:
  cells(std::string_view line, support::line_reader const& at) : at_(at), text_(support::split(line, ',')) {
    if (text_.size() != 5) {
      at_.fail("expected 5 cells (" + std::string(header) + "), found " + std::to_string(text_.size()));
    }
  }

  double number(std::size_t i, std::string const& what) const {
    auto const x = support::as_number<double>(text_[i]);
    if (!x) at_.fail(what + ": expected a number, found " + detail::quoted(text_[i]));
    return *x;
  }
  bool flag(std::size_t i, std::string const& what) const {
    if (text_[i] != "0" && text_[i] != "1") at_.fail(what + ": expected 0 or 1, found " + detail::quoted(text_[i]));
    return text_[i] == "1";
  }
  void nothing(std::size_t i, std::string const& what) const {
    if (!text_[i].empty()) {
      at_.fail(what + ": expected nothing in a step that is not truncated, found " + detail::quoted(text_[i]));
    }
  }

 private:
  support::line_reader const& at_;
  std::vector<std::string> text_;
};

inline row row_in(cells const& c) {
  row r{c.number(0, "reward"), c.number(1, "value"), bellman::continues{}, false};
  bool const terminated = c.flag(2, "terminated");
  // An episode that ended just when the time was up has ended.
  r.truncated = c.flag(3, "truncated") && !terminated;
  if (r.truncated) {
    r.step = bellman::truncated{c.number(4, "value_after of a truncated step")};
  } else {
    c.nothing(4, "value_after");
    if (terminated) r.step = bellman::terminated{};
  }
  return r;
}

}  // namespace detail

/// Reads a run: a line with the header above, then one line a step, of which the last one ends. Throws `bad_input`.
inline std::vector<row> read_recording(std::filesystem::path const& path) {
  support::line_reader lines(path);
  std::string line;
  if (!lines.next(line) || line != header) lines.fail("expected the header " + std::string(header));
  std::vector<row> rows;
  while (lines.next(line)) {
    rows.push_back(detail::row_in(detail::cells(line, lines)));
  }
  if (rows.empty()) lines.fail("expected a step after the header");
  if (!rows.back().step.is_ended()) lines.fail("expected the last step to be terminated or truncated");
  return rows;
}

/// Writes it, so that the same is read.
inline void write_recording(std::ostream& out, std::vector<row> const& rows) {
  using support::as_text;
  out << header << '\n';
  for (auto const& r : rows) {
    out << as_text(r.reward) << ',' << as_text(r.value) << ',' << (r.step.is_ended() && !r.truncated) << ','
        << r.truncated << ',' << (r.truncated ? as_text(r.step.after()) : "") << '\n';
  }
}

}  // namespace recorded_run
