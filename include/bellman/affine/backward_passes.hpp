// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/column.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/affine/sequences_at_once.hpp>

#include <cstddef>
#include <new>
#include <tuple>
#include <utility>

namespace bellman {

/// `side_by_side{body, outs}`: a body on its way through the passes of several sequences, and the rows that its outputs
/// are written to. The body is that of `running`; `body.start(x)` is the carry behind the last steps, of which x are
/// worth what comes after.
template <class Body, class... Outs>
struct side_by_side {
  Body body;
  std::tuple<column_of_rows<Outs>...> outs;

  template <class X>
  using carry = decltype(std::declval<Body const&>().start(std::declval<X const&>()));

  template <class Here, class X>
  [[gnu::always_inline]] constexpr void write(Here const& here, X const& x) const {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) __attribute__((always_inline)) {
      (here.write(std::get<Index>(outs), x.outputs[Index]), ...);
    }
    (std::make_index_sequence<sizeof...(Outs)>{});
  }
};
template <class Body, class... Outs>
side_by_side(Body, std::tuple<column_of_rows<Outs>...>) -> side_by_side<Body, Outs...>;

namespace detail {

// How much neighbours that go through the steps together may carry: what they read of a row is long enough to be
// fetched ahead, and what they carry stays near.
inline constexpr std::size_t bytes_of_a_tile = 65536;

// What the registers of a tile carry. Only those that there are are made.
template <class Carry>
class carried_by_a_tile {
 public:
  static constexpr std::size_t capacity = bytes_of_a_tile / sizeof(Carry) > 1 ? bytes_of_a_tile / sizeof(Carry) : 1;

  carried_by_a_tile() = default;
  carried_by_a_tile(carried_by_a_tile const&) = delete;
  carried_by_a_tile& operator=(carried_by_a_tile const&) = delete;
  ~carried_by_a_tile() {
    for (std::size_t k = 0; k < size_; ++k) all()[k].~Carry();
  }

  [[gnu::always_inline]] Carry* all() { return std::launder(reinterpret_cast<Carry*>(bytes_)); }
  void add(Carry const& carry) {
    ::new (static_cast<void*>(bytes_ + size_ * sizeof(Carry))) Carry(carry);
    ++size_;
  }

 private:
  std::size_t size_ = 0;
  alignas(Carry) std::byte bytes_[capacity * sizeof(Carry)];
};

template <class V>
struct backward_passes_fn {
  template <std::size_t Width, class Reader, class... Body>
  void operator()(in_register<Width>, std::size_t steps, std::size_t first, std::size_t last,
                            Reader const& reader, Body const&... bodies) const {
    std::size_t const sequences = last - first;
    if constexpr (Width > 1) {
      if (sequences < Width) {
        (*this)(in_register<(Width > 4 ? Width / 2 : 1)>{}, steps, first, last, reader, bodies...);
        return;
      }
    }
    // What is left behind the last whole pack is put in one that begins before the end of that.
    std::size_t const packs = sequences / Width;
    std::size_t const rest = sequences % Width;
    constexpr std::size_t most = carried_by_a_tile<carries<Width, Body...>>::capacity;
    for (std::size_t done = 0; done < packs; done += most) {
      std::size_t const count = packs - done < most ? packs - done : most;
      bool const is_last = done + count == packs;
      over_tile<Width>(steps, first + done * Width, count, last - Width, is_last ? rest : 0, reader, bodies...);
    }
  }

 private:
  template <std::size_t Width, class... Body>
  using carries = std::tuple<typename Body::template carry<typename sequences_at_once<V, Width>::value_type>...>;

  template <std::size_t Width, class Reader, class... Body>
  [[gnu::noinline]] static void over_tile(std::size_t steps, std::size_t first, std::size_t packs,
                                                    std::size_t first_of_rest, std::size_t rest,
                                                    Reader const& its_reader, Body const&... its_bodies) {
    // Copies, which what is written cannot be.
    Reader const reader = its_reader;
    std::tuple<Body...> const all_bodies(its_bodies...);
    using here = sequences_at_once<V, Width>;
    using X = typename here::value_type;
    using carry = carries<Width, Body...>;
    auto const start = [&](here const& it) {
      X after = it.read_of_sequences(reader.after_last());
      return std::apply([&](Body const&... body) { return carry(body.body.start(after)...); }, all_bodies);
    };
    carried_by_a_tile<carry> carried;
    for (std::size_t k = 0; k < packs; ++k) carried.add(start(here(0, first + k * Width)));
    carry* const of_pack = carried.all();
    carry of_rest = start(here(0, rest != 0 ? first_of_rest : first));
    // What two packs share of a row is taken twice from the same numbers, before it is written, be it in place.
    auto const over_row = [&](std::size_t t, auto const& read) __attribute__((always_inline)) {
      if (rest != 0) {
        here const it(t, first_of_rest);
        auto x = emitted_at(it, read, of_rest, all_bodies);
        for (std::size_t k = 0; k < packs; ++k) take(here(t, first + k * Width), read, of_pack[k], all_bodies);
        write(it, x, all_bodies);
      } else {
        for (std::size_t k = 0; k < packs; ++k) take(here(t, first + k * Width), read, of_pack[k], all_bodies);
      }
    };
    if constexpr (Reader::may_lack_the_last) {
      if (steps > 0 && reader.lacks_the_last()) {
        --steps;
        over_row(
            steps, [&](here const& it) __attribute__((always_inline)) { return reader.read_last(it); });
      }
    }
    for (std::size_t t = steps; t-- > 0;) {
      over_row(
          t, [&](here const& it) __attribute__((always_inline)) { return reader.read(it); });
    }
  }

  template <class Here, class Read, class Carry, class... Body>
  [[gnu::always_inline]] static constexpr auto emitted_at(Here const& here, Read const& read, Carry& carry,
                                                          std::tuple<Body...> const& bodies) {
    auto seen = read(here);
    return [&]<std::size_t... Index>(std::index_sequence<Index...>) __attribute__((always_inline)) {
      return std::tuple{std::get<Index>(bodies).body(here, seen, std::get<Index>(carry))...};
    }
    (std::make_index_sequence<sizeof...(Body)>{});
  }
  template <class Here, class X, class... Body>
  [[gnu::always_inline]] static constexpr void write(Here const& here, X const& x, std::tuple<Body...> const& bodies) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) __attribute__((always_inline)) {
      (std::get<Index>(bodies).write(here, std::get<Index>(x)), ...);
    }
    (std::make_index_sequence<sizeof...(Body)>{});
  }
  template <class Here, class Read, class Carry, class Bodies>
  [[gnu::always_inline]] static constexpr void take(Here const& here, Read const& read, Carry& carry,
                                                    Bodies const& bodies) {
    auto x = emitted_at(here, read, carry, bodies);
    write(here, x, bodies);
  }
};

}  // namespace detail

/// `backward_passes<V>(in_register<Width>{}, steps, first, last, reader, bodies...)`: the backward passes of the
/// sequences from `first` to `last`, whose numbers stand in rows, one for each step: a lane for each sequence, row
/// after row.
///
/// *Arguments*: how many sequences a register holds; how many steps each has; a reader, of which `read(here)` gives
/// what all bodies see of a step, or, if it `may_lack_the_last` and `lacks_the_last()`, `read_last(here)` of the last;
/// its `after_last()` is the column of what comes after the last, one number or one for each sequence; bodies,
/// `side_by_side`.
/// *Errors*: those of what is read; none of its own.
/// *Cost*: O(steps x sequences), a row is read in runs of neighbours that carry 64 KiB; nothing is allocated.
/// *Laws*: what one sequence at a time gives, exactly for exact numbers (tests/estimation/layouts.cpp).
template <class V>
inline constexpr detail::backward_passes_fn<V> backward_passes{};

}  // namespace bellman
