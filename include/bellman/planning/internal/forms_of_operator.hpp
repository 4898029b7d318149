// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/planning/internal/affine_form.hpp>
#include <bellman/planning/internal/affine_forms.hpp>
#include <bellman/planning/internal/broken_rule.hpp>
#include <bellman/planning/internal/listed_states.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/choice.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/known_parts.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <ratio>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// How many outcomes a distribution of this type has, if its type says so; else 0.
template <class D>
inline constexpr std::size_t outcomes_by_type = 0;
template <class X>
inline constexpr std::size_t outcomes_by_type<dirac<X>> = 1;
template <class X, std::size_t N>
inline constexpr std::size_t outcomes_by_type<std::array<X, N>> = N;
template <class Points>
inline constexpr std::size_t outcomes_by_type<categorical<Points>> = outcomes_by_type<Points>;

template <class Range>
constexpr std::size_t number_of_elements(Range const& range) {
  if constexpr (outcomes_by_type<Range> != 0) {
    return outcomes_by_type<Range>;
  } else {
    return static_cast<std::size_t>(std::ranges::distance(range));
  }
}

/// A number that is a constant, in the field F: a number itself, or a `std::ratio`, which is exact in any.
template <class F, class X>
constexpr X const& constant_number(X const& x) {
  return x;
}
template <class F, std::intmax_t Num, std::intmax_t Den>
constexpr F constant_number(std::ratio<Num, Den> const&) {
  return quotient(F(Num), F(Den));
}

/// A discount of rewards of type R that is a constant.
template <class R, class G>
constexpr auto constant_discount(G const& gamma) {
  using F = std::conditional_t<field<scalar_t<R>>, scalar_t<R>, double>;
  return discount_for<R>(internal::constant_number<F>(gamma));
}

/// The same, where it is one; else 0, and `is_kept` is false.
template <class R, auto gamma>
struct checked_discount {
  using number = std::remove_cvref_t<decltype(internal::constant_discount<R>(gamma).value())>;
  static constexpr auto given = internal::constant_number<number>(gamma);
  static constexpr bool is_kept =
      internal::is_in_the_unit_interval(given) && (!(given < 1) || static_cast<number>(given) < number(1));

  static constexpr discount<number> make() {
    if constexpr (is_kept) {
      return internal::constant_discount<R>(gamma);
    } else {
      return number(0);
    }
  }
  static constexpr void refuse() { (void)internal::constant_discount<R>(gamma); }
};

/// The number of a state as a value that is not known yet.
template <auto env, class Form>
struct unknown_values {
  bool* are_listed;

  constexpr Form operator()(state_t<std::remove_cvref_t<decltype(env)>> const& s) const {
    index_t const i = listed_states<env>::find(s);
    if (i == no_index) *are_listed = false;
    return Form::of_state(i);
  }
};
// Terminal states have forms without slots.
template <auto env, class Form>
inline constexpr bool is_zero_in_terminal_states<unknown_values<env, Form>> = true;

/// What the weights of a row sum to that made a form of unknowns; 1 if that is one but for rounding. Weights that sum to
/// one within the tolerance alone are divided by it, as a table's are.
template <class F, std::size_t N>
constexpr F sum_of_weights(affine_form<F, N> const& x) {
  F total(1);
  if constexpr (rounds<F>) {
    total = F(0);
    for (index_t t = 0; t < x.size; ++t) total = total + x.slope[t];
    F const off = total < F(1) ? F(1) - total : total - F(1);
    if (!(off > scalar_traits<F>::epsilon() * F(static_cast<int>(x.size) + 4))) total = F(1);
  }
  return total;
}

/// How many forms a state has, and of how many terms.
struct form_count {
  index_t slots = 0;
  index_t terms = 0;
  bool lacks_an_action = false;
};

/// What is wrong with the weights of an action's outcomes; of those that were checked when they were built nothing is.
template <class D>
constexpr broken_rule weights_rule(D const& outcomes) {
  broken_rule broken{};
  if constexpr (!weights_were_checked<D> && field<probability_t<D>>) {
    using P = probability_t<D>;
    P total(0);
    std::size_t n = 0;
    for (auto&& e : outcomes) {
      if (broken.is_kept() && !internal::is_not_negative(e.probability)) {
        broken.rule = rule_at_compile_time::weights_are_not_negative;
        if constexpr (has_a_double<P>) broken.found = to_double(e.probability);
      }
      total = sum(total, e.probability);
      ++n;
    }
    if (broken.is_kept() && !internal::is_near_one(total, n)) {
      broken.rule = rule_at_compile_time::weights_sum_to_one;
      if constexpr (has_a_double<P>) broken.found = to_double(total);
    }
  }
  return broken;
}

/// The forms of an operator that chooses among the actions of a state: one for each action.
template <auto env, auto gamma>
struct forms_of_actions {
  using E = std::remove_cvref_t<decltype(env)>;
  using discount_type = checked_discount<reward_t<E>, gamma>;
  static constexpr auto discount = discount_type::make();
  using F = std::remove_cvref_t<decltype(discount.value())>;
  using action_type = action_t<E>;
  static constexpr bool chooses = true;

  static constexpr state_t<E> const& state(index_t i) { return listed_states<env>::state(i); }

  static constexpr form_count count(index_t i) {
    auto const& s = listed_states<env>::state(i);
    form_count n;
    if (env.terminal(s)) return n;
    using transition = std::remove_cvref_t<transition_t<E>>;
    auto&& actions = env.actions(s);
    if constexpr (outcomes_by_type<transition> != 0 && std::ranges::sized_range<decltype(actions)>) {
      n.slots = static_cast<index_t>(std::ranges::size(actions));
      n.terms = outcomes_by_type<transition>;
    } else {
      for (auto&& a : actions) {
        auto&& outcomes = env.transition(s, static_cast<action_t<E>>(a));
        auto const terms = static_cast<index_t>(internal::number_of_elements(outcomes));
        if (n.terms < terms) n.terms = terms;
        ++n.slots;
      }
    }
    n.lacks_an_action = n.slots == 0;
    return n;
  }

  /// `out(form, action)` for the slots first, ..., last - 1 of state `i`.
  template <class Form, class Out>
  static constexpr void write(index_t i, index_t first, index_t last, Out& out) {
    auto const& s = listed_states<env>::state(i);
    bool are_listed = true;
    // With a discount of 1, so that it is seen what the weights sum to.
    auto const q = action_value(env, bellman::discount<F>(F(1)), unknown_values<env, Form>{&are_listed});
    auto&& actions = env.actions(s);
    auto it = std::ranges::begin(actions);
    index_t number = 0;
    for (; number < first; ++number) ++it;
    for (; number < last && out.broken.is_kept(); void(++number), ++it) {
      action_t<E> const a = static_cast<action_t<E>>(*it);
      if constexpr (!weights_were_checked<transition_t<E>>) out.broken = internal::weights_rule(env.transition(s, a));
      if (out.broken.is_kept()) out.add(q(s, a), a);
      if (!are_listed) out.broken.rule = rule_at_compile_time::next_states_are_listed;
      if (!out.broken.is_kept()) {
        out.broken.state = i;
        out.broken.number = number;
      }
    }
  }
};

/// The forms of the operator of a policy: one for each state.
template <auto env, auto policy, auto gamma>
struct forms_of_policy {
  using E = std::remove_cvref_t<decltype(env)>;
  using discount_type = checked_discount<reward_t<E>, gamma>;
  static constexpr auto discount = discount_type::make();
  using F = std::remove_cvref_t<decltype(discount.value())>;
  using action_type = action_t<E>;
  static constexpr bool chooses = false;

  static constexpr state_t<E> const& state(index_t i) { return listed_states<env>::state(i); }

  static constexpr form_count count(index_t i) {
    auto const& s = listed_states<env>::state(i);
    form_count n;
    if (env.terminal(s)) return n;
    n.slots = 1;
    for (auto const& a : action_distribution<E>(policy, s)) {
      auto&& outcomes = env.transition(s, static_cast<action_t<E>>(a.value));
      n.terms += static_cast<index_t>(internal::number_of_elements(outcomes));
    }
    return n;
  }

  template <class Form, class Out>
  static constexpr void write(index_t i, index_t, index_t, Out& out) {
    auto const& s = listed_states<env>::state(i);
    bool are_listed = true;
    auto const q = action_value(env, bellman::discount<F>(F(1)), unknown_values<env, Form>{&are_listed});
    if constexpr (!weights_were_checked<transition_t<E>>) {
      for (auto const& a : action_distribution<E>(policy, s)) {
        if (out.broken.is_kept()) {
          out.broken = internal::weights_rule(env.transition(s, static_cast<action_t<E>>(a.value)));
        }
      }
    }
    if (out.broken.is_kept()) {
      auto const q_of = [&](action_t<E> const& a) {
        Form const x = q(s, a);
        return quotient(F(1), internal::sum_of_weights(x)) * x;
      };
      out.add(expected_choice<std::remove_const_t<decltype(policy)>>{policy}(env, s, q_of), action_type{});
    }
    if (!are_listed) out.broken.rule = rule_at_compile_time::next_states_are_listed;
    if (!out.broken.is_kept()) out.broken.state = i;
  }
};

/// The normal form of an operator over the states that an environment lists, as one constant. It is made in pieces,
/// each a constant of its own, since compilers grant each its steps.
template <auto env, class Rows>
class forms_of_operator {
  using F = typename Rows::F;
  using A = typename Rows::action_type;
  using states = listed_states<env>;
  static constexpr std::size_t n = states::size;
  static constexpr std::size_t states_at_once = 64;

  struct counts {
    form_count of[states_at_once]{};
  };
  template <std::size_t K>
  static constexpr counts count() {
    counts c;
    for (std::size_t i = K * states_at_once; i < n && i < (K + 1) * states_at_once; ++i) {
      c.of[i - K * states_at_once] = Rows::count(static_cast<index_t>(i));
    }
    return c;
  }
  template <std::size_t K>
  static constexpr counts counts_ = count<K>();

  struct slots_of_states {
    index_t first[n + 1]{};
    index_t terms = 1;  // the most of a slot
    broken_rule broken{};
  };
  template <std::size_t... K>
  static constexpr slots_of_states all_counts(std::index_sequence<K...>) {
    counts const* const parts[]{&counts_<K>...};
    slots_of_states x;
    for (std::size_t i = 0; i < n; ++i) {
      form_count const& c = parts[i / states_at_once]->of[i % states_at_once];
      x.first[i + 1] = x.first[i] + c.slots;
      if (x.terms < c.terms) x.terms = c.terms;
      if (x.broken.is_kept() && c.lacks_an_action) {
        x.broken.rule = rule_at_compile_time::a_state_has_an_action;
        x.broken.state = static_cast<index_t>(i);
      }
    }
    if (!Rows::discount_type::is_kept) x.broken.rule = rule_at_compile_time::a_discount_is_between_zero_and_one;
    if (states::listed_again != no_index) {
      x.broken.rule = rule_at_compile_time::states_are_listed_once;
      x.broken.state = states::find(states::state(states::listed_again));
      x.broken.number = states::listed_again;
    }
    return x;
  }
  static constexpr slots_of_states slots_ =
      all_counts(std::make_index_sequence<(n + states_at_once - 1) / states_at_once>{});
  static constexpr std::size_t slots = slots_.first[n];
  // Of slots of many terms fewer, so that clang's 2^20 steps allow for some 4000 a term.
  static constexpr std::size_t slots_at_once = slots_.terms < 4 ? 64 : slots_.terms < 256 ? 256 / slots_.terms : 1;
  using form = affine_form<F, slots_.terms>;

  // The forms of some slots.
  struct piece {
    F constant[slots_at_once]{};
    index_t last_term[slots_at_once]{};
    index_t next[slots_at_once * slots_.terms]{};
    F slope[slots_at_once * slots_.terms]{};
    A action[slots_at_once]{};
    index_t slots = 0;
    index_t terms = 0;
    broken_rule broken{};

    constexpr piece() {
      if constexpr (!std::is_arithmetic_v<F>) {
        for (F& x : constant) x = F(0);
        for (F& x : slope) x = F(0);
      }
      if constexpr (std::is_class_v<A>) {
        for (A& a : action) a = A{};
      }
    }
    constexpr void add(form const& x, A const& a) {
      // A step later what is not known counts as much as the discount says.
      F gamma = Rows::discount.value();
      constant[slots] = x.constant;
      if constexpr (rounds<F>) {
        F const total = internal::sum_of_weights(x);
        if (!(total == F(1))) {
          constant[slots] = x.constant / total;
          gamma = gamma / total;
        }
      }
      for (index_t t = 0; t < x.size; ++t) {
        next[terms] = x.state[t];
        slope[terms] = gamma * x.slope[t];
        ++terms;
      }
      action[slots] = a;
      last_term[slots] = terms;
      ++slots;
    }
  };
  template <std::size_t K>
  static constexpr piece make() {
    constexpr index_t first = static_cast<index_t>(K * slots_at_once);
    constexpr index_t last = static_cast<index_t>((K + 1) * slots_at_once < slots ? (K + 1) * slots_at_once : slots);
    piece p;
    index_t i = 0;
    while (slots_.first[i + 1] <= first) ++i;
    for (; i < n && slots_.first[i] < last && p.broken.is_kept(); ++i) {
      index_t const from = slots_.first[i] < first ? first : slots_.first[i];
      index_t const to = slots_.first[i + 1] < last ? slots_.first[i + 1] : last;
      if (from < to) {
        index_t const before = p.slots;
        Rows::template write<form>(i, from - slots_.first[i], to - slots_.first[i], p);
        for (index_t k = before; k < p.slots; ++k) {
          if (p.broken.is_kept() && !is_finite(p.constant[k])) {
            p.broken.rule = rule_at_compile_time::rewards_are_finite;
            p.broken.state = i;
            p.broken.number = from - slots_.first[i] + (k - before);
          }
        }
      }
    }
    return p;
  }
  template <std::size_t K>
  static constexpr piece piece_ = make<K>();

  template <std::size_t... K>
  static constexpr broken_rule first_broken(std::index_sequence<K...>) {
    broken_rule const* const parts[]{&slots_.broken, &piece_<K>.broken...};
    for (broken_rule const* const part : parts) {
      if (!part->is_kept()) return *part;
    }
    return {};
  }
  template <std::size_t... K>
  static constexpr std::size_t all_terms(std::index_sequence<K...>) {
    index_t const terms[]{0, piece_<K>.terms...};
    std::size_t total = 0;
    for (index_t const t : terms) total += t;
    return total;
  }
  using pieces = std::make_index_sequence<(slots + slots_at_once - 1) / slots_at_once>;

 public:
  static constexpr broken_rule broken = first_broken(pieces{});
  using type = affine_forms<F, n, slots, all_terms(pieces{})>;
  struct actions {
    A of[slots + 1]{};
  };

 private:
  template <std::size_t... K>
  static constexpr type together(std::index_sequence<K...>) {
    piece const* const parts[]{nullptr, &piece_<K>...};
    type x;
    for (std::size_t i = 0; i <= n; ++i) x.first_slot[i] = slots_.first[i];
    index_t m = 0;
    index_t t = 0;
    for (std::size_t k = 1; k <= sizeof...(K); ++k) {
      piece const& p = *parts[k];
      index_t of_piece = 0;
      for (index_t j = 0; j < p.slots; ++j) {
        x.constant[m] = p.constant[j];
        for (; of_piece < p.last_term[j]; ++of_piece, ++t) {
          x.next[t] = p.next[of_piece];
          x.slope[t] = p.slope[of_piece];
        }
        x.first_term[++m] = t;
      }
    }
    return x;
  }
  template <std::size_t... K>
  static constexpr actions actions_of(std::index_sequence<K...>) {
    piece const* const parts[]{nullptr, &piece_<K>...};
    actions x;
    if constexpr (std::is_class_v<A>) {
      for (A& a : x.of) a = A{};
    }
    std::size_t m = 0;
    for (std::size_t k = 1; k <= sizeof...(K); ++k) {
      for (index_t j = 0; j < parts[k]->slots; ++j) x.of[m++] = parts[k]->action[j];
    }
    return x;
  }

 public:
  static constexpr type value = together(pieces{});
  /// The action of each slot.
  static constexpr actions action = actions_of(pieces{});
};

}  // namespace bellman::internal
