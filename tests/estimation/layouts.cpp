// SPDX-License-Identifier: BSL-1.0

// Several sequences at once, in whatever layout, are estimated as one at a time.
#include <bellman/affine/order.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/trace_parameters.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <vector>

#include <rapidcheck.h>

#include "estimation/every_estimator.hpp"
#include "estimation/laid_out.hpp"
#include "estimation/random_recording.hpp"
#include "estimation/residue.hpp"
#include "estimation/rounding.hpp"
#include "support/catch.hpp"

namespace layouts_test {

using bellman::deduced;
using bellman::sequential;
using estimators::one_behind_another;
using estimators::rows_of_sequences;
using estimators::rows_of_steps;
using estimators::which_flags;

// Sizes about the widths of registers, in one direction or the other a longer one.
template <class Layout>
Layout some_layout() {
  auto const one_of = [](auto... sizes) { return *rc::gen::element<std::size_t>(std::size_t(sizes)...); };
  bool const is_long = estimators::random_integer(0, 2) == 0;
  std::size_t const sequences = is_long ? one_of(1, 2, 3, 5) : one_of(1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 67);
  std::vector<std::size_t> lengths(sequences, is_long ? one_of(8, 9, 17, 67) : one_of(1, 2, 3, 5));
  if (Layout::is_ragged) {
    for (auto& n : lengths) n = one_of(0, 1, 2, 3, 5, 9, 17);
  }
  return Layout(lengths, estimators::random_size(3));
}

template <class N>
constexpr bool is_float = std::is_floating_point_v<N>;

template <class N, class Flags>
std::vector<estimators::recording<N>> some_sequences(std::vector<std::size_t> const& lengths) {
  std::vector<estimators::recording<N>> all;
  for (std::size_t n : lengths) {
    auto r = estimators::random_recording<N>(n);
    r.steps = estimators::steps_by<N, Flags>(n);
    if constexpr (is_float<N>) {
      for (auto* column : {&r.of.rewards, &r.of.values, &r.of.action_values, &r.of.ratios}) {
        for (N& x : *column) x = x * N(8) / N(11);
      }
      for (std::size_t t = 0; t < n; ++t) {
        if (!r.steps[t].is_skipped() && estimators::random_integer(0, 100) > 0) continue;
        N const nan = std::numeric_limits<N>::quiet_NaN();
        N const infinity = std::numeric_limits<N>::infinity();
        r.of.rewards[t] = *rc::gen::element(nan, infinity, -infinity);
        if (r.steps[t].is_skipped()) r.of.values[t] = r.of.action_values[t] = r.of.ratios[t] = nan;
      }
    }
    all.push_back(r);
  }
  return all;
}

template <class N>
N some_decay() {
  return *rc::gen::element(N(0), N(N(1) / N(2)), N(1));
}

// What is said of each sequence by itself.
template <class Estimator, class N>
bool is_right(estimators::recording<N> const& r, bellman::trace_parameters<N> const& p,
              std::array<std::vector<N>, Estimator::count> const& found) {
  if constexpr (is_float<N> && std::is_same_v<Estimator, estimators::watkins_q_lambda_returns>) {
    // Its bound takes each action for greedy, and would see a NaN behind one that is not.
    auto const one = Estimator::template call<deduced, sequential>(r.of, r.steps, p);
    for (std::size_t t = 0; t < r.size(); ++t) {
      N const x = found[0][t];
      if (std::isnan(one[t]) ? !std::isnan(x)
                             : x != one[t] && !(std::abs(x - one[t]) <= N(1e-4) * (1 + std::abs(one[t])))) {
        return false;
      }
    }
    return true;
  } else if constexpr (is_float<N>) {
    return estimators::exact_estimates<Estimator, N>(r, p.gamma, p.lambda).agree_with(found);
  } else {
    return found == estimators::plain_estimates(Estimator{}, estimators::as_written{}, r.of, r.steps, p.gamma, p.lambda);
  }
}

template <class Estimator, class N, class Layout, class Found>
bool all_are_right(Layout const& where, std::vector<estimators::recording<N>> const& each,
                   bellman::trace_parameters<N> const& p, Found const& found) {
  for (std::size_t i = 0; i < each.size(); ++i) {
    std::array<std::vector<N>, Estimator::count> of_it;
    for (std::size_t k = 0; k < Estimator::count; ++k) of_it[k] = estimators::sequence_in(where, found[k], i);
    if (!is_right<Estimator>(each[i], p, of_it)) return false;
  }
  return true;
}

template <class N, class Layout, class Flags>
auto some_batch() {
  Layout const where = some_layout<Layout>();
  return estimators::laid_out<N, Layout, Flags>(where, some_sequences<N, Flags>(where.lengths));
}

// Bit by bit but for which NaN it is, where there are numbers.
template <class Layout, class N>
bool is_the_same(Layout const& where, std::vector<N> const& x, std::vector<N> const& y) {
  for (std::size_t i = 0; i < where.lengths.size(); ++i) {
    for (std::size_t t = 0; t < where.lengths[i]; ++t) {
      N const a = x[where.place(i, t)];
      N const b = y[where.place(i, t)];
      if (!(a == b) && (a == a || b == b)) return false;
    }
  }
  return true;
}

template <class Estimator, class N, class Layout, class Flags>
void check_one(Estimator, estimators::laid_out<N, Layout, Flags> const& batch) {
  auto const& where = batch.where;
  bellman::trace_parameters<N> const p{.gamma = some_decay<N>(), .lambda = some_decay<N>()};
  auto const layouts = batch.layouts();
  auto const steps = batch.steps();
  N const untouched(55);
  auto const found = estimators::written<Estimator>(where, untouched, [&](auto... out) {
    Estimator::template call<deduced, deduced>(layouts, steps, p, out...);
  });
  RC_ASSERT((all_are_right<Estimator, N>(where, batch.each, p, found)));
  for (auto const& x : found) RC_ASSERT(estimators::is_untouched_elsewhere(where, x, untouched));

  // In place: over the rewards and, where there are two outputs, the values.
  auto copy = batch;
  auto const columns = copy.layouts();
  if constexpr (Estimator::count == 1) {
    Estimator::template call<deduced, deduced>(columns, steps, p, where.of(copy.all.rewards));
  } else {
    Estimator::template call<deduced, deduced>(columns, steps, p, where.of(copy.all.rewards), where.of(copy.all.values));
    RC_ASSERT(is_the_same(where, copy.all.values, found[1]));
  }
  RC_ASSERT(is_the_same(where, copy.all.rewards, found[0]));
}

template <class N, class Layout>
void check_every_estimator() {
  CHECK(rc::check([] {
    auto const batch = some_batch<N, Layout, which_flags<true, true, true, true>>();
    estimators::for_each([&](auto estimator) { check_one(estimator, batch); });
  }));
}

template <class Estimator, class N, class Layout>
void check_every_flag() {
  CHECK(rc::check([] {
    [&]<std::size_t... K>(std::index_sequence<K...>) {
      (check_one(Estimator{}, some_batch<N, Layout, which_flags<(K & 1) != 0, (K & 2) != 0, (K & 4) != 0,
                                                                (K & 8) != 0 || K == 4>>()),
       ...);
    }
    (std::make_index_sequence<16>{});
  }));
}

TEMPLATE_TEST_CASE("every estimator of rows of steps", "", float, double, estimators::residue) {
  check_every_estimator<TestType, rows_of_steps>();
}
TEMPLATE_TEST_CASE("every estimator of sequences one behind another", "", rows_of_sequences, one_behind_another) {
  check_every_estimator<estimators::residue, TestType>();
}
TEMPLATE_TEST_CASE("every choice of flags", "", rows_of_steps, rows_of_sequences, one_behind_another) {
  check_every_flag<estimators::gae, float, TestType>();
}
TEST_CASE("every choice of flags, of two scans") { check_every_flag<estimators::vtrace, double, rows_of_steps>(); }

}  // namespace layouts_test
