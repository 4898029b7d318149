// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace support {

/// What a program says, and whether it found it to be so.
class claims {
 public:
  void add(std::string what, bool holds) { all_.push_back({std::move(what), holds}); }

  bool all_hold() const {
    return std::all_of(all_.begin(), all_.end(), [](claim const& c) { return c.holds; });
  }

  void print(std::ostream& out) const {
    out << "\nChecked:\n\n";
    for (claim const& c : all_) out << (c.holds ? "  yes  " : "  NO   ") << c.what << '\n';
  }

 private:
  struct claim {
    std::string what;
    bool holds;
  };

  std::vector<claim> all_;
};

}  // namespace support
