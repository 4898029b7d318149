// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>
#include <tuple>
#include <vector>

namespace bellman::internal {

/// A vector of so many floating-point numbers, which are had one by one: a `std::array`, `coordinates`. Of one whose
/// length is not in its type zero has none.
template <class V>
concept vector_of_floats = !ordered_field<V> && rounds<scalar_t<V>> && requires(V& v, std::size_t i) {
  std::tuple_size<V>::value;
  { v[i] } -> std::same_as<scalar_t<V>&>;
};

/// Sweeps of a policy's operator over a component for values that are vectors: all components of a value in one go,
/// each judged by itself. They have no order, so nothing is certified: a component stops where its error, as its
/// residuals let it be estimated, is within the tolerance of its largest value, or within rounding.
template <class Component, class V, class Backup>
class vector_sweeps {
  using W = scalar_t<V>;
  static constexpr std::size_t count = std::tuple_size<V>::value;

 public:
  constexpr vector_sweeps(Component const& c, Backup const& backup, std::vector<V>& values, double tolerance)
      : c_(c), backup_(backup), values_(values), kept_(c.kept_shares()), alike_(kept_.are_alike()) {
    W const unit = scalar_traits<W>::epsilon();
    tolerance_ = W(tolerance) < unit ? unit : W(tolerance);
  }

  /// Some sweeps, at most; whether they were enough.
  constexpr bool run(double most) {
    for (std::size_t k = 0; static_cast<double>(k) < most; ++k) {
      ++done_;
      if (alike_) {
        at_once();
      } else {
        in_place(k % 2 == 0);
      }
      if (is_close()) return true;
    }
    return false;
  }
  constexpr double sweeps() const { return static_cast<double>(done_); }

 private:
  constexpr void note(bool first, V const& now, V const& before) {
    for (std::size_t i = 0; i < count; ++i) {
      W const change = now[i] - before[i];
      W const size = magnitude(now[i]);
      if (first) low_[i] = high_[i] = change;
      if (first) largest_[i] = size;
      if (change < low_[i] || !(change == change)) low_[i] = change;
      if (high_[i] < change) high_[i] = change;
      if (largest_[i] < size) largest_[i] = size;
    }
  }
  // All move by what their steps have in common, as far as it comes back: MacQueen's midpoint.
  constexpr void at_once() {
    auto const members = c_.members();
    // Not `resize`: with the library of g++ 12 it is no constant expression in clang.
    if (next_.size() != members.size()) next_ = std::vector<V>(members.size(), scalar_traits<V>::zero());
    for (std::size_t j = 0; j < members.size(); ++j) {
      next_[j] = static_cast<V>(backup_(members[j]));
      note(j == 0, next_[j], values_[members[j]]);
    }
    V by = low_;
    for (std::size_t i = 0; i < count; ++i) {
      W const middle = (high_[i] + low_[i]) / W(2);
      width_[i] = (high_[i] - low_[i]) / W(2);
      by[i] = kept_.shift(middle, width_[i]);
      if (by[i] == W(0)) width_[i] = maximum(magnitude(high_[i]), magnitude(low_[i]));
    }
    for (std::size_t j = 0; j < members.size(); ++j) {
      V& v = values_[members[j]];
      for (std::size_t i = 0; i < count; ++i) v[i] = next_[j][i] + by[i];
    }
  }
  constexpr void in_place(bool backward) {
    auto const members = c_.members();
    std::size_t const n = members.size();
    for (std::size_t j = 0; j < n; ++j) {
      index_t const s = members[backward ? n - 1 - j : j];
      V const now = static_cast<V>(backup_(s));
      note(j == 0, now, values_[s]);
      values_[s] = now;
    }
    for (std::size_t i = 0; i < count; ++i) width_[i] = maximum(magnitude(high_[i]), magnitude(low_[i]));
  }

  constexpr bool is_close() {
    bool close = true;
    W farthest(0);  // of all, in units of the largest value
    W shrunk(0);
    for (std::size_t i = 0; i < count; ++i) {
      if (W(0) < last_[i]) shrunk = maximum(shrunk, W(width_[i] / last_[i]));
      last_[i] = width_[i];
    }
    rate_ = rate_ == W(1) ? shrunk : W((rate_ + shrunk) / W(2));
    W const least = W(1) / W(1000000);
    W const grows = kept_.shrink() ? kept_.scale() : W(1) / maximum(W(W(1) - rate_), least);
    for (std::size_t i = 0; i < count; ++i) {
      W const rounding = W(16) * scalar_traits<W>::epsilon() * largest_[i];
      bool const by_rounding = width_[i] < rounding || width_[i] == rounding;  // what is no number is not
      close = close && (by_rounding || width_[i] * grows < tolerance_ * largest_[i]);
      if (W(0) < largest_[i]) farthest = maximum(farthest, W(width_[i] / largest_[i]));
    }
    bool const nearer = best_ < W(0) || farthest < best_ * (W(1) - W(1) / W(1000));
    still_ = nearer ? 0 : still_ + 1;
    if (nearer) best_ = farthest;
    return (close && done_ > 1) || (still_ > 20 && farthest < W(1024) * scalar_traits<W>::epsilon()) || still_ > 2000;
  }

  Component const& c_;
  Backup const& backup_;
  std::vector<V>& values_;
  std::vector<V> next_;
  typename Component::shares kept_;
  bool alike_;
  W tolerance_{};
  W rate_ = W(1);
  W best_ = W(-1);
  int still_ = 0;
  std::size_t done_ = 0;
  V low_ = scalar_traits<V>::zero();
  V high_ = scalar_traits<V>::zero();
  V largest_ = scalar_traits<V>::zero();
  V width_ = scalar_traits<V>::zero();
  V last_ = scalar_traits<V>::zero();
};

}  // namespace bellman::internal
