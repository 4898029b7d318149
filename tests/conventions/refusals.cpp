// SPDX-License-Identifier: BSL-1.0
#include </dev/null>
#include <bellman/bellman.hpp>
#include <bellman/conventions/arrays/across.hpp>
#include <bellman/conventions/arrays/at_arrival.hpp>
#include <bellman/conventions/arrays/before_last.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/flags_at_next_step.hpp>
#include <bellman/conventions/arrays/flags_at_step.hpp>
#include <bellman/conventions/arrays/for_every_token.hpp>
#include <bellman/conventions/arrays/from.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/kept_batch.hpp>
#include <bellman/conventions/arrays/kept_tokens.hpp>
#include <bellman/conventions/arrays/kept_view.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/arrays/own_or_zero.hpp>
#include <bellman/conventions/arrays/padded_rows.hpp>
#include <bellman/conventions/arrays/tokens_in_rows.hpp>
#include <bellman/conventions/arrays/value_unless.hpp>
#include <bellman/conventions/arrays/without_padding.hpp>
#include <bellman/conventions/cleanrl.hpp>
#include <bellman/conventions/gymnasium.hpp>
#include <bellman/conventions/openrlhf.hpp>
#include <bellman/conventions/pufferlib.hpp>
#include <bellman/conventions/rl_tools.hpp>
#include <bellman/conventions/rlax.hpp>
#include <bellman/conventions/rllib.hpp>
#include <bellman/conventions/shared/capped_weight.hpp>
#include <bellman/conventions/shared/clamped_ratio.hpp>
#include <bellman/conventions/shared/discounted_errors.hpp>
#include <bellman/conventions/shared/every_row.hpp>
#include <bellman/conventions/shared/gae_of_transitions.hpp>
#include <bellman/conventions/shared/less_values.hpp>
#include <bellman/conventions/shared/mean_with_epsilon.hpp>
#include <bellman/conventions/shared/share_of_batch.hpp>
#include <bellman/conventions/shared/values_of_actions.hpp>
#include <bellman/conventions/shared/whitened_rows.hpp>
#include <bellman/conventions/stable_baselines3.hpp>
#include <bellman/conventions/tianshou.hpp>
#include <bellman/conventions/torchrl.hpp>
#include <bellman/conventions/trl.hpp>
#include <bellman/conventions/verl.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

// Of its own, so that the names below are those of no other file of one translation unit.
namespace refusals_of_conventions {

namespace {

namespace c = bellman::conventions;
namespace cleanrl = c::cleanrl;
namespace gymnasium = c::gymnasium;
namespace openrlhf = c::openrlhf;
namespace pufferlib = c::pufferlib;
namespace rl_tools = c::rl_tools;
namespace rlax = c::rlax;
namespace rllib = c::rllib;
namespace stable_baselines3 = c::stable_baselines3;
namespace tianshou = c::tianshou;
namespace torchrl = c::torchrl;
namespace trl = c::trl;
namespace verl = c::verl;

using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;
using texts = std::vector<std::string>;
using words = std::vector<word>;

using numbers = std::vector<double>;
using flags = std::vector<bool>;
using indices = std::vector<int>;
using rows = std::vector<numbers>;
using masks = std::vector<indices>;
using both = bellman::trace_parameters<double, double>;
using end = bellman::terminated;
using of_tokens = bellman::batch_mean<bellman::token_mean, double>;
using tokens = bellman::sampled_tokens<numbers, numbers, numbers>;
using batch = std::vector<tokens>;
using statistics = bellman::statistics<double>;
using steps_of_numbers = decltype(bellman::time_major(std::declval<numbers&>(), 2));
using steps_of_flags = decltype(bellman::time_major(std::declval<indices&>(), 2));
using rows_of_steps = decltype(bellman::batch_major(std::declval<numbers&>(), 2));
using numbers_in_a_row = decltype(bellman::packed(std::declval<numbers&>(), std::declval<indices&>()));
using flags_in_a_row = decltype(bellman::packed(std::declval<indices&>(), std::declval<indices&>()));

template <auto const& Function, class... Argument, class... Except>
std::string answers(arguments<Argument...> right, Except... exceptions) {
  return wrong_answers<Function>(right, exceptions...);
}
template <std::size_t Position>
using an_int = except<Position, int>;

constexpr auto of_index = [](std::size_t) { return 1.0; };
constexpr auto of_positions = [](std::size_t, std::size_t) { return 1.0; };
constexpr auto of_token = [](std::size_t, double) {};

}  // namespace

TEST_CASE("what reads arrays as steps refuses what is no array, no flag, no number") {
  CHECK(answers<c::across>(arguments<rows&, std::size_t>{}, an_int<1>{}) == "");
  CHECK(answers<c::at_arrival>(arguments<numbers&>{}, an_int<0>{}) == "");
  CHECK(answers<c::before_last>(arguments<numbers&, std::size_t>{}, an_int<1>{}) == "");
  CHECK(answers<c::common_length>(arguments<numbers, flags>{}, except<0, std::string, words, texts>{},
                                  except<1, std::string, words, texts>{}) == "");
  CHECK(answers<c::computed>(arguments<std::size_t, decltype(of_index)>{}, an_int<0>{}) == "");
  CHECK(answers<c::value_unless>(arguments<bool, double>{}, an_int<0>{}, an_int<1>{}) == "");
  CHECK(answers<c::flags_at_next_step>(arguments<flags&, bool, double>{}, an_int<1>{}, an_int<2>{}) == "");
  CHECK(answers<c::flags_at_step>(arguments<flags&, flags&, numbers&>{}) == "");
  CHECK(answers<c::for_every_token>(arguments<rows, masks, decltype(of_token)>{}) == "");
  CHECK(answers<c::rows_fit_masks>(arguments<rows, masks>{}) == "");
  CHECK(answers<c::from>(arguments<numbers&, std::size_t>{}, an_int<1>{}) == "");
  CHECK(answers<c::in_place>(arguments<numbers&>{}) == "");
  CHECK(answers<c::kept_batch>(arguments<rows&, rows&, rows&, masks&>{}) == "");
  CHECK(answers<c::kept_tokens>(arguments<numbers&, indices&>{}) == "");
  CHECK(answers<c::number_at>(arguments<numbers, std::size_t>{}, an_int<0>{}, an_int<1>{}) == "");
  CHECK(answers<c::flag_at>(arguments<flags, std::size_t>{}, an_int<1>{}) == "");
  CHECK(answers<c::own_or_zero>(arguments<flags&, numbers&>{}) == "");
  CHECK(answers<c::padded_rows>(arguments<masks, decltype(of_positions)>{}) == "");
  CHECK(answers<c::tokens_in_rows>(arguments<masks>{}) == "");
  CHECK(answers<c::without_padding>(arguments<numbers&, flags>{}) == "");
}

TEST_CASE("what several libraries' numbers are made of refuses what is none") {
  CHECK(answers<c::clamped_log_ratio>(arguments<double, double>{}, an_int<0>{}, an_int<1>{}) == "");
  CHECK(answers<c::discounted_errors>(arguments<numbers, numbers, end, double>{}, an_int<3>{}) == "");
  CHECK(answers<c::gae_of_transitions>(arguments<numbers, numbers, numbers, end, both>{}) == "");
  CHECK(answers<c::less_values>(arguments<numbers, numbers>{}) == "");
  CHECK(answers<c::mean_with_epsilon>(arguments<of_tokens>{}) == "");
  CHECK(answers<c::share_of_batch>(arguments<of_tokens>{}) == "");
  CHECK(answers<c::share_of_batch>(arguments<of_tokens, int, int>{}, an_int<1>{}, an_int<2>{}) == "");
  CHECK(answers<c::values_of_actions>(arguments<rows&, indices&>{}) == "");
  CHECK(answers<c::whitened_rows>(arguments<rows, statistics, bellman::sample_variance>{}) == "");
  CHECK(answers<c::whitened_rows_around_mean>(arguments<rows, statistics, bellman::sample_variance>{}) == "");
  static constexpr c::capped_weight weight{2.0};
  CHECK(answers<weight>(arguments<double, double, double>{}, an_int<0>{}, an_int<1>{}, an_int<2>{}) == "");
  static constexpr c::clamped_ratio ratio{};
  CHECK(answers<ratio>(arguments<tokens>{}) == "");
  static constexpr c::every_row scope{bellman::sequence_mean{}};
  CHECK(answers<scope>(arguments<of_tokens>{}) == "");
  static constexpr c::sequence_mean_with_epsilon mean{};
  CHECK(answers<mean>(arguments<of_tokens>{}) == "");
}

TEST_CASE("advantages and returns of other libraries refuse what is no column of theirs") {
  CHECK(answers<cleanrl::gae>(arguments<numbers, numbers, flags, bool, double, both>{}, an_int<3>{}, an_int<4>{}) ==
        "");
  CHECK(answers<stable_baselines3::gae>(arguments<numbers, numbers, flags, bool, double, both>{}, an_int<3>{},
                                        an_int<4>{}) == "");
  CHECK(answers<stable_baselines3::bootstrapped_rewards>(arguments<numbers&, flags&, numbers&, double>{},
                                                         an_int<3>{}) == "");
  CHECK(answers<openrlhf::gae>(arguments<numbers, numbers, flags, both>{}) == "");
  CHECK(answers<openrlhf::cumulative_returns>(arguments<numbers, flags, double>{}, an_int<2>{}) == "");
  using row_of_puffer = arguments<numbers, numbers, flags, numbers, double, double, double, double>;
  CHECK(answers<pufferlib::puff_advantage>(row_of_puffer{}, an_int<4>{}, an_int<5>{}, an_int<6>{}, an_int<7>{}) == "");
  CHECK(answers<pufferlib::puff_advantage_scalar>(row_of_puffer{}, an_int<4>{}, an_int<5>{}, an_int<6>{},
                                                  an_int<7>{}) == "");
  CHECK(answers<rl_tools::steps>(arguments<numbers&, flags&, flags&>{}) == "");
  CHECK(answers<rl_tools::steps_ignoring_termination>(arguments<numbers&, flags&, flags&>{}) == "");
  CHECK(answers<rl_tools::gae>(arguments<numbers, numbers, flags, flags, both>{}) == "");
  CHECK(answers<rl_tools::gae_ignoring_termination>(arguments<numbers, numbers, flags, flags, both>{}) == "");
  CHECK(answers<rllib::value_targets>(arguments<numbers, numbers, flags, flags, double, double>{}, an_int<4>{},
                                      an_int<5>{}) == "");
  CHECK(answers<tianshou::rolled_values>(arguments<numbers&, flags&>{}) == "");
  CHECK(answers<tianshou::gae>(arguments<numbers, numbers, numbers, flags, flags, both>{}) == "");
  CHECK(answers<tianshou::n_step_returns>(arguments<numbers, flags, masks, numbers, double>{}, an_int<4>{}) == "");
  CHECK(answers<tianshou::mc_return_to_go>(arguments<numbers, double>{}, an_int<1>{}) == "");
  CHECK(answers<torchrl::gae>(arguments<numbers, numbers, numbers, flags, flags, both>{}) == "");
  CHECK(answers<torchrl::td0_return>(arguments<numbers, numbers, flags, double>{}, an_int<3>{}) == "");
  CHECK(answers<torchrl::td1_return>(arguments<numbers, numbers, flags, flags, double>{}, an_int<4>{}) == "");
  CHECK(answers<torchrl::td_lambda_return>(arguments<numbers, numbers, flags, flags, both>{}) == "");
  CHECK(answers<torchrl::td1_return_not_rolling>(arguments<numbers, numbers, flags, flags, numbers>{}) == "");
  CHECK(answers<torchrl::td_lambda_return_not_rolling>(arguments<numbers, numbers, flags, flags, both>{}) == "");
  CHECK(answers<torchrl::reward2go>(arguments<numbers, flags, double>{}, an_int<2>{}) == "");
  CHECK(answers<torchrl::vtrace>(
            arguments<double, numbers, numbers, numbers, numbers, numbers, flags, flags, double, double>{}, an_int<0>{},
            an_int<8>{}, an_int<9>{}) == "");
  CHECK(answers<trl::padding>(arguments<std::size_t, std::size_t>{}, an_int<0>{}, an_int<1>{}) == "");
  CHECK(answers<trl::kept_values>(arguments<numbers&, std::size_t>{}, an_int<1>{}) == "");
  CHECK(answers<trl::gae>(arguments<numbers, numbers, std::size_t, both>{}, an_int<2>{}) == "");
  CHECK(answers<verl::steps>(arguments<flags&>{}) == "");
  CHECK(answers<verl::gae>(arguments<numbers, numbers, flags, both>{}) == "");
}

TEST_CASE("whole buffers of other libraries are taken, and refused where they lie otherwise") {
  using x = steps_of_numbers;
  using f = steps_of_flags;
  CHECK(answers<c::flags_at_next_step>(arguments<f, flags&, numbers&>{}) == "");
  CHECK(answers<c::flags_at_next_step>(arguments<f, bool, double>{}, an_int<1>{}, an_int<2>{}) == "");
  CHECK(answers<c::flags_at_step>(arguments<f, f, x>{}) == "");
  CHECK(answers<c::value_unless>(arguments<flags&, numbers&>{}) == "");
  CHECK(answers<c::from>(arguments<x, std::size_t>{}, an_int<1>{}) == "");
  CHECK(answers<gymnasium::same_step>(arguments<flags&, flags&, numbers&, double>{}, an_int<3>{}) == "");
  CHECK(answers<gymnasium::same_step>(arguments<f, f, x, numbers&>{}, an_int<3>{}) == "");
  CHECK(answers<gymnasium::next_step>(arguments<flags&, flags&, flags&, numbers&>{}) == "");
  CHECK(answers<gymnasium::next_step>(arguments<f, f, f, x>{}) == "");
  CHECK(answers<cleanrl::gae>(arguments<x, x, f, flags, numbers, both>{}) == "");
  CHECK(answers<cleanrl::gae>(arguments<x, x, f, flags, numbers, both, x, x>{}) == "");
  CHECK(answers<stable_baselines3::gae>(arguments<x, x, f, flags, numbers, both, x, x>{}) == "");
  CHECK(answers<stable_baselines3::bootstrapped_rewards>(arguments<x, f, x, double>{}, an_int<3>{}) == "");
  CHECK(answers<pufferlib::puff_advantage>(arguments<x, x, f, x, double, double, double, double, x>{}, an_int<4>{},
                                           an_int<5>{}, an_int<6>{}, an_int<7>{}) == "");
  CHECK(answers<rl_tools::gae>(arguments<x, x, f, f, both, x, x>{}) == "");
  CHECK(answers<rl_tools::gae_ignoring_termination>(arguments<x, x, f, f, both, x, x>{}) == "");
  CHECK(answers<torchrl::gae>(arguments<x, x, x, f, f, both, x, x>{}) == "");
  CHECK(answers<torchrl::td0_return>(arguments<x, x, f, double, x>{}, an_int<3>{}) == "");
  CHECK(answers<torchrl::td1_return>(arguments<x, x, f, f, double, x>{}, an_int<4>{}) == "");
  CHECK(answers<torchrl::td_lambda_return>(arguments<x, x, f, f, both, x>{}) == "");
  CHECK(answers<tianshou::gae>(arguments<x, x, x, f, f, both, x, x>{}) == "");
  CHECK(answers<c::gae_of_transitions>(arguments<x, x, x, end, both, x, x>{}) == "");
  CHECK(answers<c::discounted_errors>(arguments<x, x, end, double, x>{}, an_int<3>{}) == "");
  // Columns are no arrays of several, rows of steps no rows of sequences, an output is laid out as what it is of.
  STATIC_REQUIRE(!std::is_invocable_v<decltype(cleanrl::gae), x, x, flags, flags, numbers, both>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(cleanrl::gae), x, rows_of_steps, f, flags, numbers, both>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(cleanrl::gae), numbers, numbers, flags, flags, numbers, both>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(cleanrl::gae), x, x, f, flags, numbers, both, x>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(cleanrl::gae), x, x, f, flags, numbers, both, rows_of_steps, x>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(torchrl::gae), x, x, x, f, f, both, x, numbers::iterator>);
  STATIC_REQUIRE(
      !std::is_invocable_v<decltype(pufferlib::puff_advantage), x, x, f, x, double, double, double, double, f>);
  // Of sequences of their own lengths there is no step after them all.
  STATIC_REQUIRE(std::is_invocable_v<decltype(c::flags_at_step), flags_in_a_row, flags_in_a_row, numbers_in_a_row>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(c::flags_at_next_step), flags_in_a_row, flags&, numbers&>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(rl_tools::steps), numbers_in_a_row, flags_in_a_row, flags_in_a_row>);
  // A temporary is gone before it is read.
  STATIC_REQUIRE(!std::is_invocable_v<decltype(c::flags_at_next_step), f, flags, numbers&>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(gymnasium::same_step), f, f, x, numbers>);
}

TEST_CASE("advantages of groups of other libraries refuse what are no rows, masks and ids") {
  using answer = arguments<rows, masks, indices>;
  using names = except<2, words, texts>;  // what compares with == is an id
  CHECK(answers<openrlhf::masked_normalize>(arguments<rows, masks>{}) == "");
  CHECK(answers<openrlhf::compute_reward>(arguments<double, double, numbers, flags>{}, an_int<0>{}, an_int<1>{}) == "");
  CHECK(answers<trl::gdpo_advantages>(arguments<rows, numbers, std::size_t>{}, an_int<2>{}) == "");
  CHECK(answers<trl::grpo_advantages>(arguments<rows, numbers, std::size_t>{}, an_int<2>{}) == "");
  CHECK(answers<trl::grpo_advantages>(arguments<rows, numbers, std::size_t, bellman::standard_deviation>{},
                                      an_int<2>{}) == "");
  CHECK(answers<trl::rloo_advantages>(arguments<numbers, std::size_t>{}, an_int<1>{}) == "");
  CHECK(answers<trl::normalized_rloo_advantages>(arguments<numbers, std::size_t>{}, an_int<1>{}) == "");
  CHECK(answers<trl::outcome_rewards>(arguments<std::size_t, std::size_t, double>{}, an_int<0>{}, an_int<1>{},
                                      an_int<2>{}) == "");
  CHECK(answers<trl::masked_whiten>(arguments<rows, masks>{}) == "");
  CHECK(answers<trl::masked_whiten_around_mean>(arguments<rows, masks>{}) == "");
  CHECK(answers<trl::whitened_tokens>(arguments<rows, indices>{}) == "");
  CHECK(answers<trl::whitened_tokens_around_mean>(arguments<rows, indices>{}) == "");
  CHECK(answers<verl::outcome_scores>(arguments<rows>{}) == "");
  CHECK(answers<verl::grpo_advantages>(answer{}, names{}) == "");
  CHECK(answers<verl::dr_grpo_advantages>(answer{}, names{}) == "");
  CHECK(answers<verl::grpo_passk_advantages>(answer{}, names{}) == "");
  CHECK(answers<verl::dr_grpo_passk_advantages>(answer{}, names{}) == "");
  CHECK(answers<verl::grpo_vectorized_advantages>(answer{}, names{}) == "");
  CHECK(answers<verl::dr_grpo_vectorized_advantages>(answer{}, names{}) == "");
  CHECK(answers<verl::rloo_advantages>(answer{}, names{}) == "");
  CHECK(answers<verl::rloo_vectorized_advantages>(answer{}, names{}) == "");
  CHECK(answers<verl::opo_advantages>(answer{}, names{}) == "");
  CHECK(answers<verl::gpg_advantages>(answer{}, names{}) == "");
  CHECK(answers<verl::gpg_advantages>(arguments<rows, masks, indices, double>{}, names{}, an_int<3>{}) == "");
  CHECK(answers<verl::reinforce_plus_plus_baseline_advantages>(answer{}, names{}) == "");
  CHECK(answers<verl::reinforce_plus_plus_advantages>(arguments<rows, masks, double>{}, an_int<2>{}) == "");
  CHECK(answers<verl::remax_advantages>(arguments<rows, numbers, masks>{}) == "");
  CHECK(answers<verl::optimal_token_baseline_advantages>(arguments<rows, masks, indices, rows, rows>{}, names{}) == "");
  CHECK(answers<verl::optimal_token_baseline_advantages>(
            arguments<rows, masks, indices, rows, rows, rows, verl::zero_tail, double>{}, names{}, an_int<7>{}) == "");
  CHECK(answers<verl::grpo_advantages_with>(arguments<double>{}, an_int<0>{}) == "");
  CHECK(answers<verl::grpo_passk_advantages_with>(arguments<double>{}, an_int<0>{}) == "");
  CHECK(answers<verl::deviation>(arguments<double>{}, an_int<0>{}) == "");
  CHECK(answers<verl::float_statistics_of>(arguments<numbers, double>{}, an_int<1>{}) == "");
  CHECK(answers<verl::masked_whiten>(arguments<rows, masks>{}) == "");
  CHECK(answers<verl::masked_whiten_around_mean>(arguments<rows, masks>{}) == "");
  CHECK(answers<verl::masked_mean_and_variance>(arguments<rows, masks>{}) == "");
}

TEST_CASE("the exponential of an integer is not taken") {
  STATIC_REQUIRE(!std::is_invocable_v<decltype(verl::clamped_k3), int, int>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(rlax::entropy_loss), masks, numbers>);
}

TEST_CASE("losses of other libraries refuse what is no batch, no surrogate, no scope") {
  using scope = bellman::token_mean;
  using clip = bellman::clipped<double>;
  CHECK(answers<verl::vanilla>(arguments<batch, bellman::dual_clipped<double>, scope>{}) == "");
  CHECK(answers<verl::gspo>(arguments<batch, clip>{}) == "");
  CHECK(answers<verl::sapo>(arguments<batch, bellman::soft_clipped<double>>{}) == "");
  CHECK(answers<verl::geo_mean>(arguments<batch, verl::geometric_mean_ratio<double>>{}) == "");
  CHECK(answers<verl::cispo>(arguments<batch, bellman::clipped_weight<double>, scope>{}) == "");
  CHECK(answers<verl::gpg>(arguments<batch, scope>{}) == "");
  CHECK(answers<verl::seq_mean_token_sum_norm>(arguments<of_tokens, int>{}, an_int<1>{}) == "");
  CHECK(answers<verl::kl_cov>(arguments<batch, double, double, scope>{}, an_int<1>{}, an_int<2>{}) == "");
  CHECK(answers<verl::absolute_k1>(arguments<double, double>{}, an_int<0>{}, an_int<1>{}) == "");
  CHECK(answers<verl::clamped_k3>(arguments<double, double>{}, an_int<0>{}, an_int<1>{}) == "");
  using k1 = std::remove_const_t<decltype(bellman::k1)>;
  CHECK(answers<verl::apply_kl_penalty>(arguments<numbers, numbers, numbers, indices, double, k1>{}, an_int<4>{}) ==
        "");
  static constexpr verl::clamped_ratio_and_old ratio_and_old{};
  CHECK(answers<ratio_and_old>(arguments<tokens>{}) == "");
  static constexpr verl::within_binary_kl<double> near{0.1, 0.1, 20.0};
  using seen = verl::ratio_and_old<double, double>;
  CHECK(answers<near>(arguments<seen, double, double>{}, an_int<1>{}) == "");
  static constexpr verl::within_total_variation<double> within{0.1, 0.1, 20.0};
  CHECK(answers<within>(arguments<seen, double, double>{}, an_int<1>{}) == "");
  static constexpr verl::capped_sequence_ratio_by_token by_token{};
  CHECK(answers<by_token>(arguments<tokens>{}) == "");
  static constexpr openrlhf::clamped_kl kl{bellman::k1};
  CHECK(answers<kl>(arguments<double, double>{}, an_int<0>{}, an_int<1>{}) == "");
  CHECK(answers<trl::bias_corrected_k3>(arguments<double, double, double>{}, an_int<0>{}, an_int<1>{}, an_int<2>{}) ==
        "");
  static constexpr trl::two_sided_clipped two_sided{clip(0.2), 4.0};
  CHECK(answers<two_sided>(arguments<double, double>{}, an_int<0>{}, an_int<1>{}) == "");
  static constexpr trl::length_times_mean length{8};
  CHECK(answers<length>(arguments<of_tokens>{}) == "");
  static constexpr trl::variance_by_float variance{};
  CHECK(answers<variance>(arguments<statistics>{}) == "");
  CHECK(answers<rlax::policy_gradient_loss>(arguments<rows, indices, numbers, numbers>{}) == "");
  CHECK(answers<rlax::entropy_loss>(arguments<rows, numbers>{}) == "");
  CHECK(answers<rlax::clipped_surrogate_pg_loss>(arguments<numbers, numbers, double>{}, an_int<2>{}) == "");
}

TEST_CASE("rlax's returns and TD errors refuse what is no column, no action, no discount") {
  CHECK(answers<rlax::discounted_returns>(arguments<numbers, numbers, double>{}, an_int<2>{}) == "");
  CHECK(answers<rlax::discounted_returns>(arguments<numbers, numbers, numbers>{}, an_int<2>{}) == "");
  CHECK(answers<rlax::lambda_returns>(arguments<numbers, numbers, numbers, double>{}, an_int<3>{}) == "");
  CHECK(answers<rlax::n_step_bootstrapped_returns>(arguments<numbers, numbers, numbers, std::size_t, double>{},
                                                   an_int<3>{}, an_int<4>{}) == "");
  CHECK(answers<rlax::truncated_generalized_advantage_estimation>(arguments<numbers, numbers, double, numbers>{},
                                                                  an_int<2>{}) == "");
  CHECK(answers<rlax::general_off_policy_returns_from_q_and_v>(
            arguments<numbers, numbers, numbers, numbers, numbers>{}) == "");
  CHECK(answers<rlax::general_off_policy_returns_from_action_values>(
            arguments<rows, indices, numbers, numbers, numbers, rows>{}) == "");
  CHECK(answers<rlax::importance_corrected_td_errors>(arguments<numbers, numbers, numbers, double, numbers>{},
                                                      an_int<3>{}) == "");
  CHECK(answers<rlax::vtrace_td_error_and_advantage>(arguments<numbers, numbers, numbers, numbers, numbers>{}) == "");
  CHECK(answers<rlax::vtrace_td_error_and_advantage>(
            arguments<numbers, numbers, numbers, numbers, numbers, rlax::vtrace_parameters<>>{}) == "");
  using masked = rlax::vtrace_parameters<double, double, indices>;
  CHECK(answers<rlax::vtrace_td_error_and_advantage>(
            arguments<numbers, numbers, numbers, numbers, numbers, masked>{}) == "");
  using masked_by_words = rlax::vtrace_parameters<double, double, std::vector<std::string>>;
  STATIC_REQUIRE(!std::is_invocable_v<decltype(rlax::vtrace_td_error_and_advantage), numbers, numbers, numbers, numbers,
                                      numbers, masked_by_words>);
  CHECK(answers<rlax::td_learning>(arguments<double, double, double, double>{}, an_int<0>{}, an_int<1>{}, an_int<2>{},
                                   an_int<3>{}) == "");
  CHECK(answers<rlax::sarsa>(arguments<numbers, int, double, double, numbers, int>{}, an_int<1>{}, an_int<2>{},
                             an_int<3>{}, an_int<5>{}) == "");
  CHECK(answers<rlax::expected_sarsa>(arguments<numbers, int, double, double, numbers, numbers>{}, an_int<1>{},
                                      an_int<2>{}, an_int<3>{}) == "");
  CHECK(answers<rlax::q_learning>(arguments<numbers, int, double, double, numbers>{}, an_int<1>{}, an_int<2>{},
                                  an_int<3>{}) == "");
  CHECK(answers<rlax::double_q_learning>(arguments<numbers, int, double, double, numbers, numbers>{}, an_int<1>{},
                                         an_int<2>{}, an_int<3>{}) == "");
  CHECK(answers<rlax::persistent_q_learning>(arguments<numbers, int, double, double, numbers, double>{}, an_int<1>{},
                                             an_int<2>{}, an_int<3>{}, an_int<5>{}) == "");
  CHECK(answers<rlax::qv_learning>(arguments<numbers, int, double, double, double>{}, an_int<1>{}, an_int<2>{},
                                   an_int<3>{}, an_int<4>{}) == "");
  CHECK(answers<rlax::qv_max>(arguments<double, double, double, numbers>{}, an_int<0>{}, an_int<1>{}, an_int<2>{}) ==
        "");
  CHECK(answers<rlax::td_lambda>(arguments<numbers, numbers, numbers, numbers, double>{}, an_int<4>{}) == "");
  CHECK(answers<rlax::sarsa_lambda>(arguments<rows, indices, numbers, numbers, rows, indices, double>{}, an_int<6>{}) ==
        "");
  CHECK(answers<rlax::q_lambda>(arguments<rows, indices, numbers, numbers, rows, double>{}, an_int<5>{}) == "");
  CHECK(answers<rlax::retrace>(arguments<rows, rows, indices, indices, numbers, numbers, rows, numbers, double>{},
                               an_int<8>{}) == "");
}

TEST_CASE("rlax's transforms, its PopArt and RLlib's estimators refuse what is no number, no state, no episode") {
  CHECK(answers<rlax::identity>(arguments<double>{}, an_int<0>{}) == "");
  CHECK(answers<rlax::sigmoid>(arguments<double>{}) == "");
  CHECK(answers<rlax::logit>(arguments<double>{}) == "");
  CHECK(answers<rlax::signed_logp1>(arguments<double>{}) == "");
  CHECK(answers<rlax::signed_expm1>(arguments<double>{}) == "");
  CHECK(answers<rlax::signed_hyperbolic>(arguments<double>{}) == "");
  CHECK(answers<rlax::signed_hyperbolic>(arguments<double, double>{}, an_int<1>{}) == "");
  CHECK(answers<rlax::signed_parabolic>(arguments<double, double>{}, an_int<1>{}) == "");
  CHECK(answers<rlax::hyperbolic_sin>(arguments<double>{}) == "");
  CHECK(answers<rlax::hyperbolic_arcsin>(arguments<double>{}) == "");
  CHECK(answers<rlax::power>(arguments<double, double>{}, an_int<1>{}) == "");
  CHECK(answers<rlax::transform_to_2hot>(arguments<double, double, double, int>{}, an_int<0>{}, an_int<1>{},
                                         an_int<2>{}, an_int<3>{}) == "");
  CHECK(answers<rlax::transform_to_2hot>(arguments<double, double, double, int, double*>{}, an_int<0>{}, an_int<1>{},
                                         an_int<2>{}, an_int<3>{}) == "");
  CHECK(answers<rlax::transform_from_2hot>(arguments<numbers, double, double, int>{}, an_int<1>{}, an_int<2>{},
                                           an_int<3>{}) == "");
  using state = rlax::popart_state<double>;
  CHECK(answers<rlax::popart_initial_state<double>>(arguments<int>{}, an_int<0>{}) == "");
  CHECK(answers<rlax::normalize>(arguments<state, double, int>{}, an_int<1>{}, an_int<2>{}) == "");
  CHECK(answers<rlax::unnormalize>(arguments<state, double, int>{}, an_int<1>{}, an_int<2>{}) == "");
  CHECK(answers<rlax::art>(arguments<state, numbers, indices, double, double, double>{}, an_int<3>{}, an_int<4>{},
                           an_int<5>{}) == "");
  CHECK(answers<rlax::pop>(arguments<rows&, numbers&, state, state>{}) == "");
  using episode = rllib::episode<double>;
  CHECK(answers<rllib::importance_sampling>(arguments<episode, double>{}, an_int<1>{}) == "");
  CHECK(answers<rllib::weighted_importance_sampling>(arguments<std::vector<episode>, double>{}, an_int<1>{}) == "");
  CHECK(answers<rllib::doubly_robust>(arguments<episode, numbers, numbers, double>{}, an_int<3>{}) == "");
  CHECK(answers<rllib::direct_method>(arguments<episode, numbers, numbers, double>{}, an_int<3>{}) == "");
}

TEST_CASE("a temporary array is refused where it would be read after it has gone") {
  STATIC_REQUIRE(!std::is_invocable_v<decltype(c::flags_at_step), flags, flags&, numbers&>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(c::across), rows, int>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(verl::steps), flags>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(c::kept_batch), rows&, rows&, rows, masks&>);
}

}  // namespace refusals_of_conventions
