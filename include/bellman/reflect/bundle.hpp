// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/reflect/internal/all_different.hpp>
#include <bellman/reflect/name.hpp>

#include <boost/hana/tuple.hpp>

#include <cstddef>
#include <type_traits>

namespace bellman {

namespace refused {

struct this_is_no_estimator_of_a_bundle {};
struct an_estimator_reads_as_many_columns_by_other_names_as_by_its_own {};
struct two_estimators_of_a_bundle_have_one_name {};

}  // namespace refused

namespace reflect {

/// An estimator with its parameters, as a bundle has it: known by a name, reading the columns of these names.
template <class Name, class Estimator, class Parameters, class... Columns>
struct named_estimator {
  using name_type = Name;
  Parameters parameters;
};

}  // namespace reflect

namespace internal {

template <class>
inline constexpr bool is_named_estimator = false;
template <class Name, class Estimator, class Parameters, class... Columns>
inline constexpr bool is_named_estimator<reflect::named_estimator<Name, Estimator, Parameters, Columns...>> = true;

}  // namespace internal

namespace reflect {

namespace detail {

template <class E>
using an_estimator_of_a_bundle =
    internal::rule<internal::is_named_estimator<E>, refused::this_is_no_estimator_of_a_bundle>;

template <internal::literal Name>
struct as_fn {
  template <class E, class = typename an_estimator_of_a_bundle<E>::type::yes>
  [[nodiscard]] constexpr auto operator()(E const& e) const {
    return renamed(e);
  }

 private:
  template <class Other, class Estimator, class Parameters, class... Columns>
  static constexpr auto renamed(named_estimator<Other, Estimator, Parameters, Columns...> const& e) {
    return named_estimator<name_t<Name>, Estimator, Parameters, Columns...>{e.parameters};
  }
};

template <class E>
inline constexpr std::size_t columns_of = 0;
template <class Name, class Estimator, class Parameters, class... Columns>
inline constexpr std::size_t columns_of<named_estimator<Name, Estimator, Parameters, Columns...>> = sizeof...(Columns);

template <internal::literal... Columns>
struct reading_fn {
  template <class E>
  using as_many_columns = internal::rule<columns_of<E> == sizeof...(Columns),
                                         refused::an_estimator_reads_as_many_columns_by_other_names_as_by_its_own>;

  template <class E, class = typename internal::every<an_estimator_of_a_bundle<E>, as_many_columns<E>>::type::yes>
  [[nodiscard]] constexpr auto operator()(E const& e) const {
    return over_others(e);
  }

 private:
  template <class Name, class Estimator, class Parameters, class... Others>
  static constexpr auto over_others(named_estimator<Name, Estimator, Parameters, Others...> const& e) {
    return named_estimator<Name, Estimator, Parameters, name_t<Columns>...>{e.parameters};
  }
};

template <class... E>
struct estimators_of_different_names
    : internal::rule<internal::all_different<typename E::name_type...>,
                     refused::two_estimators_of_a_bundle_have_one_name> {};

struct bundle_fn {
  template <class First, class... Rest,
            class = typename internal::every<an_estimator_of_a_bundle<First>, an_estimator_of_a_bundle<Rest>...,
                                             estimators_of_different_names<First, Rest...>>::type::yes>
  [[nodiscard]] constexpr auto operator()(First const& first, Rest const&... rest) const {
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

}  // namespace reflect

}  // namespace bellman
