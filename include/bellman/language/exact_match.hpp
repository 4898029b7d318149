// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/language/internal/kept_text.hpp>

#include <string_view>
#include <utility>

namespace bellman {

/// `exact_match{answer}(text)`: whether a text is the answer, byte for byte but for white space at the ends of either.
///
/// *Arguments*: a literal or a `std::string_view`, whose text must outlive the rule, or a `std::string`, which is kept.
/// *Cost*: O(length).
/// *Use*:
///     bellman::exact_match{"42"}(" 42\n") && !bellman::exact_match{"42"}("4 2")
template <class Text>
class exact_match {
 public:
  constexpr explicit exact_match(Text its_answer) requires internal::kept_text<Text> : answer_(std::move(its_answer)) {}
  // Deleted for what is no text, where all ways to make one would be listed.
  template <class Reason = typename internal::a_kept_text<Text>::type>
  requires(!internal::kept_text<Text>) constexpr explicit exact_match(Text) = delete;

  constexpr bool operator()(std::string_view text) const {
    return internal::trimmed(text) == internal::trimmed(answer_);
  }

 private:
  Text answer_;
};

exact_match(char const*) -> exact_match<std::string_view>;

}  // namespace bellman
