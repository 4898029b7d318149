// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>

#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void the_condition_must_have_a_probability() {
  internal::refuse("bellman: given(d, condition): the condition has probability 0, so nothing is known given it");
}

// It divides by a probability.
template <class D>
using with_numbers = internal::rule<field<internal::probability_of_t<D>>,
                                    refused::these_probabilities_are_no_numbers_and_need_weights_in_a_field>;

struct given_fn {
  template <class D, class Condition,
            class = typename internal::every<internal::a_distribution<D>, with_numbers<D>,
                                             internal::a_condition_of<Condition, D>>::type::yes>
  constexpr auto operator()(D const& d, Condition&& condition) const {
    using P = probability_t<D>;
    std::vector<weighted<support_t<D>, P>> points;
    accumulator<P> all;
    for (auto&& e : d) {
      if (internal::is_nothing(e.probability) || !condition(e.value)) continue;
      points.push_back({e.value, e.probability});
      all.add(e.probability);
    }
    if (points.empty()) the_condition_must_have_a_probability();
    P const total = all.value();
    for (auto& e : points) e.probability = quotient(e.probability, total);
    return points;
  }
};

}  // namespace detail

/// `given(d, condition)`: the conditional distribution `p(x | condition) = p(x) / sum of p(y) over condition(y)`.
///
/// *Arguments*: `d`: a distribution whose probabilities are numbers; `condition`: a predicate of its values.
/// *Errors*: `invalid_value` when the condition has probability zero; does not compile for probabilities that are
/// certain or uniform by their type, which `weights_in` makes numbers of.
/// *Cost*: O(n).
/// *Use*:
///     bellman::given(bellman::weights_in<double>(bellman::uniform(std::array{1, 2, 3, 4})),
///                    [](int x) { return x > 2; }).front() == bellman::weighted{3, 0.5}
inline constexpr detail::given_fn given{};

}  // namespace bellman
