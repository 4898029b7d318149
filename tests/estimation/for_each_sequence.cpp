// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/for_each_sequence.hpp>

#include <bellman/affine/order.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/packed.hpp>
#include <bellman/layout/time_major.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <vector>

#include "estimation/tasks.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::for_each_sequence;
using bellman::in_parallel;
using estimators::from_last_to_first;
using estimators::on_threads;

struct sequence {
  std::vector<double> rewards;
  std::vector<double> values;
  std::vector<double> advantages;
  std::vector<double> returns;
};

void estimate(sequence& s) {
  bellman::gae(s.rewards, s.values, bellman::truncated{2.0}, {.gamma = 0.5, .lambda = 0.5}, s.advantages.begin(),
               s.returns.begin());
}

}  // namespace

TEST_CASE("every sequence is visited once, whatever the number of pieces") {
  CHECK(bellman::test::true_at_both_times([] {
    for (std::size_t pieces = 1; pieces < 9; ++pieces) {
      std::array<int, 5> visits{0, 0, 0, 0, 0};
      for_each_sequence(in_parallel{from_last_to_first, pieces}, visits, [](int& n) { ++n; });
      if (visits != std::array{1, 1, 1, 1, 1}) return false;
    }
    return true;
  }));
}

TEST_CASE("no sequences are no tasks") {
  std::atomic<int> tasks = 0;
  std::vector<int> none;
  for_each_sequence(in_parallel{[&](std::size_t n, auto const&) { tasks += static_cast<int>(n); }, 4}, none,
                    [](int) {});
  CHECK(tasks == 0);
}

TEST_CASE("threads give what one thread gives, for sequences of every length") {
  std::vector<sequence> batch;
  for (std::size_t n = 0; n < 300; ++n) {
    sequence s;
    for (std::size_t t = 0; t < n; ++t) {
      s.rewards.push_back(static_cast<double>((t * 7 + n) % 5));
      s.values.push_back(static_cast<double>((t * 3 + n) % 4));
    }
    s.advantages.resize(n);
    s.returns.resize(n);
    batch.push_back(s);
  }
  auto alone = batch;
  for (sequence& s : alone) estimate(s);
  for_each_sequence(in_parallel{on_threads, 3}, batch, estimate);
  for (std::size_t n = 0; n < 300; ++n) {
    REQUIRE(batch[n].advantages == alone[n].advantages);
    REQUIRE(batch[n].returns == alone[n].returns);
  }
  // 1 + 1/2 * 2 of one step
  CHECK(batch[1].returns[0] == static_cast<double>(1 % 5) + 1.0);
}

TEST_CASE("the sequences of an array of several are visited, and written through") {
  std::vector<double> x{1, 2, 3, 4, 5, 6};
  std::vector const offsets{0, 1, 1, 6};
  for_each_sequence(in_parallel{from_last_to_first, 2}, bellman::time_major(x, 3), [](auto column) {
    for (double& each : column) each += 10 * static_cast<double>(column.size());
  });
  CHECK(x == std::vector<double>{21, 22, 23, 24, 25, 26});
  for_each_sequence(in_parallel{on_threads, 3}, bellman::batch_major(x, 2), [](auto row) { row[1] = row[0]; });
  CHECK(x == std::vector<double>{21, 21, 23, 23, 25, 25});
  for_each_sequence(in_parallel{from_last_to_first, 2}, bellman::packed(x, offsets), [](auto sequence) {
    for (double& each : sequence) each = static_cast<double>(sequence.size());
  });
  CHECK(x == std::vector<double>{1, 5, 5, 5, 5, 5});
}
