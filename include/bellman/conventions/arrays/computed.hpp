// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/indexed_iterator.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman::conventions {

namespace detail {

// What the iterators of a column point to: nothing else lies between them and the function.
template <class Function>
struct function_of_an_index {
  Function f;

  constexpr decltype(auto) at(std::size_t t) const { return f(t); }
};

}  // namespace detail

/// `computed_view(n, f)`: a range of n numbers, of which number t is `f(t)`, computed where it is read: what `computed`
/// gives. Its iterators point to it.
template <class Function>
class computed_view : public std::ranges::view_interface<computed_view<Function>> {
  using function = detail::function_of_an_index<Function>;

 public:
  using iterator = internal::indexed_iterator<function const>;

  constexpr computed_view(std::size_t n, Function f)
      : n_(static_cast<std::ptrdiff_t>(n)), function_{std::move(f)} {}
  constexpr computed_view(computed_view const&) = default;
  // A view can be assigned to, a lambda cannot.
  constexpr computed_view& operator=(computed_view const& other) {
    if (this != &other) {
      n_ = other.n_;
      std::destroy_at(&function_);
      std::construct_at(&function_, other.function_);
    }
    return *this;
  }

  constexpr iterator begin() const { return {function_, 0}; }
  constexpr iterator end() const { return {function_, n_}; }

 private:
  std::ptrdiff_t n_;
  function function_;
};

namespace detail {

struct computed_fn {
  template <class Function, class = typename internal::a_function_of_an_index<Function>::type::yes>
  constexpr auto operator()(std::size_t n, Function f) const {
    return computed_view<Function>(n, std::move(f));
  }
};

}  // namespace detail

/// `computed(n, f)`: the numbers `f(0), ..., f(n - 1)`: a lazy view with random access.
///
/// *Arguments*: how many there are; a callable of an index, which is kept in the view.
/// *Cost*: a call of f wherever a number is read.
/// *Use*:
///     bellman::conventions::computed(3, [](std::size_t t) { return 2 * t; }).back() == 4
inline constexpr detail::computed_fn computed{};

}  // namespace bellman::conventions
