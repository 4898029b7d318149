// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>

#include <boost/hana/accessors.hpp>
#include <boost/hana/at_key.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/contains.hpp>
#include <boost/hana/core/tag_of.hpp>
#include <boost/hana/core/to.hpp>
#include <boost/hana/keys.hpp>
#include <boost/hana/map.hpp>
#include <boost/hana/string.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_sequence_is_a_hana_map_or_a_hana_struct {};
struct this_is_no_name {};
template <class Name>
struct the_sequence_lacks_the_column {};

}  // namespace refused

namespace internal {

template <class Sequence>
concept map_or_struct =
    boost::hana::Struct<Sequence>::value || std::same_as<boost::hana::tag_of_t<Sequence>, boost::hana::map_tag>;

/// What has columns by names.
template <class Sequence>
using a_sequence_of_columns = rule<map_or_struct<Sequence>, refused::a_sequence_is_a_hana_map_or_a_hana_struct>;

}  // namespace internal

namespace reflect {

namespace detail {

template <class Sequence, class Name>
constexpr bool has_column() {
  namespace hana = boost::hana;
  if constexpr (!internal::map_or_struct<Sequence>) {
    return false;
  } else if constexpr (hana::Struct<Sequence>::value) {
    return decltype(hana::contains(hana::to_map(hana::accessors<Sequence>()), Name{}))::value;
  } else {
    return decltype(hana::contains(std::declval<Sequence const&>(), Name{}))::value;
  }
}

template <class Name>
using a_name =
    internal::rule<std::same_as<boost::hana::tag_of_t<Name>, boost::hana::string_tag>, refused::this_is_no_name>;
template <class Sequence, class Name>
struct a_sequence_with : internal::rule<has_column<Sequence, Name>(), refused::the_sequence_lacks_the_column<Name>> {};

struct column_named_fn {
  template <class Columns, class Name,
            class = typename internal::every<internal::a_sequence_of_columns<std::remove_cv_t<Columns>>, a_name<Name>,
                                             a_sequence_with<std::remove_cv_t<Columns>, Name>>::type::yes>
  [[nodiscard]] constexpr auto& operator()(Columns& columns, Name key) const {
    namespace hana = boost::hana;
    using Sequence = std::remove_const_t<Columns>;
    if constexpr (hana::Struct<Sequence>::value) {
      // Looked up in the struct itself, a member would be copied.
      return hana::at_key(hana::to_map(hana::accessors<Sequence>()), key)(columns);
    } else {
      return hana::at_key(columns, key);
    }
  }
};

}  // namespace detail

/// Whether a sequence has columns of all these names.
template <class Sequence, class... Names>
concept has_columns = (detail::has_column<std::remove_cvref_t<Sequence>, Names>() && ...);

/// `column_named(sequence, name<"rewards">)`: the column of that name, by reference.
///
/// *Arguments*: a `hana::map` from names to columns, or a Hana struct, whose members are its columns; a name.
/// *Errors*: a name that the sequence does not have does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     [] {
///       auto const columns =
///           boost::hana::make_map(boost::hana::make_pair(bellman::reflect::name<"rewards">, std::array{1.0, 2.0}));
///       return bellman::reflect::column_named(columns, bellman::reflect::name<"rewards">)[1] == 2.0;
///     }()
inline constexpr detail::column_named_fn column_named{};

}  // namespace reflect

}  // namespace bellman
