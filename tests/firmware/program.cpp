// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "firmware/program.hpp"
#include "support/answered.hpp"
#include "support/catch.hpp"

namespace {

using firmware::no_such_stock;
using firmware::stock;

auto run(std::vector<std::string> const& arguments) {
  return bellman::test::answered([](auto const& given, auto&... streams) { return firmware::run(given, streams...); },
                                 arguments);
}

// Value iteration by hand, on numbers alone: day, coming, fresh, day-old, last day.
struct by_hand {
  static constexpr std::size_t states = 7 * 3 * 3 * 3 * 3;
  static std::size_t number(int day, int coming, int fresh, int old, int last) {
    return static_cast<std::size_t>(81 * day + 27 * coming + 9 * fresh + 3 * old + last);
  }

  std::vector<double> v = std::vector<double>(states, 0.0);
  std::vector<std::array<double, 3>> q = std::vector<std::array<double, 3>>(states);

  by_hand() {
    for (int sweep = 0; sweep < 700; ++sweep) {
      for (int i = 0; i < static_cast<int>(states); ++i) back_up(i / 81, i / 27 % 3, i / 9 % 3, i / 3 % 3, i % 3);
      for (std::size_t i = 0; i < states; ++i) v[i] = *std::max_element(q[i].begin(), q[i].end());
    }
  }
  void back_up(int day, int coming, int fresh, int old, int last) {
    double const none = day < 4 ? 0.25 : day < 6 ? 0.125 : 0.75;
    double const two = day < 4 ? 0.25 : day < 6 ? 0.625 : 0.0;
    for (int order = 0; order < 3; ++order) {
      double sum = -3.0 * order;
      for (int asked = 0; asked < 3; ++asked) {
        int const from_last = std::min(asked, last);
        int const from_old = std::min(asked - from_last, old);
        int const from_fresh = std::min(asked - from_last - from_old, fresh);
        int const sold = from_last + from_old + from_fresh;
        double const p = asked == 0 ? none : asked == 2 ? two : 1 - none - two;
        sum += p * (6 * sold - (last - from_last) - (asked - sold) +
                    0.95 * v[number((day + 1) % 7, order, coming, fresh - from_fresh, old - from_old)]);
      }
      q[number(day, coming, fresh, old, last)][static_cast<std::size_t>(order)] = sum;
    }
  }
};

}  // namespace

TEST_CASE("the oldest crates are sold first, the others grow older, and the last spoil") {
  constexpr firmware::machine env;
  auto const a = env.day_with(2, {6, 1, 2, 0, 1}, 2);
  CHECK(a.sold == 2);
  CHECK(a.spoiled == 0);
  CHECK(a.missed == 0);
  CHECK(a.next == stock{0, 2, 1, 1, 0});
  CHECK(env.profit(a, 2) == 2 * 6 - 2 * 3);
  auto const b = env.day_with(0, {1, 0, 1, 1, 2}, 0);
  CHECK(b.next == stock{2, 0, 0, 1, 1});
  CHECK(env.profit(b, 0) == -2);
  auto const c = env.day_with(2, {2, 0, 0, 1, 0}, 1);
  CHECK(c.next == stock{3, 1, 0, 0, 0});
  CHECK(env.profit(c, 1) == 6 - 3 - 1);
}

TEST_CASE("each order is the best by value iteration on numbers alone") {
  by_hand const best;
  CHECK(std::abs(best.v[0] - 35.3063) < 5e-5);  // what controller.cpp proves
  auto const ordered = [](int i) {
    auto const reading = [](int x) { return static_cast<std::uint8_t>(x); };
    return firmware::crates_to_order(reading(i / 81), reading(i / 27 % 3), reading(i / 9 % 3), reading(i / 3 % 3),
                                     reading(i % 3));
  };
  for (int i = 0; i < static_cast<int>(by_hand::states); ++i) {
    CAPTURE(i);
    REQUIRE(ordered(i) < 3);
    CHECK(best.q[static_cast<std::size_t>(i)][ordered(i)] == best.v[static_cast<std::size_t>(i)]);
  }
}

TEST_CASE("a reading that the machine cannot have is told, and nothing is read") {
  CHECK(firmware::crates_to_order(6, 2, 2, 2, 2) < 3);
  CHECK(firmware::crates_to_order(7, 0, 0, 0, 0) == no_such_stock);
  CHECK(firmware::crates_to_order(0, 3, 0, 0, 0) == no_such_stock);
  CHECK(firmware::crates_to_order(0, 0, 3, 0, 0) == no_such_stock);
  CHECK(firmware::crates_to_order(0, 0, 0, 3, 0) == no_such_stock);
  CHECK(firmware::crates_to_order(0, 0, 0, 0, 3) == no_such_stock);
  CHECK(firmware::crates_to_order(255, 255, 255, 255, 255) == no_such_stock);
}

TEST_CASE("never to order costs what is missed") {
  // Four days on which one crate is asked for in the mean, two of 3/2, one of 1/4, again and again.
  double const g = 0.95;
  double const week = 1 + g + g * g + std::pow(g, 3) + 1.5 * (std::pow(g, 4) + std::pow(g, 5)) + 0.25 * std::pow(g, 6);
  CHECK(std::abs(firmware::detail::never_by_hand() + week / (1 - std::pow(g, 7))) < 1e-12);
}

TEST_CASE("everything that is said holds") {
  auto const a = run({});
  CHECK(a.err == "");
  CHECK(a.status == 0);
  CHECK(a.out.find("NO ") == std::string::npos);
  CHECK(a.out.find("35.3063") != std::string::npos);
  CHECK(bellman::test::longest_line(a.out) <= 100);
}

TEST_CASE("what is wrong with what is given is said") {
  CHECK(run({"--what"}).status == 2);
  CHECK(run({"--what"}).err.find("--what") != std::string::npos);
  CHECK(run({"--help"}).out.find("usage") != std::string::npos);
}
