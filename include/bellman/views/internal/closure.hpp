// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/views/internal/held.hpp>

#include <concepts>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <utility>

namespace bellman::internal {

struct closure_base {};

template <class T>
concept any_closure = std::derived_from<std::remove_cvref_t<T>, closure_base>;

// One closure after another, either of which may be somebody else's.
template <class First, class Second>
struct composed : closure_base {
  First first;
  Second second;

  constexpr composed(First its_first, Second its_second)
      : first(std::move(its_first)), second(std::move(its_second)) {}

  template <std::ranges::viewable_range Range>
  constexpr auto operator()(Range&& range) const {
    return std::forward<Range>(range) | first | second;
  }
};

/// An adaptor that waits for its range: `range | closure` is `adaptor(range, arguments...)`. Closures are composed with
/// one another, with those of `std::views` and those of range-v3 by `|` as well.
template <class Adaptor, class... Arguments>
class closure : public closure_base {
 public:
  constexpr explicit closure(Arguments... arguments) : arguments_(std::move(arguments)...) {}

  template <std::ranges::viewable_range Range>
  constexpr auto operator()(Range&& range) const& {
    return apply(std::forward<Range>(range), arguments_);
  }
  template <std::ranges::viewable_range Range>
  constexpr auto operator()(Range&& range) && {
    return apply(std::forward<Range>(range), std::move(arguments_));
  }

 private:
  template <class Range, class Tuple>
  static constexpr auto apply(Range&& range, Tuple&& arguments) {
    return std::apply(
        [&](auto&&... each) {
          return Adaptor{}(std::forward<Range>(range), std::forward<decltype(each)>(each)...);
        },
        std::forward<Tuple>(arguments));
  }

  std::tuple<Arguments...> arguments_;
};

/// `closure_of<Adaptor>(arguments...)`: a closure that holds ranges among its arguments as views.
template <class Adaptor, class... Arguments>
constexpr auto closure_of(Arguments&&... arguments) {
  return closure<Adaptor, held_t<Arguments>...>(internal::held(std::forward<Arguments>(arguments))...);
}

template <std::ranges::viewable_range Range, any_closure Closure>
constexpr auto operator|(Range&& range, Closure&& its_closure) {
  return std::forward<Closure>(its_closure)(std::forward<Range>(range));
}
template <class First, class Second>
  requires((any_closure<First> || any_closure<Second>) && !std::ranges::range<First> &&
           !std::ranges::range<Second>)
constexpr auto operator|(First&& first, Second&& second) {
  return composed<std::remove_cvref_t<First>, std::remove_cvref_t<Second>>(std::forward<First>(first),
                                                                                   std::forward<Second>(second));
}

}  // namespace bellman::internal
