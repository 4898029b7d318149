// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>
#include <vector>

// What the linker takes from any of several files must round alike on all machines: no product and sum at once.
#if defined(__clang__)
#pragma float_control(push)
#pragma clang fp contract(off)
#endif

namespace bellman::internal {

/// The equations `(leak_i + sum_j a_ij) x_i = b_i + sum_j a_ij x_j` of a chain that leaks, freed of one state after
/// another: nothing is subtracted, so that with weights that are not negative every share is right to its last digits,
/// however little leaks.
///
/// The state with the fewest pairs of a predecessor and a successor goes first, which keeps a corridor or a tree of
/// cycles from filling up.
///
/// *Source*: Grassmann, Taksar and Heyman, Operations Research 33 (1985); the order: Markowitz 1957.
template <class W>
class state_elimination {
 public:
  constexpr explicit state_elimination(std::size_t n)
      : rows_(n),
        last_place_(n, 0),
        predecessors_(n),
        leak_(n, scalar_traits<W>::zero()),
        out_(n, scalar_traits<W>::zero()) {}

  /// Adds to `a_ij`, one row after another; what leads to the state itself says nothing.
  constexpr void add(std::size_t i, index_t j, W const& a) {
    if (i == j) return;
    auto& row = rows_[i];
    index_t const k = last_place_[j];
    if (k < row.size() && row[k].to == j) {
      row[k].share = sum(row[k].share, a);
      return;
    }
    last_place_[j] = static_cast<index_t>(row.size());
    row.push_back({j, a});
    predecessors_[j].push_back(static_cast<index_t>(i));
  }
  constexpr void add_leak(std::size_t i, W const& a) { leak_[i] = sum(leak_[i], a); }

  /// Frees all states. False if it is given up: a state would take more than `most_pairs`, all of them more than
  /// `most_work` changes; or nothing leaks from some state.
  constexpr bool eliminate(double most_work, double most_pairs) {
    std::size_t const n = rows_.size();
    internal::vector<char> gone(n, 0);
    internal::vector<index_t> place(n, no_index);
    internal::vector<internal::vector<index_t>> waiting;  // by the number of pairs; what has changed waits more than once
    std::size_t fewest = 0;
    auto const bucket = [&](index_t s) {
      std::size_t const pairs = predecessors_[s].size() * rows_[s].size();
      return pairs < most_buckets ? pairs : most_buckets;
    };
    auto const put = [&](index_t s) {
      std::size_t const k = bucket(s);
      if (waiting.size() <= k) waiting.resize(k + 1);
      waiting[k].push_back(s);
      if (k < fewest) fewest = k;
    };
    for (index_t s = static_cast<index_t>(n); s-- > 0;) put(s);
    while (fewest < waiting.size()) {
      if (waiting[fewest].empty()) {
        ++fewest;
        continue;
      }
      index_t const s = waiting[fewest].back();
      waiting[fewest].pop_back();
      if (gone[s] != 0) continue;
      auto& before = predecessors_[s];
      std::size_t kept = 0;
      for (index_t const i : before) {
        if (gone[i] == 0) before[kept++] = i;
      }
      before.resize(kept);
      if (fewest < bucket(s)) {
        put(s);
        continue;
      }
      if (most_pairs < static_cast<double>(before.size()) * static_cast<double>(rows_[s].size())) return false;
      if (!free(s, gone, place)) return false;
      for (auto const& e : rows_[s]) put(e.to);
      if (most_work < work_) return false;
    }
    return true;
  }

  /// The `x` for a right-hand side.
  template <class V>
  constexpr std::vector<V> solve(std::vector<V> b) const {
    for (auto const& t : transfers_) b[t.to] = sum(b[t.to], product(t.share, b[t.from]));
    std::vector<V> x(rows_.size(), scalar_traits<V>::zero());
    for (std::size_t k = order_.size(); k-- > 0;) {
      index_t const s = order_[k];
      V total = b[s];
      for (auto const& e : rows_[s]) total = sum(total, product(e.share, x[e.to]));
      x[s] = divided(total, out_[s]);
    }
    return x;
  }

  /// The `y` of the transposed equations for a right-hand side, `y_i (leak_i + sum_j a_ij) = b_i + sum_j y_j a_ji`: the
  /// steps of `solve`, each the other way round and in the opposite order. `look_at` is shown each number that goes
  /// into a product.
  template <class V, class LookAt>
  constexpr std::vector<V> solve_transposed(std::vector<V> y, LookAt const& look_at) const {
    for (index_t const s : order_) {
      look_at(y[s]);
      y[s] = divided(y[s], out_[s]);
      look_at(y[s]);
      for (auto const& e : rows_[s]) y[e.to] = sum(y[e.to], product(e.share, y[s]));
    }
    for (std::size_t k = transfers_.size(); k-- > 0;) {
      auto const& t = transfers_[k];
      look_at(y[t.to]);
      y[t.from] = sum(y[t.from], product(t.share, y[t.to]));
    }
    return y;
  }

  /// How many roundings of one half of a unit in the last place may take an answer of the transposed equations from its
  /// place, in relation to itself, where right-hand sides are not negative and nothing underflows.
  ///
  /// An answer is a quotient of two sums of products of one share of each row, so that a row whose shares are off by a
  /// rounding takes it off by two (O'Cinneide, Numer. Math. 65, 1993); to free a state rounds the rows of its
  /// predecessors, and to pass through what is left rounds once for each entry.
  constexpr double roundings() const {
    double n = roundings_ + 4 * static_cast<double>(transfers_.size() + 2 * rows_.size());
    for (auto const& row : rows_) n += 4 * static_cast<double>(row.size());
    return n;
  }
  /// The least share that went into a product.
  constexpr W const& least_share() const { return least_share_; }

  /// How many shares were changed.
  constexpr double work() const { return work_; }

 private:
  struct entry {
    index_t to;
    W share;
  };
  struct transfer {  // of a right-hand side
    index_t from;
    index_t to;
    W share;
  };
  static constexpr std::size_t most_buckets = 4096;

  template <class V>
  static constexpr V divided(V const& x, W const& by) {
    if constexpr (std::same_as<V, W>) {
      return quotient(x, by);
    } else {
      return product(quotient(W(1), by), x);
    }
  }

  constexpr void look_at_share(W const& a) {
    if constexpr (rounds<W>) {
      if (a < least_share_) least_share_ = a;
    }
  }

  // What led to `s` leads to what `s` leads to.
  constexpr bool free(index_t s, internal::vector<char>& gone, internal::vector<index_t>& place) {
    gone[s] = 1;
    order_.push_back(s);
    W total = leak_[s];
    for (auto const& e : rows_[s]) total = sum(total, e.share);
    if (!(W(0) < total)) return false;
    out_[s] = total;
    roundings_ += 2 * static_cast<double>(predecessors_[s].size()) * static_cast<double>(rows_[s].size() + 5);
    for (auto const& e : rows_[s]) look_at_share(e.share);
    if (!is_zero(leak_[s])) look_at_share(leak_[s]);
    for (index_t const i : predecessors_[s]) {
      auto& row = rows_[i];
      std::size_t of_s = 0;
      for (std::size_t k = 0; k < row.size(); ++k) {
        if (row[k].to == s) of_s = k;
        place[row[k].to] = static_cast<index_t>(k);
      }
      look_at_share(row[of_s].share);
      W const share = quotient(row[of_s].share, total);
      for (auto const& e : rows_[s]) {
        if (e.to == i) continue;
        W const part = product(share, e.share);
        if (place[e.to] != no_index) {
          row[place[e.to]].share = sum(row[place[e.to]].share, part);
        } else {
          place[e.to] = static_cast<index_t>(row.size());
          row.push_back({e.to, part});
          predecessors_[e.to].push_back(i);
        }
      }
      for (auto const& e : row) place[e.to] = no_index;
      leak_[i] = sum(leak_[i], product(share, leak_[s]));
      transfers_.push_back({s, i, share});
      row[of_s] = row.back();
      row.pop_back();
      work_ += static_cast<double>(rows_[s].size() + row.size() + 2);
    }
    return true;
  }

  std::vector<std::vector<entry>> rows_;
  internal::vector<index_t> last_place_;  // of each state, in the row that was added to last
  std::vector<internal::vector<index_t>> predecessors_;
  std::vector<W> leak_;
  std::vector<W> out_;
  internal::vector<index_t> order_;
  std::vector<transfer> transfers_;
  double work_ = 0;
  double roundings_ = 0;
  W least_share_ = W(1);
};

}  // namespace bellman::internal

#if defined(__clang__)
#pragma float_control(pop)
#endif
