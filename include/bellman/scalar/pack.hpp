// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/exponential_in_lanes.hpp>
#include <bellman/scalar/register_width.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/scalar/selection.hpp>

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

template <class T, std::size_t Width>
struct register_of {
  typedef T type __attribute__((vector_size(Width * sizeof(T))));
};
template <std::size_t Width>
struct register_of<bool, Width> : register_of<unsigned char, Width> {};
template <class T, std::size_t Width>
using register_t = typename register_of<T, Width>::type;

struct an_array {};

// What a pack is held in: a register of the machine that is compiled for, or an array, which is the same on all.
template <class T, std::size_t Width>
using holder_t = std::conditional_t<fits_a_register<T, Width>, internal::this_machine, an_array>;

}  // namespace detail

/// `pack<T, Width>`: `Width` numbers that are computed with at once, as one number is: `+ - * /` lane by lane, a `T`
/// beside a pack counting for every lane.
///
/// `x[i]`: lane i. `shifted<D>(x, y)`: lane `i + D` of x followed by y. `middles<D>(x, y)`: of each run of 2 D lanes,
/// in its first half lane D of x, in its second what y has there. `select(mask, x, y)`: x in the lanes where the mask
/// holds, else y. Masks come of `less`, `equal` and of flags in memory, and of masks by `both`, `either`, `negation`;
/// the mask of one number is a `bool`. `bellman::exp` of a pack in a register is that of its lanes.
///
/// *Arguments*: `float` and `double` are held in a register where `Width` of them fit into one; any other number in an
/// array, through the checked operations of arithmetic.hpp.
/// *Use*:
///     (bellman::pack<double, 2>(3.0) * 2.0)[1] == 6.0
template <class T, std::size_t Width, class Holder = detail::holder_t<T, Width>>
class pack {
 public:
  using mask = std::array<bool, Width>;

  constexpr pack() : pack(T(0)) {}
  constexpr pack(T const& x) : lanes_(internal::array_of<Width>([&](std::size_t) { return x; })) {}
  constexpr explicit pack(int n) requires(!std::convertible_to<int, T>) : pack(T(n)) {}
  constexpr explicit pack(std::array<T, Width> const& lanes) : lanes_(lanes) {}

  /// `convert(at[0]), ..., convert(at[Width - 1])`.
  template <class It, class Convert>
  static constexpr pack gathered(It at, Convert const& convert) {
    return pack(internal::array_of<Width>(
        [&](std::size_t i) { return T(convert(at[static_cast<std::iter_difference_t<It>>(i)])); }));
  }

  constexpr T const& operator[](std::size_t i) const { return lanes_[i]; }
  constexpr void set(std::size_t i, T const& x) { lanes_[i] = x; }

  friend constexpr pack operator-(pack const& x) {
    return pack(internal::array_of<Width>([&](std::size_t i) { return T(-x.lanes_[i]); }));
  }
  friend constexpr pack operator+(pack const& x, pack const& y) { return pack(sum(x.lanes_, y.lanes_)); }
  friend constexpr pack operator-(pack const& x, pack const& y) { return pack(difference(x.lanes_, y.lanes_)); }
  friend constexpr pack operator*(pack const& x, pack const& y) {
    return pack(internal::array_of<Width>([&](std::size_t i) { return product(x.lanes_[i], y.lanes_[i]); }));
  }
  friend constexpr pack operator/(pack const& x, pack const& y) {
    return pack(internal::array_of<Width>([&](std::size_t i) { return quotient(x.lanes_[i], y.lanes_[i]); }));
  }

  static constexpr pack select(mask const& m, pack const& x, pack const& y) {
    return pack(internal::array_of<Width>([&](std::size_t i) { return m[i] ? T(x.lanes_[i]) : T(y.lanes_[i]); }));
  }
  static constexpr mask less(pack const& x, pack const& y) {
    return internal::array_of<Width>([&](std::size_t i) { return x.lanes_[i] < y.lanes_[i]; });
  }
  static constexpr mask equal(pack const& x, pack const& y) {
    return internal::array_of<Width>([&](std::size_t i) { return x.lanes_[i] == y.lanes_[i]; });
  }
  /// Whether no lane is an infinity or a NaN, which exact numbers have not.
  constexpr bool is_finite() const {
    if constexpr (!is_exact_v<T>) {
      for (T const& x : lanes_) {
        if (!is_zero(T(difference(x, x)))) return false;
      }
    }
    return true;
  }
  template <class It, class Holds>
  static constexpr mask gathered_flags(It at, Holds const& holds) {
    return internal::array_of<Width>(
        [&](std::size_t i) -> bool { return holds(at[static_cast<std::iter_difference_t<It>>(i)]); });
  }
  template <std::size_t D>
  static constexpr pack middles(pack const& x, pack const& y) {
    return pack(internal::array_of<Width>([&](std::size_t i) {
      return i % (2 * D) < D ? T(x.lanes_[i / (2 * D) * (2 * D) + D]) : T(y.lanes_[i]);
    }));
  }
  template <std::size_t D>
  static constexpr pack shifted(pack const& x, pack const& y) {
    return pack(internal::array_of<Width>(
        [&](std::size_t i) { return i + D < Width ? T(x.lanes_[i + D]) : T(y.lanes_[i + D - Width]); }));
  }

 private:
  std::array<T, Width> lanes_;
};

template <class T, std::size_t Width>
class pack<T, Width, internal::this_machine> {
 public:
  using lanes = detail::register_t<T, Width>;
  using mask = decltype(lanes{} == lanes{});

  [[gnu::always_inline]] pack() : lanes_{} {}
  // Zero is taken away, not added, which compilers leave out, as it changes nothing: -0 stays what it is.
  [[gnu::always_inline]] pack(T x) : lanes_(x - lanes{}) {}
  [[gnu::always_inline]] explicit pack(lanes const& x) : lanes_(x) {}

  template <adjacent_numbers It>
  [[gnu::always_inline]] static pack loaded(It at) {
    detail::register_t<std::iter_value_t<It>, Width> x;
    std::memcpy(&x, &*at, sizeof x);
    if constexpr (std::same_as<std::iter_value_t<It>, T>) {
      return pack(x);
    } else {
      return pack(__builtin_convertvector(x, lanes));
    }
  }
  template <class It, class Convert>
  [[gnu::always_inline]] static pack gathered(It at, Convert const& convert) {
    pack x;
    for (std::size_t i = 0; i < Width; ++i) {
      x.lanes_[i] = static_cast<T>(convert(at[static_cast<std::iter_difference_t<It>>(i)]));
    }
    return x;
  }
  template <adjacent_numbers It>
  [[gnu::always_inline]] void store(It at) const {
    using E = std::iter_value_t<It>;
    if constexpr (std::same_as<E, T>) {
      std::memcpy(&*at, &lanes_, sizeof lanes_);
    } else {
      auto const converted = __builtin_convertvector(lanes_, detail::register_t<E, Width>);
      std::memcpy(&*at, &converted, sizeof converted);
    }
  }

  [[gnu::always_inline]] lanes const& held() const { return lanes_; }
  [[gnu::always_inline]] T operator[](std::size_t i) const { return lanes_[i]; }
  [[gnu::always_inline]] void set(std::size_t i, T x) { lanes_[i] = x; }

  [[gnu::always_inline]] friend pack operator-(pack const& x) { return pack(-x.lanes_); }
  [[gnu::always_inline]] friend pack operator+(pack const& x, pack const& y) {
#if defined(__clang__)
#pragma clang fp contract(fast)
#endif
    return pack(x.lanes_ + y.lanes_);
  }
  [[gnu::always_inline]] friend pack operator-(pack const& x, pack const& y) {
#if defined(__clang__)
#pragma clang fp contract(fast)
#endif
    return pack(x.lanes_ - y.lanes_);
  }
  [[gnu::always_inline]] friend pack operator*(pack const& x, pack const& y) {
#if defined(__clang__)
#pragma clang fp contract(fast)
#endif
    return pack(x.lanes_ * y.lanes_);
  }
  [[gnu::always_inline]] friend pack operator/(pack const& x, pack const& y) { return pack(x.lanes_ / y.lanes_); }
  /// `e^x` lane by lane: of floats at once, within 1 unit in the last place; of doubles as `bellman::exp` has it.
  [[gnu::always_inline]] friend pack exp(pack const& x) {
    if constexpr (std::same_as<T, float>) {
#if defined(__clang__)
#pragma clang fp contract(fast)
#endif
      return pack(internal::exponential_in_lanes<Width>(x.lanes_));
    } else {
      pack y;
      for (std::size_t i = 0; i < Width; ++i) y.lanes_[i] = bellman::exp(T(x.lanes_[i]));
      return y;
    }
  }

  [[gnu::always_inline]] static pack select(mask const& m, pack const& x, pack const& y) {
    return pack(m ? x.lanes_ : y.lanes_);
  }
  [[gnu::always_inline]] static mask less(pack const& x, pack const& y) { return x.lanes_ < y.lanes_; }
  [[gnu::always_inline]] static mask equal(pack const& x, pack const& y) { return x.lanes_ == y.lanes_; }
  template <std::size_t D>
  [[gnu::always_inline]] static pack shifted(pack const& x, pack const& y) {
    return [&]<std::size_t... Index>(std::index_sequence<Index...>) __attribute__((always_inline)) {
      return pack(__builtin_shufflevector(x.lanes_, y.lanes_, static_cast<int>(Index + D)...));
    }(std::make_index_sequence<Width>{});
  }

  template <std::size_t D>
  [[gnu::always_inline]] static pack middles(pack const& x, pack const& y) {
    return [&]<std::size_t... Index>(std::index_sequence<Index...>) __attribute__((always_inline)) {
      constexpr std::size_t run = 2 * D;
      return pack(__builtin_shufflevector(
          x.lanes_, y.lanes_, static_cast<int>(Index % run < D ? Index / run * run + D : Width + Index)...));
    }(std::make_index_sequence<Width>{});
  }

  /// Where the numbers of a range are not 0.
  template <adjacent_numbers It>
  [[gnu::always_inline]] static mask flags(It at) {
    using E = std::iter_value_t<It>;
    if constexpr (sizeof(E) == 1 && Width <= sizeof(T) && std::endian::native == std::endian::little) {
      // All flags in every lane, of which each looks at its own: cheaper than widening bytes, without SSE4.
      using lane = std::remove_cvref_t<decltype(mask{}[0])>;
      lane all = 0;
      std::memcpy(&all, &*at, Width);
      return [&]<std::size_t... Index>(std::index_sequence<Index...>) __attribute__((always_inline)) {
        return ((mask{} + all) & mask{static_cast<lane>(lane{0xff} << (8 * Index))...}) != mask{};
      }(std::make_index_sequence<Width>{});
    } else {
      detail::register_t<E, Width> x;
      std::memcpy(&x, &*at, sizeof x);
      return __builtin_convertvector(x != decltype(x){}, mask);
    }
  }
  /// Where `holds(at[i])`.
  template <class It, class Holds>
  [[gnu::always_inline]] static mask gathered_flags(It at, Holds const& holds) {
    mask m{};
    for (std::size_t i = 0; i < Width; ++i) m[i] = holds(at[static_cast<std::iter_difference_t<It>>(i)]) ? -1 : 0;
    return m;
  }

 private:
  lanes lanes_;
};

template <class T, std::size_t Width, class Holder>
struct scalar_traits<pack<T, Width, Holder>> : plain_scalar<pack<T, Width, Holder>> {
  using lanes = pack<T, Width, Holder>;
  using mask = typename lanes::mask;

  static constexpr bool is_exact = scalar_traits<T>::is_exact;

  [[gnu::always_inline]] static constexpr lanes select(mask const& m, lanes const& x, lanes const& y) {
    return lanes::select(m, x, y);
  }
  [[gnu::always_inline]] static constexpr mask less(lanes const& x, lanes const& y) { return lanes::less(x, y); }
  [[gnu::always_inline]] static constexpr mask equal(lanes const& x, lanes const& y) { return lanes::equal(x, y); }
};

}  // namespace bellman
