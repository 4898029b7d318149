// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/from.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/discounted_errors.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/corrected_return.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/layout/steps_of_sequences.hpp>
#include <bellman/loss/internal/common_number.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>

namespace bellman::conventions::pufferlib {

namespace detail {

// V-trace's targets less the values.
struct targets_less_values_estimator {
  using vtrace_estimator = decltype(bellman::vtrace)::estimator_type;
  using columns = vtrace_estimator::columns;
  template <class N>
  using parameters = vtrace_parameters<N>;
  template <class V, class Parameters>
  using asks = vtrace_estimator::asks<V, Parameters>;

  template <class V, class Read>
  class body {
   public:
    template <class Parameters>
    constexpr body(Read const& its_read, Parameters const& p) : read_(its_read), vtrace_(its_read, p) {}

    template <class X>
    constexpr auto start(X const& after_last) const {
      return vtrace_.start(after_last);
    }
    template <class Here, class Seen, class Carry>
    [[gnu::always_inline]] constexpr auto operator()(Here const& here, Seen const& s, Carry& carry) const {
      auto target = vtrace_(here, s, carry);
      return read_(
          here, s, [&](auto const&, auto const& v, auto const&) __attribute__((always_inline)) {
            return emit(here, s, target.is_finite, difference(target.outputs[0], v));
          });
    }

   private:
    Read read_;
    typename vtrace_estimator::template body<V, Read> vtrace_;
  };
};

// How many steps arrays of horizon H know the end of: of one sequence, or of each of several.
constexpr std::size_t known_of(std::size_t horizon) { return horizon == 0 ? 0 : horizon - 1; }
constexpr steps_of_sequences known_of(steps_of_sequences const& shape) {
  return {detail::known_of(shape.steps), shape.sequences};
}

// What arrays of horizon H hold of the H - 1 steps whose end they know.
template <class Values, class Rewards, class Dones, class Importance>
class known_steps {
 public:
  constexpr known_steps(Values const& its_values, Rewards const& its_rewards, Dones const& dones,
                        Importance const& importance)
      : values_(its_values), rewards_(its_rewards), dones_(dones), ratios_(importance) {}

  constexpr auto values() const { return first(values_); }
  constexpr auto next_values() const { return from(values_, 1); }
  constexpr auto rewards() const { return from(rewards_, 1); }
  constexpr auto ratios() const { return first(ratios_); }
  constexpr auto dones() const { return from(dones_, 1); }
  constexpr auto steps() const {
    return internal::recorded(dones(), internal::nowhere{}, internal::nowhere{}, internal::nowhere{},
                              internal::last_of(values_));
  }

 private:
  template <class X>
  static constexpr auto first(X const& x) {
    auto const n = common_length(x);
    if constexpr (layout<X>) {
      return x.first_steps(detail::known_of(n).steps);
    } else {
      return in_place(x) | std::views::take(static_cast<std::ranges::range_difference_t<X const>>(detail::known_of(n)));
    }
  }

  Values const& values_;
  Rewards const& rewards_;
  Dones const& dones_;
  Importance const& ratios_;
};

// The advantages of steps that are known, where `Advantages` writes them; the last step of a row has none.
template <class Advantages>
struct puff_advantage_fn {
  template <class Values, class Rewards, class Dones, class Importance, class G, class L, class R, class C,
            class... Out,
            class = typename internal::every<
                internal::a_column_of_values<internal::of_one_t<Values>>,
                internal::a_column_of_values<internal::of_one_t<Rewards>>,
                internal::a_column_of_flags<internal::of_one_t<Dones>>,
                internal::a_column_of_numbers<internal::of_one_t<Importance>>,
                internal::in_one_layout<Values, Rewards, Dones, Importance>, internal::of_steps_in_common<Values>,
                internal::columns_of_one_type<internal::of_one_t<Values>, internal::of_one_t<Rewards>>,
                internal::a_discount_of_columns<G, Values, Rewards>, internal::a_lambda_of_columns<L, Values, Rewards>,
                internal::constants_of_one_type<G, L, R, C>,
                internal::an_output_laid_out_as<Values, Rewards, Out...>>::type::yes>
  constexpr auto operator()(Values const& values, Rewards const& rewards, Dones const& dones,
                            Importance const& importance, G const& gamma, L const& lambda, R const& rho_clip,
                            C const& c_clip, Out... out) const {
    using F = internal::common_number_t<G, L, R, C>;
    using V = internal::estimate_t<deduced, terminated, Rewards, Values>;
    common_length(values, rewards, dones, importance);
    if constexpr (sizeof...(Out) == 0) {
      auto advantages = internal::room_for<V>(values);
      (*this)(values, rewards, dones, importance, gamma, lambda, rho_clip, c_clip,
              internal::place_for(values, advantages));
      return advantages;
    } else {
      known_steps const known(values, rewards, dones, importance);
      return (known_ones<V>(known, values, F(gamma), F(lambda), F(rho_clip), F(c_clip), out), ...);
    }
  }

 private:
  template <class V, class Known, class Values, class F, class Out>
  static constexpr Out known_ones(Known const& known, Values const& values, F const& gamma, F const& lambda,
                                  F const& rho_clip, F const& c_clip, Out const& out) {
    auto const n = common_length(values);
    auto const nothing = internal::elementwise(internal::everywhere<V>{V{}}, values);
    if constexpr (layout<Values>) {
      std::size_t const steps = detail::known_of(n).steps;
      Advantages{}.template operator()<V>(known, gamma, lambda, rho_clip, c_clip, out.first_steps(steps));
      internal::assign(out.from_step(steps), nothing.from_step(steps));
    } else {
      auto const last = Advantages{}.template operator()<V>(known, gamma, lambda, rho_clip, c_clip, out);
      if (n > 0) *last = static_cast<std::iter_value_t<Out>>(V{});
    }
    return internal::behind(out, values);
  }
};

template <class Machine>
struct by_vtrace {
  template <class V, class Known, class F, class Out>
  constexpr Out operator()(Known const& known, F const& gamma, F const& lambda, F const& rho_clip, F const& c_clip,
                           Out out) const {
    vtrace_parameters<F> const p{
        .gamma = gamma, .lambda = lambda, .clip_rho = rho_clip, .clip_c = c_clip, .clip_pg_rho = F(1)};
    return estimator_fn<targets_less_values_estimator, V>{}(known.rewards(), known.values(), known.ratios(),
                                                            known.steps(), p, out);
  }
};

template <class V, class F>
struct error_of_a_weighted_reward {
  F gamma{};
  F rho_clip{};

  template <class R, class Flag, class Ratio, class Value>
  constexpr V operator()(R const& reward, Flag const& done, Ratio const& ratio, Value const& value,
                         Value const& next_value) const {
    V const weighted = product(V(at_most(V(rho_clip), V(ratio))), V(reward));
    V const target = done != Flag(0) ? weighted : V(sum(weighted, V(product(V(gamma), V(next_value)))));
    return V(difference(target, V(value)));
  }
};
template <class V, class F>
struct clipped_trace {
  F lambda{};
  F c_clip{};

  template <class Ratio>
  constexpr V operator()(Ratio const& ratio) const {
    return V(product(V(lambda), V(at_most(V(c_clip), V(ratio)))));
  }
};

template <class Machine>
struct by_weighted_rewards {
  template <class V, class Known, class F, class Out>
  constexpr Out operator()(Known const& known, F const& gamma, F const& lambda, F const& rho_clip, F const& c_clip,
                           Out out) const {
    auto const errors = internal::elementwise(error_of_a_weighted_reward<V, F>{gamma, rho_clip}, known.rewards(),
                                              known.dones(), known.ratios(), known.values(), known.next_values());
    auto const traces = internal::elementwise(clipped_trace<V, F>{lambda, c_clip}, known.ratios());
    auto const steps =
        internal::recorded(known.dones(), internal::nowhere{}, internal::nowhere{}, internal::nowhere{}, terminated{});
    return discounted_errors(errors, traces, steps, gamma, out);
  }
};

}  // namespace detail

/// `puff_advantage(values, rewards, dones, importance, gamma, lambda, rho_clip, c_clip)`: the advantages of one row of
/// the horizon H, or of all rows, `batch_major(values, H)`, of PufferLib 3 and of version 4 where it works on several
/// numbers at once: V-trace's targets less the values.
///
/// *Arguments*: `rewards[t + 1]` and `dones[t + 1]` are those of the action taken at t, so that the row knows of one
/// step less than it has; the last advantage is 0 and no estimate. Every end counts as a termination. A last argument
/// says where to write, an iterator or an array laid out as the values, as that of an estimator.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: PufferLib, `puff_advantage`.
/// *Use*:
///     bellman::conventions::pufferlib::puff_advantage(std::array{2.0, 4.0}, std::array{0.0, 8.0}, std::array{0, 0},
///                                                     std::array{0.5, 1.0}, 1.0, 1.0, 1.0, 1.0) ==
///         std::array{5.0, 0.0}
inline constexpr detail::puff_advantage_fn<detail::by_vtrace<internal::this_machine>> puff_advantage{};

/// `puff_advantage_scalar(values, rewards, dones, importance, gamma, lambda, rho_clip, c_clip)`: the same by version
/// 4's loop for other horizons, and on a CPU. It weighs the reward by the ratio, not the TD error,
/// `rho R + gamma V' - V`, so that the two differ wherever a ratio is not 1; its expectation is no advantage of any
/// policy.
///
/// *Arguments*: as those of `puff_advantage`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: PufferLib 4.
/// *Use*:
///     bellman::conventions::pufferlib::puff_advantage_scalar(std::array{2.0, 4.0}, std::array{0.0, 8.0},
///                                                            std::array{0, 0}, std::array{0.5, 1.0}, 1.0, 1.0, 1.0,
///                                                            1.0) == std::array{6.0, 0.0}
inline constexpr detail::puff_advantage_fn<detail::by_weighted_rewards<internal::this_machine>> puff_advantage_scalar{};

}  // namespace bellman::conventions::pufferlib
