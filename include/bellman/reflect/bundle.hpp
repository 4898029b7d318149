// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/reflect/name.hpp>

#include <boost/hana/tuple.hpp>

#include <type_traits>

namespace bellman::reflect {

/// An estimator with its parameters, as a bundle has it: known by a name, reading the columns of these names.
template <class Name, class Estimator, class Parameters, class... Columns>
struct named_estimator {
  using name_type = Name;
  Parameters parameters;
};

namespace detail {

template <internal::literal Name>
struct as_fn {
  template <class Other, class Estimator, class Parameters, class... Columns>
  constexpr auto operator()(named_estimator<Other, Estimator, Parameters, Columns...> const& e) const {
    return named_estimator<name_t<Name>, Estimator, Parameters, Columns...>{e.parameters};
  }
};

template <internal::literal... Columns>
struct reading_fn {
  template <class Name, class Estimator, class Parameters, class... Others>
  constexpr auto operator()(named_estimator<Name, Estimator, Parameters, Others...> const& e) const {
    static_assert(sizeof...(Columns) == sizeof...(Others),
                  "bellman: an estimator reads as many columns by other names as by its own");
    return named_estimator<Name, Estimator, Parameters, name_t<Columns>...>{e.parameters};
  }
};

template <class...>
inline constexpr bool all_different = true;
template <class First, class... Rest>
inline constexpr bool all_different<First, Rest...> = (!std::is_same_v<First, Rest> && ...) && all_different<Rest...>;

struct bundle_fn {
  template <class First, class... Rest>
  constexpr auto operator()(First const& first, Rest const&... rest) const {
    static_assert(all_different<typename First::name_type, typename Rest::name_type...>,
                  "bellman: two estimators of a bundle have one name; give one of them another: as<\"name\">(...)");
    return boost::hana::tuple<First, Rest...>(first, rest...);
  }
};

}  // namespace detail

/// `as<"name">(e)`: the estimator under another name.
template <internal::literal Name>
inline constexpr detail::as_fn<Name> as{};

/// `reading<"column"...>(e)`: the estimator over other columns, one name for each that it reads besides the rewards:
/// `as<"old">(reading<"old_values">(gae({...})))`.
template <internal::literal... Columns>
inline constexpr detail::reading_fn<Columns...> reading{};

/// `bundle(estimators...)`: estimators that are evaluated together, by `estimate`.
///
/// *Arguments*: estimators of reflect/estimators.hpp, whose names differ.
/// *Errors*: two estimators of one name do not compile.
/// *Cost*: none.
/// *Use*:
///     decltype(boost::hana::size(bellman::reflect::bundle(
///         bellman::reflect::returns_to_go(0.5), bellman::reflect::td_errors(0.5))))::value == 2
inline constexpr detail::bundle_fn bundle{};

}  // namespace bellman::reflect
