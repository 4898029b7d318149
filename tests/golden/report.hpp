// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdio>
#include <string>
#include <utility>

namespace golden {

/// What passed, what failed and what was skipped, counted and printed.
class report {
 public:
  void begin(std::string file) {
    file_ = std::move(file);
    group_.clear();
  }
  /// The part of the file that the next cases belong to.
  void within(std::string group) { group_ = std::move(group); }

  /// A case. `why` is the first thing that is wrong, empty if nothing is.
  void check(std::string const& what, std::string const& why) {
    if (why.empty()) {
      ++passed_;
    } else {
      ++failed_;
      print("FAILED", what, why);
    }
  }
  /// A part of a case that is compared with nothing.
  void skip(std::string const& what, std::string const& why) {
    ++skipped_;
    print("skipped", what, why);
  }
  /// How a value was understood that is not what its name says.
  void understood(std::string const& what, std::string const& as) const { print("understood", what, as); }

  /// The last line; the exit code.
  int end() const {
    std::printf("%d passed, %d failed", passed_, failed_);
    if (skipped_ > 0) std::printf(", %d skipped", skipped_);
    std::printf("\n");
    return failed_ == 0 ? 0 : 1;
  }

 private:
  void print(char const* verdict, std::string const& what, std::string const& text) const {
    std::string const where = file_ + (group_.empty() ? "" : ": " + group_);
    std::printf("%s: %s: %s: %s\n", where.c_str(), verdict, what.c_str(), text.c_str());
  }

  std::string file_;
  std::string group_;
  int passed_ = 0;
  int failed_ = 0;
  int skipped_ = 0;
};

}  // namespace golden
