// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/column.hpp>
#include <bellman/affine/one_step.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/affine/steps_at_once.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/pack.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace bellman {

/// What a body gives for one step, or for several at once: a number for each output, and whether all of it is finite.
template <class X, std::size_t N>
struct emitted {
  std::array<X, N> outputs;
  bool is_finite = true;
};

/// `running{body, carry, outs}`: a body on its way through a pass: what it carries from a later step to an earlier one,
/// and the columns that its outputs are written to.
///
/// `body(here, seen, carry)` is const: it reads at the step `here`, of which all bodies of a pass see the same, `seen`;
/// makes the carry after the step the one before it; and gives what is `emitted`. It writes nothing, so that a step can
/// be taken again.
template <class Body, class Carry, class... Outs>
struct running {
  Body body;
  Carry carry;
  std::tuple<column<Outs>...> outs;

  /// One step.
  template <class V, class Seen, class Reader>
  [[gnu::always_inline]] constexpr void take(one_step<V> const& here, Seen const& seen, Reader const&) {
    write(here, body(here, seen, carry));
  }
  /// Several; one by one, and from what was carried before, where not all of what they give is finite.
  template <class V, std::size_t Width, class Seen, class Reader>
  [[gnu::always_inline]] constexpr void take(steps_at_once<V, Width> const& here, Seen const& seen,
                                             Reader const& reader) {
    Carry before = carry;
    auto x = body(here, seen, carry);
    if (!x.is_finite) [[unlikely]] {
      // A copy, so that the body need not be in memory where everything is finite.
      carry = one_by_one<V>(running{body, before, outs}, here.first(), here.first() + Width, reader);
      return;
    }
    write(here, x);
  }

 private:
  template <class V, class Reader>
  [[gnu::noinline]] static constexpr Carry one_by_one(running self, std::size_t first, std::size_t last,
                                                      Reader reader) {
    for (std::size_t t = last; t-- > first;) {
      one_step<V> const here(t);
      self.take(here, reader.read(here), reader);
    }
    return self.carry;
  }

  // Without outputs, what is emitted is not written: only the carry is wanted.
  template <class Here, class X, std::size_t N>
    requires(sizeof...(Outs) == 0 || sizeof...(Outs) == N)
  [[gnu::always_inline]] constexpr void write([[maybe_unused]] Here const& here,
                                              [[maybe_unused]] emitted<X, N> const& x) const {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) __attribute__((always_inline)) {
      (here.write(std::get<Index>(outs), x.outputs[Index]), ...);
    }
    (std::make_index_sequence<sizeof...(Outs)>{});
  }
};
template <class Body, class Carry, class... Outs>
running(Body, Carry, std::tuple<column<Outs>...>) -> running<Body, Carry, Outs...>;

namespace detail {

template <class V>
struct backward_pass_fn {
  template <class Reader, class... Running>
  [[gnu::always_inline]] constexpr void operator()(sequential, std::size_t first, std::size_t last,
                                                   Reader const& reader, Running&... bodies) const {
    for (std::size_t t = last; t-- > first;) take(one_step<V>(t), reader, bodies...);
  }

  template <std::size_t Width, class Reader, class... Running>
  [[gnu::always_inline]] constexpr void operator()(in_register<Width>, std::size_t first, std::size_t last,
                                                   Reader const& reader, Running&... bodies) const {
    if constexpr (Width > 1 && std::same_as<V, scalar_t<V>>) {
      // A register is none of a constant expression.
      if (!number_of_a_register<V> || !std::is_constant_evaluated()) {
        for (; last - first >= Width; last -= Width) take(steps_at_once<V, Width>(last - Width), reader, bodies...);
      }
    }
    if constexpr (Width > 4) {
      (*this)(in_register<Width / 2>{}, first, last, reader, bodies...);
    } else {
      (*this)(sequential{}, first, last, reader, bodies...);
    }
  }

 private:
  template <class Here, class Reader, class... Running>
  [[gnu::always_inline]] static constexpr void take(Here const& here, Reader const& reader, Running&... bodies) {
    auto seen = reader.read(here);
    (bodies.take(here, seen, reader), ...);
  }
};

}  // namespace detail

/// `backward_pass<V>(order, first, last, reader, bodies...)`: the steps last - 1, last - 2, ..., first of a scan over
/// values `V`, one or several at once; at each the bodies are taken in turn, `running` with what they carry.
///
/// *Arguments*: the order, `sequential{}` or `in_register<Width>{}`; of values that are no scalars, and of `float` and
/// `double` in a constant expression, the second is the first; what is left of a register is taken in narrower ones.
/// `reader.read(here)` gives what all bodies see of a step, where `here` is a `one_step<V>` or a
/// `steps_at_once<V, Width>`.
/// *Errors*: those of what is read; none of its own.
/// *Cost*: O(n) calls; nothing is allocated. Where a run of steps does not end in finite numbers it is taken again,
/// step by step.
/// *Laws*: the order makes no difference, exactly for exact numbers (tests/affine/backward_pass.cpp).
template <class V>
inline constexpr detail::backward_pass_fn<V> backward_pass{};

}  // namespace bellman
