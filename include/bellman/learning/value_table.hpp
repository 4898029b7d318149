// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/state.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct this_names_no_entry_of_the_table {};

}  // namespace refused

namespace detail {

template <class...>
struct types {};

template <class Given, class Key>
inline constexpr bool names_an_entry = false;
template <class... X, class... Key>
  requires(sizeof...(X) == sizeof...(Key))
inline constexpr bool names_an_entry<types<X...>, types<Key...>> = (internal::stands_for<X, Key> && ...);

// What is looked up: a state, or a pair of a state and an action.
template <class... Key>
struct entry_of {
  using type = std::pair<Key...>;

  template <class... X>
  static constexpr type named(X const&... x) {
    return type(static_cast<Key>(x)...);
  }
};
template <class S>
struct entry_of<S> {
  using type = S;

  template <class X>
  static constexpr decltype(auto) named(X const& x) {
    return internal::named<S>(x);
  }
};

}  // namespace detail

/// `value_table<V, S>(first)`, `value_table<V, S, A>(first)`: a number for each state, or for each pair of a state and
/// an action: `first`, or 0, until it is learned. Models `prediction_of`; its weights are the numbers.
///
/// Entries are added when they are first learned, so that states need not be listed. A first value above all that can
/// be earned is an optimistic start: what was not tried yet looks best.
///
/// *Arguments*: V: a field; a state is what `state_index` finds.
/// *Cost*: that of `state_index`: constant for integers and what has a hash.
/// *Source*: Sutton and Barto, sections 2.6 and 6.1.
/// *Use*:
///     bellman::value_table<double, int, char>(0.5)(7, 'a') == 0.5
template <field V, state... Key>
  requires(sizeof...(Key) == 1 || sizeof...(Key) == 2)
class value_table {
 public:
  using value_type = V;

  constexpr value_table() = default;
  constexpr explicit value_table(V its_first) : first_(std::move(its_first)) {}

  template <class... X, class = typename internal::rule<
                            detail::names_an_entry<detail::types<X...>, detail::types<Key...>>,
                            refused::this_names_no_entry_of_the_table>::type::yes>
  constexpr V operator()(X const&... key) const {
    index_t const i = index_.find(detail::entry_of<Key...>::named(key...));
    return i == no_index ? first_ : weights_[i];
  }

  template <class Visit, class... X,
            class = typename internal::rule<detail::names_an_entry<detail::types<X...>, detail::types<Key...>>,
                                            refused::this_names_no_entry_of_the_table>::type::yes>
  constexpr void gradient(Visit const& visit, X const&... key) {
    index_t const i = index_.insert(detail::entry_of<Key...>::named(key...));
    if (i == weights_.size()) weights_.push_back(first_);
    visit(std::size_t{i}, V(1));
  }

  constexpr std::vector<V>& weights() & { return weights_; }
  constexpr std::vector<V> const& weights() const& { return weights_; }
  constexpr std::vector<V> weights() && { return std::move(weights_); }

 private:
  state_index<typename detail::entry_of<Key...>::type> index_{};
  std::vector<V> weights_{};
  V first_ = scalar_traits<V>::zero();
};

}  // namespace bellman
