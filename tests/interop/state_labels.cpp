// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/state_labels.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/message_of.hpp"

using bellman::index_t;
using bellman::state_labels;

TEST_CASE("labels are sets of states, in the order in which they were declared") {
  state_labels labels;
  labels.declare("init");
  labels.add("done", 7);
  labels.add("done", 3);
  labels.add("done", 7);
  labels.add("done", std::vector<index_t>{9, 1, 3});
  labels.add("some", std::vector<index_t>{});
  CHECK(std::ranges::equal(labels.names(), std::array<std::string, 3>{"init", "done", "some"}));
  CHECK(std::ranges::equal(labels.states("done"), std::array<index_t, 4>{1, 3, 7, 9}));
  CHECK(labels.states("init").empty());
  CHECK(labels.contains("some"));
  CHECK_FALSE(labels.contains("deadlock"));
  CHECK(labels.has("done", 9));
  CHECK_FALSE(labels.has("done", 8));
  CHECK_FALSE(labels.has("done", 10));
  CHECK_FALSE(labels.has("init", 0));
}

namespace {

template <class Labels>
concept gives_its_names = requires(Labels&& labels) {
  static_cast<Labels&&>(labels).names();
};
template <class Labels>
concept gives_its_states = requires(Labels&& labels) {
  static_cast<Labels&&>(labels).states("init");
};

}  // namespace

TEST_CASE("labels that are a temporary give no spans of what goes with them") {
  STATIC_REQUIRE(gives_its_names<state_labels&>);
  STATIC_REQUIRE(gives_its_names<state_labels const&>);
  STATIC_REQUIRE_FALSE(gives_its_names<state_labels>);
  STATIC_REQUIRE_FALSE(gives_its_names<state_labels const>);
  STATIC_REQUIRE(gives_its_states<state_labels&>);
  STATIC_REQUIRE(gives_its_states<state_labels const&>);
  STATIC_REQUIRE_FALSE(gives_its_states<state_labels>);
  STATIC_REQUIRE_FALSE(gives_its_states<state_labels const>);
  state_labels labels;
  labels.add("init", 3);
  CHECK(state_labels(labels).has("init", 3));
  CHECK(state_labels(labels).contains("init"));
}

TEST_CASE("a label that there is not is refused") {
  state_labels const labels;
  CHECK(bellman::test::message_of([&] { static_cast<void>(labels.states("goal")); }) ==
        "bellman: there is no label \"goal\"");
  CHECK(bellman::test::message_of([&] { static_cast<void>(labels.has("goal", 0)); }) ==
        "bellman: there is no label \"goal\"");
}

TEST_CASE("labels are equal that name the same sets in the same order") {
  state_labels a;
  state_labels b;
  a.add("x", 1);
  b.add("x", 1);
  CHECK(a == b);
  b.add("x", 2);
  CHECK_FALSE(a == b);
  CHECK_FALSE(a == state_labels{});
}
