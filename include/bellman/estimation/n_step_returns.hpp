// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/internal/run_of_maps.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/estimation/corrected_return.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/internal/requirements.hpp>
#include <bellman/estimation/internal/rules.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <vector>

namespace bellman {

namespace detail {

// The composition of the last n maps that were put in front, at a constant number of compositions each: the maps stand
// in blocks of n; of the block that is being filled the composition of all is known, of the block behind it that of
// every number of maps from its front. Beside each map stands the value that a window ends with.
template <class V, class F>
class window_of_maps {
 public:
  constexpr explicit window_of_maps(std::size_t size)
      : size_(size),
        block_(size, internal::run_of_maps<V, F>{}),
        fronts_(size + 1, internal::run_of_maps<V, F>{}),
        values_(size, scalar_traits<V>::zero()) {}

  // The value of the n maps from `f` on, behind which there is the value of the n-th state from here. Fewer maps there
  // have ever been only where an end is among them, which hides what is behind.
  constexpr V value_with(affine<V, F> const& f, V const& value_here) {
    std::size_t const place = count_ % size_;
    if (place == 0 && count_ > 0) {
      // block_ is filled from its end to its front in time; its front is the map put last.
      for (std::size_t k = 0; k < size_; ++k) fronts_[k + 1] = fronts_[k].followed_by(block_[size_ - 1 - k]);
      filling_ = {};
    }
    block_[place] = f;
    filling_ = block_[place].followed_by(filling_);
    V const all = filling_(fronts_[size_ - 1 - place](values_[place]));
    values_[place] = value_here;
    ++count_;
    return all;
  }

 private:
  std::size_t size_;
  std::size_t count_ = 0;
  std::vector<internal::run_of_maps<V, F>> block_;
  std::vector<internal::run_of_maps<V, F>> fronts_;
  std::vector<V> values_;
  internal::run_of_maps<V, F> filling_;
};

template <class Gamma>
struct n_step_parameters {
  std::size_t n;
  Gamma const& gamma;
};

struct n_step_returns_estimator {
  using columns = bellman::columns<value_column<"values">>;
  template <class Gamma>
  using parameters = n_step_parameters<Gamma>;

  template <class V, class Read>
  struct body {
    Read read;
    std::size_t n;

    template <class Gamma>
    constexpr body(Read const& its_read, n_step_parameters<Gamma> const& p) : read(its_read), n(p.n) {}

    struct carried {
      window_of_maps<V, scalar_t<V>> window;
      bool cut;  // whether an end, or the end of the recording, lies between here and the next step of the policy's own
      V after;
    };
    constexpr carried start(V const& after_last) const {
      return {window_of_maps<V, scalar_t<V>>(n), true, after_last};
    }

    template <class Here, class Seen>
    constexpr auto operator()(Here const& here, Seen const& s, carried& carry) const {
      using F = scalar_t<V>;
      if (internal::holds(s.ended)) {
        carry.cut = true;
        carry.after = s.after;
      }
      if (internal::holds(s.skipped)) return emit(here, s, true, scalar_traits<V>::zero());
      return read(here, s, [&](auto const& step, V const& v) {
        affine<V, F> f{step.reward, F(step.gamma)};
        if (carry.cut) f = affine<V, F>::constant(V(f(carry.after)));
        carry.cut = false;
        return emit(here, s, true, carry.window.value_with(f, v));
      });
    }
  };
};

}  // namespace detail

namespace internal {

/// What n-step returns are made of.
template <class Value, class Rewards, class Values, class Steps, class N, class Gamma, class... Out>
using n_step_returns_of =
    every<n_before_gamma<N, Gamma>,
          an_estimate<bellman::detail::n_step_returns_estimator, Value, sequential, given<Rewards, Values>, Steps,
                      bellman::detail::n_step_parameters<Gamma>, Out...>>;

}  // namespace internal

namespace detail {

template <class Value>
struct n_step_returns_fn {
  template <class Rewards, class Values, class Steps, class N, class Gamma, class... Out,
            class = typename internal::n_step_returns_of<Value, Rewards, Values, Steps, N, Gamma, Out...>::type::yes>
  constexpr auto operator()(Rewards&& rewards, Values&& values, Steps const& steps, N n, Gamma const& gamma,
                            Out... out) const {
    if (n < 1) internal::a_return_must_have_at_least_one_step(n);
    // A window that is longer than the recording is as long as it.
    std::size_t const size = internal::most_steps_in(rewards);
    std::size_t const longest = size == 0 ? 1 : size;
    auto const wanted = static_cast<std::size_t>(n);
    return estimator_fn<n_step_returns_estimator, Value, sequential>{}(
        rewards, values, steps, n_step_parameters<Gamma>{longest < wanted ? longest : wanted, gamma}, out...);
  }
};

}  // namespace detail

/// `n_step_returns(rewards, values, steps, n, gamma)`: the returns that look n steps of the policy's own ahead, `G_t =
/// R_t + gamma R_{t+1} + ... + gamma^{n-1} R_{t+n-1} + gamma^n V(S_{t+n})`; fewer where the episode ends, with what its
/// end says comes after.
///
/// They are the compositions of the maps `R + gamma x` in a window.
///
/// *Arguments*: as `gae`; n from 1 on, which may exceed the length; a discount, and one output. So that the two are not
/// mistaken for one another, n is an integer and the discount is none: `1.0`.
/// *Errors*: as `gae`, and for n below 1.
/// *Cost*: three compositions a step whatever n is; room for 2 n maps and n values is allocated.
/// *Laws*: n = 1 gives the TD(0) targets, n not below the length the returns to go (tests/laws/estimator_laws.hpp).
/// *Source*: Sutton and Barto 2018, (7.1).
/// *Use*:
///     bellman::n_step_returns(std::array{1.0, 2.0, 4.0}, std::array{8.0, 8.0, 8.0}, bellman::terminated{}, 2, 0.5) ==
///         std::array{4.0, 4.0, 4.0}
inline constexpr detail::n_step_returns_fn<deduced> n_step_returns{};

/// `n_step_returns_in<V>`: the same, computed in V.
template <class V = deduced>
inline constexpr detail::n_step_returns_fn<V> n_step_returns_in{};

}  // namespace bellman
