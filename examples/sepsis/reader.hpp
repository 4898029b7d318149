// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/numbers.hpp"
#include "../support/text_file.hpp"
#include "unit.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

// ICU-Sepsis (Choudhary, Gupta and Thomas 2024), as a folder of files: its authors' tables, of which that of the
// transitions may be packed.
namespace sepsis {

using support::bad_input;

namespace detail {

// A binary file, read from its front, that knows at which byte it is.
class byte_reader {
 public:
  explicit byte_reader(std::filesystem::path path) : path_(std::move(path)) {
    auto in = support::opened(path_);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
    if (in.bad()) fail("reading failed");
  }

  [[noreturn]] void fail(std::string const& what) const {
    throw bad_input(path_.string() + ": byte " + std::to_string(at_) + ": " + what);
  }
  // Byte by byte, so that it is the same on machines of either byte order.
  template <class Word>
  Word word(char const* what) {
    need(sizeof(Word), what);
    Word x = 0;
    for (std::size_t i = 0; i < sizeof(Word); ++i) {
      x = static_cast<Word>(
          x | static_cast<Word>(static_cast<Word>(static_cast<unsigned char>(bytes_[at_ + i])) << (8 * i)));
    }
    at_ += sizeof(Word);
    return x;
  }
  double number(char const* what) { return std::bit_cast<double>(word<std::uint64_t>(what)); }
  void magic(std::string_view text) {
    need(text.size(), "a name");
    if (std::string_view(bytes_).substr(0, text.size()) != text) fail("expected " + std::string(text));
    at_ += text.size();
  }
  void need(std::size_t n, char const* what) const {
    if (bytes_.size() - at_ < n) fail(std::string("the file ends; expected ") + what);
  }
  void end() const {
    if (at_ != bytes_.size()) fail("expected the end, found " + std::to_string(bytes_.size() - at_) + " bytes more");
  }

 private:
  std::filesystem::path path_;
  std::string bytes_;
  std::size_t at_ = 0;
};

// `"ICUSEPS1"`, the numbers of states, treatments, different rows and probabilities, the row of each state and
// treatment, where each row begins, and the rows: states and probabilities.
inline records read_packed_transitions(std::filesystem::path const& path) {
  byte_reader file(path);
  file.magic("ICUSEPS1");
  auto const states = file.word<std::uint32_t>("the number of states");
  if (states == 0 || states > 65'535) file.fail("expected 1 to 65535 states, found " + std::to_string(states));
  auto const actions = file.word<std::uint32_t>("the number of treatments");
  if (actions != treatments) file.fail("expected 25 treatments, found " + std::to_string(actions));
  std::size_t const rows = file.word<std::uint32_t>("the number of rows");
  std::size_t const probabilities = file.word<std::uint32_t>("the number of probabilities");
  file.need(states * treatments * 2 + (rows + 1) * 4 + probabilities * 10, "rows and probabilities of these numbers");
  records r;
  for (std::size_t i = 0; i < states * treatments; ++i) {
    r.row_of.push_back(file.word<std::uint16_t>("a row"));
    if (r.row_of.back() >= rows) file.fail("expected a row below " + std::to_string(rows));
  }
  std::vector<std::size_t> first;
  for (std::size_t i = 0; i <= rows; ++i) {
    first.push_back(file.word<std::uint32_t>("where a row begins"));
    bool const right = i == 0 ? first[0] == 0 : first[i] > first[i - 1] && (i < rows || first[i] == probabilities);
    if (!right) file.fail("expected rows that begin one after another");
  }
  r.rows.resize(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t k = first[i]; k < first[i + 1]; ++k) {
      int const next = file.word<std::uint16_t>("a state");
      if (next >= static_cast<int>(states)) file.fail("expected a state below " + std::to_string(states));
      r.rows[i].push_back({next, 0});
    }
  }
  for (auto& row : r.rows) {
    double total = 0;
    for (auto& e : row) {
      e.probability = file.number("a probability");
      if (!(e.probability >= 0 && e.probability <= 1)) file.fail("expected a probability");
      total += e.probability;
    }
    if (std::abs(total - 1) > 1e-9) file.fail("expected a row that sums to 1, found " + std::to_string(total));
  }
  file.end();
  r.ended.resize(states);
  return r;
}

// The numbers on the line that was read last, between commas or blanks.
template <class Number>
std::vector<Number> numbers_on(std::string_view line, support::line_reader const& at) {
  std::vector<Number> all;
  constexpr std::string_view between = ", \t";
  for (auto from = line.find_first_not_of(between); from != line.npos; from = line.find_first_not_of(between, from)) {
    auto const to = std::min(line.find_first_of(between, from), line.size());
    auto const text = line.substr(from, to - from);
    auto const x = support::as_number<Number>(text);
    if (!x || *x < 0) at.fail("expected a number from 0 on, found \"" + std::string(text) + '"');
    all.push_back(*x);
    from = to;
  }
  return all;
}

inline void expect_count(std::size_t found, std::size_t wanted, char const* what, support::line_reader const& at) {
  if (found != wanted) {
    at.fail("expected " + std::to_string(wanted) + " " + what + ", found " + std::to_string(found));
  }
}

// Whether weights of probability, within what text rounds, sum to one.
inline bool is_one(double total) { return std::abs(total - 1) < 1e-9; }

// The authors' table: a line for each state and treatment, `state * 25 + treatment`, with the probability of each next
// state.
inline records read_transition_table(std::filesystem::path const& path) {
  support::line_reader file(path);
  records r;
  std::string line;
  while (file.next(line)) {
    auto const row = detail::numbers_on<double>(line, file);
    if (r.ended.empty()) r.ended.resize(row.size());
    detail::expect_count(row.size(), r.ended.size(), "probabilities, as in the first line", file);
    if (r.rows.size() == row.size() * treatments) file.fail("expected no more than 25 lines for each state");
    double total = 0;
    r.row_of.push_back(r.rows.size());
    r.rows.emplace_back();
    for (std::size_t next = 0; next < row.size(); ++next) {
      total += row[next];
      if (row[next] != 0) r.rows.back().push_back({static_cast<int>(next), row[next]});
    }
    if (!detail::is_one(total)) file.fail("expected a row that sums to 1, found " + std::to_string(total));
  }
  if (r.rows.empty() || r.rows.size() != r.ended.size() * treatments) {
    file.fail("the file ends; expected " + std::to_string(std::max<std::size_t>(r.ended.size(), 1) * treatments) +
              " lines, 25 for each state");
  }
  return r;
}

// A file of one line with a number for each state.
inline std::vector<double> one_for_each_state(std::filesystem::path const& path, std::size_t states) {
  support::line_reader file(path);
  std::string line;
  if (!file.next(line)) file.fail("the file is empty; expected a number for each state");
  auto all = detail::numbers_on<double>(line, file);
  detail::expect_count(all.size(), states, "numbers, one for each state", file);
  return all;
}

// A line for each state with the frequencies of the treatments. Where nothing is done all of them are zero.
inline void read_clinicians(std::filesystem::path const& path, records& r) {
  support::line_reader file(path);
  std::string line;
  for (std::size_t s = 0; s < r.ended.size(); ++s) {
    if (!file.next(line))
      file.fail("the file ends; expected a line for each of " + std::to_string(r.ended.size()) + " states");
    auto const given = detail::numbers_on<double>(line, file);
    detail::expect_count(given.size(), treatments, "frequencies, one for each treatment", file);
    std::array<double, treatments> row{};
    double total = 0;
    for (std::size_t a = 0; a < treatments; ++a) total += row[a] = given[a];
    r.ended[s] = total == 0;
    if (!r.ended[s] && !detail::is_one(total)) {
      file.fail("expected frequencies that sum to 1, or nothing but zeros, found a sum of " + std::to_string(total));
    }
    r.clinicians.push_back(row);
  }
  if (file.next(line)) file.fail("expected no more than a line for each state");
}

// A line with how many treatments are admissible in each state, then for each state a line with them.
inline void read_admissible(std::filesystem::path const& path, records& r) {
  support::line_reader file(path);
  std::string line;
  if (!file.next(line)) file.fail("the file is empty; expected how many treatments each state has");
  auto const count = detail::numbers_on<std::size_t>(line, file);
  detail::expect_count(count.size(), r.ended.size(), "numbers, one for each state", file);
  for (std::size_t s = 0; s < r.ended.size(); ++s) {
    if (!file.next(line)) file.fail("the file ends; expected the treatments of each state");
    auto const here = detail::numbers_on<int>(line, file);
    detail::expect_count(here.size(), count[s], "treatments, as the first line says", file);
    for (std::size_t i = 0; i < here.size(); ++i) {
      if (here[i] >= static_cast<int>(treatments) || (i > 0 && here[i] <= here[i - 1])) {
        file.fail("expected treatments from 0 to 24, each once, in their order");
      }
    }
    if (here.empty() && !r.ended[s]) file.fail("expected a treatment at least");
    r.admissible.push_back(here);
  }
}

// What the authors keep in a folder of its own.
inline std::filesystem::path extra(std::filesystem::path const& folder, char const* name) {
  std::error_code ignored;
  auto const inside = folder / "extras" / name;
  return std::filesystem::exists(inside, ignored) ? inside : folder / name;
}

}  // namespace detail

/// Reads the folder. Throws `bad_input`, which says the file, the line or byte, and what was expected.
inline records read_records(std::filesystem::path const& folder) {
  support::expect_folder(folder);
  std::error_code ignored;
  auto const packed = folder / "icu_sepsis_compact.bin";
  records r = std::filesystem::exists(packed, ignored)
                  ? detail::read_packed_transitions(packed)
                  : detail::read_transition_table(folder / "transitionFunction.csv");
  detail::read_clinicians(folder / "expertPolicy.csv", r);
  detail::read_admissible(detail::extra(folder, "admissibleActions.txt"), r);
  auto const for_each_state = [&](char const* name) {
    return detail::one_for_each_state(folder / name, r.ended.size());
  };
  r.reward = for_each_state("rewardFunction.csv");
  r.severity = detail::one_for_each_state(detail::extra(folder, "sofaScores.csv"), r.ended.size());
  r.start = for_each_state("initialStateDistribution.csv");
  double total = 0;
  for (std::size_t s = 0; s < r.ended.size(); ++s) {
    total += r.start[s];
    if (!r.ended[s]) continue;
    if (r.start[s] != 0) {
      throw bad_input((folder / "initialStateDistribution.csv").string() + ":1: expected no patient to come in state " +
                      std::to_string(s) + ", in which expertPolicy.csv has no treatment");
    }
    for (std::size_t a = 0; a < treatments; ++a) {
      for (auto const& e : r.rows[r.row_of[s * treatments + a]]) {
        auto const next = static_cast<std::size_t>(e.value);
        if (r.ended[next] && r.reward[next] == 0) continue;
        throw bad_input((folder / "expertPolicy.csv").string() + ":" + std::to_string(s + 1) +
                        ": expected treatments, for from this state a reward can still be earned");
      }
    }
  }
  if (!detail::is_one(total)) {
    throw bad_input((folder / "initialStateDistribution.csv").string() +
                    ":1: expected probabilities that sum to 1, found " + std::to_string(total));
  }
  return r;
}

}  // namespace sepsis
