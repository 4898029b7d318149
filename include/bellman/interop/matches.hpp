// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>

#include <regex>
#include <string>
#include <string_view>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_pattern_must_be_a_regular_expression(std::string const& pattern, std::string const& reason) {
  internal::refuse("bellman: matches{pattern}: \"" + pattern + "\" is no regular expression: " + reason);
}

// libstdc++ follows all branches of a pattern at once. Else it follows one after another, by calls for each letter: of
// 8192 letters "(((a)))*" overflows the stack, and of 40 "(a+)+b" takes hours.
#if defined(__GLIBCXX__)
inline constexpr auto all_branches_at_once = std::regex_constants::__polynomial;
#else
inline constexpr std::regex_constants::syntax_option_type all_branches_at_once{};
#endif

inline std::regex regex_of(std::string const& pattern) {
#if defined(__cpp_exceptions)
  try {
    return std::regex(pattern, std::regex::ECMAScript | std::regex::optimize | all_branches_at_once);
  } catch (std::regex_error const& error) {
    detail::a_pattern_must_be_a_regular_expression(pattern, error.what());
  }
#else
  return std::regex(pattern, std::regex::ECMAScript | std::regex::optimize | all_branches_at_once);
#endif
}

}  // namespace detail

/// `matches{pattern}(text)`: whether all of a text matches a regular expression: a rule of texts, as `of_answer` takes
/// it. In a header of its own, since `<regex>` takes long to compile.
///
/// *Arguments*: a pattern of ECMAScript without back-references, as `std::regex` reads it, byte by byte: `.` is any
/// byte but a line's end, and `[\s\S]` any at all.
/// *Errors*: `invalid_value` for what is no regular expression and for a back-reference.
/// *Cost*: O(length of the text times that of the pattern), whatever they are, and no more of the stack for a longer
/// text. Of other standard libraries than libstdc++ it is theirs, which may be exponential.
/// *Use*:
///     bellman::matches{"<think>[^]*</think>[^]*"}("<think>\n</think> 4") && !bellman::matches{"a+"}("aab")
class matches {
 public:
  explicit matches(std::string const& its_pattern) : pattern_(detail::regex_of(its_pattern)) {}

  bool operator()(std::string_view text) const {
    return std::regex_match(text.data(), text.data() + text.size(), pattern_);
  }

 private:
  std::regex pattern_;
};

}  // namespace bellman
