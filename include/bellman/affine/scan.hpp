// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/backward_pass.hpp>
#include <bellman/affine/column.hpp>
#include <bellman/affine/internal/pieces.hpp>
#include <bellman/affine/internal/requirements.hpp>
#include <bellman/affine/internal/run_of_maps.hpp>
#include <bellman/affine/internal/value_of_maps.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/register_width.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <vector>

namespace bellman {

namespace detail {

// The body of a scan of maps that stand somewhere.
template <class V, class Maps>
struct scan_of_maps {
  Maps maps;

  template <class Here>
  [[gnu::always_inline]] constexpr auto operator()(Here const& here, auto const&, V& carry) const {
    using X = typename Here::value_type;
    auto const offset = here.read_as(maps, [](auto const& f) { return V(f.offset); });
    if constexpr (std::same_as<V, scalar_t<V>>) {
      auto const x = here.scan(carry, affine{offset, here.read_as(maps, [](auto const& f) { return V(f.slope); })});
      return emitted<X, 1>{{x.before}, x.is_finite};
    } else {
      return emitted<X, 1>{{here.scan(carry, affine{offset, here.element(maps).slope}).before}};
    }
  }
};

// Of a map there is nothing to see but the map.
struct reader_of_maps {
  static constexpr std::tuple<> read(auto const&) { return {}; }
};

template <class Maps>
using with_random_access =
    internal::rule<std::ranges::random_access_range<Maps>, refused::these_maps_must_be_a_random_access_range>;

// It is written from its end on.
template <class Out, class Maps, class Last>
struct an_end_of_output
    : internal::every<internal::rule<std::bidirectional_iterator<Out>,
                                     refused::this_is_no_iterator_or_range_that_numbers_can_be_written_to>,
                      internal::an_output<Out, internal::value_of_maps<Maps, Last>>> {};

template <class Machine>
struct backward_scan_fn {
  // In the order named: `sequential`, `in_register<Width>`, or `in_parallel`, the pieces of which are scanned one after
  // the other in a register.
  template <class Order, class Maps, class Last, class Out,
            class = typename internal::every<internal::an_order<Order>, internal::a_range_of_maps<Maps>,
                                             with_random_access<Maps>, internal::a_value_after<Last, Maps>,
                                             an_end_of_output<Out, Maps, Last>>::type::yes>
  constexpr auto operator()(Order const& order, Maps&& maps, Last const& last, Out out_end) const {
    using X = internal::value_of_maps<Maps, Last>;
    X const x = static_cast<X>(last);
    auto const n = static_cast<std::size_t>(std::ranges::distance(maps));
    Out const out = out_end - static_cast<std::iter_difference_t<Out>>(n);
    column const all{std::ranges::begin(maps)};
    return scanned_all(order, all, n, x, column<Out>{out});
  }

  template <class Maps, class Last, class Out,
            class = typename internal::every<internal::a_range_of_maps<Maps>, internal::walked_backwards<Maps>,
                                             internal::a_value_after<Last, Maps>,
                                             an_end_of_output<Out, Maps, Last>>::type::yes>
  constexpr auto operator()(Maps&& maps, Last const& last, Out out_end) const {
    using X = internal::value_of_maps<Maps, Last>;
    X x = static_cast<X>(last);
    for (auto it = std::ranges::end(maps), first = std::ranges::begin(maps); it != first;) {
      x = X((*--it)(x));
      *--out_end = x;
    }
    return x;
  }

 private:
  template <class Order, class Maps, class X, class Out>
  static constexpr X scanned_part(Order const& order, Maps maps, std::size_t first, std::size_t last, X const& x,
                                  column<Out> out) {
    running<scan_of_maps<X, Maps>, X, Out> body{{maps}, x, {out}};
    backward_pass<X>(order, first, last, reader_of_maps{}, body);
    return body.carry;
  }

  template <class Order, class Maps, class X, class Out>
  static constexpr X scanned_all(Order const& order, Maps maps, std::size_t n, X const& x, column<Out> out) {
    return scanned_part(order, maps, 0, n, x, out);
  }
  // What each piece makes of what comes after it, all at once; then what comes after each; then each by itself.
  template <class Executor, class Maps, class X, class Out>
  static constexpr X scanned_all(in_parallel<Executor> const& order, Maps maps, std::size_t n, X x, column<Out> out) {
    using map = std::remove_cvref_t<decltype(*maps.begin)>;
    using run = decltype(internal::run_of_maps(map::identity()));
    std::size_t const pieces = order.pieces == 0 ? 1 : order.pieces;
    std::vector<run> whole(pieces, run{});
    std::vector<X> after(pieces, x);
    order.executor(pieces, [&](std::size_t i) {
      std::size_t const first = internal::piece_begin(i, pieces, n);
      run all{};
      for (std::size_t t = internal::piece_begin(i + 1, pieces, n); t-- > first;) {
        all = run(maps.begin[static_cast<std::ptrdiff_t>(t)]).followed_by(all);
      }
      whole[i] = all;
    });
    for (std::size_t i = pieces; i-- > 0;) {
      after[i] = x;
      x = whole[i](x);
    }
    order.executor(pieces, [&](std::size_t i) {
      scanned_part(default_order<X>{}, maps, internal::piece_begin(i, pieces, n),
                   internal::piece_begin(i + 1, pieces, n), after[i], out);
    });
    return x;
  }
};

}  // namespace detail

/// `backward_scan(maps, x, out_end)`: every `f_t(f_{t+1}(...f_{n-1}(x)))`, written backwards so that the last ends
/// before `out_end`; returns the first. `backward_scan(order, maps, x, out_end)`: the same in the order named.
///
/// In every order a slope of zero hides what comes after.
///
/// *Arguments*: a range of affine maps that can be walked back from its end, with an order one of random access; what
/// comes after the last; the end of the output, which may be where the maps are read from; the order, `sequential{}`,
/// `in_register<Width>{}` or `in_parallel{executor, pieces}`.
/// *Errors*: none.
/// *Cost*: one multiply-add a step, nothing is allocated; in parallel two passes over the maps, and room for a map and
/// a value of each piece.
/// *Laws* (tests/estimation/scan_order.cpp): equal in all orders for exact numbers. For `float` and `double`, with u
/// the unit of rounding, slopes of at most 1 and n maps, two orders differ by at most `2 (2 n + log2(Width) + 3) u`, to
/// first order, times the sum of the sizes of what the offsets contribute.
/// *Use*:
///     [] {
///       std::array<double, 2> out{};
///       bellman::backward_scan(std::array{bellman::affine{1.0, 0.5}, bellman::affine{2.0, 0.5}}, 4, out.end());
///       return out == std::array{3.0, 4.0};
///     }()
inline constexpr detail::backward_scan_fn<internal::this_machine> backward_scan{};

}  // namespace bellman
