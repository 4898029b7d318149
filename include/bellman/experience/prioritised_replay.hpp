// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/experience/internal/rules.hpp>
#include <bellman/experience/replay_buffer.hpp>
#include <bellman/experience/sum_tree.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/unit_interval.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace internal {

/// The probability of a place, of the weights in a tree.
template <class V>
struct share_of_tree {
  sum_tree<V> const* tree;

  constexpr weighted<std::size_t, V> operator()(std::size_t place) const {
    return {place, V(quotient((*tree)[place], tree->total()))};
  }
};

}  // namespace internal

/// The distribution of a draw by priority: what `prioritised_replay::places` gives, a view of the buffer.
template <ordered_field V>
class prioritised_places {
 public:
  static constexpr bool weights_were_checked = true;

  constexpr prioritised_places(sum_tree<V> const& its_tree, std::size_t its_size)
      : tree_(&its_tree), points_({std::size_t{0}, its_size}, {&its_tree}) {}
  prioritised_places(sum_tree<V> const&&, std::size_t) = delete;

  constexpr auto begin() const { return points_.begin(); }
  constexpr auto end() const { return points_.end(); }

  /// The place in which a number of [0, 1) falls when the probabilities are laid side by side.
  constexpr std::size_t value_at(double u) const requires internal::has_a_double<V> {
    return tree_->find(product(u, to_double(tree_->total())));
  }

 private:
  sum_tree<V> const* tree_;
  std::ranges::transform_view<std::ranges::iota_view<std::size_t, std::size_t>, internal::share_of_tree<V>> points_;
};

namespace internal {

template <class V>
inline constexpr bool finds_its_values<prioritised_places<V>> = true;

}  // namespace internal

namespace detail {

template <class V>
[[noreturn]] void a_priority_must_be_finite_and_not_negative(V const& priority, V const& alpha) {
  internal::refuse("bellman: a priority is " + internal::describe(priority) +
                   "; it must be a number from 0 on whose power to " + internal::describe(alpha) +
                   ", times the capacity, is finite, and 0 only for 0");
}
template <class V>
[[noreturn]] void the_exponent_of_priorities_must_not_be_negative(V const& alpha) {
  internal::refuse("bellman: the exponent of priorities is " + internal::describe(alpha) +
                   "; it must be a finite number from 0 on, of exact numbers 0 or 1");
}
template <class V>
[[noreturn]] void the_exponent_of_importance_weights_must_lie_between_zero_and_one(V const& beta) {
  internal::refuse("bellman: the exponent of importance weights is " + internal::describe(beta) +
                   "; it must lie in [0, 1], of exact numbers it is 0 or 1");
}
[[noreturn]] inline void no_place_has_a_priority_above_zero() {
  internal::refuse("bellman: a replay buffer is drawn from in which all priorities are 0");
}
[[noreturn]] inline void what_is_never_drawn_has_no_importance_weight(std::size_t place) {
  internal::refuse("bellman: place " + std::to_string(place) + " has priority 0, is never drawn and has no weight");
}

// An exact number has two powers: to 0 and to 1.
template <class V>
constexpr bool has_power(V const& exponent) {
  return !exact_scalar<V> || exponent == V(0) || exponent == V(1);
}
// x^e for x, e >= 0; to the power 1 it is x itself.
template <class V>
constexpr V power(V const& x, V const& exponent) {
  if (exponent == V(0)) return V(1);
  if constexpr (!exact_scalar<V>) {
    if (!(exponent == V(1))) return V(0) < x ? exp(V(product(exponent, log(x)))) : x;
  }
  return x;
}

}  // namespace detail

/// `prioritised_replay<T>{capacity, alpha}`: a `replay_buffer` in which place i is drawn with probability
/// `P(i) = p_i^alpha / sum_j p_j^alpha`, where `p_i` is its priority, such as the size of its last TD error.
///
/// `.add(x)` keeps x with the largest priority that there was so far, at first 1, so that it is drawn soon;
/// `.add(x, p)` with priority p; `.update(i, p)` changes it. `.places()` is the distribution of a draw:
/// `sample(buffer.places(), urbg)` draws a place. `.draw(n, urbg)` is a minibatch of n places, one drawn from each n-th
/// of the sum of priorities, so that place i is expected n P(i) times. `.importance_weight(i, beta)` is what puts right
/// that draws are not alike: `(N P(i))^-beta`, by the largest of these of all places.
///
/// *Arguments*: T can be moved; alpha from 0, all places alike, on; beta from 0 to 1, where the bias is gone. Numbers
/// are V, `double` if not named: `prioritised_replay<T, V>`; exact ones have exponents 0 and 1.
/// *Errors*: `invalid_value` for a capacity of 0; an exponent out of its range; a priority that is negative, a NaN,
/// so large that the sum might overflow, or so small that its power is lost; a place that was not filled; a draw where
/// nothing is kept or no priority is above 0; a minibatch longer than what is kept. Buffer and generator stay as they
/// were.
/// *Cost*: O(log n) to add, update and draw, O(1) for a weight.
/// *Laws*: `expectation(places, i -> f(i) / (N P(i)))` is the mean of f: tests/experience/prioritised_replay.cpp.
/// *Source*: Schaul, Quan, Antonoglou, Silver 2016, "Prioritized experience replay", algorithm 1 and appendix B.2.1.
/// *Use*:
///     [] {
///       bellman::prioritised_replay<char> buffer(4, 1.0);
///       buffer.add('a', 1.0);
///       buffer.add('b', 3.0);
///       return buffer.probability(1) == 0.75 && buffer.importance_weight(0, 1.0) == 1.0 &&
///              bellman::approx_equal(buffer.importance_weight(1, 1.0), 1 / 3.0, 1e-15);
///     }()
template <std::movable T, ordered_field V = double>
class prioritised_replay {
 public:
  constexpr prioritised_replay(std::size_t its_capacity, V its_exponent)
      : kept_(its_capacity), weights_(its_capacity), exponent_(std::move(its_exponent)) {
    if (exponent_ < V(0) || !is_finite(exponent_) || !detail::has_power(exponent_)) {
      detail::the_exponent_of_priorities_must_not_be_negative(exponent_);
    }
  }

  constexpr std::size_t capacity() const { return kept_.capacity(); }
  constexpr std::size_t size() const { return kept_.size(); }
  constexpr decltype(auto) operator[](std::size_t place) const& { return kept_[place]; }
  constexpr void operator[](std::size_t) const&& = delete;

  /// Keeps x with the largest priority so far, and gives its place.
  constexpr std::size_t add(T x) { return keep(std::move(x), largest_); }
  constexpr std::size_t add(T x, V const& priority) { return keep(std::move(x), weight_of(priority)); }

  constexpr void update(std::size_t place, V const& priority) {
    check_place(place);
    weigh_anew(place, weight_of(priority));
  }

  constexpr V probability(std::size_t place) const {
    check_place(place);
    check_draw();
    return quotient(weights_[place], weights_.total());
  }

  constexpr V importance_weight(std::size_t place, V const& beta) const {
    check_place(place);
    if (!internal::is_in_the_unit_interval(beta) || !detail::has_power(beta)) {
      detail::the_exponent_of_importance_weights_must_lie_between_zero_and_one(beta);
    }
    if (!(V(0) < weights_[place])) detail::what_is_never_drawn_has_no_importance_weight(place);
    return detail::power(V(quotient(weights_.least(), weights_[place])), beta);
  }

  constexpr prioritised_places<V> places() const& {
    check_draw();
    return {weights_, size()};
  }
  void places() const&& = delete;

  template <class G, class = typename internal::a_generator<G>::type::yes>
  constexpr internal::vector<std::size_t> draw(std::size_t n, G&& urbg) const {
    auto const all = places();
    internal::check_minibatch(n, size());
    internal::vector<std::size_t> drawn;
    drawn.reserve(n);
    for (std::size_t k = 0; k < n; ++k) {
      double const within = internal::draw_from_unit_interval(urbg);
      drawn.push_back(all.value_at((static_cast<double>(k) + within) / static_cast<double>(n)));
    }
    return drawn;
  }

 private:
  constexpr void check_place(std::size_t place) const {
    if (place >= size()) internal::a_place_must_have_been_filled(place, size());
  }
  constexpr void check_draw() const {
    if (size() == 0) internal::an_empty_replay_buffer_has_nothing_to_draw();
    if (!(V(0) < weights_.total())) detail::no_place_has_a_priority_above_zero();
  }
  constexpr V weight_of(V const& priority) const {
    // A NaN and an infinity have no power that passes.
    V const weight = V(0) < priority || priority == V(0) ? detail::power(priority, exponent_) : priority;
    bool const vanishes = V(0) < priority && !(V(0) < weight);
    if (!(V(0) < weight || weight == V(0)) || vanishes || !is_finite(priority) ||
        !is_finite(V(product(weight, as_number<V>(capacity()))))) {
      detail::a_priority_must_be_finite_and_not_negative(priority, exponent_);
    }
    return weight;
  }
  constexpr void weigh_anew(std::size_t place, V const& weight) {
    weights_.set(place, weight);
    if (largest_ < weight) largest_ = weight;
  }
  constexpr std::size_t keep(T x, V const& weight) {
    std::size_t const place = kept_.add(std::move(x));
    weigh_anew(place, weight);
    return place;
  }

  replay_buffer<T> kept_;
  sum_tree<V> weights_;
  V exponent_;
  V largest_ = V(1);
};

}  // namespace bellman
