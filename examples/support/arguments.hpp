// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "numbers.hpp"
#include "text_file.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace support {

/// The arguments of a program, read from the first to the last: names of options, each followed by its value if it has
/// one.
class argument_reader {
 public:
  explicit argument_reader(std::vector<std::string> const& arguments) : arguments_(arguments) {}

  /// Whether there is another; it is then the one named `name()`.
  bool next() {
    if (next_ == arguments_.size()) return false;
    name_ = next_++;
    return true;
  }
  std::string const& name() const { return arguments_[name_]; }
  bool asks_for_help() const { return name() == "--help" || name() == "-h"; }

  /// What stands behind the name. Throws `bad_input` if nothing does.
  std::string const& value() {
    if (next_ == arguments_.size()) throw bad_input(name() + ": needs a value");
    return arguments_[next_++];
  }

  /// What stands behind the name, as a whole number from `least` to `most`. Throws `bad_input` if it is none.
  std::size_t count(std::size_t least, std::size_t most) {
    std::string const& text = value();
    auto const n = as_number<std::size_t>(text);
    if (!n || *n < least || *n > most) {
      throw bad_input(name() + " \"" + text + "\": must be a whole number from " + std::to_string(least) + " to " +
                      std::to_string(most));
    }
    return *n;
  }

  [[noreturn]] void refuse() const { throw bad_input(name() + ": no such option; --help lists them"); }

 private:
  std::vector<std::string> const& arguments_;
  std::size_t name_ = 0;
  std::size_t next_ = 0;
};

}  // namespace support
