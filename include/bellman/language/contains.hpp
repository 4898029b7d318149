// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/language/internal/kept_text.hpp>

#include <string_view>
#include <utility>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_text_to_be_found_must_not_be_empty() {
  internal::refuse("bellman: contains{text}: the text is empty, which every text contains; it must have a letter");
}

}  // namespace detail

/// `contains{part}(text)`: whether a text has that part, byte for byte; `contains{"happy"}` holds of "unhappy" too.
///
/// *Arguments*: a literal or a `std::string_view`, whose text must outlive the rule, or a `std::string`, which is kept.
/// *Errors*: `invalid_value` for an empty part.
/// *Cost*: O(length).
/// *Use*:
///     bellman::contains{"happy"}("Lily was happy.")
template <class Text>
class contains {
 public:
  constexpr explicit contains(Text its_part) requires internal::kept_text<Text> : part_(std::move(its_part)) {
    if (std::string_view(part_).empty()) detail::a_text_to_be_found_must_not_be_empty();
  }
  // Deleted for what is no text, where all ways to make one would be listed.
  template <class Reason = typename internal::a_kept_text<Text>::type>
  requires(!internal::kept_text<Text>) constexpr explicit contains(Text) = delete;

  constexpr bool operator()(std::string_view text) const {
    return text.find(std::string_view(part_)) != std::string_view::npos;
  }

 private:
  Text part_;
};

contains(char const*) -> contains<std::string_view>;

}  // namespace bellman
