// SPDX-License-Identifier: BSL-1.0
#include <bellman/experience/replay_buffer.hpp>

#include <bellman/decision/episode.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/sample.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace replay_buffer_tests {

namespace {

using bellman::rational;
using bellman::replay_buffer;
using bellman::test::message_of;

}  // namespace

TEST_CASE("a buffer keeps the latest of what was added, each in the place of the oldest") {
  CHECK(bellman::test::true_at_both_times([] {
    replay_buffer<int> buffer(3);
    bool right = buffer.size() == 0 && buffer.capacity() == 3;
    for (int k = 0; k < 8; ++k) right = right && buffer.add(k) == static_cast<std::size_t>(k % 3);
    // 6 and 7 stand where 3 and 4 stood.
    return right && buffer.size() == 3 && buffer[0] == 6 && buffer[1] == 7 && buffer[2] == 5;
  }));
  for (std::size_t capacity = 1; capacity <= 5; ++capacity) {
    replay_buffer<std::string> buffer(capacity);
    std::deque<std::string> latest;
    for (int k = 0; k < 23; ++k) {
      buffer.add(std::string(30, static_cast<char>('a' + k)));
      latest.push_back(std::string(30, static_cast<char>('a' + k)));
      if (latest.size() > capacity) latest.pop_front();
      std::size_t found = 0;
      for (std::size_t i = 0; i < buffer.size(); ++i) {
        for (auto const& x : latest) found += buffer[i] == x ? 1u : 0u;
      }
      CHECK(found == latest.size());
      CHECK(buffer.size() == latest.size());
    }
  }
}

TEST_CASE("the mean over the places of a draw is the mean of all that is kept, exactly") {
  CHECK(bellman::test::true_at_both_times([] {
    replay_buffer<rational> buffer(3);
    for (int k = 1; k <= 4; ++k) buffer.add(rational(1, k));
    return bellman::expectation(buffer.places(), [&](std::size_t i) { return buffer[i]; }) ==
           (rational(1, 2) + rational(1, 3) + rational(1, 4)) / 3;
  }));
}

TEST_CASE("each place is drawn as often as any other") {
  replay_buffer<int> buffer(5);
  for (int k = 0; k < 7; ++k) buffer.add(k);
  std::mt19937_64 chance(3);
  std::vector<int> times(5);
  for (int batch = 0; batch < 10'000; ++batch) {
    for (std::size_t const i : buffer.draw(5, chance)) ++times.at(i);
  }
  // Within five standard deviations, 89, of a binomial distribution.
  for (int const n : times) CHECK((n > 10'000 - 450 && n < 10'000 + 450));
  CHECK(buffer.draw(0, chance).empty());
}

TEST_CASE("the same seed draws the same places everywhere") {
  replay_buffer<int> buffer(100);
  for (int k = 0; k < 100; ++k) buffer.add(k);
  // std::mt19937_64 begins with 14514284786278117030 and 4620546740167642908, of 2^64 0.78682 and 0.25048.
  CHECK(buffer.draw(2, std::mt19937_64{}) == std::vector<std::size_t>{78, 25});
}

TEST_CASE("whole recordings are kept too, and what can only be moved") {
  replay_buffer<bellman::episode<int, int, double>> buffer(2);
  buffer.add({{0, 1}, {7}, {1.0}, {}});
  CHECK(buffer[0].rewards == std::vector{1.0});
  replay_buffer<std::unique_ptr<int>> of_pointers(1);
  of_pointers.add(std::make_unique<int>(3));
  of_pointers.add(std::make_unique<int>(4));
  CHECK(*of_pointers[0] == 4);
  replay_buffer<bool> bits(2);
  bits.add(true);
  CHECK(bits[0] == true);
}

TEST_CASE("what cannot be drawn is refused, and buffer and generator stay as they were") {
  CHECK(message_of([] { replay_buffer<int>(0); }) ==
        "bellman: the capacity of a replay buffer is 0; it must have room for at least one");
  replay_buffer<int> buffer(4);
  std::mt19937 chance(1);
  std::mt19937 const before = chance;
  CHECK(message_of([&] { buffer.draw(1, chance); }) ==
        "bellman: a replay buffer is drawn from in which nothing was kept");
  CHECK_THROWS_AS(buffer.places(), bellman::invalid_value);
  buffer.add(7);
  buffer.add(8);
  CHECK(message_of([&] { buffer.draw(3, chance); }) ==
        "bellman: a minibatch of 3 is drawn from 2; it must not be longer");
  CHECK(chance == before);
  CHECK(buffer.size() == 2);
  CHECK(buffer[1] == 8);
}

}  // namespace replay_buffer_tests
