// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/shared.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/language/internal/requirements.hpp>
#include <bellman/language/vocabulary.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

struct concat_fn;

template <class T>
[[noreturn]] void a_token_must_fit_its_type(std::size_t place, T number) {
  internal::refuse("bellman: the token at place " + std::to_string(place) + " of a context is " +
                   std::to_string(number) + "; it must lie in [-2147483648, 2147483647]");
}

}  // namespace detail

/// `context{prompt}`: the state of a language model: a prompt and the tokens generated so far,
/// `s_t = (x, a_1, ..., a_{t-1})`.
///
/// Prompt and tokens are shared, never copied. Contexts are equal when their prompts and their generated tokens are. A
/// template, so that a program without contexts does not pay for compiling them.
///
/// *Arguments*: the tokens of a prompt, in braces or as any range of integers, but not of characters, whose codes are
/// no tokens.
/// *Errors*: a number of more than 32 bits throws `invalid_value`.
/// *Cost*: to append a token (`concat`) takes constant time and memory, to hash constant time; contexts that share a
/// beginning are compared only behind it.
/// *Source*: foundation text, 1.2.
/// *Use*:
///     bellman::concat(bellman::context{3, 5}, 7).tokens() == std::vector<bellman::token>{3, 5, 7}
template <class Token>
class basic_context {
 public:
  using token_type = Token;

  template <class Prompt, class = typename internal::a_range_of_tokens<Prompt const>::type::yes>
  constexpr explicit basic_context(Prompt const& prompt) {
    std::vector<Token> x;
    for (auto const t : prompt) {
      if (!std::in_range<Token>(t)) detail::a_token_must_fit_its_type(x.size(), t);
      x.push_back(static_cast<Token>(t));
    }
    prompt_hash_ = 0x9e3779b97f4a7c15ULL;
    for (Token t : x) prompt_hash_ = mixed(prompt_hash_, t);
    prompt_ = internal::shared<std::vector<Token>>::make(std::move(x));
  }

  // Deleted, where the others would be listed.
  template <class Prompt, class Reason = typename internal::a_range_of_tokens<Prompt const>::type>
  requires(!std::same_as<Reason, internal::accepted> &&
           !std::derived_from<Prompt, basic_context>) explicit basic_context(Prompt const&) = delete;

  /// The empty prompt.
  constexpr basic_context() : basic_context(std::initializer_list<Token>{}) {}

  constexpr basic_context(std::initializer_list<Token> prompt)
      : basic_context(std::span<Token const>(prompt.begin(), prompt.size())) {}

  // Of letters and truth values, which convert to tokens.
  template <std::integral T, class Reason = typename internal::a_token<T>::type>
  requires(!std::same_as<Reason, internal::accepted>) basic_context(std::initializer_list<T>)
  = delete;

  /// The prompt where it lies; of a temporary context, which may be its last owner, a copy.
  constexpr std::span<Token const> prompt() const& {
    if (!prompt_) return {};  // moved from
    return {prompt_->data(), prompt_->size()};
  }
  constexpr std::vector<Token> prompt() const&& {
    auto const its_tokens = prompt();
    return std::vector<Token>(its_tokens.begin(), its_tokens.end());
  }
  /// The number of generated tokens.
  constexpr std::size_t generated_size() const { return last_ ? last_->size : 0; }
  /// The number of all tokens.
  constexpr std::size_t size() const { return prompt().size() + generated_size(); }
  /// The token generated last, or `no_token`.
  constexpr Token last() const { return last_ ? last_->last : no_token; }

  /// The generated tokens, first to last. O(their number).
  constexpr std::vector<Token> generated() const {
    std::vector<Token> all(generated_size(), no_token);
    std::size_t i = all.size();
    for (node const* n = raw(last_); n != nullptr; n = raw(n->before)) all[--i] = n->last;
    return all;
  }

  /// Prompt and generated tokens. O(their number).
  constexpr std::vector<Token> tokens() const {
    std::vector<Token> all(prompt().begin(), prompt().end());
    for (Token t : generated()) all.push_back(t);
    return all;
  }

  constexpr std::uint64_t hash() const { return last_ ? last_->hash : prompt_hash_; }

  friend constexpr bool operator==(basic_context const& a, basic_context const& b) {
    if (a.hash() != b.hash() || a.generated_size() != b.generated_size()) return false;
    node const* m = raw(a.last_);
    node const* n = raw(b.last_);
    for (; m != n; m = raw(m->before), n = raw(n->before)) {
      if (m->last != n->last) return false;
    }
    return a.prompt_.is_same_as(b.prompt_) || have_equal_elements(a.prompt(), b.prompt());
  }

 private:
  friend detail::concat_fn;

  struct node {
    internal::shared<node> before;
    Token last;
    std::size_t size;
    std::uint64_t hash;

    constexpr node(internal::shared<node> b, Token t, std::size_t n, std::uint64_t h)
        : before(std::move(b)), last(t), size(n), hash(h) {}
    constexpr node(node&&) = default;
    // One after another: if each node destroyed the one before it, a long context would overflow the stack.
    constexpr ~node() {
      while (before && before.unique()) before = internal::shared<node>(std::move(before.exclusive().before));
    }
  };

  static constexpr bool have_equal_elements(std::span<Token const> a, std::span<Token const> b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }

  static constexpr node const* raw(internal::shared<node> const& n) { return n ? &*n : nullptr; }

  static constexpr std::uint64_t mixed(std::uint64_t h, Token t) {
    h ^= static_cast<std::uint64_t>(static_cast<std::uint32_t>(t)) + 1;
    h *= 0xff51afd7ed558ccdULL;
    return h ^ (h >> 32);
  }

  internal::shared<std::vector<Token>> prompt_;
  std::uint64_t prompt_hash_ = 0;
  internal::shared<node> last_;
};

/// `context`: a `basic_context` of tokens.
using context = basic_context<token>;

namespace refused {

struct this_is_no_context {};

}  // namespace refused

namespace internal {

template <class T>
inline constexpr bool is_a_context = false;
template <class Token>
inline constexpr bool is_a_context<basic_context<Token>> = true;

template <class T>
using a_context = rule<is_a_context<T>, refused::this_is_no_context>;

}  // namespace internal

namespace detail {

struct concat_fn {
  template <class Context, class Number,
            class = typename internal::every<internal::a_context<Context>, internal::a_token<Number>>::type::yes>
  constexpr Context operator()(Context const& s, Number number) const {
    using Token = typename Context::token_type;
    using node = typename Context::node;
    if constexpr (!std::same_as<Number, Token>) {
      if (!std::in_range<Token>(number)) detail::a_token_must_fit_its_type(s.size(), number);
    }
    auto const a = static_cast<Token>(number);
    Context longer(s);
    longer.last_ = internal::shared<node>::make(s.last_, a, s.generated_size() + 1, Context::mixed(s.hash(), a));
    return longer;
  }
};

}  // namespace detail

/// `concat(s, a)`: the context with one more generated token, `s_{t+1} = Concat(s_t, a_t)`.
///
/// *Cost*: O(1): one allocation, of a size that does not depend on the context's.
/// *Source*: foundation text, 1.2.
/// *Use*:
///     bellman::concat(bellman::context{3}, 7).last() == 7 && bellman::concat(bellman::context{3}, 7).size() == 2
inline constexpr detail::concat_fn concat{};

}  // namespace bellman
