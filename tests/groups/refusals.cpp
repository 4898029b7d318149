// SPDX-License-Identifier: BSL-1.0

// Every function of the room says which calls are wrong, and a wrong one is no error until it is made.
#include <bellman/groups/at_each_state.hpp>
#include <bellman/groups/at_each_turn.hpp>
#include <bellman/groups/group_methods.hpp>
#include <bellman/groups/of_the_others.hpp>
#include <bellman/groups/optimal_token_baseline.hpp>
#include <bellman/groups/pass_at_k.hpp>
#include <bellman/groups/squared_score_norm.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/spread.hpp>

#include <array>
#include <complex>
#include <list>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace {

using bellman::grouping;
using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;

using row = std::vector<double>;
using rows = std::vector<std::vector<double>>;
using place = row::iterator;

// Of methods called with rewards alone, in all forms.
template <auto const& Method>
std::string wrong_answers_of_method() {
  return wrong_answers<Method>(arguments<row>{}) + wrong_answers<Method>(arguments<rows const&>{}) +
         wrong_answers<Method>(arguments<row, place>{}) + wrong_answers<Method>(arguments<rows, place>{}) +
         wrong_answers<Method>(arguments<row&, grouping const&>{}) +
         wrong_answers<Method>(arguments<std::vector<int>, grouping, place>{});
}
// Of those called with a column beside the rewards.
template <auto const& Method, class Rewards>
std::string wrong_answers_with_a_column() {
  return wrong_answers<Method>(arguments<Rewards, Rewards>{}) +
         wrong_answers<Method>(arguments<Rewards, Rewards const&, place>{}) +
         wrong_answers<Method>(arguments<Rewards&, Rewards, grouping>{}) +
         wrong_answers<Method>(arguments<Rewards, Rewards, grouping&, place>{});
}

// Methods that are put together here.
inline constexpr bellman::group_advantages with_given_baseline{bellman::given_baseline{0.5}};
inline constexpr bellman::group_advantages over_the_batch{bellman::over_batch{bellman::leave_one_out{}},
                                                          bellman::over_batch{bellman::standard_deviation{}}};
inline constexpr bellman::group_advantages alone{bellman::unless_alone{bellman::group_mean{}, 0}};
inline constexpr bellman::group_advantages beside_the_others{bellman::of_the_others{bellman::group_mean{}},
                                                             bellman::of_the_others{bellman::standard_deviation{}}};
inline constexpr bellman::at_each_turn turns{bellman::grpo};
inline constexpr bellman::at_each_state states{bellman::grpo};
inline constexpr bellman::by_group by_hand{bellman::best_of_group_advantages{bellman::sample_variance{}}};

// What is no method.
inline constexpr bellman::group_advantages<int> without_a_baseline{};
inline constexpr bellman::group_advantages<bellman::group_mean, int> without_a_scale{};
inline constexpr bellman::group_advantages<bellman::unless_alone<int, int>> alone_without_a_function{};
inline constexpr bellman::group_advantages<bellman::unless_alone<bellman::group_mean, word>> alone_without_a_number{};
inline constexpr bellman::weighted_group_advantages weighted_without_a_baseline{bellman::leave_one_out{}};
inline constexpr bellman::best_of_group_advantages<bellman::over_batch<bellman::standard_deviation>>
    best_over_the_batch{};
inline constexpr bellman::by_group<word> by_group_of_a_word{};
inline constexpr bellman::whitening<word> whitening_by_a_word{};
inline constexpr bellman::several_rewards several_without_a_method{bellman::grpo, bellman::opo};

template <class... Argument>
struct none_takes {
  template <class... Method>
  static consteval bool of(Method const&...) {
    return !(std::is_invocable_v<Method const&, Argument...> || ...);
  }
};

// What is made of some things where their types are deduced.
template <class... X>
concept advantages_of = requires(X... x) {
  bellman::group_advantages{x...};
};
template <class... X>
concept weighted_advantages_of = requires(X... x) {
  bellman::weighted_group_advantages{x...};
};
template <class X>
concept best_by = requires(X x) {
  bellman::best_of_group_advantages{x};
};
template <class X>
concept whitened_by = requires(X x) {
  bellman::whitening{x};
};
template <class X>
concept given_as_baseline = requires(X x) {
  bellman::given_baseline{x};
};
template <class F, class X>
concept unless_alone_of = requires(F f, X x) {
  bellman::unless_alone{f, x};
};
template <class X>
concept over_batch_of = requires(X x) {
  bellman::over_batch{x};
};
template <class X>
concept of_the_others_of = requires(X x) {
  bellman::of_the_others{x};
};
template <class X>
concept at_each_turn_of = requires(X x) {
  bellman::at_each_turn{x};
};
template <class X>
concept at_each_state_of = requires(X x) {
  bellman::at_each_state{x};
};
template <class X>
concept by_group_of = requires(X x) {
  bellman::by_group{x};
};
template <class X, class Y>
concept several_rewards_of = requires(X x, Y y) {
  bellman::several_rewards{x, y};
};

template <class Rows>
concept gives_a_part = requires(row& rewards, Rows&& some) {
  bellman::part_of(rewards, static_cast<Rows&&>(some));
};

template <class X>
concept has_part = requires(X&& x, std::span<std::size_t const> some) { bellman::part_of(static_cast<X&&>(x), some); };
template <class Groups>
concept has_rows = requires(Groups&& groups) { static_cast<Groups&&>(groups)[0]; };
template <class Keep>
concept keeps = requires(grouping const& groups, Keep keep) { groups.only_rows(keep); };
template <class Keep>
concept keeps_groups = requires(grouping const& groups, Keep keep) { groups.only_groups(keep); };

struct pass_at_k_fn {
  template <class... N>
  auto operator()(N... n) const -> decltype(bellman::pass_at_k(n...)) {
    return bellman::pass_at_k(n...);
  }
};
inline constexpr pass_at_k_fn pass_at_k{};

struct pass_at_k_of_integers {
  template <class... N>
  auto operator()(N... n) const -> decltype(bellman::pass_at_k<int>(n...));
};

}  // namespace

TEST_CASE("group methods refuse what are no rewards, no grouping and no output") {
  CHECK(wrong_answers_of_method<bellman::reinforce>() == "");
  CHECK(wrong_answers_of_method<bellman::grpo>() == "");
  CHECK(wrong_answers_of_method<bellman::dr_grpo>() == "");
  CHECK(wrong_answers_of_method<bellman::rloo>() == "");
  CHECK(wrong_answers_of_method<bellman::gpg>() == "");
  CHECK(wrong_answers_of_method<bellman::best_of_group>() == "");
  CHECK(wrong_answers_of_method<bellman::whiten>() == "");
  CHECK(wrong_answers_of_method<with_given_baseline>() == "");
  CHECK(wrong_answers_of_method<over_the_batch>() == "");
  CHECK(wrong_answers_of_method<alone>() == "");
  CHECK(wrong_answers_of_method<by_hand>() == "");
  CHECK(wrong_answers_of_method<beside_the_others>() == "");
}

TEST_CASE("methods of steps refuse what is no sequence of them") {
  CHECK(wrong_answers<turns>(arguments<rows>{}) == "");
  CHECK(wrong_answers<turns>(arguments<rows const&, grouping, place>{}) == "");
  // States are of any type, and may be the letters of a text.
  using texts = std::vector<std::string>;
  CHECK(wrong_answers<states>(arguments<rows, rows>{}, except<1, texts>{}) == "");
  CHECK(wrong_answers<states>(arguments<rows, std::vector<texts>, grouping, place>{}, except<1, texts>{}) == "");
}

TEST_CASE("group methods of two columns refuse what is no column") {
  CHECK(wrong_answers_with_a_column<bellman::opo, row>() == "");
  CHECK(wrong_answers_with_a_column<bellman::optimal_token_advantages, rows>() == "");
  CHECK(wrong_answers<bellman::remax>(arguments<row, row>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::remax>(arguments<row, row const&, place>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::remax>(arguments<row, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::remax>(arguments<rows, double, place>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::reinforce_plus_plus_baseline>(arguments<row, row, grouping>{}) == "");
  CHECK(wrong_answers<bellman::reinforce_plus_plus_baseline>(arguments<row, row, grouping, place>{}) == "");
}

TEST_CASE("methods of batches refuse what is no batch") {
  CHECK(wrong_answers<bellman::gdpo>(arguments<rows, row, grouping>{}) == "");
  CHECK(wrong_answers<bellman::gdpo>(arguments<rows, row, grouping, place>{}) == "");
  CHECK(wrong_answers<bellman::reinforce_plus_plus>(arguments<rows, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::reinforce_plus_plus>(arguments<rows, double, place>{}, except<1, int>{}) == "");
}

TEST_CASE("what is asked about groups is not asked about anything else") {
  CHECK(wrong_answers<bellman::has_signal>(arguments<row>{}) == "");
  CHECK(wrong_answers<bellman::groups_with_signal>(arguments<row, grouping>{}) == "");
  CHECK(wrong_answers<bellman::part_of>(arguments<row&, std::span<std::size_t const>>{}) == "");
  CHECK(wrong_answers<bellman::squared_score_norm>(arguments<double, double>{}) == "");
  CHECK(wrong_answers<pass_at_k>(arguments<int, unsigned, std::size_t>{}, except<0, int>{}, except<1, int>{},
                                 except<2, int>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<pass_at_k_fn, double, int, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<pass_at_k_of_integers, int, int, int>);

  // A part of anything that stays, of nothing that is gone.
  STATIC_REQUIRE(has_part<std::vector<word>&>);
  STATIC_REQUIRE(has_part<std::span<word>>);
  STATIC_REQUIRE_FALSE(has_part<std::vector<word>>);
  STATIC_REQUIRE_FALSE(has_part<std::list<double>&>);
  STATIC_REQUIRE(gives_a_part<std::vector<std::size_t>&>);
  STATIC_REQUIRE(gives_a_part<std::vector<std::size_t> const&>);
  STATIC_REQUIRE(gives_a_part<std::span<std::size_t>>);
  STATIC_REQUIRE_FALSE(gives_a_part<std::vector<std::size_t>>);
  STATIC_REQUIRE_FALSE(gives_a_part<std::vector<std::size_t> const>);
}

TEST_CASE("a grouping is made of ids and asked about what it has") {
  STATIC_REQUIRE(std::is_constructible_v<grouping, std::vector<word>>);
  STATIC_REQUIRE(std::is_constructible_v<grouping, std::array<int, 3> const&>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<grouping, int>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<grouping, word>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<grouping, std::list<int>>);
  STATIC_REQUIRE(has_rows<grouping const&>);
  STATIC_REQUIRE_FALSE(has_rows<grouping>);
  STATIC_REQUIRE(keeps<bool (*)(std::size_t)>);
  STATIC_REQUIRE_FALSE(keeps<int>);
  STATIC_REQUIRE_FALSE(keeps<bool (*)(word)>);
  STATIC_REQUIRE(keeps_groups<bool (*)(std::span<std::size_t const>)>);
  STATIC_REQUIRE_FALSE(keeps_groups<int>);
  STATIC_REQUIRE_FALSE(keeps_groups<bool (*)(std::size_t)>);
}

TEST_CASE("a method is refused where it is called and what it is made of does not fit") {
  STATIC_REQUIRE(none_takes<row>::of(without_a_baseline, without_a_scale, alone_without_a_function,
                                     alone_without_a_number, best_over_the_batch, by_group_of_a_word,
                                     whitening_by_a_word));
  STATIC_REQUIRE(none_takes<row, grouping>::of(without_a_baseline, without_a_scale, alone_without_a_function,
                                               alone_without_a_number, best_over_the_batch, by_group_of_a_word,
                                               whitening_by_a_word));
  STATIC_REQUIRE(none_takes<rows>::of(without_a_baseline, without_a_scale, alone_without_a_function,
                                      alone_without_a_number, best_over_the_batch, by_group_of_a_word,
                                      whitening_by_a_word));
  STATIC_REQUIRE(none_takes<row, row>::of(weighted_without_a_baseline));
  STATIC_REQUIRE(none_takes<rows, row, grouping>::of(several_without_a_method));
}

TEST_CASE("a method is refused where it is made of what cannot be a part of it") {
  using bellman::group_mean;
  using bellman::unscaled;
  using text = char const*;
  STATIC_REQUIRE(advantages_of<group_mean, unscaled>);
  STATIC_REQUIRE(advantages_of<bellman::unless_alone<group_mean, int>>);
  STATIC_REQUIRE(advantages_of<bellman::given_baseline<bellman::rational>>);
  STATIC_REQUIRE_FALSE(advantages_of<int, unscaled>);
  STATIC_REQUIRE_FALSE(advantages_of<int>);
  STATIC_REQUIRE_FALSE(advantages_of<group_mean, text>);
  STATIC_REQUIRE_FALSE(advantages_of<unscaled, group_mean>);
  STATIC_REQUIRE_FALSE(advantages_of<group_mean, bellman::leave_one_out>);
  STATIC_REQUIRE_FALSE(advantages_of<bellman::over_batch<unscaled>>);
  STATIC_REQUIRE(weighted_advantages_of<group_mean, unscaled>);
  STATIC_REQUIRE_FALSE(weighted_advantages_of<unscaled, group_mean>);
  STATIC_REQUIRE_FALSE(weighted_advantages_of<int>);
  STATIC_REQUIRE(best_by<bellman::sample_variance>);
  STATIC_REQUIRE_FALSE(best_by<int>);
  STATIC_REQUIRE_FALSE(best_by<bellman::over_batch<bellman::sample_variance>>);
  STATIC_REQUIRE(whitened_by<bellman::sample_variance>);
  STATIC_REQUIRE_FALSE(whitened_by<int>);
  STATIC_REQUIRE_FALSE(whitened_by<group_mean>);
  STATIC_REQUIRE(given_as_baseline<bellman::rational>);
  STATIC_REQUIRE_FALSE(given_as_baseline<text>);
  STATIC_REQUIRE(unless_alone_of<group_mean, int>);
  STATIC_REQUIRE_FALSE(unless_alone_of<double, group_mean>);
  STATIC_REQUIRE(over_batch_of<group_mean>);
  STATIC_REQUIRE_FALSE(over_batch_of<int>);
  STATIC_REQUIRE(of_the_others_of<group_mean>);
  STATIC_REQUIRE_FALSE(of_the_others_of<int>);
  STATIC_REQUIRE_FALSE(of_the_others_of<bellman::over_batch<group_mean>>);
  STATIC_REQUIRE_FALSE(advantages_of<bellman::of_the_others<unscaled>>);
  STATIC_REQUIRE_FALSE(advantages_of<group_mean, bellman::of_the_others<group_mean>>);
  STATIC_REQUIRE_FALSE(best_by<bellman::of_the_others<bellman::sample_variance>>);
  STATIC_REQUIRE(at_each_turn_of<bellman::group_advantages<group_mean>>);
  STATIC_REQUIRE_FALSE(at_each_turn_of<int>);
  STATIC_REQUIRE(at_each_state_of<bellman::group_advantages<group_mean>>);
  STATIC_REQUIRE_FALSE(at_each_state_of<int>);
  STATIC_REQUIRE(by_group_of<bellman::group_advantages<group_mean>>);
  STATIC_REQUIRE(by_group_of<bellman::best_of_group_advantages<>>);
  STATIC_REQUIRE_FALSE(by_group_of<int>);
  STATIC_REQUIRE_FALSE(by_group_of<word>);
  STATIC_REQUIRE(several_rewards_of<bellman::group_advantages<group_mean>, bellman::whitening<unscaled>>);
  STATIC_REQUIRE_FALSE(several_rewards_of<int, bellman::whitening<unscaled>>);
  STATIC_REQUIRE_FALSE(several_rewards_of<bellman::whitening<unscaled>, int>);
}

TEST_CASE("rewards that are right or wrong are numbers") {
  std::vector<bool> bits{true, false, true, true};
  row const numbers{1, 0, 1, 1};
  grouping const groups(std::array{1, 2, 1, 2});
  CHECK(bellman::grpo(bits) == bellman::grpo(numbers));
  CHECK(bellman::rloo(bits, groups) == bellman::rloo(numbers, groups));
  CHECK(bellman::opo(bits, bits) == bellman::opo(numbers, numbers));
  CHECK(bellman::opo(bits, bits, groups) == bellman::opo(numbers, numbers, groups));
  CHECK(bellman::whiten(bits) == bellman::whiten(numbers));
  CHECK(bellman::gpg(bits, groups) == bellman::gpg(numbers, groups));
  CHECK(bellman::best_of_group(bits, groups) == bellman::best_of_group(numbers, groups));
  CHECK(bellman::remax(bits, bits) == bellman::remax(numbers, numbers));
}

TEST_CASE("group methods refuse numbers that cannot be computed with") {
  using bellman::rational;
  using exact = std::vector<rational>;
  using complex = std::vector<std::complex<double>>;
  STATIC_REQUIRE(none_takes<complex>::of(bellman::reinforce, bellman::grpo, bellman::rloo, bellman::best_of_group,
                                         bellman::gpg, bellman::whiten));
  STATIC_REQUIRE(std::is_invocable_v<decltype(bellman::rloo), exact>);
  STATIC_REQUIRE(std::is_invocable_v<decltype(bellman::opo), exact, std::vector<int>>);
  STATIC_REQUIRE(std::is_invocable_v<decltype(bellman::opo), exact, exact, grouping>);
  STATIC_REQUIRE(none_takes<exact>::of(bellman::grpo, bellman::whiten));
  STATIC_REQUIRE(none_takes<exact, row>::of(bellman::opo, bellman::remax));
  STATIC_REQUIRE(none_takes<exact, double>::of(bellman::remax));
  STATIC_REQUIRE(none_takes<exact>::of(with_given_baseline));
  STATIC_REQUIRE(none_takes<std::vector<exact>, rows>::of(bellman::optimal_token_advantages));
  STATIC_REQUIRE(none_takes<std::vector<exact>, row, grouping>::of(
      bellman::several_rewards{bellman::dr_grpo, bellman::reinforce}));
  STATIC_REQUIRE(none_takes<row, std::vector<int>::iterator>::of(bellman::grpo, bellman::rloo, bellman::whiten));
}

TEST_CASE("rows of a grouping are in random access, and there is one place to write to") {
  STATIC_REQUIRE(std::is_invocable_v<decltype(bellman::grpo), std::list<double>>);
  STATIC_REQUIRE(none_takes<std::list<double>, grouping>::of(bellman::grpo, bellman::rloo));
  STATIC_REQUIRE(none_takes<rows, grouping>::of(bellman::grpo, bellman::rloo));
  STATIC_REQUIRE(none_takes<row, std::vector<int>>::of(bellman::grpo, bellman::rloo));
  STATIC_REQUIRE(none_takes<row, place, place>::of(bellman::grpo, bellman::rloo));
  STATIC_REQUIRE(none_takes<row, double, grouping>::of(bellman::remax));
  STATIC_REQUIRE(none_takes<>::of(bellman::grpo, bellman::opo));
  STATIC_REQUIRE(none_takes<row>::of(bellman::opo));
}
