// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/column.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/column_of.hpp>
#include <bellman/estimation/internal/parameter_columns.hpp>

#include <type_traits>

namespace bellman::internal {

/// A column as its kind reads it.
template <class Kind, class Column>
struct kept_column {
  [[no_unique_address]] Kind kind;
  Column column;

  template <class Here, class Seen>
  [[gnu::always_inline]] constexpr auto read(Here const& here, Seen const& s) const {
    return Kind::read(here, s, column);
  }
};
template <class Kind, class Column>
kept_column(Kind, Column) -> kept_column<Kind, Column>;

/// `read(here, seen, f)`: `f(step, x...)` with the numbers of a step: those that the parameters give and one of each
/// column. At a skipped step nothing is read.
template <class Parameters, class Rewards, class Gamma, class Lambda, class Columns>
struct readings {
  Parameters const* parameters;
  Rewards rewards;
  Gamma gamma;
  Lambda lambda;
  Columns columns;

  template <class Here, class Seen, class F>
  [[gnu::always_inline]] constexpr auto operator()(Here const& here, Seen const& s, F const& f) const {
    auto reward = here.read_unless(s.skipped, rewards);
    auto g = here.read_scalar_unless(s.skipped, gamma);
    auto l = here.read_scalar_unless(s.skipped, lambda);
    numbers_of_step<std::remove_const_t<decltype(reward)>, std::remove_const_t<decltype(g)>,
                    std::remove_const_t<decltype(l)>, Parameters> step{reward, g, l, *parameters};
    return columns([&](auto const&... column) __attribute__((always_inline)) {
      return f(step, column.read(here, s)...);
    });
  }
};

/// The columns of V that an estimator reads, checked: for each of n rewards one number.
template <class Estimator, class V, class N, class Parameters, class Gamma, class Lambda, class Rewards,
          class... Kinds, class... Columns>
[[gnu::always_inline]] constexpr auto readings_of(columns<Kinds...>, N const& n, Parameters const& p,
                                                  Gamma const& gamma, Lambda const& lambda, Rewards const& rewards,
                                                  Columns const&... column) {
  auto const r = internal::column_of(rewards, "rewards", n);
  auto const held = [... c = kept_column{Kinds{}, internal::column_of(column, Kinds::name.characters, n)}](
      auto const& f) __attribute__((always_inline)) {
    return f(c...);
  };
  auto g = internal::gamma_column<V>(gamma, n);
  auto l = internal::lambda_column<V>(lambda, n);
  return readings<Parameters, std::remove_const_t<decltype(r)>, std::remove_const_t<decltype(g)>,
                  std::remove_const_t<decltype(l)>, std::remove_const_t<decltype(held)>>{&p, r, g, l, held};
}

}  // namespace bellman::internal
