// SPDX-License-Identifier: BSL-1.0
#include <bellman/layout/packed.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace packed_test {

using bellman::packed;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

TEST_CASE("packed sequences lie between their offsets") {
  CHECK(true_at_both_times([] {
    std::array x{0, 10, 11, 12, 20};
    std::array const offsets{0, 1, 1, 4, 5};
    auto const all = packed(x, offsets);
    all.sequence(2)[1] = 7;
    return all.sequences() == 4 && all.size() == 5 && all.sequence(0).size() == 1 && all.sequence(1).empty() &&
           all.sequence(2).size() == 3 && x[2] == 7 && all.steps_of(3) == 1;
  }));
}

TEST_CASE("no sequences, and a part of them") {
  CHECK(true_at_both_times([] {
    std::array<double, 0> const none{};
    std::array const nothing{0};
    std::array const x{0, 10, 11, 12, 20};
    std::array const offsets{0u, 1u, 1u, 4u, 5u};
    auto const part = packed(x, offsets).part(2, 2);
    std::array<int, 4> room{};
    auto const same = part.over(room.data());
    same.sequence(0)[0] = 3;
    same.sequence(1)[0] = 4;
    return packed(none, nothing).sequences() == 0 && part.sequences() == 2 && part.size() == 4 &&
           part.sequence(0)[0] == 10 && part.sequence(1)[0] == 20 && room == std::array{3, 0, 0, 4};
  }));
}

TEST_CASE("offsets that fall or overrun are refused in words") {
  std::vector const x{0.0, 1.0, 2.0};
  auto const refusal = [&](auto const& offsets) { return message_of([&] { (void)packed(x, offsets); }); };
  CHECK(refusal(std::vector<int>{}) ==
        "bellman: no offsets; there must be one more than there are sequences, the first of them 0");
  CHECK(refusal(std::vector{0, 2, 1, 3}) == "bellman: offset 2 is 1; it must lie in [2, 3]");
  CHECK(refusal(std::vector{0, 4}) == "bellman: offset 1 is 4; it must lie in [0, 3]");
  CHECK(refusal(std::vector{0, -1, 3}) == "bellman: offset 1 is -1; it must lie in [0, 3]");
  CHECK(refusal(std::vector{1, 3}) == "bellman: the first offset is 1; it must be 0");
  CHECK(refusal(std::vector{0, 2}) == "bellman: the last offset is 2; it must be 3");
  CHECK(refusal(std::vector{0}) == "bellman: the last offset is 0; it must be 3");
}

TEST_CASE("what is no array with offsets is refused by type") {
  using view = decltype(packed);
  STATIC_REQUIRE(std::is_invocable_v<view, std::vector<float>&, std::vector<int> const&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, std::vector<float>, std::vector<int> const&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, std::vector<float>&, std::vector<int>>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, std::vector<float>&, std::vector<double> const&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, std::vector<float>&, int>);
}

TEST_CASE("a packed view of nothing has no sequences and no numbers") {
  bellman::packed_view<int*, int const*> const nothing;
  CHECK(nothing.sequences() == 0);
  CHECK(nothing.size() == 0);
  CHECK(nothing.part(0, 0).begin_of_first() == nullptr);
}

}  // namespace packed_test
