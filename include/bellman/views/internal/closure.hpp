// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/views/internal/held.hpp>

#include <concepts>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct this_range_cannot_be_piped_into_these_adaptors {};

}  // namespace refused

namespace internal {

struct closure_base {};

template <class T>
concept any_closure = std::derived_from<std::remove_cvref_t<T>, closure_base>;

// Whether a range is taken by two adaptors, one after the other.
template <class Range, class First, class Second>
concept pipes = requires(Range&& range, First first, Second second) {
  static_cast<Range&&>(range) | first | second;
};

// One closure after another, either of which may be somebody else's.
template <class First, class Second>
struct composed : closure_base {
  First first;
  Second second;

  constexpr composed(First its_first, Second its_second)
      : first(std::move(its_first)), second(std::move(its_second)) {}

  template <class Range>
  using asks = rule<pipes<Range, First const&, Second const&>, refused::this_range_cannot_be_piped_into_these_adaptors>;

  template <class Range, class = typename asks<Range>::type::yes>
  [[nodiscard]] constexpr auto operator()(Range&& range) const {
    return std::forward<Range>(range) | first | second;
  }
};

/// An adaptor that waits for its range: `range | closure` is `adaptor(range, arguments...)`. Closures are composed with
/// one another, with those of `std::views` and those of range-v3 by `|` as well.
template <class Adaptor, class... Arguments>
class closure : public closure_base {
 public:
  constexpr explicit closure(Arguments... arguments) : arguments_(std::move(arguments)...) {}

  template <class Range>
  using asks = typename Adaptor::template asks<Range, Arguments const&...>;

  template <class Range, class = typename asks<Range>::type::yes>
  [[nodiscard]] constexpr auto operator()(Range&& range) const& {
    return apply(std::forward<Range>(range), arguments_);
  }
  template <class Range, class = typename Adaptor::template asks<Range, Arguments...>::type::yes>
  [[nodiscard]] constexpr auto operator()(Range&& range) && {
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

/// What a closure asks of what is piped into it, as the closure is given.
template <class Closure, class Range>
struct asked_by {
  using type = refused::this_range_cannot_be_piped_into_these_adaptors;
};
template <any_closure Closure, std::ranges::range Range>
struct asked_by<Closure, Range> : std::remove_reference_t<Closure>::template asks<Range> {};
template <class Adaptor, class... Arguments, std::ranges::range Range>
struct asked_by<closure<Adaptor, Arguments...>, Range> : Adaptor::template asks<Range, Arguments...> {};

template <class T>
concept adaptor_without_range = std::is_class_v<std::remove_cvref_t<T>> && !std::ranges::range<T>;
template <class First, class Second>
using two_adaptors =
    rule<((any_closure<First> || any_closure<Second>) && adaptor_without_range<First> && adaptor_without_range<Second>),
         refused::this_range_cannot_be_piped_into_these_adaptors>;

template <class Range, class Closure, class = typename asked_by<Closure, Range>::type::yes>
[[nodiscard]] constexpr auto operator|(Range&& range, Closure&& its_closure) {
  return std::forward<Closure>(its_closure)(std::forward<Range>(range));
}
template <class First, class Second, class = typename two_adaptors<First, Second>::type::yes, class = void>
[[nodiscard]] constexpr auto operator|(First&& first, Second&& second) {
  return composed<std::remove_cvref_t<First>, std::remove_cvref_t<Second>>(std::forward<First>(first),
                                                                           std::forward<Second>(second));
}
// Chosen where a range is refused, so that the compiler's message is of this one, not of every `|` that there is.
template <class Range, any_closure Closure, class Reason = typename asked_by<Closure, Range>::type>
  requires(!adaptor_without_range<Range> && !std::same_as<Reason, accepted>)
void operator|(Range&& range, Closure&& its_closure) = delete;

}  // namespace internal

}  // namespace bellman
