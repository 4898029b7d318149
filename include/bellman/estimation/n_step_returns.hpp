// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/backward_pass.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/estimate.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_return_must_have_at_least_one_step(std::size_t n) {
  throw invalid_value("bellman: the returns have " + std::to_string(n) + " steps; they must have at least 1");
}

// The composition of the last n maps that were put in front, at a constant number of compositions each: the maps stand
// in blocks of n; of the block that is being filled the composition of all is known, of the block behind it that of
// every number of maps from its front. Beside each map stands the value that a window ends with.
template <class V, class F>
class window_of_maps {
 public:
  constexpr explicit window_of_maps(std::size_t size)
      : size_(size), block_(size, run_of_maps<V, F>{}), fronts_(size + 1, run_of_maps<V, F>{}), values_(size, V{}) {}

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
  std::vector<run_of_maps<V, F>> block_;
  std::vector<run_of_maps<V, F>> fronts_;
  std::vector<V> values_;
  run_of_maps<V, F> filling_;
};

template <class V, class Rewards, class Values, class Gamma, class Out>
class n_step_body {
 public:
  using F = scalar_t<V>;

  constexpr n_step_body(Rewards its_rewards, Values its_values, Gamma its_gamma, std::size_t steps, V const& after_last,
                        Out its_out)
      : rewards_(its_rewards),
        values_(its_values),
        gamma_(its_gamma),
        window_(steps),
        cut_(true),
        after_(after_last),
        out_(its_out) {}

  template <class Step>
  constexpr void operator()(one_step<V> const& at, Step const& s) {
    if (holds(s.ended)) {
      cut_ = true;
      after_ = s.after;
    }
    if (holds(s.skipped)) return at.write(out_, V{});
    affine<V, F> f{at.read(rewards_), F(at.read_scalar(gamma_))};
    if (cut_) f = affine<V, F>::constant(applied(f, after_));
    cut_ = false;
    at.write(out_, window_.value_with(f, at.read(values_)));
  }

 private:
  Rewards rewards_;
  Values values_;
  Gamma gamma_;
  window_of_maps<V, F> window_;
  bool cut_;  // whether an end, or the end of the recording, lies between here and the next step of the policy's own
  V after_;
  Out out_;
};

template <class Value>
struct n_step_returns_fn {
  template <std::ranges::range Rewards, std::ranges::range Values, class Steps, class Gamma,
            std::random_access_iterator... Out>
    requires(sizeof...(Out) <= 1)
  constexpr auto operator()(Rewards&& rewards, Values&& values, Steps const& steps, std::size_t n, Gamma const& gamma,
                            Out... out) const {
    using V = widened_t<Value, estimate_t<Value, Steps, Rewards, Values>, Gamma>;
    if (n == 0) a_return_must_have_at_least_one_step(n);
    std::size_t const size = length_of(rewards);
    auto const r = column_of<V>(rewards, "rewards", size);
    auto const v = column_of<V>(values, "values", size);
    auto const g = gamma_column<V>(gamma, size);
    return estimates<V, sequential>(
        rewards, steps,
        [&](V const& after_last, auto const& to) {
          return n_step_body<V, std::remove_const_t<decltype(r)>, std::remove_const_t<decltype(v)>,
                             std::remove_const_t<decltype(g)>, std::remove_cvref_t<decltype(to)>>(
              r, v, g, size < n ? (size == 0 ? 1 : size) : n, after_last, to);
        },
        out...);
  }
};

}  // namespace detail

/// `n_step_returns(rewards, values, steps, n, gamma)`: the returns that look n steps of the policy's own ahead, `G_t =
/// R_t + gamma R_{t+1} + ... + gamma^{n-1} R_{t+n-1} + gamma^n V(S_{t+n})`; fewer where the episode ends, with what its
/// end says comes after.
///
/// Arguments, forms and errors as `gae`; n is at least 1 and may exceed the length. They are the compositions of the
/// maps `R + gamma x` in a window, three compositions a step whatever n is; room for 2 n maps and n values is
/// allocated. Laws: n = 1 gives the TD(0) targets, n not below the length the returns to go. Sutton and Barto 2018,
/// (7.1).
inline constexpr detail::n_step_returns_fn<deduced> n_step_returns{};

/// `n_step_returns_in<V>`: the same, computed in V.
template <class V = deduced>
inline constexpr detail::n_step_returns_fn<V> n_step_returns_in{};

}  // namespace bellman
