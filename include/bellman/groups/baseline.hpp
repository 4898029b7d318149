// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/internal/whose_statistics.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

namespace bellman {

namespace refused {

struct a_given_baseline_must_be_a_number_of_the_kind_of_the_rewards {};

}  // namespace refused

namespace internal {

// A number of which one of the rewards' kind is made: exact rewards need an exact one.
template <class V, class B>
using a_given_baseline =
    rule<std::constructible_from<V, B const&>, refused::a_given_baseline_must_be_a_number_of_the_kind_of_the_rewards>;

}  // namespace internal

/// What an answer is compared with: an estimate of `V` at the prompt, from the statistics of its group and its reward.
///
/// Minimal definition: `baseline(s, reward)`, of `statistics<V, W>` and a `V`, is a number of which a `V` is made; or
/// `over_batch` or `of_the_others` of such a one.
///
/// Axioms:
///  1. `baseline(s, reward)` depends on `s` and `reward` alone;
///  2. of equal rewards it is that reward, if it is to give such a group no signal: all averages of a group are so,
///     `no_baseline` and `given_baseline` are not.
///
/// It is asked for each answer and given the reward, so that the answer itself can be left out of an average: that is
/// what makes the gradient unbiased. It is not given the other rewards: an average needs no more than their statistics,
/// which a batch can be split into; what does need them is a `group_method`.
///
/// Models: `no_baseline`, `group_mean`, `leave_one_out`, `given_baseline`, `unless_alone`, `over_batch` and
/// `of_the_others` of these.
template <class B, class V, class W = std::size_t>
concept baseline_for = requires(B const& baseline, statistics<V, W> const& s, V const& reward) {
  static_cast<V>(internal::function_of(baseline)(s, reward));
};

/// `no_baseline{}(s, reward) = 0`: the reward stays what it is.
///
/// *Use*:
///     bellman::group_advantages{bellman::no_baseline{}}(std::array{1.0, 3.0}) == std::array{1.0, 3.0}
struct no_baseline {
  template <class V, class W>
  constexpr V operator()(statistics<V, W> const&, V const&) const {
    return V{};
  }
};

/// `group_mean{}(s, reward) = mean`: the mean of the group, the answer itself included. Each answer pulls its own
/// baseline towards its reward, which makes the expected gradient `(n - 1) / n` of the right one.
///
/// *Laws*: tests/laws/group_laws.cpp.
/// *Use*:
///     bellman::group_mean{}(bellman::statistics_of(std::array{1.0, 3.0}), 1.0) == 2.0
struct group_mean {
  template <class V, class W>
  constexpr V operator()(statistics<V, W> const& group, V const&) const {
    return group.mean;
  }
};

/// `leave_one_out{}(s, reward) = (n mean - reward) / (n - 1)`: the mean of the others, written so that it is exactly
/// the reward where all are equal. Of a group of one, its reward. It does not depend on the answer, so that the
/// gradient is unbiased.
///
/// *Arguments*: statistics without weights.
/// *Laws*: tests/laws/group_laws.cpp.
/// *Use*:
///     bellman::leave_one_out{}(bellman::statistics_of(std::array{1.0, 3.0}), 1.0) == 3.0
struct leave_one_out {
  template <class V>
  constexpr V operator()(statistics<V> const& group, V const& reward) const {
    if (group.count < 2) return group.mean;
    V const others = as_number<V>(group.count - 1);
    return difference(group.mean, quotient(difference(reward, group.mean), others));
  }
};

/// `given_baseline{value}(s, reward) = value`: a number that was estimated elsewhere, the reward of the greedy answer,
/// or a critic's value of the prompt.
///
/// *Errors*: a number of another kind than the rewards, such as an inexact one for exact rewards, does not compile.
/// *Use*:
///     bellman::group_advantages{bellman::given_baseline{0.5}}(std::array{1.0, 3.0}) == std::array{0.5, 2.5}
template <class B>
struct given_baseline {
  using verdict_on_value =
      internal::rule<internal::number<B>, refused::a_given_baseline_must_be_a_number_of_the_kind_of_the_rewards>;

  B value{};

  constexpr given_baseline() = default;
  constexpr explicit given_baseline(B its_value) requires internal::accepts<verdict_on_value>
      : value(std::move(its_value)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_value::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit given_baseline(X...) = delete;

  template <class V, class W, class = typename internal::a_given_baseline<V, B>::type::yes>
  constexpr V operator()(statistics<V, W> const&, V const&) const {
    return static_cast<V>(value);
  }
};
template <class B>
given_baseline(B) -> given_baseline<B>;

}  // namespace bellman
