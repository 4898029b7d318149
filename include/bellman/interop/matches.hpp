// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>

#include <cstddef>
#include <regex>
#include <string>
#include <string_view>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_pattern_must_be_a_regular_expression(std::string const& pattern, std::string const& reason) {
  internal::refuse("bellman: matches{pattern}: \"" + pattern + "\" is no regular expression: " + reason);
}
[[noreturn]] inline void a_text_to_be_matched_must_not_be_too_long(std::size_t size, std::size_t most) {
  internal::refuse("bellman: matches{pattern}: the text has " + std::to_string(size) + " bytes; it must have at most " +
                   std::to_string(most) + ", since std::regex takes as much of the stack as the text is long");
}

inline std::regex regex_of(std::string const& pattern) {
#if defined(__cpp_exceptions)
  try {
    return std::regex(pattern, std::regex::ECMAScript | std::regex::optimize);
  } catch (std::regex_error const& error) {
    detail::a_pattern_must_be_a_regular_expression(pattern, error.what());
  }
#else
  return std::regex(pattern, std::regex::ECMAScript | std::regex::optimize);
#endif
}

}  // namespace detail

/// `matches{pattern}(text)`: whether all of a text matches a regular expression: a rule of texts, as `of_answer` takes
/// it. In a header of its own, since `<regex>` takes long to compile.
///
/// *Arguments*: a pattern of ECMAScript, as `std::regex` reads it, byte by byte: `.` is any byte but a line's end, and
/// `[\s\S]` any at all.
/// *Errors*: `invalid_value` for what is no regular expression, and for a text of more than `matches::longest` bytes:
/// the standard library would overflow the stack.
/// *Cost*: that of `std::regex_match`: for some patterns exponential in the length.
/// *Use*:
///     bellman::matches{"<think>[^]*</think>[^]*"}("<think>\n</think> 4") && !bellman::matches{"a+"}("aab")
class matches {
 public:
  static constexpr std::size_t longest = 8192;

  explicit matches(std::string const& its_pattern) : pattern_(detail::regex_of(its_pattern)) {}

  bool operator()(std::string_view text) const {
    if (text.size() > longest) detail::a_text_to_be_matched_must_not_be_too_long(text.size(), longest);
    return std::regex_match(text.data(), text.data() + text.size(), pattern_);
  }

 private:
  std::regex pattern_;
};

}  // namespace bellman
