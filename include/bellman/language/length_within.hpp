// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/internal/requirements.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_shortest_length_must_not_exceed_the_longest(std::size_t least, std::size_t most) {
  internal::refuse("bellman: length_within{least, most}: the least is " + std::to_string(least) +
                   "; it must lie in [0, " + std::to_string(most) + "], up to the most");
}
[[noreturn]] inline void a_length_must_not_be_below_zero() {
  internal::refuse("bellman: length_within{least, most}: a length is below 0; it must be at least 0");
}

}  // namespace detail

/// `length_within{least, most}(text)`: whether a text has from `least` to `most` characters, both included;
/// `length_within{least, most}(context)`: whether so many tokens were generated.
///
/// *Arguments*: two integers. Characters are the code points of UTF-8; of what is none, the bytes that do not continue
/// one are counted.
/// *Errors*: `invalid_value` unless `0 <= least <= most`.
/// *Cost*: O(length) of a text, O(1) of a context.
/// *Use*:
///     bellman::length_within{1, 5}("hello") && !bellman::length_within{1, 5}("")
class length_within {
 public:
  template <class N, class M,
            class = typename internal::every<internal::a_number_of_tokens<N>,
                                             internal::a_number_of_tokens<M>>::type::yes>
  constexpr length_within(N its_least, M its_most) : least_(checked(its_least)), most_(checked(its_most)) {
    if (most_ < least_) detail::a_shortest_length_must_not_exceed_the_longest(least_, most_);
  }

  constexpr bool operator()(std::string_view text) const {
    std::size_t characters = 0;
    for (char const c : text) characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return holds(characters);
  }
  template <class Token>
  constexpr bool operator()(basic_context<Token> const& s) const {
    return holds(s.generated_size());
  }

 private:
  template <class N>
  static constexpr std::size_t checked(N n) {
    if (n < N(0)) detail::a_length_must_not_be_below_zero();
    return static_cast<std::size_t>(n);
  }
  constexpr bool holds(std::size_t n) const { return least_ <= n && n <= most_; }

  std::size_t least_;
  std::size_t most_;
};

}  // namespace bellman
