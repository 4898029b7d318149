// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/order_within.hpp>
#include <bellman/estimation/internal/over_recording.hpp>
#include <bellman/estimation/internal/requirements.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/layout/internal/rules.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/reflect/bundle.hpp>
#include <bellman/reflect/column_named.hpp>
#include <bellman/reflect/name.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_bundle_is_made_by_bundle {};
struct the_estimates_of_a_bundle_have_no_number_type_in_common {};
template <class Name>
struct the_outputs_lack_one_for_the_estimates {};

}  // namespace refused

namespace reflect {

namespace detail {

using rewards_name = name_t<"rewards">;
using steps_name = name_t<"steps">;

template <class Sequence, class Name>
using column_type = std::remove_cvref_t<decltype(column_named(std::declval<Sequence&>(), Name{}))>;

[[noreturn]] inline void there_must_be_room_for_each_reward(std::size_t found, std::size_t rewards) {
  internal::refuse("bellman: room for " + std::to_string(found) + " estimates and " + std::to_string(rewards) +
                   " rewards; there must be room for one for each reward");
}

// Where an output is written: of a range its begin, or the iterator that was given; of several sequences the array that
// was given, or a range as an array that is laid out as the rewards.
template <class Rewards, class Out>
constexpr auto place_in([[maybe_unused]] Rewards const& rewards, Out& out) {
  if constexpr (layout<Out> || !std::ranges::range<Out&>) {
    return out;
  } else if constexpr (!layout<Rewards>) {
    if constexpr (std::ranges::sized_range<Out&>) {
      auto const size = static_cast<std::size_t>(std::ranges::size(out));
      std::size_t const n = internal::length_of(rewards);
      if (size < n) detail::there_must_be_room_for_each_reward(size, n);
    }
    return std::ranges::begin(out);
  } else {
    auto const size = static_cast<std::size_t>(std::ranges::distance(out));
    if (size != rewards.size()) detail::there_must_be_room_for_each_reward(size, rewards.size());
    return rewards.over(internal::place_of(out));
  }
}
template <class Out>
concept one_output =
    std::ranges::range<Out&> || std::random_access_iterator<std::remove_const_t<Out>> || layout<Out>;

// Where the one output or the two of an estimator are written.
template <class Rewards, class Out>
constexpr auto places_in(Rewards const& rewards, Out& out) {
  if constexpr (one_output<Out>) {
    return std::tuple(detail::place_in(rewards, out));
  } else {
    auto& [first, second] = out;
    return std::tuple(detail::place_in(rewards, first), detail::place_in(rewards, second));
  }
}

// What is asked of one estimator of a bundle.
template <class Estimator>
struct part;
template <class Name, class Estimator, class Parameters, class... Columns>
struct part<named_estimator<Name, Estimator, Parameters, Columns...>> {
  template <class Value, class Sequence>
  using value_type = internal::estimated_t<Value, column_type<Sequence, steps_name>, Parameters, Estimator,
                                           column_type<Sequence, rewards_name>, column_type<Sequence, Columns>...>;

  template <class V, class Rewards>
  static constexpr auto room_for(Rewards const& rewards) {
    return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      return internal::results_of<Estimator>(((void)Index, internal::room_for<V>(rewards))...);
    }(std::make_index_sequence<internal::outputs_of<Estimator>>{});
  }

  template <class Sequence, class... Out>
  static constexpr auto of_a_pass(Sequence const& sequence, Parameters const& p, std::tuple<Out...> const& outs) {
    return internal::part_of_a_pass<Estimator, Parameters, std::tuple<column_type<Sequence, Columns> const&...>,
                                    std::tuple<Out...>>{p, {column_named(sequence, Columns{})...}, outs};
  }
};

// What is asked of the sequence, the bundle and the outputs.
template <class>
inline constexpr bool is_bundle = false;
template <class... Estimator>
inline constexpr bool is_bundle<boost::hana::tuple<Estimator...>> = (internal::is_named_estimator<Estimator> && ...);

template <class Sequence, class Name>
concept has = has_columns<Sequence, Name>;
template <class Sequence, class Name>
using with_column = internal::rule<has<Sequence, Name>, refused::the_sequence_lacks_the_column<Name>>;

template <class Value, class Order, class Sequence, class Bundle>
struct a_bundle {
  using type = refused::a_bundle_is_made_by_bundle;
};
template <class Value, class Order, class Sequence, class E>
struct an_estimate_of;
template <class Value, class Order, class Sequence, class Name, class Estimator, class Parameters, class... Columns>
struct an_estimate_of<Value, Order, Sequence, named_estimator<Name, Estimator, Parameters, Columns...>>
    : internal::an_estimate<Estimator, Value, Order,
                            internal::given<column_type<Sequence, rewards_name>, column_type<Sequence, Columns>...>,
                            column_type<Sequence, steps_name>, Parameters> {};
template <class Value, class Sequence, class... E>
using number_of_estimates = std::common_type_t<typename part<E>::template value_type<Value, Sequence>...>;
template <class Value, class Sequence, class... E>
concept have_common_number = requires {
  typename number_of_estimates<Value, Sequence, E...>;
};
template <class Value, class Sequence, class... E>
struct of_one_number_type : internal::rule<have_common_number<Value, Sequence, E...>,
                                           refused::the_estimates_of_a_bundle_have_no_number_type_in_common> {};

// The columns that an estimator reads, by their names.
template <class Sequence, class E>
struct columns_of_estimator;
template <class Sequence, class Name, class Estimator, class Parameters, class... Columns>
struct columns_of_estimator<Sequence, named_estimator<Name, Estimator, Parameters, Columns...>>
    : internal::every<with_column<Sequence, Columns>...> {};

template <class Value, class Order, class Sequence, class... E>
  requires is_bundle<boost::hana::tuple<E...>>
struct a_bundle<Value, Order, Sequence, boost::hana::tuple<E...>>
    : internal::every<internal::a_sequence_of_columns<Sequence>, with_column<Sequence, rewards_name>,
                      with_column<Sequence, steps_name>, columns_of_estimator<Sequence, E>...,
                      an_estimate_of<Value, Order, Sequence, E>..., of_one_number_type<Value, Sequence, E...>> {
};

// Whether a range, or what begins at an iterator, can be written to; for several sequences, no iterator says how.
template <class Rewards, class Out>
using place_t = decltype(detail::place_in(std::declval<Rewards const&>(), std::declval<Out&>()));
template <class Rewards, class Out>
using place_of_one_t = typename internal::begin_of_one<std::remove_cvref_t<place_t<Rewards, Out>>>::type;
template <class V, class Rewards, class Out>
concept written_to = one_output<Out> &&
                     internal::order_of_memory_of<std::remove_cvref_t<place_t<Rewards, Out>>> ==
                         internal::order_of_memory_of<Rewards> &&
                     std::random_access_iterator<place_of_one_t<Rewards, Out>> &&
                     internal::accepts<internal::an_output<place_of_one_t<Rewards, Out>, V>>;
template <class V, class Rewards, class Estimator, class Out>
inline constexpr bool are_outputs = internal::outputs_of<Estimator> == 1 && written_to<V, Rewards, Out>;
template <class V, class Rewards, class Estimator, template <class...> class Results, class... Out>
  requires(sizeof...(Out) == 2 && internal::outputs_of<Estimator> == 2)
inline constexpr bool are_outputs<V, Rewards, Estimator, Results<Out...>> = (written_to<V, Rewards, Out> && ...);

template <class V, class Rewards, class Outputs, class E>
struct an_output_for;
template <class V, class Rewards, class Outputs, class Name, class Estimator, class Parameters, class... Columns>
struct an_output_for<V, Rewards, Outputs, named_estimator<Name, Estimator, Parameters, Columns...>> {
  static consteval bool is_there() {
    if constexpr (has<std::remove_cvref_t<Outputs>, Name>) {
      using out =
          std::remove_reference_t<decltype(column_named(std::declval<std::remove_reference_t<Outputs>&>(), Name{}))>;
      return are_outputs<V, Rewards, Estimator, out>;
    } else {
      return false;
    }
  }
  using type = typename internal::rule<is_there(), refused::the_outputs_lack_one_for_the_estimates<Name>>::type;
};
template <class Value, class Sequence, class Outputs, class Bundle>
struct outputs_of_bundle;
template <class Value, class Sequence, class Outputs, class... E>
struct outputs_of_bundle<Value, Sequence, Outputs, boost::hana::tuple<E...>>
    : internal::every<an_output_for<number_of_estimates<Value, Sequence, E...>, column_type<Sequence, rewards_name>,
                                    Outputs, E>...> {};

template <class Value, class Order>
struct estimate_fn {
  [[no_unique_address]] internal::kept_order<Order> order{};

  /// The same function in another order.
  template <class Other, class = typename internal::an_order_of_an_estimator<Other>::type::yes>
  [[nodiscard]] constexpr auto in(Other const& other) const {
    return estimate_fn<Value, Other>{internal::kept_order<Other>(other)};
  }

  template <class Sequence, class Bundle, class = typename a_bundle<Value, Order, Sequence, Bundle>::type::yes>
  [[nodiscard]] constexpr auto operator()(Sequence const& sequence, Bundle const& estimators) const {
    return made(sequence, estimators);
  }

  template <class Sequence, class Bundle, class Outputs,
            class = typename internal::every<a_bundle<Value, Order, Sequence, Bundle>,
                                             outputs_of_bundle<Value, Sequence, Outputs, Bundle>>::type::yes>
  constexpr void operator()(Sequence const& sequence, Bundle const& estimators, Outputs&& outputs) const {
    write(sequence, estimators, outputs);
  }

 private:
  template <class Sequence, class... Estimators>
  constexpr auto made(Sequence const& sequence, boost::hana::tuple<Estimators...> const& estimators) const {
    namespace hana = boost::hana;
    auto const& rewards = column_named(sequence, rewards_name{});
    auto results = hana::make_map(hana::make_pair(
        typename Estimators::name_type{},
        part<Estimators>::template room_for<number_of_estimates<Value, Sequence, Estimators...>>(rewards))...);
    write(sequence, estimators, results);
    return results;
  }

  template <class Sequence, class... Estimators, class Outputs>
  constexpr void write(Sequence const& sequence, boost::hana::tuple<Estimators...> const& estimators,
                       Outputs& outputs) const {
    using V = number_of_estimates<Value, Sequence, Estimators...>;
    auto const& rewards = column_named(sequence, rewards_name{});
    boost::hana::unpack(estimators, [&](Estimators const&... e) {
      internal::over_recording<V>(
          order(), rewards, column_named(sequence, steps_name{}),
          part<Estimators>::of_a_pass(
              sequence, e.parameters,
              detail::places_in(rewards, column_named(outputs, typename Estimators::name_type{})))...);
    });
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
/// map that the first form returned is such a one. They may lie where columns lie, whichever estimators read those.
///
/// *Arguments*: the sequence, a `hana::map` from names to columns, or a Hana struct (`BOOST_HANA_DEFINE_STRUCT`); a
/// bundle. The estimates are all of one type, the widest of those that the estimators have by themselves.
/// *Errors*: the estimators'; `invalid_value` for an output with less room than there are rewards; a column that the
/// sequence does not have does not compile.
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

}  // namespace reflect

}  // namespace bellman
