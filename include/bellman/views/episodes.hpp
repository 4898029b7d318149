// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/views/internal/cache.hpp>
#include <bellman/views/internal/closure.hpp>
#include <bellman/views/internal/held.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_recording_is_a_range_that_can_be_walked_twice {};
struct ends_are_a_range_of_steps_or_flags_or_a_function_that_gives_them {};

}  // namespace refused

namespace views {

namespace detail {

[[noreturn]] inline void there_must_be_one_end_for_each_step(std::size_t ends, std::size_t steps) {
  internal::refuse("bellman: " + std::to_string(ends) + " ends and " + std::to_string(steps) +
                   " steps; there must be one for each step");
}

// Whether a `step` or a flag says that the episode ends here.
template <class End>
constexpr bool ends_here(End const& end) {
  if constexpr (internal::is_step<End>) {
    return end.is_ended();
  } else {
    return static_cast<bool>(end);
  }
}

// A view of one function of the elements, which can be assigned to, as a view must be and a function need not.
template <class Ends, class Element>
concept function_of = std::invocable<std::ranges::range_reference_t<Ends>, Element>;

// Reads, one after the other, whether a step ends its episode: by a function, or from a range that is walked along with
// the recording.
template <class Ends, class Element>
class reader_of_ends {
 public:
  reader_of_ends() = default;
  constexpr explicit reader_of_ends(Ends& ends) : at_(std::ranges::begin(ends)) {}

  constexpr bool read(Element element) {
    if constexpr (function_of<Ends, Element>) {
      return detail::ends_here(std::invoke(*at_, std::forward<Element>(element)));
    } else {
      return detail::ends_here(*at_++);
    }
  }

 private:
  std::ranges::iterator_t<Ends> at_{};
};

}  // namespace detail

/// The view of the episodes of a recording, each a subrange of it, of which the last step is an ended one; or the last
/// of the recording, whose episode goes on.
///
/// A forward view. Going from an episode to the next costs a look at each of its steps; the first end is looked for
/// when `begin` is first called, which is of a view that is not const, and throws `invalid_value` where the sizes of
/// recording and ends are known and differ. Iterators are valid as long as the view is where it is; what they point to,
/// as long as the recording's own.
template <std::ranges::view Recording, std::ranges::view Ends>
  requires std::ranges::forward_range<Recording> && std::ranges::forward_range<Ends>
class episodes_view : public std::ranges::view_interface<episodes_view<Recording, Ends>> {
  using place = std::ranges::iterator_t<Recording>;
  using stop = std::ranges::sentinel_t<Recording>;
  using element = std::ranges::range_reference_t<Recording>;
  using reader = detail::reader_of_ends<Ends, element>;

 public:
  class iterator {
   public:
    using value_type = std::ranges::subrange<place>;
    using reference = value_type;
    using difference_type = std::ranges::range_difference_t<Recording>;
    using iterator_concept = std::forward_iterator_tag;
    using iterator_category = std::input_iterator_tag;
    using pointer = void;

    iterator() = default;
    constexpr iterator(place recording, stop its_stop, reader ends)
        : first_(recording), behind_(recording), stop_(its_stop), ends_(ends) {
      find_end();
    }

    constexpr reference operator*() const { return {first_, behind_}; }
    constexpr iterator& operator++() {
      first_ = behind_;
      find_end();
      return *this;
    }
    constexpr iterator operator++(int) {
      iterator const before = *this;
      ++*this;
      return before;
    }

    friend constexpr bool operator==(iterator const& i, iterator const& j) { return i.first_ == j.first_; }
    friend constexpr bool operator==(iterator const& i, std::default_sentinel_t) { return i.first_ == i.stop_; }

   private:
    constexpr void find_end() {
      for (bool ended = false; !ended && behind_ != stop_; ++behind_) ended = ends_.read(*behind_);
    }

    place first_{};
    place behind_{};
    stop stop_{};
    reader ends_{};
  };

  /// A view of nothing, to be assigned to: range-v3 0.12 asks for one.
  episodes_view() = default;
  constexpr episodes_view(Recording recording, Ends ends) : recording_(std::move(recording)), ends_(std::move(ends)) {}

  constexpr iterator begin() {
    check_sizes();
    return first_.get(std::ranges::begin(*recording_), std::ranges::end(*recording_), reader(*ends_));
  }
  constexpr std::default_sentinel_t end() const { return {}; }

 private:
  constexpr void check_sizes() {
    if constexpr (!detail::function_of<Ends, element> && std::ranges::sized_range<Recording> &&
                  std::ranges::sized_range<Ends>) {
      auto const steps = static_cast<std::size_t>(std::ranges::size(*recording_));
      auto const ends = static_cast<std::size_t>(std::ranges::size(*ends_));
      if (steps != ends) detail::there_must_be_one_end_for_each_step(ends, steps);
    }
  }

  std::optional<Recording> recording_;
  std::optional<Ends> ends_;
  internal::cache<iterator> first_;
};

namespace detail {

template <class End>
concept step_or_flag = internal::is_step<std::remove_cvref_t<End>> || std::constructible_from<bool, End>;
template <class Ends>
concept range_of_ends = std::ranges::viewable_range<Ends> && std::ranges::forward_range<Ends> &&
    step_or_flag<std::ranges::range_reference_t<Ends>>;
template <class Ends, class Recording>
concept function_of_ends = std::invocable < std::remove_cvref_t<Ends>
&, std::ranges::range_reference_t < Recording >>
       &&step_or_flag<std::invoke_result_t<std::remove_cvref_t<Ends>&, std::ranges::range_reference_t<Recording>>>;

template <class Recording>
using a_recording = internal::rule<(std::ranges::viewable_range<Recording> && std::ranges::forward_range<Recording>),
                                   refused::a_recording_is_a_range_that_can_be_walked_twice>;
template <class Recording, class Ends>
struct ends_of_recording : internal::rule<(range_of_ends<Ends> || function_of_ends<Ends, Recording>),
                                          refused::ends_are_a_range_of_steps_or_flags_or_a_function_that_gives_them> {};
// Of which it is not yet known what they are called with.
template <class Ends>
using ends_of_any_recording =
    internal::rule<(range_of_ends<Ends> ||
                    (!std::ranges::range<Ends> &&
                     (std::is_class_v<std::remove_cvref_t<Ends>> || std::is_pointer_v<std::decay_t<Ends>> ||
                      std::is_member_pointer_v<std::remove_cvref_t<Ends>>))),
                   refused::ends_are_a_range_of_steps_or_flags_or_a_function_that_gives_them>;

struct episodes_fn {
  template <class Recording, class Ends>
  using asks = internal::every<a_recording<Recording>, ends_of_recording<Recording, Ends>>;

  template <class Recording, class Ends, class = typename asks<Recording, Ends>::type::yes>
  [[nodiscard]] constexpr auto operator()(Recording&& recording, Ends&& ends) const {
    if constexpr (std::ranges::viewable_range<Ends>) {
      return episodes_view(internal::held(std::forward<Recording>(recording)),
                           internal::held(std::forward<Ends>(ends)));
    } else {
      return episodes_view(internal::held(std::forward<Recording>(recording)),
                           std::views::single(std::forward<Ends>(ends)));
    }
  }
  template <class Ends, class = typename ends_of_any_recording<Ends>::type::yes>
  [[nodiscard]] constexpr auto operator()(Ends&& ends) const {
    return internal::closure_of<episodes_fn>(std::forward<Ends>(ends));
  }
};

}  // namespace detail

/// `recording | views::episodes(ends)`: a recording of several episodes, cut after each end; or called with the
/// recording first.
///
///     rewards | views::episodes(steps)        steps | views::episodes(steps)
///     rows | views::episodes(&row::step)
///
/// *Arguments*: a recording; `ends`, a range with one `step` or flag for each of its elements, which a `step` ends
/// where it is terminated or truncated and a flag where it is not 0; or a function of an element, or a pointer to a
/// member, that gives either.
/// *Errors*: `invalid_value`, where the view is begun, for ends of another number.
/// *Cost*: `episodes_view`.
/// *Laws*: the estimates of each episode by itself are those of the recording (tests/views/episodes.cpp).
/// *Use*:
///     [] {
///       std::array const rewards{1.0, 2.0, 4.0};
///       std::array const ends{0, 1, 1};
///       auto episodes = rewards | bellman::views::episodes(ends);
///       return std::ranges::distance(*episodes.begin()) == 2;
///     }()
inline constexpr detail::episodes_fn episodes{};

}  // namespace views

}  // namespace bellman
