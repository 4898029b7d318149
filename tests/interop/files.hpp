// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>

#include <cstddef>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>

namespace bellman::test {

/// What `read(stream)` makes of a text.
template <class Read>
auto read_text(std::string const& text, Read const& read) {
  std::istringstream in(text);
  return read(in);
}

/// What is said of a text that is refused; nothing of one that is read.
template <class Read>
std::string refusal_of(std::string const& text, Read const& read) {
  try {
    test::read_text(text, read);
  } catch (invalid_value const& error) {
    return error.what();
  }
  return "";
}

/// Reads many texts that differ from a good one here and there: letters are changed, left out, doubled, replaced by
/// what is likely to hurt. Each is read or refused with a message; anything else fails. Gives how many were read.
template <class Read>
std::size_t read_mutations(std::string const& good, std::size_t n, Read const& read) {
  static std::string const hurting[] = {"-1",
                                        "4294967295",
                                        "18446744073709551616",
                                        "1e999",
                                        "nan",
                                        "inf",
                                        "[",
                                        "]",
                                        "0/0",
                                        "\n",
                                        "//",
                                        "\"",
                                        ":",
                                        " ",
                                        "{",
                                        "@",
                                        "0",
                                        "1e-999",
                                        "999999999999999999",
                                        "\t",
                                        "#",
                                        "-",
                                        std::string(1, '\0')};
  std::mt19937 urbg(20240607);
  std::size_t taken = 0;
  for (std::size_t i = 0; i < n; ++i) {
    std::string text = good;
    for (std::size_t changes = 1 + urbg() % 3; changes > 0 && !text.empty(); --changes) {
      std::size_t const at = urbg() % text.size();
      std::size_t const length = 1 + urbg() % 4;
      switch (urbg() % 6) {
        case 0:
          text[at] = static_cast<char>(urbg() % 256);
          break;
        case 1:
          text.erase(at, length);
          break;
        case 2:
          text.insert(at, text.substr(urbg() % text.size(), length));
          break;
        case 3:
          text.resize(at);
          break;
        case 4:
          text.replace(at, length, hurting[urbg() % std::size(hurting)]);
          break;
        default:
          text[at] = static_cast<char>(text[at] ^ (1 << (urbg() % 8)));
      }
    }
    try {
      test::read_text(text, read);
      ++taken;
    } catch (invalid_value const& error) {
      if (std::string(error.what()).rfind("bellman: ", 0) != 0) throw std::logic_error(error.what());
    }
  }
  return taken;
}

}  // namespace bellman::test
