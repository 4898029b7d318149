// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/enclosed_gain.hpp>
#include <bellman/planning/internal/state_elimination.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

// What the linker takes from any of several files must round alike on all machines: no product and sum at once.
#if defined(__clang__)
#pragma float_control(push)
#pragma clang fp contract(off)
#endif

namespace bellman::internal {

/// How far a sweep moves the values of a component, rounding included: up by what the operator makes of the actions,
/// down by what the policy does.
template <class V>
class residuals {
 public:
  std::vector<V> up = {};
  std::vector<V> down = {};

  template <class X>
  constexpr void add(X const& of_all, X const& of_policy) {
    up.push_back(not_below_zero(internal::upper_bound_of(of_all)));
    down.push_back(not_below_zero(V(-internal::lower_bound_of(of_policy))));
  }

 private:
  // What is no number stays so.
  static constexpr V not_below_zero(V const& x) { return x < V(0) || x == V(0) ? V(0) : x; }
};

/// Why a certificate was not had.
enum class shortfall { none, no_number, never_ends, may_go_on, not_proved };

/// Radii for the values of a component, those of what it leads to being known: `below` and `above` with
///
///     T(v + above) <= v + above   and   v - below <= T_pi(v - below),
///
/// each checked by one enclosed sweep. As T is monotone, no policy is worth more than `v + above`, and the policy pi,
/// which ends where nothing is discounted, is worth at least `v - below`. Radii are proposed and checked, never
/// believed: 0; each state's own residual and rounding, carried through the policy's equations, so that a state does
/// not pay for another's size; a common factor of the time until the component is left; below a discount of 1 a
/// constant.
template <class Op, class V>
class certificate {
  using component_type = component<Op, V>;
  using W = typename component_type::weight_type;
  using slots = internal::vector<index_t>;
  static constexpr bool has_rounding = rounds<V>;

 public:
  constexpr certificate(component_type const& c, std::vector<V> const& v, std::vector<V>& below, std::vector<V>& above)
      : c_(c), v_(v), below_(below), above_(above) {}

  /// Finds the radii of the component that was entered, from its residuals. `equations` are the policy's, freed of all
  /// states, if they are at hand.
  constexpr shortfall find(std::optional<state_elimination<W>> const& equations, residuals<V> const& off) {
    equations_ = &equations;
    if constexpr (component_type::improves) {
      where_ = c_.never_ends(c_.slots());
      if (where_ != no_index) return shortfall::never_ends;
    }
    if constexpr (!component_type::is_linear) {
      if (!c_.discounted() && (c_.size() > 1 || c_.leads_to_itself(c_.members()[0]))) {
        if constexpr (has_rounding) {
          std::vector<V> w(c_.size(), V(1));
          where_ = c_.members()[0];
          if (!steps_at_most(w)) return shortfall::not_proved;
        } else {
          where_ = may_go_on();
          if (where_ != no_index) return shortfall::may_go_on;
        }
      }
    }
    for (std::size_t i = 0; i < c_.size(); ++i) {
      if (is_finite(off.up[i]) && is_finite(off.down[i])) continue;
      where_ = c_.members()[i];
      return shortfall::no_number;
    }
    if (!enclose<side::below>(below_, off.down)) return shortfall::not_proved;
    if (!enclose<side::above>(above_, off.up)) return shortfall::not_proved;
    return shortfall::none;
  }

  /// One sweep: the residuals of the values as they are.
  constexpr residuals<V> sweep() {
    residuals<V> off;
    enclosed_gain<component_type, V, side::none> gain(c_, v_.data(), nullptr);
    for (index_t const s : c_.members()) {
      gain.turn_to(s);
      auto const all = gain.of_choice();
      if constexpr (component_type::improves) {
        off.add(all, gain.of_policy());
      } else {
        off.add(all, all);
      }
    }
    work_ += c_.transitions();
    return off;
  }

  /// The state where there is no certificate.
  constexpr index_t where() const { return where_; }
  /// How many transitions were read.
  constexpr double work() const { return work_; }

 private:
  template <side Side>
  constexpr bool holds(std::vector<V> const& e) {
    enclosed_gain<component_type, V, Side> gain(c_, v_.data(), e.data());
    work_ += c_.transitions();
    for (index_t const s : c_.members()) {
      gain.turn_to(s);
      bool good = false;
      if constexpr (Side == side::above) {
        V const most = internal::upper_bound_of(gain.of_choice());
        good = most < V(0) || most == V(0);  // what is no number proves nothing
      } else {
        V const least = internal::lower_bound_of(gain.of_policy());
        good = V(0) < least || least == V(0);
      }
      if (!good || !is_finite(e[s])) {
        where_ = s;
        return false;
      }
    }
    return true;
  }

  // What the radii outside add to a state's, at most: of the policy, or of all actions where it is above.
  template <side Side>
  constexpr V outside(index_t s, std::vector<V> const& e) const {
    V most(0);
    auto const of_slot = [&](index_t slot) {
      V total(0);
      for (auto const& o : c_.table().transition(s, slot)) {
        if (c_.inside(o.value.next)) continue;
        if constexpr (component_type::expects) {
          W const a = product(c_.gamma(), static_cast<W>(o.probability));
          total = sum(total, static_cast<V>(product(a, e[o.value.next])));
        } else {
          total = maximum(total, static_cast<V>(product(c_.gamma(), e[o.value.next])));
        }
      }
      if (most < total) most = total;
    };
    if constexpr (Side == side::below && component_type::improves) {
      of_slot(c_.slots()[s]);
    } else {
      c_.for_each_possible_slot(s, of_slot);
    }
    return most;
  }

  template <side Side>
  constexpr bool enclose(std::vector<V>& e, std::vector<V> const& residual) {
    auto const members = c_.members();
    std::size_t const n = members.size();
    V own(0);       // the largest residual
    V behind(0);    // the largest radius that the component leads to
    V together(0);  // the largest of both in one state
    for (std::size_t i = 0; i < n; ++i) {
      e[members[i]] = V(0);
      if (own < residual[i]) own = residual[i];
    }
    // What the component leads to is certain, or not.
    for (index_t const s : members) {
      for (index_t const slot : c_.table().actions(s)) {
        for (index_t const next : c_.table().successors(slot)) {
          if (behind < e[next]) behind = e[next];
        }
      }
    }
    if (!(V(0) < own) && (!(V(0) < behind) || holds<Side>(e))) return true;
    if (n == 1) {
      if constexpr (component_type::expects) {
        if (alone<Side>(e, residual[0])) return true;
      }
    } else if (local<Side>(e, residual)) {
      return true;
    }
    for (std::size_t i = 0; i < n; ++i) {
      V const both = sum(residual[i], outside<Side>(members[i], e));
      if (together < both) together = both;
    }
    return common<Side>(e, own, behind, together);
  }

  static constexpr V wider(V const& x, int units) {
    if constexpr (has_rounding) {
      return x + V(units) * (rounded<V>::unit * magnitude(x) + internal::least_above_zero<V>());
    } else {
      return x;
    }
  }

  // The radius of a single state: what its residual and what follows make it, for the action where that is most.
  template <side Side>
  constexpr bool alone(std::vector<V>& e, V const& residual) {
    index_t const s = c_.members()[0];
    V most(0);
    bool ends = true;
    auto const of_slot = [&](index_t slot) {
      W const leak = c_.leak(s, slot);
      V total = sum(residual, residual);
      for (auto const& o : c_.table().transition(s, slot)) {
        if (o.value.next == s) continue;
        W const a = product(c_.gamma(), static_cast<W>(o.probability));
        total = sum(total, static_cast<V>(product(a, e[o.value.next])));
      }
      if (!(W(0) < leak)) {
        // It stays for ever and pays nothing, or loses: its radius is any.
        ends = ends && !c_.discounted();
        return;
      }
      V const x = static_cast<V>(quotient(total, static_cast<V>(leak)));
      if (most < x) most = x;
    };
    if constexpr (Side == side::below && component_type::improves) {
      of_slot(c_.slots()[s]);
    } else {
      c_.for_each_possible_slot(s, of_slot);
    }
    if (!ends) return false;
    for (int units = 64; units <= 4096; units *= 8) {
      e[s] = wider(most, units);
      if (holds<Side>(e)) return true;
      if (!has_rounding) break;
    }
    e[s] = V(0);
    return false;
  }

  // Each state's own residual, doubled, carried through the policy's equations.
  template <side Side>
  constexpr bool local(std::vector<V>& e, std::vector<V> const& residual) {
    if constexpr (!component_type::is_linear) {
      return false;
    } else {
      std::optional<state_elimination<W>> own;
      auto const* equations = equations_;
      if (!equations->has_value()) {
        if (c_.size() > 512) return false;
        own = c_.eliminated(c_.slots(), 20 * c_.transitions() + 20000, 1e300, work_);
        equations = &own;
        if (!own) return false;
      }
      std::vector<V> b = residual;
      for (std::size_t i = 0; i < b.size(); ++i) {
        b[i] = wider(sum(b[i], b[i]), 64);
        c_.for_each_step(c_.members()[i], [&](index_t next, W const& a) {
          if (!c_.inside(next)) b[i] = sum(b[i], static_cast<V>(product(a, e[next])));
        });
      }
      auto const found = (*equations)->solve(std::move(b));
      for (std::size_t i = 0; i < found.size(); ++i) {
        V x = found[i];
        if constexpr (has_rounding) x = x * (V(1) + square_root_of_unit());
        e[c_.members()[i]] = x;
      }
      if (holds<Side>(e)) return true;
      for (index_t const s : c_.members()) e[s] = V(0);
      return false;
    }
  }
  static constexpr V square_root_of_unit() {
    if constexpr (has_rounding) {
      V x(1);
      for (int k = 0; k < std::numeric_limits<V>::digits / 2; ++k) x = x / V(2);
      return x;
    } else {
      return V(0);
    }
  }

  // `behind + c w` with one factor for all states: w is how long it takes to leave, or a constant.
  template <side Side>
  constexpr bool common(std::vector<V>& e, V const& own, V const& behind, V const& together) {
    std::size_t const n = c_.size();
    auto const members = c_.members();
    auto const kept = c_.kept_shares();
    kept_ = kept.most;
    V const least = has_rounding ? V(64) * smallest() : V(0);
    // What is kept is discounted: a constant covers what is here and what is behind, and is the smaller of the two ways
    // where the discount counts for more.
    if (kept_ < W(1)) {
      V const all = static_cast<V>(quotient(together, static_cast<V>(difference(W(1), kept_))));
      if (all < sum(behind, own) || (component_type::is_linear ? n == 1 : !c_.discounted())) {
        V c = all;
        for (int k = 0; k < 4; ++k) {
          for (index_t const s : members) e[s] = wider(c < least ? least : c, 64);
          if (holds<Side>(e)) return true;
          if (!has_rounding) break;
          c = c * V(2);
        }
      }
    }
    // Where each step keeps about the same, no factor for each state is better than a constant.
    if (c_.discounted() && (kept.are_alike() || !component_type::is_linear)) return flat<Side>(e, own, behind);
    {
      std::vector<V> w(n, V(1));
      if constexpr (component_type::is_linear) {
        if (!steps(c_.slots(), w, true)) return c_.discounted() && flat<Side>(e, own, behind);
      } else {
        if (!steps_at_most(w)) return false;
      }
      V c = own < least ? least : own;
      slots adverse;
      for (int round = 0; round < 40; ++round) {
        if (round == 6 && c_.discounted()) return flat<Side>(e, own, behind);
        for (std::size_t i = 0; i < n; ++i) {
          e[members[i]] =
              wider(sum(behind, has_rounding ? V(c * w[i] * (V(1) + V(1) / V(1000000))) : product(c, w[i])), 8);
        }
        if (holds<Side>(e)) return true;
        if constexpr (Side == side::above && component_type::improves && component_type::is_linear) {
          // Actions for which w falls short: they join it.
          if (n > 1 && round % 2 == 1) {
            if (adverse.empty()) adverse = c_.slots();
            if (!worsen(adverse, w, c)) {
              if (!c_.discounted()) return false;
              return flat<Side>(e, own, behind);
            }
            continue;
          }
        }
        c = sum(c, c);
      }
      return false;
    }
  }

  // Below a discount of 1 a constant always does, and does not suffer from rounding where steps come near 1 / epsilon.
  template <side Side>
  constexpr bool flat(std::vector<V>& e, V const& own, V const& behind) {
    V c = static_cast<V>(quotient(own, static_cast<V>(c_.rest())));
    if constexpr (has_rounding) {
      c = c * (V(1) + V(1) / V(64));  // the sweep that checks it rounds once more
      if (c < V(64) * smallest()) c = V(64) * smallest();
    }
    for (int k = 0; k < 40; ++k) {
      for (index_t const s : c_.members()) e[s] = wider(sum(behind, c), 8);
      if (holds<Side>(e)) return true;
      c = sum(c, c);
    }
    return false;
  }

  static constexpr V smallest() {
    if constexpr (has_rounding) {
      return internal::least_above_zero<V>();
    } else {
      return V(0);
    }
  }

  // A state from which actions can be chosen so that the component is never left; `no_index` if there is none, and
  // `T` has one fixed point: each action of a state leads, by chance, closer to where it is left. Where another than the
  // mean combines the outcomes, chance leads nowhere.
  constexpr index_t may_go_on() const {
    if constexpr (!component_type::expects) return c_.members()[0];
    internal::vector<char> ends(c_.size(), 0);
    for (bool found = true; found;) {
      found = false;
      for (index_t const s : c_.members()) {
        if (ends[c_.place(s)] != 0) continue;
        bool stays = false;
        c_.for_each_possible_slot(s, [&](index_t slot) {
          bool all = true;
          for (index_t const next : c_.table().successors(slot)) {
            all = all && c_.inside(next) && ends[c_.place(next)] == 0;
          }
          stays = stays || all;
        });
        if (stays) continue;
        ends[c_.place(s)] = 1;
        found = true;
      }
    }
    for (index_t const s : c_.members()) {
      if (ends[c_.place(s)] == 0) return s;
    }
    return no_index;
  }

  // The same where outcomes are not combined by their mean: the longest that it can take by whatever combines them.
  // Found, it proves that the component is left.
  constexpr bool steps_at_most(std::vector<V>& w) {
    if constexpr (!has_rounding) {
      return false;
    } else {
      auto const members = c_.members();
      auto const& t = c_.table();
      for (int k = 0; k < 20000; ++k) {
        V most(0);
        for (std::size_t i = members.size(); i-- > 0;) {
          V longest(0);
          auto const of_slot = [&](index_t slot) {
            V const after = c_.op().equivalent()(t.transition(members[i], slot), [&](auto const& o) {
              return c_.inside(o.next) ? V(-w[c_.place(o.next)]) : V(0);
            });
            longest = maximum(longest, V(V(1) - V(c_.gamma()) * after));
          };
          if constexpr (component_type::improves) {
            of_slot(c_.slots()[members[i]]);
          } else {
            c_.for_each_possible_slot(members[i], of_slot);
          }
          most = maximum(most, V(longest - w[i]));
          w[i] = longest;
        }
        work_ += c_.transitions();
        if (most < V(1) / V(4)) {
          for (auto& x : w) x = x * V(2);
          return true;
        }
        if (V(1) / V(scalar_traits<V>::epsilon()) < most * V(1024)) return false;
      }
      return false;
    }
  }

  // About `w >= 1 + K w`, K the policy's weights inside: how many steps it takes to leave.
  constexpr bool steps(slots const& chosen, std::vector<V>& w, bool own_policy) {
    std::size_t const n = c_.size();
    auto const members = c_.members();
    W const gone = difference(W(1), kept_);
    bool constant = W(0) < gone;
    if constexpr (has_rounding) constant = constant && W(1) / W(1000000000) < gone;
    if (constant) {
      for (auto& x : w) x = wider(static_cast<V>(quotient(W(1), gone)), 64);
      return true;
    }
    std::optional<state_elimination<W>> found;
    auto const* equations = equations_;
    if (!own_policy || !equations->has_value()) {
      double const limit = has_rounding ? 200 * c_.transitions() + 20000 : 1e300;
      if (!has_rounding || c_.transitions() < 3e6) found = c_.eliminated(chosen, limit, 1e300, work_);
      equations = &found;
    }
    if (equations->has_value()) {
      w = (*equations)->solve(std::vector<V>(n, V(1)));
      return true;
    }
    if constexpr (has_rounding) {
      // Sweeps there and back, until what is missing is less than a half.
      w.assign(n, V(1));
      bool back = false;
      int const most_sweeps = c_.discounted() ? 500 : 20000;  // below a discount of 1 there is a constant
      for (int k = 0; k < most_sweeps; ++k) {
        V most(0);
        for (std::size_t j = 0; j < n; ++j) {
          std::size_t const i = back ? n - 1 - j : j;
          V total(1);
          c_.for_each_step(members[i], chosen, [&](index_t next, W const& a) {
            if (c_.inside(next)) total = total + V(a) * w[c_.place(next)];
          });
          if (most < total - w[i]) most = total - w[i];
          w[i] = total;
        }
        work_ += c_.transitions() / 2;
        back = !back;
        if (most < V(1) / V(4)) {
          for (auto& x : w) x = x * V(2);
          return true;
        }
      }
    }
    return false;
  }

  // Turns the policy to what takes longest to leave, as far as that is more than w: what an action loses, measured in
  // c, counts against it.
  constexpr bool worsen(slots& adverse, std::vector<V>& w, V const& c) {
    auto const members = c_.members();
    enclosed_gain<component_type, V, side::none> gain(c_, v_.data(), nullptr);
    bool changed = false;
    for (std::size_t i = 0; i < members.size(); ++i) {
      index_t const s = members[i];
      gain.turn_to(s);
      V top{};
      index_t worst = no_index;
      for (index_t const slot : c_.table().actions(s)) {
        V const gained = quotient(V(internal::upper_bound_of(gain(slot))), c);
        V total = !(gained < V(0)) ? V(1) : V(1) + gained;
        for (auto const& o : c_.table().transition(s, slot)) {
          if (!c_.inside(o.value.next)) continue;
          W const a = product(c_.gamma(), static_cast<W>(o.probability));
          total = sum(total, product(static_cast<V>(a), w[c_.place(o.value.next)]));
        }
        if (worst == no_index || top < total) {
          top = total;
          worst = slot;
        }
      }
      if (worst != adverse[s] && w[i] < top) {
        adverse[s] = worst;
        changed = true;
      }
    }
    work_ += c_.transitions();
    if (!changed) return true;
    if (c_.never_ends(adverse) != no_index) return false;
    return steps(adverse, w, false);
  }

  component_type const& c_;
  std::vector<V> const& v_;
  std::vector<V>& below_;
  std::vector<V>& above_;
  std::optional<state_elimination<W>> const* equations_ = nullptr;
  W kept_{};
  index_t where_ = no_index;
  double work_ = 0;
};

}  // namespace bellman::internal

#if defined(__clang__)
#pragma float_control(pop)
#endif
