// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <type_traits>

namespace bellman {

namespace refused {

struct a_discount_is_a_number_with_an_order {};
struct this_discount_cannot_be_used_with_these_rewards_and_exact_rewards_need_an_exact_one {};

}  // namespace refused

namespace detail {

template <class T>
[[noreturn]] void a_discount_must_lie_between_zero_and_one(T const& gamma) {
  internal::refuse("bellman: the discount is " + internal::describe(gamma) + "; it must lie in [0, 1]");
}

template <class T>
[[noreturn]] void a_discount_below_one_must_not_round_to_one(T const& gamma) {
  internal::refuse("bellman: the discount is " + internal::describe(gamma) +
                   ", which is 1 in the type of the rewards; give it as 1, or the rewards in a wider type");
}

}  // namespace detail

/// The factor gamma by which what comes one step later counts less: a number in [0, 1], checked when it is built.
///
/// *Errors*: `invalid_value` for a number outside [0, 1] or a NaN; in a constant expression that does not compile.
/// *Use*:
///     bellman::discount(0.9).value() == 0.9
template <class F>
class discount {
 public:
  constexpr discount(F its_gamma)
    requires ordered_field<F>
  : gamma_(its_gamma) {
    if (!internal::is_in_the_unit_interval(gamma_)) detail::a_discount_must_lie_between_zero_and_one(gamma_);
  }
  // Deleted for what is none, where all ways to make one would be listed.
  template <class Reason = refused::a_discount_is_a_number_with_an_order>
    requires(!ordered_field<F>)
  constexpr discount(F) = delete;

  constexpr F const& value() const& { return gamma_; }
  constexpr F value() const&& { return gamma_; }

 private:
  F gamma_;
};

/// An integer is taken as a `double`.
template <std::integral N>
discount(N) -> discount<double>;

namespace detail {

// The scalar in which rewards over F are discounted by a gamma given as G. A literal takes the rewards' scalar, so that
// floats stay floats; rewards that are integers take gamma's; a wider gamma (a dual number) widens the rewards.
template <class F, class G>
struct discount_scalar {
  static constexpr auto pick() {
    if constexpr (std::is_arithmetic_v<G>) {
      if constexpr (field<F>) {
        return std::type_identity<F>{};
      } else if constexpr (std::integral<G>) {
        return std::type_identity<double>{};
      } else {
        return std::type_identity<G>{};
      }
    } else if constexpr (field<F> && std::convertible_to<G, F>) {
      return std::type_identity<F>{};
    } else {
      return std::type_identity<G>{};
    }
  }
  using type = typename decltype(pick())::type;
};
template <class F, class G>
struct discount_scalar<F, discount<G>> : discount_scalar<F, G> {};
template <class F, class G>
  requires(internal::only_stored<F> || internal::only_stored<G>)
struct discount_scalar<F, G> : discount_scalar<internal::computed_t<F>, internal::computed_t<G>> {};

}  // namespace detail

/// The scalar of discounted values: that of the rewards' scalar `F` and of the discount as it was given, `G`.
template <class F, class G>
using discount_scalar_t = typename detail::discount_scalar<F, G>::type;

namespace internal {

template <class G>
struct number_of_discount {
  using type = G;
};
template <class F>
struct number_of_discount<discount<F>> {
  using type = F;
};

template <class F, class V>
concept multiplies = std::integral<V> || (number<V> && requires(F const& f, computed_t<V> const& x) { f * x; }) ||
                     (!number<V> && std::is_invocable_v<decltype(product), F, V>);

template <class G, class V>
consteval auto judge_discount() {
  using N = typename number_of_discount<G>::type;
  if constexpr (!number<N>) {
    return refused::a_discount_is_a_number_with_an_order{};
  } else {
    using F = discount_scalar_t<scalar_t<V>, N>;
    if constexpr (!std::constructible_from<F, N const&> || !multiplies<F, V>) {
      return refused::this_discount_cannot_be_used_with_these_rewards_and_exact_rewards_need_an_exact_one{};
    } else if constexpr (!ordered_field<F>) {
      return refused::a_discount_is_a_number_with_an_order{};
    } else {
      return accepted{};
    }
  }
}

/// A discount for rewards of type V, which are numbers or vectors: a number, or a `discount`.
template <class G, class V>
struct a_discount_for {
  using type = decltype(internal::judge_discount<G, V>());
};

}  // namespace internal

namespace detail {

template <class V>
struct discount_for_fn {
  template <class G, class = typename internal::every<internal::a_number_or_vector<V>,
                                                      internal::a_discount_for<G, V>>::type::yes>
  constexpr auto operator()(G const& gamma) const {
    if constexpr (std::same_as<G, typename internal::number_of_discount<G>::type>) {
      using F = discount_scalar_t<scalar_t<V>, G>;
      F const taken = static_cast<F>(gamma);
      if constexpr (std::floating_point<G> && std::floating_point<F>) {
        if (gamma < 1 && taken == 1) detail::a_discount_below_one_must_not_round_to_one(gamma);
      }
      return discount<F>(taken);
    } else {
      return (*this)(gamma.value());
    }
  }
};

}  // namespace detail

/// `discount_for<V>(gamma)`: `gamma` as a checked discount for rewards of type `V`.
///
/// *Arguments*: a number or a `discount`. A literal takes the rewards' scalar, so that floats stay floats; rewards that
/// are integers take gamma's; a wider gamma (a dual number) widens the rewards.
/// *Errors*: those of `discount`; does not compile for an inexact discount of exact rewards.
/// *Use*:
///     bellman::discount_for<float>(0.5).value() == 0.5f
template <class V>
inline constexpr detail::discount_for_fn<V> discount_for{};

}  // namespace bellman
