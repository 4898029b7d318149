// SPDX-License-Identifier: BSL-1.0
#include <bellman/affine/backward_pass.hpp>

#include <bellman/affine/affine.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <limits>
#include <tuple>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

using bellman::in_register;
using bellman::rational;
using bellman::sequential;

namespace {

struct reader {
  static constexpr std::tuple<> read(auto const&) { return {}; }
};

// Adds up what stands in a column, halved at each step; gives the sum, and the number itself.
template <class Numbers>
struct halved_sums {
  Numbers numbers;

  template <class Here, class V>
  constexpr auto operator()(Here const& here, auto const&, V& carry) const {
    using X = typename Here::value_type;
    X const own = here.read(numbers);
    auto const x = here.scan(carry, bellman::affine<X, X>{own, X(V(1) / V(2))});
    return bellman::emitted<X, 2>{{x.before, own}, x.is_finite};
  }
};

template <class V, class Order>
constexpr auto sums(Order order, std::vector<V> const& numbers) {
  std::vector<V> first(numbers.size(), V(0));
  std::vector<V> second(numbers.size(), V(0));
  bellman::column const c{numbers.begin()};
  bellman::running body{halved_sums<decltype(c)>{c}, V(8),
                        std::tuple{bellman::column{first.begin()}, bellman::column{second.begin()}}};
  bellman::backward_pass<V>(order, std::size_t{0}, numbers.size(), reader{}, body);
  first.push_back(body.carry);
  return std::pair{first, second};
}

}  // namespace

TEST_CASE("the order makes no difference to exact numbers, and a body has as many outputs as it likes") {
  CHECK(bellman::test::true_at_both_times([] {
    std::vector const numbers{rational(1), rational(2), rational(3), rational(4), rational(5)};
    auto const one_by_one = sums(sequential{}, numbers);
    // 5 + 8/2
    return one_by_one.first[4] == rational(9) && one_by_one.second == numbers &&
           one_by_one.first[5] == one_by_one.first[0] && sums(in_register<2>{}, numbers) == one_by_one &&
           sums(in_register<4>{}, numbers) == one_by_one && sums(in_register<8>{}, numbers) == one_by_one;
  }));
}

TEST_CASE("where a run of steps is not finite, its steps are taken one by one from what was carried before") {
  std::vector<float> numbers(20, 1.0f);
  numbers[9] = std::numeric_limits<float>::infinity();
  auto const one_by_one = sums(sequential{}, numbers);
  auto const four = sums(in_register<4>{}, numbers);
  for (std::size_t t = 10; t < 20; ++t) CHECK(four.first[t] == one_by_one.first[t]);  // behind it, to the last bit
  CHECK(four.first[8] == std::numeric_limits<float>::infinity());
  CHECK(four.first[0] == one_by_one.first[0]);
  CHECK(four.second == numbers);
}

TEST_CASE("a pass may begin and end anywhere, and needs no outputs") {
  std::vector const numbers{rational(1), rational(2), rational(3)};
  bellman::column const c{numbers.begin()};
  bellman::running<halved_sums<decltype(c)>, rational> body{{c}, rational(4), {}};
  bellman::backward_pass<rational>(sequential{}, std::size_t{1}, std::size_t{3}, reader{}, body);
  CHECK(body.carry == rational(9, 2));  // 2 + (3 + 4/2) / 2
}

TEST_CASE("a body may write where one that comes later reads, also where steps are taken one by one") {
  for (float special : {1.0f, std::numeric_limits<float>::infinity()}) {
    std::vector<float> numbers(23, 1.0f);
    numbers[9] = special;
    auto const apart = sums(in_register<4>{}, numbers);
    std::vector<float> out(23, 0.0f), of_second(23, 0.0f), others(23, 0.0f);
    bellman::column const c{numbers.begin()};
    bellman::column const o{out.begin()};
    bellman::running first{halved_sums<decltype(c)>{c}, 8.0f, std::tuple{c, o}};
    bellman::running second{halved_sums<decltype(c)>{c}, 8.0f,
                            std::tuple{bellman::column{of_second.begin()}, bellman::column{others.begin()}}};
    bellman::backward_pass<float>(in_register<4>{}, std::size_t{0}, numbers.size(), reader{}, first, second);
    CHECK(numbers == std::vector(apart.first.begin(), apart.first.end() - 1));
    CHECK(of_second == numbers);
    CHECK(out == apart.second);
    CHECK(others == apart.second);
    CHECK(first.carry == apart.first.back());
  }
}
