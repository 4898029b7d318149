// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/layout/internal/rules.hpp>
#include <bellman/probability/internal/unit_interval.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct minibatches_are_of_a_number_of_places_or_of_a_range_of_places {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void a_minibatch_must_have_a_place() {
  internal::refuse("bellman: minibatches of 0 places; there must be at least 1");
}
[[noreturn]] inline void there_must_be_enough_places_for_a_minibatch(std::size_t places, std::size_t size) {
  internal::refuse("bellman: minibatches of " + std::to_string(size) + " places from " + std::to_string(places) +
                   "; there must be enough for one");
}

}  // namespace detail

/// Places in an order drawn by a generator, in pieces: what `minibatches` gives. A range of `std::span`, one for each
/// minibatch, which lie in this. `size()`: how many minibatches there are.
class shuffled_minibatches {
 public:
  class iterator {
   public:
    using value_type = std::span<std::size_t const>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::forward_iterator_tag;
    using iterator_category = std::input_iterator_tag;

    iterator() = default;
    constexpr iterator(std::span<std::size_t const> its_rest, std::size_t its_size)
        : rest_(its_rest), size_(its_size) {}

    constexpr value_type operator*() const { return rest_.first(piece()); }
    constexpr iterator& operator++() {
      rest_ = rest_.subspan(piece());
      return *this;
    }
    constexpr iterator operator++(int) { return std::exchange(*this, ++iterator(*this)); }
    friend constexpr bool operator==(iterator const& i, iterator const& j) { return i.rest_.size() == j.rest_.size(); }

   private:
    constexpr std::size_t piece() const { return rest_.size() < size_ ? rest_.size() : size_; }

    std::span<std::size_t const> rest_{};
    std::size_t size_ = 1;
  };

  constexpr shuffled_minibatches(internal::vector<std::size_t> its_places, std::size_t its_size)
      : places_(std::move(its_places)), size_(its_size) {}

  constexpr std::size_t size() const { return (places_.size() + size_ - 1) / size_; }
  constexpr iterator begin() const { return {places_, size_}; }
  constexpr iterator end() const { return {std::span(places_).last(0), size_}; }

 private:
  internal::vector<std::size_t> places_;
  std::size_t size_;
};

namespace detail {

template <class Places>
concept range_of_places =
    std::ranges::input_range<Places> && internal::whole_number<std::ranges::range_value_t<Places>>;

template <class Places>
using places_to_draw = internal::rule<(internal::whole_number<std::remove_cvref_t<Places>> || range_of_places<Places>),
                                      refused::minibatches_are_of_a_number_of_places_or_of_a_range_of_places>;

struct minibatches_fn {
  template <class Places, class Size, class G,
            class = typename internal::every<places_to_draw<Places>, internal::a_count<Size>,
                                             internal::a_generator<G>>::type::yes>
  [[nodiscard]] constexpr shuffled_minibatches operator()(Places&& places, Size its_size, G&& urbg) const {
    std::size_t const size = internal::counted(its_size, "places a minibatch");
    auto all = listed(places);
    if (size == 0) detail::a_minibatch_must_have_a_place();
    if (all.size() < size) detail::there_must_be_enough_places_for_a_minibatch(all.size(), size);
    // Fisher and Yates: each of those that are left is as likely to be the next.
    for (std::size_t k = 0; k + 1 < all.size(); ++k) {
      std::size_t const other = k + internal::draw_below(all.size() - k, urbg);
      all[k] = std::exchange(all[other], all[k]);
    }
    return shuffled_minibatches(std::move(all), size);
  }

 private:
  template <class Places>
  static constexpr internal::vector<std::size_t> listed(Places& places) {
    internal::vector<std::size_t> all;
    if constexpr (std::ranges::range<Places>) {
      for (auto const& place : places) all.push_back(internal::counted(place, "places"));
    } else {
      std::size_t const n = internal::counted(places, "places");
      all.reserve(n);
      for (std::size_t k = 0; k < n; ++k) all.push_back(k);
    }
    return all;
  }
};

}  // namespace detail

/// `minibatches(n, size, urbg)`: the places 0, ..., n - 1 in an order drawn by a generator, each once, in pieces of
/// `size`; `minibatches(places, size, urbg)`: the places of a range, such as the `transitions()` of a recording.
///
///     for (auto const places : minibatches(r.transitions(), 64, urbg)) { ... }
///
/// The last piece has what is left, which is less than `size` unless n is a multiple of it: no place is left out. All
/// orders are as probable, but for what 53 bits a draw cannot tell apart.
///
/// *Arguments*: how many there are, or a range of integers, which is copied; at least one place a piece; `urbg`: any
/// `std::uniform_random_bit_generator`. For another epoch, call it again.
/// *Errors*: `invalid_value` for pieces of 0 and for fewer places than a piece has.
/// *Cost*: O(n), a draw a place, one array.
/// *Laws*: each order of four places is drawn as often as the others (tests/experience/minibatches.cpp).
/// *Source*: Fisher and Yates 1938; Knuth, The Art of Computer Programming 2, 3.4.2, algorithm P.
/// *Use*:
///     (*bellman::minibatches(7, 7, std::mt19937{}).begin()).size() == 7 &&
///         bellman::minibatches(7, 3, std::mt19937{}).size() == 3
inline constexpr detail::minibatches_fn minibatches{};

}  // namespace bellman
