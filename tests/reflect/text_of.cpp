// SPDX-License-Identifier: BSL-1.0
#include <bellman/reflect/text_of.hpp>

#include <bellman/internal/describe.hpp>

#include <boost/hana/define_struct.hpp>

#include <array>
#include <string>

#include "depot.hpp"
#include "support/catch.hpp"

namespace test_text_of {

using namespace bellman::test::structs;
using bellman::internal::describe;
using bellman::reflect::text_of;

/// A struct with a text of its own.
struct switched {
  BOOST_HANA_DEFINE_STRUCT(switched, (bool, on));

  friend std::string to_string(switched const& s) { return s.on ? "on" : "off"; }
};
struct with_str {
  BOOST_HANA_DEFINE_STRUCT(with_str, (bool, on));

  std::string str() const { return on ? "+" : "-"; }
};

}  // namespace test_text_of

TEST_CASE("values are printed by the names of their members") {
  using namespace test_text_of;
  CHECK(text_of(depot{2, day::saturday, true}) == "{stock: 2, today: saturday, open: true}");
  CHECK(text_of(fleet{{-1, day::sunday, false}, {color::red, color::green}, {5, 7}}) ==
        "{home: {stock: -1, today: sunday, open: false}, painted: [0, 1], parked: [5, 7]}");
  CHECK(text_of(corner{1, 2}) == "{x: 2, y: 1}");
  CHECK(text_of(std::array{corner{0, 1}, corner{3, 0}}) == "[{x: 1, y: 0}, {x: 0, y: 3}]");
  CHECK(text_of(std::array<bool, 0>{}) == "[]");
  CHECK(text_of(true) == "true");
  CHECK(text_of(color::green) == "1");
  CHECK(text_of(day::friday) == "friday");
}

TEST_CASE("enumerators that there are not are printed by their numbers") {
  using namespace test_text_of;
  CHECK(text_of(day{3}) == "3");
  CHECK(text_of(day{-1}) == "-1");
}

TEST_CASE("messages have the same text, or the one that a struct has of its own") {
  using namespace test_text_of;
  CHECK(describe(corner{1, 2}) == "{x: 2, y: 1}");
  CHECK(describe(day::sunday) == "sunday");
  CHECK(describe(color::green) == "1");
  CHECK(describe(switched{true}) == "on");
  CHECK(describe(with_str{false}) == "-");
  CHECK(text_of(switched{true}) == "{on: true}");
}
