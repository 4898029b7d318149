// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <type_traits>

namespace bellman {

namespace refused {

struct components_are_of_a_field_or_a_vector_space {};

}  // namespace refused

namespace detail {

// Not spelt out, so that a mistake is told in a line.
template <class T, std::size_t N>
concept components_are_numbers_or_vectors = bool(vector_space_over<T>) && bool(N > 0);

}  // namespace detail

/// `coordinates<T, N>`: an element of `T^N`: a reward with `N` components, such as speed and energy, and everything
/// made of such rewards. `coordinates{1.0, 2.0}` is a `coordinates<double, 2>`; a default-constructed one is zero.
///
/// Sums are taken component by component and a scalar scales each of them. There is no product of two, no order, and so
/// no maximum: a policy can be evaluated on such rewards, but which of two of them is better is for the user to say, by
/// a weight for each.
///
/// *Arguments*: `T` is a field, or a vector space itself (`coordinates<coordinates<double, 2>, 3>`); the scalars are
/// those of `T`.
/// *Errors*: those of the scalar's own division for `v / f`.
/// *Cost*: of an operation that of `T`, `N` times.
/// *Use*:
///     0.5 * (bellman::coordinates{1.0, 2.0} + bellman::coordinates{3.0, 0.0}) == bellman::coordinates{2.0, 1.0}
template <class T, std::size_t N>
requires detail::components_are_numbers_or_vectors<T, N>
struct coordinates {
  using value_type = T;
  using scalar_type = scalar_t<T>;

  // Public, so that the type is an aggregate.
  std::array<T, N> components{};

  static constexpr std::size_t size() { return N; }

  constexpr T& operator[](std::size_t i) { return components[i]; }
  constexpr T const& operator[](std::size_t i) const { return components[i]; }

  constexpr auto begin() { return components.begin(); }
  constexpr auto begin() const { return components.begin(); }
  constexpr auto end() { return components.end(); }
  constexpr auto end() const { return components.end(); }

  friend constexpr coordinates operator+(coordinates const& v) { return v; }
  friend constexpr coordinates operator-(coordinates const& v) {
    return {internal::array_of<N, T>([&](std::size_t i) { return -v[i]; })};
  }
  friend constexpr coordinates operator+(coordinates const& v, coordinates const& w) {
    return {internal::array_of<N, T>([&](std::size_t i) { return sum(v[i], w[i]); })};
  }
  friend constexpr coordinates operator-(coordinates const& v, coordinates const& w) {
    return {internal::array_of<N, T>([&](std::size_t i) { return difference(v[i], w[i]); })};
  }
  friend constexpr coordinates operator*(scalar_type const& f, coordinates const& v) {
    return {internal::array_of<N, T>([&](std::size_t i) { return product(f, v[i]); })};
  }
  friend constexpr coordinates operator*(coordinates const& v, scalar_type const& f) { return f * v; }
  friend constexpr coordinates operator/(coordinates const& v, scalar_type const& f) {
    return {internal::array_of<N, T>([&](std::size_t i) { return quotient(v[i], f); })};
  }

  constexpr coordinates& operator+=(coordinates const& w) { return *this = *this + w; }
  constexpr coordinates& operator-=(coordinates const& w) { return *this = *this - w; }
  constexpr coordinates& operator*=(scalar_type const& f) { return *this = f * *this; }
  constexpr coordinates& operator/=(scalar_type const& f) { return *this = *this / f; }

  friend bool operator==(coordinates const&, coordinates const&) = default;

  template <std::size_t Index>
    requires(Index < N)
  constexpr T& get() {
    return components[Index];
  }
  template <std::size_t Index>
    requires(Index < N)
  constexpr T const& get() const {
    return components[Index];
  }

  /// `(x, y, ...)` as text.
  std::string str() const {
    std::string text = "(";
    for (std::size_t i = 0; i < N; ++i) text += (i == 0 ? "" : ", ") + internal::describe(components[i]);
    return text + ")";
  }
};

template <class T, std::same_as<T>... Rest,
          class = typename internal::rule<detail::components_are_numbers_or_vectors<T, 1>,
                                          refused::components_are_of_a_field_or_a_vector_space>::type::yes>
coordinates(T, Rest...) -> coordinates<T, 1 + sizeof...(Rest)>;

template <class T, std::size_t N>
struct scalar_traits<coordinates<T, N>> : plain_scalar<coordinates<T, N>> {
  using sum_type = coordinates<typename scalar_traits<T>::sum_type, N>;

  static constexpr bool is_exact = scalar_traits<T>::is_exact;

  template <class U>
  static constexpr coordinates<T, N> converted(coordinates<U, N> const& v) {
    return {internal::converted_to<std::array<T, N>>(v.components)};
  }
};

}  // namespace bellman

// For structured bindings: `auto [speed, energy] = reward;`.
template <class T, std::size_t N>
struct std::tuple_size<bellman::coordinates<T, N>> : std::integral_constant<std::size_t, N> {};
template <std::size_t Index, class T, std::size_t N>
struct std::tuple_element<Index, bellman::coordinates<T, N>> {
  using type = T;
};
