// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/backward_pass.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

// What comes after the last map, where a built-in number, such as the literal 0, takes the maps' type.
template <class Maps, class Last>
using value_of_maps =
    std::conditional_t<std::is_arithmetic_v<Last>,
                       std::remove_cvref_t<decltype(std::declval<std::ranges::range_reference_t<Maps>>().offset)>,
                       Last>;

struct fold_fn {
  /// The maps from the last to the first, when they can be walked backwards; else their composition from the first on,
  /// which associativity makes the same.
  template <std::ranges::input_range Maps, class Last>
  constexpr auto operator()(Maps&& maps, Last const& last) const {
    using X = value_of_maps<Maps, Last>;
    X x = static_cast<X>(last);
    if constexpr (std::ranges::bidirectional_range<Maps> && std::ranges::common_range<Maps>) {
      for (auto it = std::ranges::end(maps), first = std::ranges::begin(maps); it != first;) x = applied(*--it, x);
      return x;
    } else {
      using map = std::remove_cvref_t<std::ranges::range_reference_t<Maps>>;
      decltype(run_of_maps(map::identity())) all;
      for (auto&& f : maps) all = all.followed_by(map(f));
      return all(x);
    }
  }
};

// Scans maps that stand somewhere, and writes each value where it belongs.
template <class V, class Maps, class Out>
struct scan_of_maps {
  Maps maps;
  Out out;
  V carry;

  template <class At>
  constexpr void operator()(At const& at) {
    using X = typename At::value_type;
    auto const offset = at.read_as(maps, [](auto const& f) { return V(f.offset); });
    if constexpr (std::same_as<X, V>) {
      at.write(out, at.scan(carry, affine{offset, at.at(maps).slope}).before);
    } else {
      auto const slope = at.read_as(maps, [](auto const& f) { return V(f.slope); });
      auto const x = at.scan(carry, affine<X, X>{offset, slope});
      if (!x.is_finite) [[unlikely]]
        return at.one_by_one([this](auto const& one, std::size_t) { (*this)(one); });
      at.write(out, x.before);
    }
  }
};

struct backward_scan_fn {
  /// In the order named: `sequential`, `in_register<Width>`, or `in_parallel`, the pieces of which are scanned one
  /// after the other in a register.
  template <class Order, std::ranges::random_access_range Maps, class Last, std::random_access_iterator Out>
    requires(!std::ranges::range<Order>)
  constexpr auto operator()(Order const& order, Maps&& maps, Last const& last, Out out_end) const {
    using X = value_of_maps<Maps, Last>;
    X const x = static_cast<X>(last);
    auto const n = static_cast<std::size_t>(std::ranges::distance(maps));
    auto const first = std::ranges::begin(maps);
    Out const out = out_end - static_cast<std::iter_difference_t<Out>>(n);
    using It = std::remove_const_t<decltype(first)>;
    if constexpr (requires { order.executor; }) {
      return in_pieces(order, column<It>{first}, n, x, column<Out>{out});
    } else {
      scan_of_maps<X, column<It>, column<Out>> body{{first}, {out}, x};
      backward_pass<X>(order, n, body);
      return body.carry;
    }
  }

  template <std::ranges::bidirectional_range Maps, class Last, std::bidirectional_iterator Out>
    requires std::ranges::common_range<Maps>
  constexpr auto operator()(Maps&& maps, Last const& last, Out out_end) const {
    using X = value_of_maps<Maps, Last>;
    X x = static_cast<X>(last);
    for (auto it = std::ranges::end(maps), first = std::ranges::begin(maps); it != first;) {
      x = applied(*--it, x);
      *--out_end = x;
    }
    return x;
  }

 private:
  // What each piece makes of what comes after it, all at once; then what comes after each; then each by itself.
  template <class Executor, class Maps, class X, class Out>
  static constexpr X in_pieces(in_parallel<Executor> const& order, Maps maps, std::size_t n, X x, Out out) {
    using map = std::remove_cvref_t<decltype(*maps.begin)>;
    using run = decltype(run_of_maps(map::identity()));
    std::size_t const pieces = order.pieces == 0 ? 1 : order.pieces;
    std::vector<run> whole(pieces, run{});
    std::vector<X> after(pieces, x);
    order.executor(pieces, [&](std::size_t i) {
      for (std::size_t t = piece_begin(i + 1, pieces, n); t-- > piece_begin(i, pieces, n);) {
        whole[i] = run(maps.begin[static_cast<std::ptrdiff_t>(t)]).followed_by(whole[i]);
      }
    });
    for (std::size_t i = pieces; i-- > 0;) {
      after[i] = x;
      x = whole[i](x);
    }
    order.executor(pieces, [&](std::size_t i) {
      std::size_t const from = piece_begin(i, pieces, n);
      auto const offset = static_cast<std::ptrdiff_t>(from);
      scan_of_maps<X, Maps, Out> body{{maps.begin + offset}, {out.begin + offset}, after[i]};
      backward_pass<X>(default_order<X>{}, piece_begin(i + 1, pieces, n) - from, body);
    });
    return x;
  }
};

}  // namespace detail

/// `fold(maps, x)`: `f_0(f_1(...f_{n-1}(x)))`, the value before the first step when what comes after the last is worth
/// `x`. Any input range of affine maps; O(n).
inline constexpr detail::fold_fn fold{};

/// `backward_scan(maps, x, out_end)`: every `f_t(f_{t+1}(...f_{n-1}(x)))`, written backwards so that the last ends
/// before `out_end`; returns the first. One multiply-add a step, nothing is allocated; `out` may be where the maps are
/// read from.
///
/// `backward_scan(order, maps, x, out_end)`: the same of a random-access range in the order named, `sequential{}`,
/// `in_register<Width>{}` or `in_parallel{executor, pieces}`: equal for exact numbers. For `float` and `double`, with u
/// the unit of rounding, slopes of at most 1 and n maps, two orders differ by at most `2 (2 n + log2(Width) + 3) u`, to
/// first order, times the sum of the sizes of what the offsets contribute. In every order a slope of zero hides what
/// comes after. In parallel, two passes over the maps, and room for a map and a value of each piece.
inline constexpr detail::backward_scan_fn backward_scan{};

}  // namespace bellman
