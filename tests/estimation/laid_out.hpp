// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/packed.hpp>
#include <bellman/layout/time_major.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <numeric>
#include <span>
#include <tuple>
#include <type_traits>
#include <vector>

#include "estimation/every_estimator.hpp"
#include "estimation/random_recording.hpp"

namespace estimators {

/// Where number t of sequence i stands in an array, and the array as its layout; `lengths` are those of the sequences.
/// Rows begin a few numbers further apart than they are long, which nobody may touch.
struct rows_of_steps {
  static constexpr bool is_ragged = false;
  std::vector<std::size_t> lengths;
  std::size_t apart;

  rows_of_steps(std::vector<std::size_t> its_lengths, std::size_t gap)
      : lengths(std::move(its_lengths)), apart(lengths.size() + gap) {}
  std::size_t size() const { return lengths[0] * apart; }
  std::size_t place(std::size_t i, std::size_t t) const { return t * apart + i; }
  template <class Array>
  auto of(Array& x) const {
    return bellman::time_major(x, lengths.size(), apart);
  }
};
struct rows_of_sequences {
  static constexpr bool is_ragged = false;
  std::vector<std::size_t> lengths;
  std::size_t apart;

  rows_of_sequences(std::vector<std::size_t> its_lengths, std::size_t gap)
      : lengths(std::move(its_lengths)), apart(lengths[0] + gap) {}
  std::size_t size() const { return lengths.size() * apart; }
  std::size_t place(std::size_t i, std::size_t t) const { return i * apart + t; }
  template <class Array>
  auto of(Array& x) const {
    return bellman::batch_major(x, lengths[0], apart);
  }
};
struct one_behind_another {
  static constexpr bool is_ragged = true;
  std::vector<std::size_t> lengths;
  std::vector<int> offsets;

  one_behind_another(std::vector<std::size_t> its_lengths, std::size_t) : lengths(std::move(its_lengths)), offsets{0} {
    for (std::size_t n : lengths) offsets.push_back(offsets.back() + static_cast<int>(n));
  }
  std::size_t size() const { return static_cast<std::size_t>(offsets.back()); }
  std::size_t place(std::size_t i, std::size_t t) const { return static_cast<std::size_t>(offsets[i]) + t; }
  template <class Array>
  auto of(Array& x) const {
    return bellman::packed(x, offsets);
  }
};

/// Which flags a recording has.
template <bool Ends, bool Cuts, bool Masks, bool AfterLast>
struct which_flags {
  static constexpr bool ends = Ends;
  static constexpr bool cuts = Cuts;
  static constexpr bool masks = Masks;
  static constexpr bool after_last = AfterLast;
};

/// Several sequences in one layout, and each by itself as a list of steps.
template <class N, class Layout, class Flags>
struct laid_out {
  Layout where;
  std::vector<recording<N>> each;
  columns<std::vector<N>> all;
  std::vector<unsigned char> terminated, truncated, own;
  std::vector<N> value_after, value_after_last;

  laid_out(Layout const& layout, std::vector<recording<N>> its_sequences)
      : where(layout), each(std::move(its_sequences)) {
    std::size_t const n = where.size();
    all = {std::vector<N>(n, N(77)), std::vector<N>(n, N(77)), std::vector<N>(n, N(77)), std::vector<N>(n, N(77))};
    terminated.assign(n, 1);
    truncated.assign(n, 1);
    own.assign(n, 0);
    value_after.assign(n, N(77));
    for (std::size_t i = 0; i < each.size(); ++i) put(i);
  }

  auto layouts() const {
    return columns{where.of(all.rewards), where.of(all.values), where.of(all.action_values), where.of(all.ratios)};
  }
  auto steps() const {
    if constexpr (!Flags::ends && !Flags::cuts && !Flags::masks && !Flags::after_last) {
      return bellman::terminated{};
    } else {
      auto const if_there = [&](auto is_there, auto const& x) {
        if constexpr (decltype(is_there)::value) {
          return where.of(x);
        } else {
          return bellman::internal::nowhere{};
        }
      };
      std::bool_constant<Flags::cuts> const cuts{};
      auto const after = [&] {
        if constexpr (Flags::after_last) {
          return std::span<N const>(value_after_last);
        } else {
          return bellman::internal::nowhere{};
        }
      }();
      return bellman::internal::recorded(if_there(std::bool_constant<Flags::ends>{}, terminated),
                                         if_there(cuts, truncated), if_there(cuts, value_after),
                                         if_there(std::bool_constant<Flags::masks>{}, own), after);
    }
  }

 private:
  // What is written where nothing counts is seen if it is read: the value after a last step that ends.
  void put(std::size_t i) {
    auto& r = each[i];
    N after_last(99);
    for (std::size_t t = 0; t < r.size(); ++t) {
      std::size_t const k = where.place(i, t);
      auto const& s = r.steps[t];
      bool const is_zero = s.is_ended() && s.after() == N(0);
      bool const continues_behind = Flags::after_last && t + 1 == r.size() && s.is_ended() && !is_zero;
      all.rewards[k] = r.of.rewards[t];
      all.values[k] = r.of.values[t];
      all.action_values[k] = r.of.action_values[t];
      all.ratios[k] = r.of.ratios[t];
      own[k] = s.is_skipped() ? 0 : 3;
      terminated[k] = is_zero ? 2 : 0;
      truncated[k] = s.is_ended() && !is_zero && !continues_behind ? 1 : 0;
      value_after[k] = truncated[k] != 0 ? s.after() : N(88);
      if (continues_behind) after_last = s.after();
    }
    value_after_last.push_back(after_last);
  }
};

/// Steps that only such flags can say.
template <class N, class Flags>
std::vector<bellman::step<N>> steps_by(std::size_t n) {
  std::vector<bellman::step<N>> steps;
  int const often = *rc::gen::element(0, 10, 40);
  for (int k : random_integers(n, 0, 100)) {
    if (k >= often) {
      steps.push_back(bellman::continues{});
    } else if (Flags::masks && k % 3 == 0) {
      steps.push_back(bellman::skipped{});
    } else if (Flags::cuts && (k % 3 == 1 || !Flags::ends)) {
      steps.push_back(bellman::truncated{N(N(k % 16 + 1) / N(4))});
    } else if (Flags::ends) {
      steps.push_back(bellman::terminated{});
    } else {
      steps.push_back(bellman::continues{});
    }
  }
  for (std::size_t t = n; t-- > 0;) {
    if (Flags::after_last && t + 1 < n) break;
    if (steps[t].is_skipped() && !Flags::after_last) continue;
    if (!steps[t].is_ended()) {
      if (Flags::cuts || Flags::after_last) {
        steps[t] = bellman::truncated{N(3)};
      } else {
        steps[t] = bellman::terminated{};
      }
    }
    break;
  }
  return steps;
}

/// `outs` filled with what is not to be touched, and its layouts as outputs.
template <class Estimator, class Layout, class N, class Call>
auto written(Layout const& where, N const& untouched, Call const& call) {
  std::array<std::vector<N>, Estimator::count> out;
  for (auto& x : out) x.assign(where.size(), untouched);
  std::apply([&](auto&... x) { call(where.of(x)...); }, out);
  return out;
}

/// Whether what lies between the rows is as it was.
template <class Layout, class N>
bool is_untouched_elsewhere(Layout const& where, std::vector<N> x, N const& untouched) {
  for (std::size_t i = 0; i < where.lengths.size(); ++i) {
    for (std::size_t t = 0; t < where.lengths[i]; ++t) x[where.place(i, t)] = untouched;
  }
  for (auto const& each : x) {
    if (!(each == untouched)) return false;
  }
  return true;
}

/// The numbers of one sequence.
template <class Layout, class N>
std::vector<N> sequence_in(Layout const& where, std::vector<N> const& x, std::size_t i) {
  std::vector<N> all;
  for (std::size_t t = 0; t < where.lengths[i]; ++t) all.push_back(x[where.place(i, t)]);
  return all;
}

}  // namespace estimators
