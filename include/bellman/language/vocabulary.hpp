// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/language/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace bellman {

/// `token`: a token is its number in the vocabulary, from 0 on.
using token = std::int32_t;

/// `no_token`: what a search returns that found none.
inline constexpr token no_token = -1;

namespace internal {

/// Texts that lie in memory, or elements that say where they do.
template <class Range>
concept texts = std::ranges::random_access_range<Range> &&
    std::convertible_to<std::ranges::range_reference_t<Range const>, std::string_view> &&
    (std::is_lvalue_reference_v<std::ranges::range_reference_t<Range const>> ||
     !std::same_as<std::ranges::range_value_t<Range>, std::string>);

}  // namespace internal

namespace detail {

[[noreturn]] inline void the_end_of_sequence_must_be_a_token(token end, std::size_t size) {
  internal::refuse("bellman: the end of sequence is token " + std::to_string(end) + "; it must lie in [0, " +
                   std::to_string(size) + ")");
}
template <class Number>
[[noreturn]] void a_token_must_be_in_the_vocabulary(Number t, std::size_t size) {
  internal::refuse("bellman: token " + std::to_string(t) + " is not in the vocabulary; it must lie in [0, " +
                   std::to_string(size) + ")");
}

}  // namespace detail

/// `vocabulary{texts, end}`: the tokens of a language model: their texts, in the order of their numbers, and which of
/// them ends a sequence. It is the action space of a token environment.
///
/// *Arguments*: any random-access range of strings: a `std::array` of `std::string_view` in a constant expression, a
/// `std::vector` of `std::string` that was read from a file; the number of the token that ends a sequence.
/// *Errors*: throws `invalid_value` unless the end of sequence is one of the tokens; `text` for a number that is none.
/// *Cost*: `find` is O(tokens), everything else O(1).
/// *Use*:
///     bellman::vocabulary{std::array<std::string_view, 2>{"yes", "."}, 1}.find("yes") == 0
template <internal::texts Texts>
class vocabulary {
 public:
  template <class Number, class = typename internal::a_token<Number>::type::yes>
  constexpr vocabulary(Texts its_texts, Number its_end) : texts_(std::move(its_texts)), end_(no_token) {
    if (std::in_range<token>(its_end)) end_ = static_cast<token>(its_end);
    if (!contains(end_)) detail::the_end_of_sequence_must_be_a_token(end_, size());
  }

  constexpr std::size_t size() const { return static_cast<std::size_t>(std::ranges::size(texts_)); }
  constexpr token end_of_sequence() const { return end_; }

  /// All tokens.
  constexpr auto tokens() const { return std::views::iota(token{0}, static_cast<token>(size())); }

  template <class Number, class = typename internal::a_token<Number>::type::yes>
  constexpr bool contains(Number t) const {
    return std::cmp_greater_equal(t, 0) && std::cmp_less(t, size());
  }

  /// The text of a token; of a temporary vocabulary, which may be its owner, a copy.
  template <class Number, class = typename internal::a_token<Number>::type::yes>
  constexpr std::string_view text(Number t) const& {
    if (!contains(t)) detail::a_token_must_be_in_the_vocabulary(t, size());
    return internal::element_at(texts_, static_cast<std::size_t>(t));
  }
  template <class Number, class = typename internal::a_token<Number>::type::yes>
  constexpr std::string text(Number t) const&& {
    return std::string(text(t));
  }

  /// The first token with a text, or `no_token`.
  constexpr token find(std::string_view text) const {
    token t = 0;
    for (auto const& each : texts_) {
      if (std::string_view(each) == text) return t;
      ++t;
    }
    return no_token;
  }

 private:
  Texts texts_;
  token end_;
};

}  // namespace bellman
