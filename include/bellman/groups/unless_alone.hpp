// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/callable.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct what_is_unless_alone_must_be_a_function_of_statistics_and_a_number_for_one_alone {};

}  // namespace refused

namespace detail {

template <class Function, class X, class V, class... Reward>
struct a_function_of_a_group
    : internal::rule<(std::is_invocable_r_v<V, Function const&, statistics<V> const&, Reward const&...> &&
                      std::constructible_from<V, X const&>),
                     refused::what_is_unless_alone_must_be_a_function_of_statistics_and_a_number_for_one_alone> {};

}  // namespace detail

/// `unless_alone{function, value}`: a baseline or a scale, but for a group of one it is the constant `value`.
///
/// *Arguments*: a baseline or a scale of statistics without weights, and a number, which is taken in their scalar.
/// *Use*:
///     bellman::group_advantages{bellman::unless_alone{bellman::group_mean{}, 0}}(
///         std::vector<std::vector<double>>{{1, 3}, {5}}) == std::vector<std::vector<double>>{{-1, 1}, {5}}
template <class Function, class X>
struct unless_alone {
  using verdict_on_both =
      internal::rule<(internal::is_callable<Function> && internal::number<X>),
                     refused::what_is_unless_alone_must_be_a_function_of_statistics_and_a_number_for_one_alone>;

  Function function{};
  X value{};

  constexpr unless_alone() = default;
  constexpr unless_alone(Function its_function, X its_value) requires internal::accepts<verdict_on_both>
      : function(std::move(its_function)), value(std::move(its_value)) {}
  // Deleted, where the others would be listed.
  template <class... Y, class Reason = typename verdict_on_both::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit unless_alone(Y...) = delete;

  template <class V, class... Reward,
            class = typename detail::a_function_of_a_group<Function, X, V, Reward...>::type::yes>
  constexpr V operator()(statistics<V> const& group, Reward const&... reward) const {
    if (group.count == 1) return static_cast<V>(value);
    return function(group, reward...);
  }
};
template <class Function, class X>
unless_alone(Function, X) -> unless_alone<Function, X>;

}  // namespace bellman
