// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

// Numbers, from text and as text.
namespace support {

/// All of the text as a finite number, else nothing.
template <class Number>
std::optional<Number> as_number(std::string_view text) {
  Number x{};
  char const* const end = text.data() + text.size();
  auto const [rest, error] = std::from_chars(text.data(), end, x);
  if (error != std::errc{} || rest != end || x - x != 0) return std::nullopt;
  return x;
}

/// In as few digits as give the same number again.
inline std::string as_text(double x) {
  char digits[32];
  return std::string(digits, std::to_chars(digits, digits + sizeof digits, x).ptr);
}

/// What stands between the separators: one field more than there are of them.
inline std::vector<std::string> split(std::string_view line, char separator) {
  std::vector<std::string> fields;
  for (std::size_t from = 0;;) {
    auto const to = line.find(separator, from);
    fields.emplace_back(line.substr(from, to - from));
    if (to == line.npos) return fields;
    from = to + 1;
  }
}

}  // namespace support
