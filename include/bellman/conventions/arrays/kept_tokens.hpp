// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/loss/ratio.hpp>

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman::conventions {

/// The tokens of a row that a mask keeps. A `std::views::filter` could not be read where it is const.
template <std::forward_iterator Row, std::forward_iterator Mask, std::sentinel_for<Mask> End>
class kept_view : public std::ranges::view_interface<kept_view<Row, Mask, End>> {
 public:
  class iterator {
   public:
    using value_type = std::iter_value_t<Row>;
    using difference_type = std::iter_difference_t<Row>;

    iterator() = default;
    constexpr iterator(Row row, Mask mask, End end) : row_(row), mask_(mask), end_(end) { skip(); }

    constexpr std::iter_reference_t<Row> operator*() const { return *row_; }
    constexpr iterator& operator++() {
      ++row_;
      ++mask_;
      skip();
      return *this;
    }
    constexpr iterator operator++(int) {
      iterator const here = *this;
      ++*this;
      return here;
    }
    friend constexpr bool operator==(iterator const& a, iterator const& b) { return a.mask_ == b.mask_; }
    friend constexpr bool operator==(iterator const& a, std::default_sentinel_t) { return a.mask_ == a.end_; }

   private:
    constexpr void skip() {
      while (mask_ != end_ && !(*mask_ != 0)) {
        ++row_;
        ++mask_;
      }
    }

    Row row_{};
    Mask mask_{};
    End end_{};
  };

  constexpr kept_view(Row row, Mask mask, End end) : first_(row, mask, end) {}

  constexpr iterator begin() const { return first_; }
  constexpr std::default_sentinel_t end() const { return {}; }

 private:
  iterator first_;
};

namespace detail {

[[noreturn]] inline void a_row_needs_one_flag_for_each_token(std::size_t tokens, std::size_t flags) {
  throw invalid_value("bellman: a row of " + std::to_string(tokens) + " tokens has a mask of " + std::to_string(flags) +
                      "; they must be of one length");
}
[[noreturn]] inline void a_batch_needs_as_many_rows_of_each(std::size_t rows, std::size_t others) {
  throw invalid_value("bellman: a batch has " + std::to_string(rows) + " rows of one kind and " +
                      std::to_string(others) + " of another; there must be as many of each");
}

template <class Range>
constexpr decltype(auto) row_at(Range& range, std::size_t i) {
  return std::ranges::begin(range)[static_cast<std::ranges::range_difference_t<Range>>(i)];
}

struct kept_tokens_fn {
  template <std::ranges::forward_range Row, std::ranges::forward_range Mask>
  requires std::ranges::borrowed_range<Row> && std::ranges::borrowed_range<Mask>
  constexpr auto operator()(Row&& row, Mask&& mask) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(row));
    auto const flags = static_cast<std::size_t>(std::ranges::distance(mask));
    if (n != flags) a_row_needs_one_flag_for_each_token(n, flags);
    return kept_view(std::ranges::begin(row), std::ranges::begin(mask), std::ranges::end(mask));
  }
};

struct kept_batch_fn {
  template <class LogProbs, class OldLogProbs, class Advantages, class Masks>
  requires std::is_lvalue_reference_v<LogProbs> && std::is_lvalue_reference_v<OldLogProbs> &&
      std::is_lvalue_reference_v<Advantages> && std::is_lvalue_reference_v<Masks>
  constexpr auto operator()(LogProbs&& log_probs, OldLogProbs&& old_log_probs, Advantages&& advantages,
                            Masks&& masks) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(masks));
    for (auto const others : {static_cast<std::size_t>(std::ranges::distance(log_probs)),
                              static_cast<std::size_t>(std::ranges::distance(old_log_probs)),
                              static_cast<std::size_t>(std::ranges::distance(advantages))}) {
      if (others != n) a_batch_needs_as_many_rows_of_each(n, others);
    }
    auto const sequence = [&log_probs, &old_log_probs, &advantages, &masks](std::size_t i) {
      return sampled_tokens{kept_tokens_fn{}(row_at(log_probs, i), row_at(masks, i)),
                            kept_tokens_fn{}(row_at(old_log_probs, i), row_at(masks, i)),
                            kept_tokens_fn{}(row_at(advantages, i), row_at(masks, i))};
    };
    return std::views::iota(std::size_t{0}, n) | std::views::transform(sequence);
  }
};

}  // namespace detail

/// `kept_tokens(row, mask)`: the elements of a padded row whose flag is not 0, in their order: a lazy view of the
/// caller's memory, which must outlive it (temporaries do not compile). The row is never read elsewhere, so that it
/// does not matter what is there. Throws `invalid_value` for two lengths that differ.
inline constexpr detail::kept_tokens_fn kept_tokens{};

/// `kept_batch(log_probs, old_log_probs, advantages, masks)`: a padded batch, each a range of rows, as a lazy range of
/// `sampled_tokens`, one for each row, over the caller's memory (temporaries do not compile); a row whose flags are all
/// 0 gives a sequence without tokens.
inline constexpr detail::kept_batch_fn kept_batch{};

}  // namespace bellman::conventions
