// SPDX-License-Identifier: BSL-1.0

// Slippery FrozenLake of `side` x `side` cells, solved by the compiler: the policies of policy iteration and their
// values are each a constant expression of their own, so that each has the compiler's whole budget of steps.
#include <bellman/decision/outcome.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/greedy_policy.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <string_view>

namespace {

constexpr int side = BELLMAN_SIDE;
constexpr int cells = side * side;
constexpr double gamma = 0.99;

/// Gymnasium's map for 8 x 8; for other sizes a lake with a hole in every fifth cell, at random.
constexpr auto map = [] {
  constexpr std::string_view gymnasium = "SFFFFFFFFFFFFFFFFFFHFFFFFFFFFHFFFFFHFFFFFHHFFFHFFHFFHFHFFFFHFFFG";
  std::array<char, std::size_t{cells}> m{};
  std::uint64_t x = 1;
  for (std::size_t i = 0; i < m.size(); ++i) {
    x = x * 6364136223846793005u + 1442695040888963407u;
    m[i] = side == 8 ? gymnasium[i] : i == 0 ? 'S' : i + 1 == m.size() ? 'G' : (x >> 33) % 5 == 0 ? 'H' : 'F';
  }
  return m;
}();

/// A step goes where it should or to one of the two sides, each with probability 1/3.
struct frozen_lake {
  using state_type = int;
  using action_type = int;  // 0 left, 1 down, 2 right, 3 up
  using reward_type = double;

  static constexpr char at(int s) { return map[static_cast<std::size_t>(s)]; }
  static constexpr auto step(int s, int direction) {
    int next = s;
    if (direction == 0 && s % side > 0) next = s - 1;
    if (direction == 1 && s / side < side - 1) next = s + side;
    if (direction == 2 && s % side < side - 1) next = s + 1;
    if (direction == 3 && s / side > 0) next = s - side;
    return bellman::weighted{bellman::outcome{at(next) == 'G' ? 1.0 : 0.0, next}, 1.0 / 3.0};
  }

  constexpr auto states() const { return std::views::iota(0, cells); }
  constexpr auto actions(int) const { return std::views::iota(0, 4); }
  constexpr bool terminal(int s) const { return at(s) == 'G' || at(s) == 'H'; }
  constexpr auto transition(int s, int a) const {
    return bellman::categorical{std::array{step(s, (a + 3) % 4), step(s, a), step(s, (a + 1) % 4)}};
  }
};

template <class X>
struct by_state {
  std::array<X, std::size_t{cells}> all{};
  constexpr X const& operator()(int s) const { return all[static_cast<std::size_t>(s)]; }
  friend constexpr bool operator==(by_state const&, by_state const&) = default;
};

constexpr auto improved(by_state<double> const& v) {
  auto const greedy = bellman::greedy_policy(frozen_lake{}, gamma, v);
  by_state<int> policy;
  for (int s = 0; s < cells; ++s) policy.all[static_cast<std::size_t>(s)] = greedy(s);
  return policy;
}
constexpr auto evaluated(by_state<int> const& policy) {
  auto const v = bellman::state_value(frozen_lake{}, policy, gamma);
  by_state<double> values;
  for (int s = 0; s < cells; ++s) values.all[static_cast<std::size_t>(s)] = v(s);
  return values;
}

template <int K>
constexpr auto policy = improved(by_state<double>{});
template <int K>
constexpr auto values = evaluated(policy<K>);
template <int K>
  requires(K > 0)
constexpr auto policy<K> = improved(values<K - 1>);

template <int K = 1>
consteval double optimum() {
  if constexpr (policy<K> == policy<K - 1>) {
    return values<K>(0);
  } else {
    return optimum<K + 1>();
  }
}

constexpr double best = optimum();
static_assert(best > 0);
// Gymnasium's lake, solved by policy iteration in another library.
static_assert(side != 8 || (best - 0.41464036179998459 < 1e-9 && 0.41464036179998459 - best < 1e-9));

}  // namespace

int main() {}
