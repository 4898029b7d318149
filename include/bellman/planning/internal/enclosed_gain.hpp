// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>

#include <utility>

// What the linker takes from any of several files must round alike on all machines: no product and sum at once.
#if defined(__clang__)
#pragma float_control(push)
#pragma clang fp contract(off)
#endif

namespace bellman::internal {

/// The numbers in which a residual is computed, so that it is known how far rounding may have taken it.
template <class V>
struct enclosing {
  using type = V;
};
template <rounds V>
struct enclosing<V> {
  using type = rounded<V>;
};
template <class V>
using enclosing_t = typename enclosing<V>::type;

/// Bounds of what was computed in them.
template <class V>
constexpr V lower_bound_of(rounded<V> const& x) {
  return x.lower();
}
template <class V>
constexpr V const& lower_bound_of(V const& x) {
  return x;
}
template <class V>
constexpr V upper_bound_of(rounded<V> const& x) {
  return x.upper();
}
template <class V>
constexpr V const& upper_bound_of(V const& x) {
  return x;
}

/// What is added to the values that a residual is computed of.
enum class side { none, above, below };

/// `u(k) - u(s)`, where `u` is `v`, `v + e` or `v - e`: sums that are never rounded, but their differences are.
template <class V, side Side>
struct differences {
  V const* v;
  V const* e;
  index_t const* here;

  constexpr enclosing_t<V> operator()(index_t k) const {
    V const of_v = difference(v[k], v[*here]);
    V const of_e = Side == side::none ? V(0) : V(difference(e[k], e[*here]));
    V const all = Side == side::below ? V(difference(of_v, of_e)) : V(sum(of_v, of_e));
    if constexpr (rounds<V>) {
      V const size = (of_v < V(0) ? -of_v : of_v) + (of_e < V(0) ? -of_e : of_e) + (all < V(0) ? -all : all);
      return {all, rounded<V>::unit * size};
    } else {
      return all;
    }
  }
};

template <class V, side Side>
inline constexpr bool is_zero_in_terminal_states<differences<V, Side>> = true;

/// `q(s, a) - u(s)` of the values `u`, enclosed: the operator's own action value, of differences.
///
/// A row's weights add up to 1 only within rounding: what they lack or have too much counts as staying where one is, so
/// that a row is as if it had been divided by its sum.
template <class Component, class V, side Side>
class enclosed_gain {
  using F = typename Component::weight_type;
  using X = enclosing_t<V>;

 public:
  constexpr enclosed_gain(Component const& c, V const* v, V const* e)
      : c_(c), v_(v), e_(e), q_(c.op().action_values(differences<V, Side>{v, e, &here_})) {}
  // A part refers to another.
  enclosed_gain(enclosed_gain const&) = delete;
  enclosed_gain& operator=(enclosed_gain const&) = delete;

  /// Of one action of the state it was turned to.
  constexpr X operator()(index_t slot) const {
    X gain = X(q_(here_, slot));
    if (c_.discounted()) gain = difference(gain, product(rest_, own_));
    if constexpr (rounds<V>) {
      V const n = V(static_cast<int>(c_.table().successors(slot).size()) + 4);
      gain.error += n * rounded<V>::unit * (size_of_reward(slot) + c_.rest() * (magnitude(own_.value) + own_.error));
    }
    return gain;
  }
  constexpr void turn_to(index_t s) {
    here_ = s;
    if constexpr (Side == side::none) {
      own_ = X(v_[s]);
    } else if constexpr (Side == side::above) {
      own_ = sum(X(v_[s]), X(e_[s]));
    } else {
      own_ = difference(X(v_[s]), X(e_[s]));
    }
  }

  /// What the operator makes of the actions.
  constexpr X of_choice() const {
    return c_.op().choice()(c_.table(), here_, [this](index_t slot) { return (*this)(slot); });
  }
  /// What the policy makes of them: where the operator takes the best action, that of one.
  constexpr X of_policy() const {
    if constexpr (Component::improves) {
      return (*this)(c_.slots()[here_]);
    } else {
      return of_choice();
    }
  }

 private:
  constexpr V size_of_reward(index_t slot) const {
    using row_type = decltype(c_.table().transition(here_, slot));
    if constexpr (knows_its_mean_reward<row_type>) {
      return magnitude(V(c_.table().reward(slot)));
    } else {
      // Of a mean that is taken now, or of another equivalent, all rewards are in it, however they cancel.
      V most(0);
      for (auto const& o : c_.table().transition(here_, slot)) most = maximum(most, magnitude(V(o.value.reward)));
      return most;
    }
  }

  Component const& c_;
  V const* v_;
  V const* e_;
  index_t here_ = 0;
  X own_{};
  X rest_ = difference(X(V(1)), X(V(c_.gamma())));
  decltype(std::declval<typename Component::op_type const&>().action_values(std::declval<differences<V, Side>>())) q_;
};

}  // namespace bellman::internal

#if defined(__clang__)
#pragma float_control(pop)
#endif
