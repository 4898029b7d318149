// SPDX-License-Identifier: BSL-1.0
#include <bellman/reflect/finite_type.hpp>

#include <bellman/internal/verdict.hpp>
#include <bellman/reflect/bounded.hpp>
#include <bellman/reflect/states_of.hpp>
#include <bellman/reflect/text_of.hpp>

#include <boost/hana/adapt_adt.hpp>
#include <boost/hana/adapt_struct.hpp>
#include <boost/hana/define_struct.hpp>

#include <array>
#include <climits>
#include <concepts>
#include <string>
#include <type_traits>
#include <vector>

#include "depot.hpp"
#include "support/catch.hpp"

namespace test_finite_type {

using namespace bellman::test::structs;
namespace refused = bellman::refused;

enum class unknown { none };
enum class miscounted { a, b };
struct stranger {
  bool open = false;
};
struct nothing {
  bool open = false;
};
template <class T>
struct of {
  BOOST_HANA_DEFINE_STRUCT(of, (bool, first), (T, second));
};
struct constant {
  bool const open = false;
  bool closed = false;
};
struct made_of_one {
  explicit constexpr made_of_one(bool x) : open(x) {}
  bool open;
};
struct computed {
  bool is_open() const { return open; }
  bool open = false;
};
using digit = bounded<0, 9>;
using text = std::string;
using pointer = int*;
using real = std::array<double, 2>;
using integers = int[3];

template <class T>
using verdict = typename bellman::internal::a_finite_type<T>::type;

}  // namespace test_finite_type

template <>
inline constexpr auto bellman::reflect::names_of_values_v<test_finite_type::miscounted> = std::array{"a", "b"};
template <>
inline constexpr std::size_t bellman::reflect::number_of_values_v<test_finite_type::miscounted> = 3;

BOOST_HANA_ADAPT_STRUCT(test_finite_type::nothing);
BOOST_HANA_ADAPT_STRUCT(test_finite_type::constant, open, closed);
BOOST_HANA_ADAPT_STRUCT(test_finite_type::made_of_one, open);
BOOST_HANA_ADAPT_ADT(test_finite_type::computed, (open, [](auto&& x) { return x.is_open(); }));

TEST_CASE("types of finitely many values are finite types") {
  using namespace test_finite_type;
  using bellman::reflect::finite_type;
  STATIC_REQUIRE(finite_type<bool>);
  STATIC_REQUIRE(finite_type<day>);
  STATIC_REQUIRE(finite_type<color>);
  STATIC_REQUIRE(finite_type<digit>);
  STATIC_REQUIRE(finite_type<std::array<digit, 9>>);
  STATIC_REQUIRE(finite_type<std::array<depot, 2>>);
  STATIC_REQUIRE(finite_type<depot>);
  STATIC_REQUIRE(finite_type<fleet>);
  STATIC_REQUIRE(finite_type<corner>);
  STATIC_REQUIRE(finite_type<of<of<bool>>>);
}

TEST_CASE("types whose values cannot be listed are refused with their reason") {
  using namespace test_finite_type;
  STATIC_REQUIRE(std::same_as<verdict<of<double>>, refused::a_number_must_be_bounded_by_reflect_bounded<double>>);
  STATIC_REQUIRE(std::same_as<verdict<of<of<char>>>, refused::a_number_must_be_bounded_by_reflect_bounded<char>>);
  STATIC_REQUIRE(std::same_as<verdict<of<real>>, refused::a_number_must_be_bounded_by_reflect_bounded<double>>);
  STATIC_REQUIRE(std::same_as<verdict<of<integers>>, refused::a_number_must_be_bounded_by_reflect_bounded<int>>);
  STATIC_REQUIRE(std::same_as<verdict<int>, refused::a_number_must_be_bounded_by_reflect_bounded<int>>);
  STATIC_REQUIRE(std::same_as<verdict<of<unknown>>, refused::an_enumeration_must_say_its_number_of_values<unknown>>);
  STATIC_REQUIRE(
      std::same_as<verdict<miscounted>, refused::an_enumeration_has_a_name_for_each_of_its_values<miscounted>>);
  STATIC_REQUIRE(std::same_as<verdict<of<pointer>>, refused::the_type_has_no_known_number_of_values<pointer>>);
  STATIC_REQUIRE(
      std::same_as<verdict<stranger>, refused::hana_must_know_the_struct_by_define_struct_or_adapt_struct<stranger>>);
  STATIC_REQUIRE(
      std::same_as<verdict<of<text>>, refused::hana_must_know_the_struct_by_define_struct_or_adapt_struct<text>>);
  STATIC_REQUIRE(std::same_as<verdict<nothing>, refused::a_struct_of_states_must_have_members<nothing>>);
  STATIC_REQUIRE(std::same_as<verdict<made_of_one>,
                              refused::a_struct_of_states_must_be_copyable_and_made_without_arguments<made_of_one>>);
  STATIC_REQUIRE(std::same_as<verdict<constant>,
                              refused::a_struct_of_states_must_be_copyable_and_made_without_arguments<constant>>);
  STATIC_REQUIRE(
      std::same_as<verdict<computed>, refused::the_members_of_a_struct_of_states_must_be_variables<computed>>);
  STATIC_REQUIRE(std::same_as<verdict<bool[2]>, refused::the_type_has_no_known_number_of_values<bool[2]>>);
  STATIC_REQUIRE(std::same_as<verdict<depot const>, refused::the_type_has_no_known_number_of_values<depot const>>);
}

TEST_CASE("there are at most 4294967294 states") {
  using namespace test_finite_type;
  using bellman::reflect::finite_type;
  using bellman::reflect::states_of;
  using most = bounded<INT_MIN, INT_MAX - 1>;
  STATIC_REQUIRE(finite_type<bounded<INT_MIN, INT_MAX - 2>>);
  STATIC_REQUIRE(states_of<bounded<INT_MIN, INT_MAX - 2>>().size() == 4294967294U);
  STATIC_REQUIRE(states_of<bounded<INT_MIN, INT_MAX - 2>>()[4294967293U] == INT_MAX - 2);
  STATIC_REQUIRE(std::same_as<verdict<most>, refused::states_must_be_numbered_in_32_bits<most>>);
  STATIC_REQUIRE(finite_type<std::array<bool, 31>>);
  STATIC_REQUIRE_FALSE(finite_type<std::array<bool, 32>>);
  STATIC_REQUIRE_FALSE(finite_type<std::array<bool, 64>>);
  STATIC_REQUIRE_FALSE(finite_type<std::array<std::array<digit, 100>, 100>>);
}

TEST_CASE("a type that cannot be listed is a failed substitution") {
  using namespace test_finite_type;
  STATIC_REQUIRE(std::is_invocable_v<decltype(bellman::reflect::states_of<depot>)>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::reflect::states_of<stranger>)>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::reflect::states_of<std::vector<bool>>)>);
  STATIC_REQUIRE(std::is_invocable_v<decltype(bellman::reflect::text_of), depot>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::reflect::text_of), stranger>);
}
