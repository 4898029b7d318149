// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/internal/affine_forms.hpp>
#include <bellman/planning/internal/broken_rule.hpp>
#include <bellman/planning/internal/certificate_of_forms.hpp>
#include <bellman/planning/internal/order_of_states.hpp>
#include <bellman/planning/internal/state_elimination.hpp>
#include <bellman/planning/internal/sweeps_of_forms.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman::internal {

// A solution as a chain of constants, each within the steps that a compiler grants one, each made of the one before.
// A chain is named by a source: a type with the forms as a static `value`.

/// How many constants a chain may have.
inline constexpr int most_links = 100;

/// The loop of sweeps over the forms of `Source`, until they settle. `Aim` has the change to come to, relative to the
/// largest value, as a static `aim`, and 1 less the discount as `lost`. Each time it is asked to go on, the aim is an
/// eighth.
template <class Source, class Aim>
struct chain_of_sweeps {
  static constexpr auto const& forms = Source::value;
  using forms_type = std::remove_cvref_t<decltype(forms)>;
  using V = typename forms_type::number;

  static constexpr auto order = internal::nearest_end_first(forms);
  static constexpr V lost = static_cast<V>(Aim::lost);
  using sweeps = sweeps_of_forms<forms_type, V, order.width, !(V(0) < lost)>;
  using values = typename sweeps::values;

  // Functions, not lambdas: g++ 12 does not find a variable template in a lambda that initialises it.
  template <int K>
  static constexpr values link() {
    if constexpr (K == 0) {
      return sweeps::begin(order, static_cast<V>(Aim::aim));
    } else {
      values x = at<K - 1>;
      if (x.settled) x.aim /= V(8);
      return sweeps::advanced(forms, order, lost, x);
    }
  }
  template <int K>
  static constexpr values at = link<K>();

  /// The first link from K on where it has settled, or the last that there may be.
  template <int K>
  static constexpr int settled() {
    if constexpr (at<K>.settled || K == most_links) {
      return K;
    } else {
      return settled<K + 1>();
    }
  }
};

/// About how many steps it is to an end: of a policy, and of all slots that are nearly as good, the more the higher
/// `Try`.
template <class Chain, int K, int Try>
struct steps_source {
  using V = typename Chain::V;
  using type = typename Chain::forms_type;

  static constexpr type make() {
    type const& f = Chain::forms;
    auto const& x = Chain::template at<K>;
    type steps;
    index_t m = 0;
    index_t terms = 0;
    V margin = V(64) * (x.change + std::numeric_limits<V>::epsilon() * x.largest);
    for (int k = 0; k < Try; ++k) margin *= V(4096);
    for (index_t s = 0; s < type::states; ++s) {
      steps.first_slot[s] = m;
      for (index_t k = f.first_slot[s]; k < f.first_slot[s + 1]; ++k) {
        if (k != x.slot[s] && f.value(k, x.value) + margin < x.value[s]) continue;
        steps.constant[m] = V(1);
        for (index_t t = f.first_term[k]; t < f.first_term[k + 1]; ++t) {
          steps.next[terms] = f.next[t];
          steps.slope[terms] = f.slope[t];
          ++terms;
        }
        steps.first_term[++m] = terms;
      }
    }
    steps.first_slot[type::states] = m;
    return steps;
  }
  static constexpr type value = make();
};

struct roughly {
  static constexpr double aim = 1e-7;
  static constexpr double lost = 0;
};

/// A number for each state.
template <class V, std::size_t N>
struct numbers_of_states {
  V of[N]{};
};

/// What a chain ends with: values with bounds, and a policy that attains them.
template <class V, std::size_t N, std::size_t M>
struct solved_values {
  V value[N]{};
  V below[N]{};
  V above[N]{};
  index_t slot[N]{};
  bool may_be_optimal[M + 1]{};
  V error_bound{};
  stop stopped = stop::certified;
  double sweeps = 0;
  broken_rule broken{};

  constexpr solved_values() {
    // g++ 12 takes numbers of a class type that are not assigned for others.
    if constexpr (!std::is_arithmetic_v<V>) {
      error_bound = V(0);
      for (V& x : value) x = V(0);
      for (V& x : below) x = V(0);
      for (V& x : above) x = V(0);
    }
  }
};

/// A solution that there is not.
template <class Type>
constexpr Type unsolved(rule_at_compile_time rule, index_t state, double asked = 0, double found = 0) {
  Type x;
  x.broken.rule = rule;
  x.broken.state = state;
  x.broken.asked = asked;
  x.broken.found = found;
  return x;
}

/// Where nothing is discounted, a state that no policy ends from, or, where there is nothing to choose, the policy.
template <class Type, class Rows, class Order>
constexpr Type endless(Order const& order) {
  return internal::unsolved<Type>(
      Rows::chooses ? rule_at_compile_time::a_policy_may_end : rule_at_compile_time::the_policy_ends,
      order.state[order.ending]);
}

/// The fixed point of the forms of `Source` in floating point, with bounds. `Rows` says where the forms come from;
/// the tolerance, a type with a static `value`, is relative
/// to the largest value, and 0 asks for as much as rounding allows.
template <class Source, class Rows, class Tolerance>
struct solved_in_floats {
  static constexpr auto const& forms = Source::value;
  using forms_type = std::remove_cvref_t<decltype(forms)>;
  using V = typename forms_type::number;
  static constexpr std::size_t n = forms_type::states;
  static constexpr bool undiscounted = !(Rows::discount.value() < V(1));
  static constexpr V tolerance = static_cast<V>(Tolerance::value);
  struct for_tolerance {
    static constexpr V lost = V(1) - Rows::discount.value();
    static constexpr V aim = tolerance * (undiscounted ? V(1) / V(64) : lost / V(2));
  };
  using chain = chain_of_sweeps<Source, for_tolerance>;
  static constexpr auto const& order = chain::order;
  using certificate = certificate_of_forms<forms_type, V>;
  using radii_type = typename certificate::radii;
  using type = solved_values<V, n, forms_type::slots>;

  // None where a loop is nearly as good.
  template <int K, int Try>
  static constexpr numbers_of_states<V, n> weights() {
    numbers_of_states<V, n> w;
    if constexpr (undiscounted) {
      using steps = chain_of_sweeps<steps_source<chain, K, Try>, roughly>;
      constexpr int settled = steps::template settled<1>();
      constexpr auto const& found = steps::template at<settled>;
      if (!found.settled || found.unbounded || found.goes_on != no_index) return w;
      for (std::size_t s = 0; s < n; ++s) w.of[s] = found.value[s];
    } else {
      for (std::size_t s = 0; s < n; ++s) w.of[s] = forms.first_slot[s] == forms.first_slot[s + 1] ? V(0) : V(1);
    }
    return w;
  }
  template <int K, int Try = 0>
  static constexpr radii_type certify() {
    constexpr auto const& found = chain::template at<K>;
    if constexpr (!found.settled || found.unbounded || found.goes_on != no_index) {
      return {};
    } else {
      constexpr numbers_of_states<V, n> w = weights<K, Try>();
      constexpr radii_type r = certificate::certify(forms, found, chain::lost, w.of);
      if constexpr (r.proved || !undiscounted || Try == 2) {
        return r;
      } else {
        return certify<K, Try + 1>();
      }
    }
  }
  template <int K>
  static constexpr radii_type radii = certify<K>();

  template <int K>
  static constexpr bool is_reached() {
    return radii<K>.proved && radii<K>.most <= tolerance * chain::template at<K>.largest;
  }
  template <int K>
  static constexpr bool has_ended() {
    return chain::template at<K>.stalled || chain::template at<K>.unbounded ||
           chain::template at<K>.goes_on != no_index;
  }
  /// The link where it ends: by its tolerance, or by rounding, or by the number of links.
  template <int K>
  static constexpr int last() {
    constexpr int here = chain::template settled<K>();
    if constexpr (here == most_links || has_ended<here>() || is_reached<here>()) {
      return here;
    } else {
      return last<here + 1>();
    }
  }

  // Whether nothing that is added up overflows before it is noticed, which a compiler would not name.
  static constexpr bool stays_in_range() {
    V largest(0);
    for (std::size_t k = 0; k < forms_type::slots; ++k) {
      V const c = forms.constant[k] < V(0) ? -forms.constant[k] : forms.constant[k];
      if (largest < c) largest = c;
    }
    V const most = chain::sweeps::most_value / V(16);
    return undiscounted ? largest <= most / static_cast<V>(n + 1) : largest <= most * chain::lost;
  }

  static constexpr type solve() {
    using enum rule_at_compile_time;
    if constexpr (undiscounted && order.ending < n) {
      return internal::endless<type, Rows>(order);
    } else if constexpr (!stays_in_range()) {
      return internal::unsolved<type>(values_stay_in_the_range, 0);
    } else {
      constexpr int link = last<1>();
      constexpr auto const& found = chain::template at<link>;
      constexpr bool reached = is_reached<link>();
      if (found.goes_on != no_index) return internal::unsolved<type>(what_never_ends_does_not_gain, found.goes_on);
      if (found.unbounded) return internal::unsolved<type>(values_stay_in_the_range, 0);
      if (!radii<link>.proved) {
        return internal::unsolved<type>(values_are_certified, 0, 0, static_cast<double>(found.change));
      }
      if (!reached && V(0) < tolerance && Tolerance::is_asked) {
        return internal::unsolved<type>(the_tolerance_is_within_reach, 0, Tolerance::value,
                                        static_cast<double>(radii<link>.most / found.largest));
      }
      type x;
      radii_type r = radii<link>;
      certificate::compare(forms, found, chain::lost, r);
      for (std::size_t s = 0; s < n; ++s) {
        x.value[s] = found.value[s];
        x.below[s] = r.below[s];
        x.above[s] = r.above[s];
        x.slot[s] = found.slot[s];
      }
      for (std::size_t k = 0; k < forms_type::slots; ++k) x.may_be_optimal[k] = r.may_be_optimal[k];
      x.error_bound = r.most;
      x.stopped = reached ? stop::certified : found.stalled ? stop::rounding : stop::cap;
      x.sweeps = found.reads / static_cast<double>(forms_type::terms + 1);
      return x;
    }
  }
  static constexpr type value = solve();
};

/// The forms of `Source` in double.
template <class Source>
struct in_double {
  using from = std::remove_cvref_t<decltype(Source::value)>;
  using type = affine_forms<double, from::states, from::slots, from::terms>;

  static constexpr type make() {
    from const& f = Source::value;
    type x;
    for (std::size_t s = 0; s <= from::states; ++s) x.first_slot[s] = f.first_slot[s];
    for (std::size_t k = 0; k < from::slots; ++k) {
      x.constant[k] = to_double(f.constant[k]);
      x.first_term[k + 1] = f.first_term[k + 1];
    }
    for (std::size_t t = 0; t < from::terms; ++t) {
      x.next[t] = f.next[t];
      x.slope[t] = to_double(f.slope[t]);
    }
    return x;
  }
  static constexpr type value = make();
};

/// The fixed point of the forms of `Source` in exact numbers: the policy that is best in double, its equations solved
/// once, and a check that no slot is better; where one is, it is taken, and so on.
template <class Source, class Rows>
struct solved_exactly {
  static constexpr auto const& forms = Source::value;
  using forms_type = std::remove_cvref_t<decltype(forms)>;
  using V = typename forms_type::number;
  static constexpr std::size_t n = forms_type::states;
  static constexpr bool undiscounted = !(Rows::discount.value() < V(1));
  static constexpr auto order = internal::nearest_end_first(forms);
  using type = solved_values<V, n, forms_type::slots>;

  struct closely {
    static constexpr double lost = undiscounted ? 0 : to_double(difference(V(1), Rows::discount.value()));
    static constexpr double aim = 1e-12;
  };

  struct policy {
    index_t slot[n]{};
    V value[n]{};
    index_t goes_on = no_index;  // a state from which it never ends
    bool is_best = false;

    constexpr policy() {
      if constexpr (!std::is_arithmetic_v<V>) {
        for (V& x : value) x = V(0);
      }
    }
  };

  static constexpr policy first() {
    policy p;
    if constexpr (!has_a_double<V>) {
      for (std::size_t s = 0; s < n; ++s) p.slot[s] = order.slot[s];
    } else {
      using chain = chain_of_sweeps<in_double<Source>, closely>;
      constexpr int link = chain::template settled<1>();
      for (std::size_t s = 0; s < n; ++s) p.slot[s] = chain::template at<link>.slot[s];
      // What is a loop but for rounding does not end.
      if (undiscounted && internal::never_ends(forms, p.slot) != no_index) {
        for (std::size_t s = 0; s < n; ++s) p.slot[s] = order.slot[s];
      }
    }
    return p;
  }
  /// The values of a policy, and a better one, if there is any.
  static constexpr policy improved(policy p) {
    if (undiscounted) {
      p.goes_on = internal::never_ends(forms, p.slot);
      p.is_best = p.goes_on != no_index;
      if (p.is_best) return p;
    }
    state_elimination<V> equations(n);
    std::vector<V> b(n, V(0));
    for (index_t s = 0; s < n; ++s) {
      V leak(1);
      if (forms.first_slot[s] != forms.first_slot[s + 1]) {
        index_t const k = p.slot[s];
        b[s] = forms.constant[k];
        for (index_t t = forms.first_term[k]; t < forms.first_term[k + 1]; ++t) {
          leak = leak - forms.slope[t];
          equations.add(s, forms.next[t], forms.slope[t]);
        }
      }
      equations.add_leak(s, leak);
    }
    equations.eliminate(1e300, 1e300);
    std::vector<V> const v = equations.solve(std::move(b));
    for (std::size_t s = 0; s < n; ++s) p.value[s] = v[s];
    p.is_best = true;
    for (index_t s = 0; s < n; ++s) {
      V best = p.value[s];
      for (index_t k = forms.first_slot[s]; k < forms.first_slot[s + 1]; ++k) {
        V const q = forms.value(k, p.value);
        if (!(best < q)) continue;
        best = q;
        p.slot[s] = k;
        p.is_best = false;
      }
    }
    return p;
  }
  template <int K>
  static constexpr policy link() {
    if constexpr (K == 0) {
      return first();
    } else {
      return improved(at<K - 1>);
    }
  }
  template <int K>
  static constexpr policy at = link<K>();
  template <int K>
  static constexpr int last() {
    if constexpr (at<K>.is_best) {
      return K;
    } else {
      return last<K + 1>();
    }
  }

  static constexpr type solve() {
    if constexpr (undiscounted && order.ending < n) {
      return internal::endless<type, Rows>(order);
    } else {
      constexpr int links = last<1>();
      constexpr policy const& found = at<links>;
      if (found.goes_on != no_index) {
        return internal::unsolved<type>(rule_at_compile_time::what_never_ends_does_not_gain, found.goes_on);
      }
      type x;
      for (index_t s = 0; s < n; ++s) {
        x.value[s] = found.value[s];
        x.slot[s] = found.slot[s];
        for (index_t k = forms.first_slot[s]; k < forms.first_slot[s + 1]; ++k) {
          x.may_be_optimal[k] = forms.value(k, found.value) == found.value[s];
        }
      }
      x.sweeps = links;
      return x;
    }
  }
  static constexpr type value = solve();
};

}  // namespace bellman::internal
