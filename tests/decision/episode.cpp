// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/episode.hpp>

#include <bellman/decision/ending.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

TEST_CASE("an episode has as many steps as actions, and says how it ended") {
  CHECK(bellman::test::true_at_both_times([] {
    using episode = bellman::episode<int, char, double>;
    episode ended{{0, 1, 2}, {'a', 'b'}, {1.0, 2.0}, bellman::terminated{}};
    episode cut{{0, 1, 2}, {'a', 'b'}, {1.0, 2.0}, bellman::truncated{}};
    return ended.size() == 2 && ended.has_terminated() && !cut.has_terminated() && ended != cut && ended == ended &&
           episode{}.size() == 0 && episode{}.has_terminated();
  }));
}
