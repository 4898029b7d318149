// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/at_arrival.hpp>
#include <bellman/conventions/arrays/before_last.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/flags_at_next_step.hpp>
#include <bellman/conventions/arrays/from.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/less_values.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/loss/internal/common_number.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>

namespace bellman::conventions::pufferlib {

namespace detail {

// What a row of horizon H holds of the H - 1 steps whose end it knows.
template <class Values, class Rewards, class Dones, class Importance>
class known_steps {
 public:
  constexpr known_steps(Values const& its_values, Rewards const& its_rewards, Dones const& dones,
                        Importance const& importance)
      : n_(common_length(its_values, its_rewards, dones, importance)),
        values_(its_values), rewards_(its_rewards), dones_(dones), ratios_(importance) {}

  constexpr std::size_t horizon() const { return n_; }
  constexpr auto values() const { return before_last(values_, n_ - 1); }
  constexpr auto rewards() const { return from(rewards_, 1); }
  constexpr auto ratios() const { return before_last(ratios_, n_ - 1); }
  constexpr auto steps() const {
    return flags_at_next_step(dones_, number_at(dones_, n_ - 1), number_at(values_, n_ - 1));
  }

 private:
  std::size_t n_;
  Values const& values_;
  Rewards const& rewards_;
  Dones const& dones_;
  Importance const& ratios_;
};

// The advantages of a row whose targets `Targets` estimates: those less the values. The last step has none.
template <class Targets>
struct puff_advantage_fn {
  template <
      class Values, class Rewards, class Dones, class Importance, class G, class L, class R, class C,
      class = typename internal::every<
          internal::a_column_of_values<Values>, internal::a_column_of_values<Rewards>,
          internal::a_column_of_flags<Dones>, internal::a_column_of_numbers<Importance>,
          internal::columns_of_one_type<Values, Rewards>, internal::a_discount_of_columns<G, Values, Rewards>,
          internal::a_lambda_of_columns<L, Values, Rewards>, internal::constants_of_one_type<G, L, R, C>>::type::yes>
  constexpr auto operator()(Values const& values, Rewards const& rewards, Dones const& dones,
                            Importance const& importance, G const& gamma, L const& lambda, R const& rho_clip,
                            C const& c_clip) const {
    using F = internal::common_number_t<G, L, R, C>;
    using V = internal::estimate_t<deduced, terminated, Rewards, Values>;
    auto advantages = internal::one_for_each<V>(values);
    known_steps const known(values, rewards, dones, importance);
    if (known.horizon() < 2) return advantages;
    auto const targets = Targets{}.template operator()<V>(known, static_cast<F>(gamma), static_cast<F>(lambda),
                                                          static_cast<F>(rho_clip), static_cast<F>(c_clip));
    auto const estimates = less_values(targets, known.values());
    for (std::size_t t = 0; t < estimates.size(); ++t) advantages[t] = estimates[t];
    return advantages;
  }
};

template <class Machine>
struct vtrace_targets {
  template <class V, class Known, class F>
  constexpr auto operator()(Known const& known, F const& gamma, F const& lambda, F const& rho_clip,
                            F const& c_clip) const {
    vtrace_parameters<F> const p{
        .gamma = gamma, .lambda = lambda, .clip_rho = rho_clip, .clip_c = c_clip, .clip_pg_rho = F(1)};
    return vtrace_in<V>(known.rewards(), known.values(), known.ratios(), known.steps(), p).targets;
  }
};

template <class Machine>
struct targets_of_weighted_rewards {
  template <class V, class Known, class F>
  constexpr auto operator()(Known const& known, F const& gamma, F const& lambda, F const& rho_clip,
                            F const& c_clip) const {
    auto const values = known.values();
    auto const rewards = known.rewards();
    auto const ratios = known.ratios();
    auto const ratio = [&](std::size_t t, V const& bound) { return at_most(bound, V(number_at(ratios, t))); };
    std::size_t const n = known.horizon() - 1;
    auto const weighted =
        computed(n, [&](std::size_t t) { return V(product(ratio(t, V(rho_clip)), V(number_at(rewards, t)))); });
    auto const traces = computed(n, [&](std::size_t t) { return ratio(t, V(c_clip)); });
    return off_policy_returns_in<V>(weighted, values, values, at_arrival(traces), known.steps(),
                                    trace_parameters{gamma, lambda});
  }
};

}  // namespace detail

/// `puff_advantage(values, rewards, dones, importance, gamma, lambda, rho_clip, c_clip)`: the advantages of one row of
/// the horizon, of PufferLib 3 and of version 4 where it works on several numbers at once: V-trace's targets less the
/// values.
///
/// *Arguments*: `rewards[t + 1]` and `dones[t + 1]` are those of the action taken at t, so that the row knows of one
/// step less than it has; the last advantage is 0 and no estimate. Every end counts as a termination.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: PufferLib, `puff_advantage`.
/// *Use*:
///     bellman::conventions::pufferlib::puff_advantage(std::array{2.0, 4.0}, std::array{0.0, 8.0}, std::array{0, 0},
///                                                     std::array{0.5, 1.0}, 1.0, 1.0, 1.0, 1.0) ==
///         std::array{5.0, 0.0}
inline constexpr detail::puff_advantage_fn<detail::vtrace_targets<internal::this_machine>> puff_advantage{};

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
inline constexpr detail::puff_advantage_fn<detail::targets_of_weighted_rewards<internal::this_machine>>
    puff_advantage_scalar{};

}  // namespace bellman::conventions::pufferlib
