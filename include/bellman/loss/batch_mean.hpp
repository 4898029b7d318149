// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct parts_of_a_batch_of_two_scopes_have_no_common_mean {};
struct parts_of_a_batch_of_two_number_types_have_no_common_mean {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void a_mean_needs_at_least_one_term() {
  internal::refuse("bellman: the mean of nothing: no token of the batch counts; at least one must");
}

template <class Scope>
[[noreturn]] void parts_of_a_batch_must_be_of_one_scope(Scope const& a, Scope const& b) {
  std::string const first = internal::describe(a);
  std::string const second = internal::describe(b);
  internal::refuse("bellman: two parts of a batch in scopes of other parameters" +
                   (first.empty() ? first : ", " + first + " and " + second) + ", have no common mean");
}

// What is known of the scope of some terms beside its type: of one with parameters these.
template <class Scope>
concept scope_with_parameters = !std::is_empty_v<Scope> && std::copyable<Scope> && std::equality_comparable<Scope>;
struct scope_without_parameters {
  friend bool operator==(scope_without_parameters const&, scope_without_parameters const&) = default;
};
template <class Scope>
struct scope_of_terms {
  using type = scope_without_parameters;
};
template <scope_with_parameters Scope>
struct scope_of_terms<Scope> {
  using type = std::optional<Scope>;
};

struct common_scope_fn {
  constexpr scope_without_parameters operator()(scope_without_parameters, scope_without_parameters) const { return {}; }
  template <class Scope>
  constexpr std::optional<Scope> operator()(std::optional<Scope> const& a, std::optional<Scope> const& b) const {
    if (!a) return b;
    if (b && !(*a == *b)) detail::parts_of_a_batch_must_be_of_one_scope(*a, *b);
    return a;
  }
};
inline constexpr common_scope_fn common_scope{};

// A count, as what a sum of V is divided by: of dual numbers a constant, since the quotient of two of them has no
// derivatives where it is infinite.
template <class F>
struct divisor {
  using type = F;
};
template <class F, class T>
concept divided_by = requires(F const& x, T const& n) {
  { x / n } -> std::same_as<F>;
};
template <internal::has_derivatives F>
  requires divided_by<F, std::remove_cvref_t<decltype(scalar_traits<F>::value(std::declval<F const&>()))>>
struct divisor<F> {
  using type = std::remove_cvref_t<decltype(scalar_traits<F>::value(std::declval<F const&>()))>;
};
template <class V>
using divisor_of_sum_t = typename divisor<scalar_t<sum_t<V>>>::type;

// Two parts of a batch have a common mean only if both count the same, and are sums of one number type.
template <class Scope, class V, class OtherScope, class W>
struct two_parts_of_a_batch
    : internal::every<
          internal::rule<std::same_as<Scope, OtherScope>, refused::parts_of_a_batch_of_two_scopes_have_no_common_mean>,
          internal::rule<std::same_as<V, W>, refused::parts_of_a_batch_of_two_number_types_have_no_common_mean>> {};

}  // namespace detail

/// `batch_mean<Scope, V>{total, count}`: a mean in the making, the sum of its terms and how many they are; `value()` is
/// `total / count`. The total is a `sum_t<V>`, to which many small parts can be added; the mean is rounded once.
///
/// What one term is, a token or a sequence, is the `Scope` (scope.hpp). The mean of two `value()`s is not the mean over
/// both parts: that is why the parts are merged before they are divided.
///
/// Where a scope has parameters, such as the length of `fixed_length`, a part keeps the scope that made it:
/// `batch_mean<Scope, V>{total, count, scope}`; the neutral element has none. What is such a scope can be copied and
/// compared.
///
/// *Arguments*: `Scope` a `scope_for` sums of `V`; `V` the numbers that are summed.
/// *Errors*: `value()` throws `invalid_value` where nothing was counted: of nothing there is no mean. Two parts of
/// different scopes, or of different number types, have no common mean; their sum does not compile. That of two parts
/// of one scope with other parameters throws `invalid_value`.
/// *Cost*: O(1), a number and a count.
/// *Laws*: a monoid: `a + b` is the mean over both parts and `batch_mean<Scope, V>{}` is neutral, so that it makes no
/// difference how a batch is split into micro-batches or over devices; exactly for exact scalars, in floating point up
/// to the order of the sum (tests/loss/batch_mean.cpp).
/// *Use*:
///     (bellman::batch_mean<bellman::token_mean, double>{3.0, 1} +
///      bellman::batch_mean<bellman::token_mean, double>{3.0, 2}).value() == 2.0
template <class Scope, class V>
struct batch_mean {
  sum_t<V> total{};
  std::size_t count = 0;
  [[no_unique_address]] typename detail::scope_of_terms<Scope>::type scope{};

  constexpr V value() const {
    if (count == 0) detail::a_mean_needs_at_least_one_term();
    return internal::converted_to<V>(quotient(total, as_number<detail::divisor_of_sum_t<V>>(count)));
  }

  friend constexpr batch_mean operator+(batch_mean const& a, batch_mean const& b) {
    return {sum(a.total, b.total), a.count + b.count, detail::common_scope(a.scope, b.scope)};
  }
  // Deleted, where all other sums would be listed.
  template <class OtherScope, class W,
            class Reason = typename detail::two_parts_of_a_batch<Scope, V, OtherScope, W>::type>
    requires(!std::same_as<Reason, internal::accepted>)
  Reason operator+(batch_mean<OtherScope, W> const&) const = delete;

  constexpr batch_mean& operator+=(batch_mean const& b) { return *this = *this + b; }

  friend bool operator==(batch_mean const&, batch_mean const&) = default;
};

namespace internal {

// The numbers that a mean is of.
template <class Mean>
struct number_of_mean;
template <class Scope, class V>
struct number_of_mean<batch_mean<Scope, V>> {
  using type = V;
};
template <class Mean>
using number_of_mean_t = typename number_of_mean<Mean>::type;

}  // namespace internal

}  // namespace bellman
