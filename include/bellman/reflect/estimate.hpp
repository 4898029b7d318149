// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/body_of.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/over_steps.hpp>
#include <bellman/estimation/internal/step_source.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/reflect/bundle.hpp>
#include <bellman/reflect/column_named.hpp>
#include <bellman/reflect/name.hpp>

#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>

#include <cstddef>
#include <iterator>
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
    return std::ranges::begin(out);
  } else {
    return out;
  }
}

// A body on its way through the pass, which writes to one output or to two.
template <class V, class Body, class Source, class Out>
constexpr auto started_into(Body const& body, Source const& source, Out& out) {
  if constexpr (std::ranges::range<Out&> || std::random_access_iterator<std::remove_const_t<Out>>) {
    return internal::started<V>(body, source, detail::beginning(out));
  } else {
    auto& [first, second] = out;
    return internal::started<V>(body, source, detail::beginning(first), detail::beginning(second));
  }
}

// What is asked of one estimator of a bundle.
template <class Estimator>
struct part;
template <class Name, class Estimator, class Parameters, class... Columns>
struct part<named_estimator<Name, Estimator, Parameters, Columns...>> {
  template <class Sequence>
  static constexpr bool columns_are_in = has_columns<Sequence, Columns...>;

  template <class Value, class Sequence>
  using value_type = internal::estimated_t<Value, column_type<Sequence, steps_name>, Parameters, Estimator,
                                           column_type<Sequence, rewards_name>, column_type<Sequence, Columns>...>;

  template <class V, class Rewards>
  static constexpr auto room_for(Rewards const& rewards) {
    return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      return internal::results_of<Estimator>(((void)Index, internal::one_for_each<V>(rewards))...);
    }(std::make_index_sequence<internal::outputs_of<Estimator>>{});
  }

  template <class V, class Sequence, class Source, class Out>
  static constexpr auto started(Sequence const& sequence, Parameters const& p, Source const& source, Out& out) {
    return detail::started_into<V>(internal::body_of<Estimator, V>(p, column_named(sequence, rewards_name{}),
                                                           column_named(sequence, Columns{})...),
                           source, out);
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
      auto const source = internal::step_source<V>(column_named(sequence, steps_name{}), n);
      boost::hana::unpack(estimators, [&](Estimators const&... e) {
        run<V>(n, source,
               part<Estimators>::template started<V>(sequence, e.parameters, source,
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
    internal::over_steps<V>(internal::order_t<Order, V>{}, n, source, bodies...);
  }
};

}  // namespace detail

/// `estimate(sequence, bundle(returns_to_go(g), gae({.gamma = g, .lambda = l}), ...))`: the estimates of all in one
/// pass over memory, in a `hana::map` by the estimators' names: `estimates[name<"gae">].advantages`.
///
/// Every bundle reads its `rewards`, and its `steps` (the ending of one episode, a range of `step`, or
/// `recorded_steps`); what else it reads is said by its estimators.
///
/// `estimate(sequence, bundle, outputs)` writes into the caller's memory: `outputs` is a map with the same names, or a
/// Hana struct, of ranges or iterators, `advantages_and_returns{a, r}` of them where an estimator has two outputs. A
/// map that the first form returned is such a one.
///
/// *Arguments*: the sequence, a `hana::map` from names to columns, or a Hana struct (`BOOST_HANA_DEFINE_STRUCT`); a
/// bundle. The estimates are all of one type, the widest of those that the estimators have by themselves.
/// *Errors*: the estimators'; a column that the sequence does not have does not compile.
/// *Cost*: O(n) for each estimator; each column is read from memory once, which pays where columns are larger than the
/// caches: benchmarks/bundle.cpp.
/// *Laws*: under each name stands what the estimator alone returns in that type, and equals it, in a constant
/// expression too (tests/reflect/estimate.cpp).
/// *Use*:
///     [] {
///       namespace hana = boost::hana;
///       using bellman::reflect::name;
///       auto const estimates = bellman::reflect::estimate(
///           hana::make_map(hana::make_pair(name<"rewards">, std::array{1.0, 2.0}),
///                          hana::make_pair(name<"steps">, bellman::terminated{})),
///           bellman::reflect::bundle(bellman::reflect::returns_to_go(0.5)));
///       return estimates[name<"returns_to_go">] == std::array{2.0, 2.0};
///     }()
inline constexpr detail::estimate_fn<deduced, deduced> estimate{};

/// `estimate_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr detail::estimate_fn<V, Order> estimate_in{};

}  // namespace bellman::reflect
