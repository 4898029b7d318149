// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <limits>
#include <string>

namespace bellman {

namespace detail {

template <class V>
[[noreturn]] void a_weight_of_a_sum_tree_must_be_finite_and_not_negative(std::size_t place, V const& weight,
                                                                         std::size_t size) {
  internal::refuse("bellman: the weight of place " + std::to_string(place) + " is " + internal::describe(weight) +
                   "; it must lie in [0, m], where m times the " + std::to_string(size) +
                   " places of the sum tree is finite");
}
[[noreturn]] inline void a_sum_tree_must_fit_into_memory(std::size_t size) {
  internal::refuse("bellman: a sum tree of " + std::to_string(size) + " places, which no memory holds");
}
[[noreturn]] inline void a_place_of_a_sum_tree_must_lie_in_it(std::size_t place, std::size_t size) {
  internal::refuse("bellman: place " + std::to_string(place) + " of a sum tree of " + std::to_string(size) + " places");
}

}  // namespace detail

/// `sum_tree<V>{n}`: n weights, 0 at first, with their sum: `.set(i, w)` changes one, `[i]` reads one, `.total()` is
/// the sum, `.least()` the least weight above 0, `.find(x)` the place in which a number x of `[0, total())` falls when
/// the weights are laid side by side.
///
/// Each sum is that of two smaller ones and is made anew with them, so that nothing drifts: after any number of changes
/// the sums are those of a tree that was made of the weights at once.
///
/// *Arguments*: V: an ordered field.
/// *Errors*: `invalid_value` for a place that there is not, and for a weight that is negative, a NaN, or so large that
/// the sum might overflow; the tree stays as it was.
/// *Cost*: O(1) to read, O(log n) to set and to find; 2 V a place, in twice as many places at most.
/// *Laws*: a place is found by as many numbers as its weight says, and one of weight 0 by none:
/// tests/experience/sum_tree.cpp.
/// *Source*: Schaul et al. 2016, appendix B.2.1.
/// *Use*:
///     [] {
///       bellman::sum_tree<double> tree(3);
///       tree.set(0, 1.0);
///       tree.set(2, 4.0);
///       return tree.total() == 5.0 && tree.least() == 1.0 && tree.find(0.5) == 0 && tree.find(1.0) == 2;
///     }()
template <ordered_field V>
class sum_tree {
 public:
  constexpr explicit sum_tree(std::size_t its_size)
      : size_(its_size), leaves_(leaves_for(its_size)), nodes_(2 * leaves_, node{V(0), V(0)}) {}

  constexpr std::size_t size() const { return size_; }
  constexpr V const& operator[](std::size_t place) const { return nodes_[leaves_ + place].sum; }
  constexpr V const& total() const { return nodes_[1].sum; }
  constexpr V const& least() const { return nodes_[1].least; }

  constexpr void set(std::size_t place, V const& weight) {
    if (place >= size_) detail::a_place_of_a_sum_tree_must_lie_in_it(place, size_);
    if (weight < V(0) || !is_finite(V(product(weight, as_number<V>(size_))))) {
      detail::a_weight_of_a_sum_tree_must_be_finite_and_not_negative(place, weight, size_);
    }
    std::size_t i = leaves_ + place;
    if constexpr (exact_scalar<V>) {
      V above = weight;  // an exact sum that overflows does so before anything is changed
      for (std::size_t k = i; k > 1; k /= 2) above = sum(above, nodes_[k ^ 1].sum);
    }
    nodes_[i] = {weight, weight};
    for (i /= 2; i != 0; i /= 2) {
      node const& left = nodes_[2 * i];
      node const& right = nodes_[2 * i + 1];
      nodes_[i] = {sum(left.sum, right.sum), lesser(left.least, right.least)};
    }
  }

  /// Of a double the sums are rounded to doubles. Where no weight is above 0 this is a place of weight 0.
  template <class X>
  requires std::same_as<X, V> ||(std::same_as<X, double>&& internal::has_a_double<V>)constexpr std::size_t
      find(X x) const {
    std::size_t i = 1;
    while (i < leaves_) {
      X const left = as<X>(nodes_[2 * i].sum);
      bool const none_left = !(V(0) < nodes_[2 * i].sum);
      bool const none_right = !(V(0) < nodes_[2 * i + 1].sum);
      // Rounding may leave a number that is larger than all weights: no place of weight 0 is found by it.
      if (none_right || (!none_left && x < left)) {
        i = 2 * i;
      } else {
        x = difference(x, left);
        i = 2 * i + 1;
      }
    }
    return i - leaves_;
  }

 private:
  struct node {
    V sum;
    V least;  // of those above 0; 0 where there is none
  };

  template <class X>
  static constexpr X as(V const& x) {
    if constexpr (std::same_as<X, V>) {
      return x;
    } else {
      return to_double(x);
    }
  }
  static constexpr std::size_t leaves_for(std::size_t size) {
    if (size > (std::numeric_limits<std::size_t>::max)() / (4 * sizeof(node))) {
      detail::a_sum_tree_must_fit_into_memory(size);
    }
    return std::bit_ceil(size);
  }
  static constexpr V lesser(V const& a, V const& b) {
    if (!(V(0) < a)) return b;
    return V(0) < b && b < a ? b : a;
  }

  std::size_t size_;
  std::size_t leaves_;
  internal::vector<node> nodes_;  // those under i are 2 i and 2 i + 1; the leaves come last
};

}  // namespace bellman
