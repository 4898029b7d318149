// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/reflect/name.hpp>

#include <boost/hana/tuple.hpp>

#include <type_traits>

namespace bellman::reflect {

/// A name for `Result` below: of one output.
template <class Container>
using one_output = Container;

/// An estimator with its parameters, as a bundle has it: known by a name, reading the columns of these names. What it
/// does is `Function::body<V>(rewards, columns..., parameters)`; it returns a `Result` of containers.
template <class Name, class Function, class Parameters, template <class> class Result, class... Columns>
struct named_estimator {
  using name_type = Name;
  Parameters parameters;
};

namespace detail {

template <literal Name>
struct as_fn {
  template <class Other, class Function, class Parameters, template <class> class Result, class... Columns>
  constexpr auto operator()(named_estimator<Other, Function, Parameters, Result, Columns...> const& e) const {
    return named_estimator<name_t<Name>, Function, Parameters, Result, Columns...>{e.parameters};
  }
};

template <literal... Columns>
struct reading_fn {
  template <class Name, class Function, class Parameters, template <class> class Result, class... Others>
  constexpr auto operator()(named_estimator<Name, Function, Parameters, Result, Others...> const& e) const {
    static_assert(sizeof...(Columns) == sizeof...(Others),
                  "bellman: an estimator reads as many columns by other names as by its own");
    return named_estimator<Name, Function, Parameters, Result, name_t<Columns>...>{e.parameters};
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
template <detail::literal Name>
inline constexpr detail::as_fn<Name> as{};

/// `reading<"column"...>(e)`: the estimator over other columns, one name for each that it reads besides the rewards:
/// `as<"old">(reading<"old_values">(gae({...})))`.
template <detail::literal... Columns>
inline constexpr detail::reading_fn<Columns...> reading{};

/// `bundle(estimators...)`: estimators that are evaluated together, by `estimate`. Their names differ.
inline constexpr detail::bundle_fn bundle{};

}  // namespace bellman::reflect
