// SPDX-License-Identifier: BSL-1.0
#include <bellman/affine/order.hpp>

#include <concepts>

#include "support/catch.hpp"

TEST_CASE("the default order is that of a register, in constants and exact numbers one by one") {
  STATIC_REQUIRE(std::same_as<bellman::default_order<float>, bellman::in_register<bellman::register_width<float>>>);
  STATIC_REQUIRE(std::same_as<bellman::default_order<long>, bellman::in_register<1>>);
}

TEST_CASE("an executor is called once with all pieces") {
  int called = 0;
  bellman::in_parallel const order{[&](std::size_t pieces, auto const& task) {
                                     ++called;
                                     for (std::size_t i = 0; i < pieces; ++i) task(i);
                                   },
                                   3};
  std::size_t seen = 0;
  order.executor(order.pieces, [&](std::size_t i) { seen += i + 1; });
  CHECK(called == 1);
  CHECK(seen == 6);
}
