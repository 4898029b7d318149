// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/internal/sorted.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/planning/state_index.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct what_gymnasium_has_are_ranges_of_ranges_of_rows_of_probability_next_reward_terminated {};

}  // namespace refused

namespace detail {

template <class Key>
[[noreturn]] void a_state_of_gymnasium_must_be_listed(Key s, std::size_t n) {
  internal::refuse("bellman: P has the key " + std::to_string(s) + " among " + std::to_string(n) +
                   " states; they must be 0, 1, 2, ..., each once");
}
[[noreturn]] inline void a_state_of_gymnasium_must_have_actions(std::size_t s) {
  internal::refuse("bellman: P has no action in state " + std::to_string(s) + "; it must have one at least");
}
template <class Key>
[[noreturn]] void an_action_of_gymnasium_must_have_rows(std::size_t s, Key a) {
  internal::refuse("bellman: P has no row in state " + std::to_string(s) + " for action " + std::to_string(a) +
                   "; it must have one at least");
}
[[noreturn]] inline void an_action_of_gymnasium_must_be_listed_once(std::size_t s, index_t a) {
  internal::refuse("bellman: P has the key " + std::to_string(a) + " in state " + std::to_string(s) +
                   " twice; it must have each action once");
}

// A dictionary has keys, a list has places.
template <class Entry>
concept is_keyed = requires(Entry const& e) {
  requires std::integral<std::remove_cvref_t<decltype(e.first)>>;
  e.second;
};
template <class Entry>
constexpr auto const& content(Entry const& e) {
  if constexpr (is_keyed<Entry>) {
    return e.second;
  } else {
    return e;
  }
}
template <class Range>
using content_t = std::remove_cvref_t<decltype(detail::content(
    std::declval<std::remove_cvref_t<std::ranges::range_reference_t<Range const>> const&>()))>;

// The number `i` of a row (probability, next, reward, terminated).
template <std::size_t Index, class Row>
constexpr auto field_of(Row const& row) {
  if constexpr (requires { std::tuple_size<Row>::value; }) {
    return std::get<Index>(row);
  } else if constexpr (Index == 0) {
    return row.probability;
  } else if constexpr (Index == 1) {
    return row.next;
  } else if constexpr (Index == 2) {
    return row.reward;
  } else {
    return row.terminated;
  }
}
template <class Row>
concept is_row = requires {
  requires std::tuple_size<Row>::value == 4;
}
|| requires(Row const& row) {
  row.probability;
  row.next;
  row.reward;
  row.terminated;
};
template <class P>
concept are_rows = std::ranges::forward_range<P const> && std::ranges::forward_range < content_t<P>
const > &&std::ranges::input_range<content_t<content_t<P>> const>&&
            is_row<std::remove_cvref_t<std::ranges::range_reference_t<content_t<content_t<P>> const>>>;

template <class P>
consteval bool judge_gymnasium() {
  if constexpr (are_rows<P>) {
    using row = std::remove_cvref_t<std::ranges::range_reference_t<content_t<content_t<P>> const>>;
    return internal::numbers_something<decltype(detail::field_of<1>(std::declval<row const&>()))> &&
           std::convertible_to<decltype(detail::field_of<3>(std::declval<row const&>())), bool>;
  } else {
    return false;
  }
}

struct gymnasium_model_fn {
  template <
      class P,
      class = typename internal::rule<
          detail::judge_gymnasium<P>(),
          refused::what_gymnasium_has_are_ranges_of_ranges_of_rows_of_probability_next_reward_terminated>::type::yes>
  constexpr auto operator()(P const& table) const {
    using row = std::remove_cvref_t<std::ranges::range_reference_t<content_t<content_t<P>> const>>;
    using probability = number_of_row<decltype(detail::field_of<0>(std::declval<row const&>()))>;
    using reward = number_of_row<decltype(detail::field_of<2>(std::declval<row const&>()))>;
    std::size_t const n = static_cast<std::size_t>(std::ranges::distance(table));
    model_builder<reward, probability> builder(n);
    internal::vector<char> listed(n, 0);
    std::size_t place = 0;
    for (auto const& of_state : table) {
      auto const its_key = key(of_state, place++);
      auto const s = static_cast<std::size_t>(its_key);
      if (s >= n || listed[s] != 0) detail::a_state_of_gymnasium_must_be_listed(its_key, n);
      listed[s] = 1;
      internal::vector<index_t> actions;
      std::size_t number = 0;
      for (auto const& of_action : detail::content(of_state)) {
        auto const a = key(of_action, number++);
        std::size_t const before = builder.size();
        for (auto const& r : detail::content(of_action)) {
          auto const p = static_cast<probability>(detail::field_of<0>(r));
          auto const next = detail::field_of<1>(r);
          auto const pays = static_cast<reward>(detail::field_of<2>(r));
          if (detail::field_of<3>(r)) {
            builder.add_end(s, a, p, pays);
          } else {
            builder.add(s, a, next, p, pays);
          }
        }
        if (builder.size() == before) detail::an_action_of_gymnasium_must_have_rows(s, a);
        actions.push_back(static_cast<index_t>(a));
      }
      if (actions.empty()) detail::a_state_of_gymnasium_must_have_actions(s);
      internal::sort(actions, [](index_t a, index_t b) { return a < b; });
      for (std::size_t k = 1; k < actions.size(); ++k) {
        if (actions[k] == actions[k - 1]) detail::an_action_of_gymnasium_must_be_listed_once(s, actions[k]);
      }
    }
    return builder.build("P");
  }

 private:
  template <class X>
  using number_of_row = std::conditional_t<std::integral<X>, double, X>;

  template <class Entry>
  static constexpr auto key(Entry const& e, std::size_t place) {
    if constexpr (is_keyed<Entry>) {
      return e.first;
    } else {
      return place;
    }
  }
};

}  // namespace detail

/// `gymnasium_model(P)`: the model that an environment of Gymnasium keeps in `env.P`: for each state, for each action,
/// a list of rows (probability, next state, reward, terminated). What is terminated ends, whatever next state stands
/// there.
///
/// *Arguments*: a range of states of ranges of actions of ranges of rows; each of the outer two is in the order of its
/// numbers, as a vector is, or has pairs of a number and what it holds, as a map has. A row is a tuple, or a struct
/// with members `probability`, `next`, `reward`, `terminated`. Numbers that are integers are computed with as `double`.
/// *Errors*: those of `model_builder`; a next state, or a key of a state, that is none of 0, 1, ..., n - 1 for n
/// states; a key that comes twice; a state without actions, an action without rows.
/// *Cost*: that of a `model_builder`.
/// *Source*: Gymnasium, environments of toy text.
/// *Use*:
///     [] {
///       using rows = std::vector<std::tuple<double, int, int, bool>>;
///       rows const first{{0.5, 1, 0, false}, {0.5, 0, 4, true}};
///       std::vector<std::vector<rows>> const P{{first}, {rows{{1.0, 1, 3, true}}}};
///       return bellman::solve(bellman::gymnasium_model(P), 1.0).value(0) == 3.5;
///     }()
inline constexpr detail::gymnasium_model_fn gymnasium_model{};

}  // namespace bellman
