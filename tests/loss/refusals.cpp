// SPDX-License-Identifier: BSL-1.0

// Every function of the room says which calls are wrong, and a wrong one is no error until it is made.
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/approximate_kl.hpp>
#include <bellman/loss/clip_fraction.hpp>
#include <bellman/loss/evenly_spaced.hpp>
#include <bellman/loss/explained_variance.hpp>
#include <bellman/loss/hyperbolic_arcsine.hpp>
#include <bellman/loss/keep_outputs.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/loss/mean_loss.hpp>
#include <bellman/loss/mean_over.hpp>
#include <bellman/loss/out_of_range_fraction.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/loss/sampler_weights.hpp>
#include <bellman/loss/signed_hyperbolic.hpp>
#include <bellman/loss/signed_logarithm.hpp>
#include <bellman/loss/target_moments.hpp>
#include <bellman/loss/token_sum.hpp>
#include <bellman/loss/two_hot.hpp>
#include <bellman/loss/value_loss.hpp>
#include <bellman/loss/value_transform.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>
#include <cstddef>
#include <iterator>
#include <list>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

// Of its own: others of the room name their samples alike.
namespace refusals_of_losses {

using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;

using row = std::vector<double>;
using rows = std::vector<std::vector<double>>;
using place = row::iterator;
using tokens = bellman::sampled_tokens<row, row, row>;
using batch = std::vector<tokens>;
template <std::size_t Position>
using or_an_int = except<Position, int>;

// What is made of other things, and objects of the types that are called.
inline constexpr bellman::clipped clipped{0.25};
inline constexpr bellman::clipped_weight clipped_weight{0.25, 0.5};
inline constexpr bellman::soft_clipped soft_clipped{1.0, 2.0};
inline constexpr bellman::dual_clipped dual_clipped{bellman::clipped{0.25}, 3};
inline constexpr bellman::unclipped unclipped{};
inline constexpr bellman::log_likelihood log_likelihood{};
inline constexpr bellman::straight_through straight_through{bellman::k3, bellman::k2};
inline constexpr bellman::token_ratio token_ratio{};
inline constexpr auto ratio_of_a_token =
    token_ratio(bellman::sampled_tokens{std::array<double, 1>{}, std::array<double, 1>{}, std::array<double, 1>{}});
inline constexpr bellman::sequence_ratio sequence_ratio{};
inline constexpr bellman::sequence_ratio_by_token sequence_ratio_by_token{};
inline constexpr bellman::geometric_mean_ratio geometric_mean_ratio{0.5, 0.25};
inline constexpr bellman::common_ratio common_ratio{1.0};
inline constexpr bellman::clipped_value_loss clipped_value_loss{0.5};
inline constexpr bellman::truncated_weights truncated_weights{2.0};
inline constexpr bellman::windowed_weights windowed_weights{0.5, 5};
inline constexpr bellman::sequence_mask sequence_mask{0.5, 2.0};
inline constexpr bellman::token_mean token_mean{};
inline constexpr bellman::sequence_mean sequence_mean{};
inline constexpr bellman::sequence_sum sequence_sum{};
inline constexpr bellman::fixed_length fixed_length{3};
inline constexpr bellman::identity_transform identity_transform{};
inline constexpr bellman::signed_hyperbolic<> signed_hyperbolic{};
inline constexpr bellman::signed_logarithm signed_logarithm{};
inline constexpr bellman::hyperbolic_arcsine hyperbolic_arcsine{};
inline constexpr bellman::transform_after transform_after{signed_logarithm, signed_hyperbolic};
inline constexpr bellman::inverse_transform inverse_transform{signed_logarithm};
inline constexpr bellman::two_hot two_hot{std::array{0.0, 1.0}};

inline constexpr bellman::dual_clipped dual_clipped_without_a_surrogate{5, 3.0};
inline constexpr bellman::straight_through<int, std::remove_const_t<decltype(bellman::k2)>> straight_through_nothing{};
inline constexpr bellman::transform_after<int, bellman::signed_logarithm> transform_after_nothing{};

// Whether a class template is deduced and made.
template <template <class...> class Made, class... Argument>
concept makes = requires(Argument const&... argument) {
  Made(argument...);
};
template <class... Argument>
concept makes_a_dual_clip = requires(Argument const&... argument) {
  bellman::dual_clipped(argument...);
};

template <class A, class B>
concept can_be_added = requires(A const& a, B const& b) {
  a + b;
};
template <class H, class X>
concept inverts = requires(H const& h, X const& x) {
  h.inverse(x);
};

TEST_CASE("losses and means refuse what is no batch, ratio, surrogate or scope") {
  CHECK(wrong_answers<bellman::policy_loss>(
            arguments<batch, bellman::token_ratio, bellman::clipped<double>, bellman::token_mean>{}) == "");
  CHECK(wrong_answers<bellman::policy_loss>(arguments<batch const&, bellman::sequence_ratio,
                                                      bellman::clipped_weight<double>, bellman::sequence_mean>{}) ==
        "");
  CHECK(wrong_answers<bellman::policy_loss>(
            arguments<batch, bellman::token_ratio, bellman::clipped<double>, bellman::token_mean, rows&>{}) == "");
  CHECK(wrong_answers<bellman::policy_loss>(arguments<batch&, bellman::sequence_ratio, bellman::clipped_weight<double>,
                                                      bellman::sequence_mean, rows&>{}) == "");
  CHECK(wrong_answers<bellman::mean_loss>(
            arguments<decltype(bellman::k2), bellman::token_mean, rows&, rows, rows const&>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::policy_loss), batch, bellman::token_ratio,
                                           bellman::clipped<double>, bellman::token_mean, rows const&>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::policy_loss), batch, bellman::token_ratio, bellman::clipped<double>,
                          bellman::token_mean, std::vector<std::vector<int>>&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::policy_loss), batch, bellman::token_ratio,
                                           bellman::clipped<double>, bellman::token_mean, rows&, rows&>);
  CHECK(wrong_answers<bellman::clip_fraction>(arguments<batch, bellman::token_ratio, bellman::clipped<double>>{}) ==
        "");
  CHECK(wrong_answers<bellman::out_of_range_fraction>(
            arguments<batch, bellman::token_ratio, bellman::clipped<double>>{}) == "");
  CHECK(wrong_answers<bellman::approximate_kl>(arguments<batch>{}) == "");
  CHECK(wrong_answers<bellman::approximate_kl>(arguments<batch, decltype(bellman::k1)>{}) == "");
  CHECK(wrong_answers<bellman::explained_variance>(arguments<row, row const&>{}) == "");
  CHECK(wrong_answers<bellman::mean_over>(arguments<rows, bellman::token_mean>{}) == "");
  CHECK(wrong_answers<bellman::token_sum>(arguments<row>{}) == "");
  CHECK(wrong_answers<bellman::token_sum>(arguments<decltype(bellman::k1), row, row const&>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::policy_loss), tokens, bellman::token_ratio,
                                           bellman::clipped<double>, bellman::token_mean>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::clip_fraction), batch, bellman::token_ratio, bellman::unclipped>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::mean_over), row, bellman::token_mean>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::token_sum), decltype(bellman::k1), row>);
}

// The loss of a batch of such tokens.
template <class Tokens, class Ratio>
inline constexpr bool have_a_loss = std::is_invocable_v<decltype(bellman::policy_loss), std::vector<Tokens>, Ratio,
                                                        bellman::clipped<double>, bellman::token_mean>;

TEST_CASE("tokens are as many as their log-probabilities, and have a row of weights or none") {
  using endless = bellman::one_advantage<double>;
  STATIC_REQUIRE(have_a_loss<bellman::sampled_tokens<row, endless, endless>, bellman::token_ratio>);
  STATIC_REQUIRE_FALSE(have_a_loss<bellman::sampled_tokens<endless, row, row>, bellman::token_ratio>);
  STATIC_REQUIRE(have_a_loss<bellman::sampled_tokens<row, row, row, endless>, bellman::token_ratio>);
  STATIC_REQUIRE_FALSE(have_a_loss<bellman::sampled_tokens<row, row, row, double>, bellman::token_ratio>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::token_sum), endless>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::token_sum), decltype(bellman::k1), endless, row>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::mean_loss), decltype(bellman::k1), bellman::token_mean,
                                           rows&, std::vector<endless>, rows>);
  // What is read only once cannot be walked for a ratio, and then again.
  using read = std::ranges::subrange<std::istream_iterator<double>, std::istream_iterator<double>>;
  STATIC_REQUIRE(have_a_loss<bellman::sampled_tokens<read, row, row>, bellman::token_ratio>);
  STATIC_REQUIRE_FALSE(have_a_loss<bellman::sampled_tokens<read, row, row>, bellman::sequence_ratio>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::policy_loss), std::vector<bellman::sampled_tokens<read, row, row>>,
                          bellman::token_ratio, bellman::clipped<double>, bellman::token_mean, rows&>);
}

TEST_CASE("weights of a sampler refuse what are no log-probabilities") {
  CHECK(wrong_answers<truncated_weights>(arguments<row, row const&>{}) == "");
  CHECK(wrong_answers<truncated_weights>(arguments<row, row, place>{}) == "");
  CHECK(wrong_answers<windowed_weights>(arguments<row, row>{}) == "");
  CHECK(wrong_answers<sequence_mask>(arguments<row, row>{}) == "");
}

TEST_CASE("ratios refuse what are no tokens, and no log-probabilities") {
  CHECK(wrong_answers<token_ratio>(arguments<tokens>{}) == "");
  CHECK(wrong_answers<sequence_ratio>(arguments<tokens const&>{}) == "");
  CHECK(wrong_answers<sequence_ratio_by_token>(arguments<tokens>{}) == "");
  CHECK(wrong_answers<geometric_mean_ratio>(arguments<tokens>{}) == "");
  CHECK(wrong_answers<ratio_of_a_token>(arguments<double, double>{}, or_an_int<0>{}, or_an_int<1>{}) == "");
  CHECK(wrong_answers<common_ratio>(arguments<double, double>{}, or_an_int<0>{}, or_an_int<1>{}) == "");
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<bellman::token_ratio, bellman::sampled_tokens<std::string, std::string, row>>);
}

TEST_CASE("surrogates and value losses refuse what is no number") {
  CHECK(wrong_answers<unclipped>(arguments<double, double>{}, or_an_int<0>{}, or_an_int<1>{}) == "");
  CHECK(wrong_answers<log_likelihood>(arguments<double, double, double>{}, or_an_int<0>{}, or_an_int<1>{},
                                      or_an_int<2>{}) == "");
  CHECK(wrong_answers<clipped>(arguments<double, double>{}, or_an_int<0>{}, or_an_int<1>{}) == "");
  CHECK(wrong_answers<dual_clipped>(arguments<double, double>{}, or_an_int<0>{}, or_an_int<1>{}) == "");
  CHECK(wrong_answers<soft_clipped>(arguments<double, float>{}, or_an_int<1>{}) == "");
  CHECK(wrong_answers<clipped_weight>(arguments<double, double, double>{}, or_an_int<0>{}, or_an_int<1>{},
                                      or_an_int<2>{}) == "");
  CHECK(wrong_answers<bellman::squared_error>(arguments<double, float>{}, or_an_int<0>{}, or_an_int<1>{}) == "");
  CHECK(wrong_answers<clipped_value_loss>(arguments<double, double, float>{}, or_an_int<0>{}, or_an_int<1>{},
                                          or_an_int<2>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(dual_clipped_without_a_surrogate), double, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<bellman::clipped<double>, bellman::rational, bellman::rational>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::squared_error), bellman::rational, double>);
}

TEST_CASE("estimates of a divergence refuse what are no log-probabilities") {
  CHECK(wrong_answers<bellman::k1>(arguments<double, double>{}, or_an_int<0>{}, or_an_int<1>{}) == "");
  CHECK(wrong_answers<bellman::k2>(arguments<double, double>{}, or_an_int<0>{}, or_an_int<1>{}) == "");
  CHECK(wrong_answers<bellman::k3>(arguments<double, double>{}, or_an_int<0>{}, or_an_int<1>{}) == "");
  CHECK(wrong_answers<straight_through>(arguments<double, double>{}, or_an_int<0>{}, or_an_int<1>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(straight_through_nothing), double, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::k1), bellman::rational, double>);
}

TEST_CASE("scopes refuse what is no sum of tokens") {
  using sum = bellman::batch_mean<bellman::token_mean, double>;
  CHECK(wrong_answers<token_mean>(arguments<sum>{}) == "");
  CHECK(wrong_answers<sequence_mean>(arguments<sum>{}) == "");
  CHECK(wrong_answers<sequence_sum>(arguments<sum const&>{}) == "");
  CHECK(wrong_answers<fixed_length>(arguments<sum>{}) == "");
  STATIC_REQUIRE(can_be_added<sum, sum>);
  STATIC_REQUIRE_FALSE(can_be_added<sum, bellman::batch_mean<bellman::token_mean, float>>);
  STATIC_REQUIRE_FALSE(can_be_added<sum, bellman::batch_mean<bellman::sequence_mean, double>>);
  STATIC_REQUIRE_FALSE(can_be_added<sum, double>);
}

TEST_CASE("transforms and scales refuse what is no number") {
  CHECK(wrong_answers<identity_transform>(arguments<double>{}, or_an_int<0>{}) == "");
  CHECK(wrong_answers<signed_hyperbolic>(arguments<double>{}) == "");
  CHECK(wrong_answers<signed_logarithm>(arguments<double>{}) == "");
  CHECK(wrong_answers<hyperbolic_arcsine>(arguments<double>{}) == "");
  CHECK(wrong_answers<transform_after>(arguments<double>{}) == "");
  CHECK(wrong_answers<inverse_transform>(arguments<double>{}) == "");
  CHECK(wrong_answers<two_hot>(arguments<double>{}, or_an_int<0>{}) == "");
  CHECK(wrong_answers<two_hot>(arguments<double, place>{}, or_an_int<0>{}) == "");
  CHECK(wrong_answers<bellman::evenly_spaced>(arguments<double, float, std::size_t>{}, or_an_int<0>{}, or_an_int<1>{},
                                              or_an_int<2>{}) == "");
  CHECK(wrong_answers<bellman::evenly_spaced>(arguments<int, double, int, place>{}, or_an_int<0>{}, or_an_int<1>{},
                                              or_an_int<2>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::evenly_spaced), int, int, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::evenly_spaced), double, double, bool>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::evenly_spaced), int, int, int, std::vector<int>::iterator>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::evenly_spaced), int, int, int, place, place>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(two_hot), double, std::vector<int>::iterator>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(transform_after_nothing), double>);

  STATIC_REQUIRE(inverts<decltype(transform_after), double> && inverts<decltype(inverse_transform), double>);
  STATIC_REQUIRE_FALSE(inverts<decltype(transform_after), word>);
  STATIC_REQUIRE_FALSE(inverts<decltype(inverse_transform), std::string>);
  STATIC_REQUIRE_FALSE(inverts<bellman::signed_logarithm, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<bellman::signed_logarithm, bellman::rational>);
  STATIC_REQUIRE_FALSE(inverts<bellman::signed_logarithm, bellman::rational>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<bellman::signed_hyperbolic<>, bellman::interval<double>>);
  STATIC_REQUIRE_FALSE(inverts<bellman::signed_hyperbolic<>, bellman::interval<double>>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<bellman::hyperbolic_arcsine, bellman::interval<double>>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<bellman::hyperbolic_arcsine, bellman::rational>);
  STATIC_REQUIRE_FALSE(inverts<decltype(two_hot), row>);
}

TEST_CASE("outputs are kept and targets followed in one number type") {
  using normalisation = bellman::normalisation<double>;
  CHECK(wrong_answers<bellman::keep_outputs>(arguments<normalisation, normalisation const&>{}) == "");
  CHECK(wrong_answers<bellman::keep_outputs>(arguments<row&, double&, normalisation, normalisation>{}) == "");
  CHECK(wrong_answers<bellman::follow_target>(arguments<bellman::target_moments<double>, double, double>{}) == "");
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::keep_outputs), normalisation, bellman::normalisation<float>>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::keep_outputs), row const&, double&, normalisation, normalisation>);
}

TEST_CASE("what is made of functions is made of what is called") {
  using k2 = std::remove_const_t<decltype(bellman::k2)>;
  STATIC_REQUIRE(makes<bellman::straight_through, k2, k2>);
  STATIC_REQUIRE_FALSE(makes<bellman::straight_through, int, k2> || makes<bellman::straight_through, k2, word>);
  STATIC_REQUIRE(makes<bellman::transform_after, bellman::two_hot<row>, bellman::signed_logarithm>);
  STATIC_REQUIRE_FALSE(makes<bellman::transform_after, int, bellman::signed_logarithm> ||
                       makes<bellman::transform_after, bellman::signed_logarithm, std::string>);
  STATIC_REQUIRE(makes<bellman::inverse_transform, bellman::signed_logarithm>);
  STATIC_REQUIRE_FALSE(makes<bellman::inverse_transform, int> || makes<bellman::inverse_transform, char const*>);
}

TEST_CASE("a row of truth values has a sum") {
  std::vector<bool> row_of_bits{true, false, true};
  CHECK(bellman::token_sum(row_of_bits).total == 2.0);
}

TEST_CASE("what has constants is made of numbers alone") {
  STATIC_REQUIRE(makes<bellman::clipped, double> && makes<bellman::clipped, int, double>);
  STATIC_REQUIRE_FALSE(makes<bellman::clipped, word> || makes<bellman::clipped, std::string> ||
                       makes<bellman::clipped, double, word> || makes<bellman::clipped, row> ||
                       makes<bellman::clipped, double, double, double>);
  STATIC_REQUIRE(makes<bellman::clipped_weight, double, int>);
  STATIC_REQUIRE_FALSE(makes<bellman::clipped_weight, double, word> || makes<bellman::clipped_weight, word, word>);
  STATIC_REQUIRE(makes<bellman::soft_clipped, double, int>);
  STATIC_REQUIRE_FALSE(makes<bellman::soft_clipped, double, word> || makes<bellman::soft_clipped, word, word>);
  STATIC_REQUIRE(makes<bellman::geometric_mean_ratio, double, int>);
  STATIC_REQUIRE_FALSE(makes<bellman::geometric_mean_ratio, double, word> ||
                       makes<bellman::geometric_mean_ratio, word, word>);
  STATIC_REQUIRE(makes_a_dual_clip<bellman::clipped<double>, int>);
  STATIC_REQUIRE_FALSE(makes_a_dual_clip<bellman::clipped<double>, word> || makes_a_dual_clip<word, word> ||
                       makes_a_dual_clip<bellman::clipped<double>, double, double>);
  STATIC_REQUIRE(makes<bellman::clipped_value_loss, double>);
  STATIC_REQUIRE_FALSE(makes<bellman::clipped_value_loss, word> || makes<bellman::clipped_value_loss, std::string>);
  STATIC_REQUIRE(makes<bellman::truncated_weights, double>);
  STATIC_REQUIRE_FALSE(makes<bellman::truncated_weights, word> || makes<bellman::truncated_weights, double, double>);
  STATIC_REQUIRE(makes<bellman::windowed_weights, double, int> && makes<bellman::sequence_mask, int, double>);
  STATIC_REQUIRE_FALSE(makes<bellman::windowed_weights, double, word> || makes<bellman::sequence_mask, word, word> ||
                       makes<bellman::sequence_mask, double>);
  STATIC_REQUIRE(makes<bellman::normalisation, double, double>);
  STATIC_REQUIRE_FALSE(makes<bellman::normalisation, word, word> || makes<bellman::normalisation, row, row>);
  STATIC_REQUIRE(makes<bellman::signed_hyperbolic, double>);
  STATIC_REQUIRE_FALSE(makes<bellman::signed_hyperbolic, word> || makes<bellman::signed_hyperbolic, std::string>);
  STATIC_REQUIRE(makes<bellman::two_hot, row> && makes<bellman::two_hot, std::array<int, 3>>);
  STATIC_REQUIRE_FALSE(makes<bellman::two_hot, int> || makes<bellman::two_hot, word> ||
                       makes<bellman::two_hot, std::string> || makes<bellman::two_hot, std::list<double>>);
}

}  // namespace refusals_of_losses
