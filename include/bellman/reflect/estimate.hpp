// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/backward_pass.hpp>
#include <bellman/estimation/estimate.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/reflect/bundle.hpp>
#include <bellman/reflect/column_named.hpp>
#include <bellman/reflect/name.hpp>
#include <bellman/value/return.hpp>

#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::reflect {

namespace detail {

using rewards_name = name_t<"rewards">;
using steps_name = name_t<"steps">;

template <class Sequence, class Name>
using column_type = std::remove_cvref_t<decltype(column_named(std::declval<Sequence&>(), Name{}))>;

// Where an output begins: of a range its begin, or the iterator that was given.
template <class Out>
constexpr auto beginning(Out& out) {
  if constexpr (std::ranges::range<Out&>) {
    return bellman::column{std::ranges::begin(out)};
  } else {
    return bellman::column<std::remove_const_t<Out>>{out};
  }
}

template <class V, class Make, class Out>
constexpr auto body_into(Make const& make, V const& after_last, Out& out) {
  if constexpr (std::ranges::range<Out&> || std::random_access_iterator<std::remove_const_t<Out>>) {
    return make(after_last, beginning(out));
  } else {
    auto& [first, second] = out;
    return make(after_last, beginning(first), beginning(second));
  }
}

// What is asked of one estimator of a bundle.
template <class Estimator>
struct part;
template <class Name, class Function, class Parameters, template <class> class Result, class... Columns>
struct part<named_estimator<Name, Function, Parameters, Result, Columns...>> {
  template <class Sequence>
  static constexpr bool columns_are_in = has_columns<Sequence, Columns...>;

  template <class Value, class Sequence>
  using value_type = estimate_t<Value, column_type<Sequence, steps_name>, column_type<Sequence, rewards_name>,
                                column_type<Sequence, Columns>...>;

  template <class V, class Rewards>
  static constexpr auto room_for(Rewards const& rewards) {
    auto one = internal::one_for_each<V>(rewards);
    using container = decltype(one);
    if constexpr (std::same_as<Result<container>, container>) {
      return one;
    } else {
      return Result<container>{one, std::move(one)};  // in this order
    }
  }

  template <class V, class Sequence, class Out>
  static constexpr auto body(Sequence const& sequence, Parameters const& p, V const& after_last, Out& out) {
    return body_into(Function::template body<V>(column_named(sequence, rewards_name{}),
                                                column_named(sequence, Columns{})..., p),
                     after_last, out);
  }
};

template <class Value, class Order>
struct estimate_fn {
  template <class Sequence, class... Estimators>
  constexpr auto operator()(Sequence const& sequence, boost::hana::tuple<Estimators...> const& estimators) const {
    namespace hana = boost::hana;
    if constexpr (check<Sequence, Estimators...>()) {
      auto const& rewards = column_named(sequence, rewards_name{});
      auto results = hana::make_map(hana::make_pair(
          typename Estimators::name_type{},
          part<Estimators>::template room_for<value_type<Sequence, Estimators...>>(rewards))...);
      (*this)(sequence, estimators, results);
      return results;
    }
  }

  template <class Sequence, class... Estimators, class Outputs>
  constexpr void operator()(Sequence const& sequence, boost::hana::tuple<Estimators...> const& estimators,
                            Outputs&& outputs) const {
    if constexpr (check<Sequence, Estimators...>()) {
      using V = value_type<Sequence, Estimators...>;
      auto const n = static_cast<std::size_t>(std::ranges::distance(column_named(sequence, rewards_name{})));
      auto const source = step_source<V>(column_named(sequence, steps_name{}), n);
      boost::hana::unpack(estimators, [&](Estimators const&... e) {
        run<V>(n, source,
               part<Estimators>::template body<V>(sequence, e.parameters, source.after_last(),
                                                  column_named(outputs, typename Estimators::name_type{}))...);
      });
    }
  }

 private:
  template <class Sequence, class... Estimators>
  using value_type = std::common_type_t<typename part<Estimators>::template value_type<Value, Sequence>...>;

  template <class Sequence, class... Estimators>
  static constexpr bool check() {
    constexpr bool complete = has_columns<Sequence, rewards_name, steps_name> &&
                              (part<Estimators>::template columns_are_in<Sequence> && ...);
    static_assert(complete, "bellman: an estimator reads a column that the sequence does not have");
    return complete;
  }

  template <class V, class Source, class... Bodies>
  static constexpr void run(std::size_t n, Source const& source, Bodies... bodies) {
    using order = std::conditional_t<std::same_as<Order, deduced>, default_order<V>, Order>;
    over_steps<V>(order{}, n, source, bodies...);
  }
};

}  // namespace detail

/// `estimate(sequence, bundle(returns_to_go(g), gae({.gamma = g, .lambda = l}), ...))`: the estimates of all in one
/// pass over memory, in a `hana::map` by the estimators' names: `estimates[name<"gae">].advantages`.
///
/// The sequence is a `hana::map` from names to columns, or a Hana struct (`BOOST_HANA_DEFINE_STRUCT`). Every bundle
/// reads its `rewards`, and its `steps` (the ending of one episode, a range of `step`, or `recorded_steps`); what else
/// it reads is said by its estimators. The estimates are all of one type, the widest of the columns that are read.
/// Under each name stands what the estimator alone returns in that type, and equals it, in a constant expression too.
///
/// `estimate(sequence, bundle, outputs)` writes into the caller's memory: `outputs` is a map with the same names, or a
/// Hana struct, of ranges or iterators, `advantages_and_returns{a, r}` of them where an estimator has two outputs. A
/// map that the first form returned is such a one.
///
/// Errors as the estimators'. O(n) for each estimator; each column is read from memory once, which pays where columns
/// are larger than the caches: benchmarks/bundle.cpp.
inline constexpr detail::estimate_fn<deduced, deduced> estimate{};

/// `estimate_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr detail::estimate_fn<V, Order> estimate_in{};

}  // namespace bellman::reflect
