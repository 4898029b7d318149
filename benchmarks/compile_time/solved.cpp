// SPDX-License-Identifier: BSL-1.0

// Environments solved by the compiler, one a compilation: BELLMAN_CASE says which; 0 includes the headers alone.
#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/models/cliff_walking.hpp>
#include <bellman/models/frozen_lake.hpp>
#include <bellman/models/taxi.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/approx_equal.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <ratio>

namespace {

namespace m = bellman::models;
using bellman::outcome;
using bellman::weighted;

/// A shop with up to nine pieces in stock and up to three on their way, on the seven days of a week: 280 states, four
/// orders, four outcomes each.
struct inventory {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  static constexpr int stocks = 10;
  static constexpr int orders = 4;
  static constexpr int days = 7;
  static constexpr double on_weekdays[]{0.3, 0.4, 0.2, 0.1};
  static constexpr double on_weekends[]{0.1, 0.2, 0.3, 0.4};

  constexpr auto states() const { return std::views::iota(0, stocks * orders * days); }
  constexpr auto actions(int) const { return std::views::iota(0, orders); }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int s, int order) const {
    int const stock = s % stocks;
    int const coming = s / stocks % orders;
    int const day = s / stocks / orders;
    double const* const demand = day < 5 ? on_weekdays : on_weekends;
    auto const sold = [&](int wanted) {
      int const gone = wanted < stock ? wanted : stock;
      int const then = stock - gone + coming;
      int const kept = then < stocks ? then : stocks - 1;
      double const paid = 4.0 * gone - 0.3 * (stock - gone) - (order == 0 ? 0.0 : 1.5 + order);
      return weighted{outcome{paid, ((day + 1) % days * orders + order) * stocks + kept}, demand[wanted]};
    };
    return bellman::categorical{std::array{sold(0), sold(1), sold(2), sold(3)}};
  }
};

/// `Count` states with `Actions` actions of three outcomes each, at random.
template <int Count, int Actions>
struct random_model {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  static constexpr std::uint64_t mix(std::uint64_t x) {
    x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdULL;
    x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return x ^ (x >> 33);
  }
  constexpr auto states() const { return std::views::iota(0, Count); }
  constexpr auto actions(int) const { return std::views::iota(0, Actions); }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int s, int a) const {
    std::uint64_t const h = mix(static_cast<std::uint64_t>(s * Actions + a + 1));
    std::uint64_t const g = mix(h);
    double const p = 0.1 + static_cast<double>(h % 1000) / 2000;
    double const q = (1 - p) * (0.1 + static_cast<double>(h / 1000 % 1000) / 1500);
    double const paid = static_cast<double>(g % 1024) / 1024;
    auto const next = [g](int shift) { return static_cast<int>((g >> shift) % Count); };
    return bellman::categorical{std::array{weighted{outcome{paid, next(10)}, p}, weighted{outcome{paid, next(25)}, q},
                                           weighted{outcome{paid, next(40)}, 1 - p - q}}};
  }
};

template <class Solution, class Known>
constexpr bool agrees(Solution const& solution, Known const& known, int states) {
  for (int s = 0; s < states; ++s) {
    if (!bellman::absolutely_close(solution.value(s), known(s), 1e-11)) return false;
  }
  return solution.template policy_table<std::uint8_t>()[0] < 255;
}

#if BELLMAN_CASE == 1
constexpr m::frozen_lake<double, m::lake_8x8> lake;
constexpr auto solution = bellman::solve_at_compile_time<lake, std::ratio<99, 100>{}, 1e-12>();
static_assert(agrees(solution, [](int s) { return lake.optimal_value_at_discount_99_100(s); }, 64));
#elif BELLMAN_CASE == 2
constexpr m::cliff_walking<> cliff;
constexpr auto solution = bellman::solve_at_compile_time<cliff, std::ratio<99, 100>{}, 1e-12>();
static_assert(agrees(solution, [](int s) { return cliff.optimal_value(s, 0.99); }, 48));
#elif BELLMAN_CASE == 3
constexpr m::taxi<> taxi;
constexpr auto solution = bellman::solve_at_compile_time<taxi, std::ratio<99, 100>{}, 1e-12>();
static_assert(bellman::absolutely_close(solution.value(0), taxi.optimal_value(0, 0.99), 1e-11));
static_assert(solution.policy_table<std::uint8_t>()[0] < 6);
#elif BELLMAN_CASE == 4
constexpr auto solution = bellman::solve_at_compile_time<inventory{}, 0.9, 1e-10>();
static_assert(solution.policy_table<std::uint8_t>()[0] < 4);
static_assert(solution.value.error_bound() < 1e-8);
#elif BELLMAN_CASE == 5
constexpr m::frozen_lake<bellman::rational> lake;
constexpr auto solution = bellman::solve_at_compile_time<lake, std::ratio<9, 10>{}>();
static_assert(solution.value(0) == bellman::rational(4348890, 63127201));
#elif BELLMAN_CASE == 6
constexpr m::frozen_lake<bellman::rational> lake;
constexpr auto solution = bellman::solve_at_compile_time<lake, std::ratio<1>{}>();
static_assert(solution.value(0) == bellman::rational(14, 17));
#elif BELLMAN_CASE == 7
constexpr m::cliff_walking<bellman::rational> cliff;
constexpr auto solution = bellman::solve_at_compile_time<cliff, std::ratio<9, 10>{}>();
static_assert(solution.value(36) == bellman::rational(-7458134171671, 1000000000000));
#elif BELLMAN_CASE == 8
constexpr m::cliff_walking<bellman::rational> cliff;
constexpr auto solution = bellman::solve_at_compile_time<cliff, std::ratio<1>{}>();
static_assert(solution.value(36) == bellman::rational(-13));
#elif BELLMAN_CASE == 9
constexpr auto solution = bellman::solve_at_compile_time<random_model<1000, 2>{}, 0.99, 1e-10>();
static_assert(solution.policy_table<std::uint8_t>()[0] < 2);
#endif

}  // namespace

int main() {}
