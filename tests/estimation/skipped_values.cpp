// SPDX-License-Identifier: BSL-1.0

// What stands at a skipped step is never read, whatever the columns are.
#include <bellman/affine/order.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/trace_parameters.hpp>

#include <array>
#include <cstddef>
#include <ranges>
#include <span>
#include <stdexcept>
#include <type_traits>

#include <rapidcheck.h>

#include "estimation/every_estimator.hpp"
#include "estimation/random_recording.hpp"
#include "estimation/residue.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::deduced;
using bellman::in_register;
using bellman::sequential;
using bellman::test::true_at_both_times;
using estimators::residue;

[[noreturn]] void a_skipped_value_was_read() { throw std::logic_error("a skipped value was read"); }

// The numbers of a column, which may not be read at skipped steps; in a constant expression it would not compile.
template <class Numbers, class Steps>
constexpr auto guarded(Numbers const& numbers, Steps const& steps) {
  return std::views::iota(std::size_t{0}, numbers.size()) |
         std::views::transform([n = std::span(numbers), s = std::span(steps)](std::size_t t) {
           if (s[t].is_skipped()) a_skipped_value_was_read();
           return n[t];
         });
}
template <class C, class Steps>
constexpr auto guarded_columns(C const& c, Steps const& steps) {
  return estimators::columns{guarded(c.rewards, steps), guarded(c.values, steps), guarded(c.action_values, steps),
                             guarded(c.ratios, steps)};
}

template <class Order, class R>
void is_not_read(R const& r, auto const& p) {
  auto const of = guarded_columns(r.of, r.steps);
  estimators::flags<std::remove_cvref_t<decltype(p.gamma)>> const flags(r.steps);
  estimators::for_each([&]<class Estimator>(Estimator) {
    auto const outputs = [&](auto const& c, auto const& steps) {
      return estimators::outputs(Estimator::template call<deduced, Order>(c, steps, p));
    };
    auto const expected = outputs(r.of, r.steps);
    RC_ASSERT(outputs(of, r.steps) == expected);
    RC_ASSERT(outputs(of, flags.steps()) == expected);
  });
}

}  // namespace

TEST_CASE("columns that throw where a step is skipped are not read there") {
  CHECK(rc::check([] {
    auto const r = estimators::random_recording<residue>(estimators::random_size(40));
    residue const half = residue(1) / residue(2);
    bellman::trace_parameters<residue> const p{.gamma = half, .lambda = half};
    is_not_read<sequential>(r, p);
    is_not_read<in_register<4>>(r, p);
    RC_ASSERT(bellman::n_step_returns(guarded(r.of.rewards, r.steps), guarded(r.of.values, r.steps), r.steps, 3,
                                      half) == bellman::n_step_returns(r.of.rewards, r.of.values, r.steps, 3, half));
  }));
}

TEST_CASE("neither are columns of floats that are gathered into registers") {
  CHECK(rc::check([] {
    auto const r = estimators::random_recording<float>(estimators::random_size(40));
    bellman::trace_parameters<float> const p{.gamma = 0.5, .lambda = 0.5};
    is_not_read<in_register<4>>(r, p);
  }));
}

TEST_CASE("a constant expression that read a skipped value would not compile") {
  CHECK(true_at_both_times([] {
    std::array const numbers{residue(3), residue(1), residue(4), residue(1), residue(5)};
    std::array const steps{bellman::step<residue>(bellman::continues{}), bellman::step<residue>(bellman::skipped{}),
                           bellman::step<residue>(bellman::terminated{}), bellman::step<residue>(bellman::skipped{}),
                           bellman::step<residue>(bellman::truncated{residue(2)})};
    estimators::columns const all{numbers, numbers, numbers, numbers};
    auto const c = guarded_columns(all, steps);
    bellman::trace_parameters<residue> const p{.gamma = residue(1), .lambda = residue(1)};
    bool zero = true;
    estimators::for_each([&]<class Estimator>(Estimator) {
      for (auto const& out : estimators::outputs(Estimator::template call<deduced, in_register<2>>(c, steps, p))) {
        zero = zero && out[1] == residue(0) && out[3] == residue(0);
      }
    });
    return zero;
  }));
}
