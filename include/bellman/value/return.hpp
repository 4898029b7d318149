// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/backward_pass.hpp>
#include <bellman/affine/scan.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/discount.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

/// `value_after<V>(ending)`: what comes after the last step of an episode is worth: 0 when it *terminated*, `v` when it
/// was *truncated* with `truncated{v}`. A `truncated{}` without a value does not compile.
template <class V>
constexpr V value_after(terminated) {
  return V{};
}
template <class V, class X>
constexpr V value_after([[maybe_unused]] truncated<X> const& cut) {
  if constexpr (std::is_void_v<X>) {
    static_assert(internal::refused<X>, "bellman: a truncated episode needs the value of the state after it: truncated{v}");
    return V{};
  } else {
    return static_cast<V>(cut.value);
  }
}

namespace detail {

// What a return over these rewards is made of: the reward's own type, or the discount's if rewards are integers.
template <class R, class G>
struct return_of {
  using scalar = discount_scalar_t<scalar_t<R>, G>;
  using type = std::conditional_t<std::is_arithmetic_v<R>, scalar,
                                  std::remove_cvref_t<decltype(product(std::declval<scalar>(), std::declval<R>()))>>;
};

template <class V, class F>
struct step_of_return {
  F gamma;
  template <class R>
  constexpr affine<V, F> operator()(R const& reward) const {
    return {static_cast<V>(reward), gamma};
  }
};

struct discounted_return_fn {
  template <std::ranges::input_range Rewards, class G>
  constexpr auto operator()(Rewards&& rewards, G const& gamma) const {
    return (*this)(std::forward<Rewards>(rewards), gamma, terminated{});
  }

  template <std::ranges::input_range Rewards, class G, class Ending>
  constexpr auto operator()(Rewards&& rewards, G const& gamma, Ending const& ending) const {
    using V = return_type<Rewards, G>;
    return fold(steps<V>(std::forward<Rewards>(rewards), gamma), value_after<V>(ending));
  }

  template <class Rewards, class G>
  using return_type = typename return_of<std::ranges::range_value_t<Rewards>, G>::type;

  template <class V, class Rewards, class G>
  static constexpr auto steps(Rewards&& rewards, G const& gamma) {
    auto const checked = discount_for<std::ranges::range_value_t<Rewards>>(gamma);
    using F = std::remove_cvref_t<decltype(checked.value())>;
    return std::forward<Rewards>(rewards) | std::views::transform(step_of_return<V, F>{checked.value()});
  }
};

// The same step as a body of a pass that may take several at once.
template <class V, class F, class Rewards, class Out>
struct return_pass {
  column<Rewards> rewards;
  constant_column<F> gamma;
  column<Out> out;
  V carry;

  template <class At>
  constexpr void operator()(At const& at) {
    affine const step{at.read(rewards), at.read_scalar(gamma)};
    auto const x = at.scan(carry, step);
    if constexpr (!std::same_as<At, one_step<V>>) {
      if (!x.is_finite) [[unlikely]]
        return at.one_by_one([this](auto const& one, std::size_t) { (*this)(one); });
    }
    at.write(out, applied(step, x.after));
  }
};

// A range whose end can be walked back from.
template <class R>
concept backward_range = std::ranges::bidirectional_range<R> && std::ranges::common_range<R>;

struct discounted_returns_fn {
  template <backward_range Rewards, class G>
  constexpr auto operator()(Rewards&& rewards, G const& gamma) const {
    return (*this)(std::forward<Rewards>(rewards), gamma, terminated{});
  }

  template <backward_range Rewards, class G, class Ending>
    requires(!std::input_or_output_iterator<Ending>)
  constexpr auto operator()(Rewards&& rewards, G const& gamma, Ending const& ending) const {
    using V = discounted_return_fn::return_type<Rewards, G>;
    auto returns = internal::one_for_each<V>(rewards);
    write(std::forward<Rewards>(rewards), gamma, ending, returns.end());
    return returns;
  }

  template <backward_range Rewards, class G, class Out>
    requires std::random_access_iterator<Out>
  constexpr Out operator()(Rewards&& rewards, G const& gamma, Out out) const {
    return (*this)(std::forward<Rewards>(rewards), gamma, terminated{}, out);
  }

  template <backward_range Rewards, class G, class Ending, class Out>
    requires std::random_access_iterator<Out>
  constexpr Out operator()(Rewards&& rewards, G const& gamma, Ending const& ending, Out out) const {
    Out const end = out + static_cast<std::iter_difference_t<Out>>(std::ranges::distance(rewards));
    write(std::forward<Rewards>(rewards), gamma, ending, end);
    return end;
  }

 private:
  template <class Rewards, class G, class Ending, class Out>
  static constexpr void write(Rewards&& rewards, G const& gamma, Ending const& ending, Out end) {
    using V = discounted_return_fn::return_type<Rewards, G>;
    if constexpr (std::ranges::random_access_range<Rewards>) {
      auto const checked = discount_for<std::ranges::range_value_t<Rewards>>(gamma);
      using F = std::remove_cvref_t<decltype(checked.value())>;
      auto const first = std::ranges::begin(rewards);
      auto const n = std::ranges::distance(rewards);
      return_pass<V, F, std::remove_const_t<decltype(first)>, Out> body{
          {first}, {checked.value()}, {end - static_cast<std::iter_difference_t<Out>>(n)}, value_after<V>(ending)};
      backward_pass<V>(default_order<V>{}, static_cast<std::size_t>(n), body);
    } else {
      backward_scan(discounted_return_fn::steps<V>(std::forward<Rewards>(rewards), gamma), value_after<V>(ending), end);
    }
  }
};

}  // namespace detail

/// `discounted_return(rewards, gamma)`: `G_0 = R_0 + gamma R_1 + gamma^2 R_2 + ...`, from `G_t = R_t + gamma G_{t+1}`;
/// a third argument says how the episode ended: `terminated{}` (the default) or `truncated{v}`, where `v` stands for
/// the return after the last step.
///
/// Rewards: any input range of scalars or vectors. A literal discount takes the rewards' scalar; integer rewards are
/// discounted in the discount's type. Of no rewards the return is 0, or `v`. Throws `invalid_value` for a discount
/// outside [0, 1]. O(n), allocates nothing. Laws: the recursion; linear in the rewards; splitting the rewards at any
/// step and giving the return of the second part as `truncated{v}` to the first changes nothing. Foundation text, 2.1.
inline constexpr detail::discounted_return_fn discounted_return{};

/// `discounted_returns(rewards, gamma)`: every `G_t`, of a range that can be walked back from its end. A `std::array`
/// gives a `std::array`, other ranges a `std::vector`; a last argument `out` writes into the caller's memory (which may
/// be that of the rewards) and returns its end.
///
/// Endings, types and errors as `discounted_return`. O(n), one multiply-add a reward.
inline constexpr detail::discounted_returns_fn discounted_returns{};

}  // namespace bellman
