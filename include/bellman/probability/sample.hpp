// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/internal/rules.hpp>
#include <bellman/probability/internal/unit_interval.hpp>
#include <bellman/probability/weight.hpp>

#include <concepts>
#include <optional>
#include <type_traits>

namespace bellman {

/// `std::uniform_random_bit_generator`, without the cost of `<random>`.
template <class G>
concept random_bit_generator = requires(G& g) {
  { g() } -> std::unsigned_integral;
  { (G::min)() } -> std::same_as<decltype(g())>;
  { (G::max)() } -> std::same_as<decltype(g())>;
};

namespace internal {

template <class D>
consteval auto judge_distribution_to_sample() {
  if constexpr (!distribution<D>) {
    return a_distribution<D>{};
  } else {
    return a_number_with_a_double<probability_t<D>>{};
  }
}

/// A distribution that can be sampled: its probabilities have doubles beside them.
template <class D>
using a_distribution_to_sample = decltype(internal::judge_distribution_to_sample<D>());

template <class G>
using a_generator =
    rule<random_bit_generator<std::remove_reference_t<G>>, refused::this_is_no_uniform_random_bit_generator>;

}  // namespace internal

namespace detail {

[[noreturn]] inline void a_weight_to_sample_must_not_be_negative(double p) {
  internal::refuse("bellman: sample(d, urbg): a value has probability " + internal::describe(p) +
                   "; it must lie in [0, 1]");
}

struct sample_fn {
  template <
      class D, class G,
      class = typename internal::every<internal::a_distribution_to_sample<D>, internal::a_generator<G>>::type::yes>
  constexpr auto operator()(D const& d, G&& g) const {
    return at(internal::draw_from_unit_interval(g), d);
  }

 private:
  // The value in which `left` falls when the weights are laid side by side on [0, 1).
  template <class D>
  static constexpr support_t<D> at(double left, D const& d) {
    std::optional<support_t<D>> last;  // rounding may leave a little of `left` after the last value
    for (auto&& e : d) {
      double const p = to_double(e.probability);
      if (!(p >= 0)) a_weight_to_sample_must_not_be_negative(p);  // nor a NaN
      if (p == 0) continue;
      last.emplace(e.value);
      left -= p;
      if (left < 0) break;
    }
    if (!last) internal::a_distribution_must_have_a_value();
    return *last;
  }
};

}  // namespace detail

/// `sample(d, urbg)`: a value drawn from `d`; values of probability zero are never drawn.
///
/// *Arguments*: `d`: a distribution; `urbg`: any `std::uniform_random_bit_generator`.
/// *Errors*: `invalid_value` for a weight below zero or a NaN, and where there is nothing to draw; does not compile for
/// what is no generator.
/// *Cost*: O(n), and as many calls of the generator as 53 bits take.
/// *Laws*: a value's frequency tends to its probability: tests/probability/sample.cpp.
/// *Use*:
///     bellman::sample(bellman::dirac{'x'}, std::mt19937{}) == 'x'
inline constexpr detail::sample_fn sample{};

}  // namespace bellman
