// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/answers_are_sequences.hpp>
#include <bellman/groups/batch_method.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/internal/places.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/place_in.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>

#include <cstddef>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct steps_of_answers_need_a_method_that_is_called_with_their_returns_and_a_grouping {};

}  // namespace refused

namespace internal {

/// The steps of all answers of a group, one answer after another: a range of their returns that knows where they stand.
template <class V>
class steps_of_answers {
 public:
  template <class Returns>
  constexpr explicit steps_of_answers(Returns& returns) {
    place_in<std::remove_cvref_t<Returns>> const place_of(returns);
    std::size_t answer = 0;
    for (auto&& sequence : returns) {
      place const here = place_of(answer++);
      std::size_t t = 0;
      for (std::ranges::range_value_t<decltype(sequence)> const& x : sequence) {
        values_.push_back(x);
        places_.push_back(here.of_step(t++));
      }
    }
  }

  constexpr auto begin() const { return values_.begin(); }
  constexpr auto end() const { return values_.end(); }
  constexpr std::size_t size() const { return values_.size(); }
  constexpr std::span<place const> places() const { return places_; }

 private:
  internal::vector<V> values_{};
  internal::vector<place> places_{};
};

template <class V>
struct place_in<steps_of_answers<V>> {
  std::span<place const> places;

  constexpr explicit place_in(steps_of_answers<V> const& steps) : places(steps.places()) {}

  constexpr place operator()(std::size_t i) const { return places[i]; }
};

/// A method for the steps of the answers of a layout.
template <class Method, class Groups>
struct a_method_of_steps
    : rule<batch_method<Method,
                        steps_of_answers<bottom_number_t<std::remove_cvref_t<typename Groups::rewards_t>>> const&>,
           refused::steps_of_answers_need_a_method_that_is_called_with_their_returns_and_a_grouping> {};

/// `advantages_of_steps(method, returns, ids)`: the function of a token that gives what the method says of each step of
/// a group's answers, those with equal ids being a group; there is one id for each step, one answer after another.
template <class Method, class Returns, class Ids>
constexpr auto advantages_of_steps(Method const& method, Returns& returns, Ids const& ids) {
  using V = bottom_number_t<std::remove_cvref_t<Returns>>;
  steps_of_answers<V> const steps(returns);
  return [advantages = method(steps, grouping(ids)), i = std::size_t{0}](auto const&, std::size_t) mutable {
    return internal::element_at(advantages, i++);
  };
}

}  // namespace internal

}  // namespace bellman
