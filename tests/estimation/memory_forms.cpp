// SPDX-License-Identifier: BSL-1.0

// Every estimator writes where the caller says what it returns in a container; columns may be any random-access ranges.
#include <bellman/affine/order.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/trace_parameters.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <deque>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include <rapidcheck.h>

#include "estimation/every_estimator.hpp"
#include "estimation/random_recording.hpp"
#include "estimation/residue.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::deduced;
using bellman::in_register;
using bellman::test::true_at_both_times;
using estimators::residue;

// Calls an estimator with as many outputs as it has; the ends that it returns must be those of the outputs.
template <class Estimator, class Order, class C, class Steps, class P, class... Outs>
bool writes_to(C const& c, Steps const& steps, P const& p, std::size_t n, Outs... outs) {
  if constexpr (sizeof...(Outs) > Estimator::count) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      auto const all = std::array{outs...};
      return writes_to<Estimator, Order>(c, steps, p, n, all[I]...);
    }
    (std::make_index_sequence<Estimator::count>{});
  } else {
    auto const ends = estimators::outputs(Estimator::template call<deduced, Order>(c, steps, p, outs...));
    return ends == std::array{outs + static_cast<std::ptrdiff_t>(n)...};
  }
}

template <class T, class Order>
void memory_is_as_good_as_a_container() {
  auto const r = estimators::random_recording<T>(estimators::random_size(50));
  std::size_t const n = r.size();
  bellman::trace_parameters<T> const p{.gamma = T(1) / T(2), .lambda = T(1) / T(2)};
  estimators::for_each([&]<class Estimator>(Estimator) {
    auto const expected = estimators::outputs(Estimator::template call<deduced, Order>(r.of, r.steps, p));
    auto const is_written = [&](auto const& first, auto const& second) {
      RC_ASSERT(first == expected.front());
      if (Estimator::count == 2) RC_ASSERT(second == expected.back());
    };
    {
      std::vector<T> first(n);
      std::vector<T> second(n);
      RC_ASSERT((writes_to<Estimator, Order>(r.of, r.steps, p, n, first.begin(), second.begin())));
      is_written(first, second);
    }
    {  // over the rewards and the values
      auto c = r.of;
      RC_ASSERT((writes_to<Estimator, Order>(c, r.steps, p, n, c.rewards.begin(), c.values.begin())));
      is_written(c.rewards, c.values);
    }
    {  // over the values and the rewards
      auto c = r.of;
      RC_ASSERT((writes_to<Estimator, Order>(c, r.steps, p, n, c.values.begin(), c.rewards.begin())));
      is_written(c.values, c.rewards);
    }
    {  // over the ratios and the action values
      auto c = r.of;
      RC_ASSERT((writes_to<Estimator, Order>(c, r.steps, p, n, c.ratios.begin(), c.action_values.begin())));
      is_written(c.ratios, c.action_values);
    }
  });
}

// Every second number of a field in which others stand between; as another library's array of rows may have it.
template <class T>
class strided {
 public:
  explicit strided(std::vector<T> const& numbers) {
    for (T const& x : numbers) {
      field_.push_back(x);
      field_.push_back(T(99));
    }
  }
  auto view() const {
    return std::views::iota(std::size_t{0}, field_.size() / 2) |
           std::views::transform([first = field_.data()](std::size_t t) -> T const& { return first[2 * t]; });
  }

 private:
  std::vector<T> field_;
};
template <class T>
std::vector<T> turned(std::vector<T> const& xs) {
  return {xs.rbegin(), xs.rend()};
}

template <class T, class Order>
void ranges_are_as_good_as_vectors() {
  auto const r = estimators::random_recording<T>(estimators::random_size(50));
  bellman::trace_parameters<T> const p{.gamma = T(1) / T(2), .lambda = T(1) / T(2)};
  auto const as_deque = [](auto const& xs) { return std::deque<T>(xs.begin(), xs.end()); };
  strided const strided_rewards(r.of.rewards);
  strided const strided_values(r.of.values);
  auto const turned_rewards = turned(r.of.rewards);
  auto const turned_values = turned(r.of.values);
  auto const turned_steps = turned(r.steps);
  auto const backwards = [](auto const& xs) { return std::views::reverse(xs); };
  estimators::columns const in_strides{strided_rewards.view(), strided_values.view(), as_deque(r.of.action_values),
                                       std::span(r.of.ratios)};
  estimators::columns const in_reverse{backwards(turned_rewards), backwards(turned_values),
                                       std::span(r.of.action_values), as_deque(r.of.ratios)};
  estimators::for_each([&]<class Estimator>(Estimator) {
    auto const of = [&](auto const& c, auto const& steps) {
      return estimators::outputs(Estimator::template call<deduced, Order>(c, steps, p));
    };
    auto const expected = of(r.of, r.steps);
    RC_ASSERT(of(in_strides, r.steps) == expected);
    RC_ASSERT(of(in_reverse, backwards(turned_steps)) == expected);
    // Written backwards: the ends are those of the reversed iterators.
    std::vector<T> first(r.size());
    std::vector<T> second(r.size());
    RC_ASSERT((writes_to<Estimator, Order>(r.of, r.steps, p, r.size(), first.rbegin(), second.rbegin())));
    RC_ASSERT(turned(first) == expected.front());
  });
}

}  // namespace

TEST_CASE("what is written into memory is what a container would hold, be it where the arguments stand") {
  CHECK(rc::check([] { memory_is_as_good_as_a_container<residue, bellman::sequential>(); }));
  CHECK(rc::check([] { memory_is_as_good_as_a_container<float, in_register<4>>(); }));
}

TEST_CASE("strided and reversed ranges, deques and spans are read as vectors are") {
  CHECK(rc::check([] { ranges_are_as_good_as_vectors<residue, in_register<2>>(); }));
  CHECK(rc::check([] { ranges_are_as_good_as_vectors<double, in_register<2>>(); }));
}

TEST_CASE("a std::array in gives a std::array out, in a constant expression too") {
  CHECK(true_at_both_times([] {
    std::array const numbers{residue(3), residue(1), residue(4)};
    estimators::columns const c{numbers, numbers, numbers, numbers};
    bellman::trace_parameters<residue> const p{.gamma = residue(1), .lambda = residue(1)};
    bool same = true;
    estimators::for_each([&]<class Estimator>(Estimator) {
      auto const in_array =
          estimators::outputs(Estimator::template call<deduced, deduced>(c, bellman::terminated{}, p));
      static_assert(std::same_as<typename std::remove_cvref_t<decltype(in_array)>::value_type, std::array<residue, 3>>);
      std::vector<residue> const numbers_there(numbers.begin(), numbers.end());
      estimators::columns const v{numbers_there, numbers_there, numbers_there, numbers_there};
      auto const in_vector =
          estimators::outputs(Estimator::template call<deduced, deduced>(v, bellman::terminated{}, p));
      for (std::size_t i = 0; i < in_array.size(); ++i) same = same && std::ranges::equal(in_array[i], in_vector[i]);
    });
    return same;
  }));
}

TEST_CASE("floats are written as floats by what computes in double") {
  // Values as large as the rewards: delta = 1, 3/2, 0.
  std::vector const rewards{1.0f, 2.0f, 3.0f};
  std::array<float, 3> first{};
  std::array<float, 3> second{};
  estimators::columns const c{rewards, rewards, rewards, rewards};
  bellman::trace_parameters<double> const p{.gamma = 0.5, .lambda = 0.5};
  estimators::gae::call<double, deduced>(c, bellman::terminated{}, p, first.begin(), second.begin());
  CHECK(first == std::array{1.375f, 1.5f, 0.0f});
  CHECK(second == std::array{2.375f, 3.5f, 3.0f});
}
