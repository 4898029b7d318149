// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/reward.hpp>
#include <bellman/internal/callable.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/literal.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/reflect/internal/all_different.hpp>
#include <bellman/reflect/name.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/common_numbers.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/known.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <boost/hana/at_key.hpp>
#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/string.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_term_of_a_reward_is_a_function_that_gives_a_number {};
struct the_weight_of_a_term_is_a_number {};
struct this_is_no_term_of_a_reward {};
struct a_reward_has_at_least_one_term {};
struct two_terms_of_a_reward_have_one_name {};
struct a_term_of_the_reward_does_not_answer_these_arguments_with_a_number {};
struct there_must_be_a_number_for_each_term_of_the_reward {};

}  // namespace refused

namespace reflect {

/// A term of a reward, as `term` makes it: known by a name, `weight` times what the function pays. A term without a
/// weight has `known_one`.
template <class Name, class Weight, class Reward>
struct reward_term {
  using name_type = Name;
  using weight_type = Weight;
  using reward_type = Reward;

  Weight weight;
  Reward reward;
};

}  // namespace reflect

namespace internal {

template <class>
inline constexpr bool is_a_reward_term = false;
template <class Name, class Weight, class Reward>
inline constexpr bool is_a_reward_term<reflect::reward_term<Name, Weight, Reward>> = true;

template <class T>
struct a_reward_term : rule<is_a_reward_term<T>, refused::this_is_no_term_of_a_reward> {};
template <class... Term>
struct terms_of_different_names
    : rule<all_different<typename Term::name_type...>, refused::two_terms_of_a_reward_have_one_name> {};
template <class... Term>
using terms_of_one_reward = every<rule<(sizeof...(Term) > 0), refused::a_reward_has_at_least_one_term>,
                                  a_reward_term<Term>..., terms_of_different_names<Term...>>;

/// Whether arguments are those of a step in an environment: (dynamics, s, a, next).
template <class... X>
inline constexpr bool is_a_step = false;
template <class E, class S, class A, class Next>
  requires(environment<E>)
inline constexpr bool is_a_step<E, S, A, Next> =
    std::convertible_to<S const&, state_t<E>> && std::convertible_to<A const&, action_t<E>> &&
    std::convertible_to<Next const&, state_t<E>>;

/// What a term's function pays: of a step whatever it looks at, of any other arguments by calling it with them.
template <class Reward, class... X>
constexpr auto paid_by(Reward const& reward, X const&... x) {
  if constexpr (is_a_step<X...>) {
    return reward_of(reward, x...);
  } else {
    return reward(x...);
  }
}

template <class Reward, class... X>
inline constexpr bool can_pay = std::invocable<Reward const&, X const&...>;
template <class Reward, class E, class... X>
  requires is_a_step<E, X...>
inline constexpr bool can_pay<Reward, E, X...> = reward_function_for<Reward, E>;

template <class Reward, class... X>
using paid_by_t =
    std::remove_cvref_t<decltype(internal::paid_by(std::declval<Reward const&>(), std::declval<X const&>()...))>;
template <class Reward, class... X>
concept pays_a_number = can_pay<Reward, X...> && number<paid_by_t<Reward, X...>>;

/// The number that integers, which stand beside any, and numbers of one type have in common.
template <class A, class B>
struct number_of_both {
  using type = std::common_type_t<computed_t<A>, computed_t<B>>;
};
template <class A, class B>
  requires(std::integral<A>)
struct number_of_both<A, B> {
  using type = B;
};
template <class A, class B>
  requires(!std::integral<A> && std::integral<B>)
struct number_of_both<A, B> {
  using type = A;
};
template <class A, class... Rest>
struct number_of_all {
  using type = number_t<A>;
};
template <class A, class B, class... Rest>
struct number_of_all<A, B, Rest...> : number_of_all<typename number_of_both<A, B>::type, Rest...> {};

template <class W>
using number_of_weight_t = std::conditional_t<std::same_as<W, known_one>, int, W>;

template <class Term, class... X>
using paid_t = paid_by_t<typename Term::reward_type, X...>;

/// Arguments that each term answers with a number, and numbers that can be added up.
template <class Terms, class... X>
struct answered_by_terms;
template <class... Term, class... X>
struct answered_by_terms<void(Term...), X...>
    : rule<(pays_a_number<typename Term::reward_type, X...> && ...),
           refused::a_term_of_the_reward_does_not_answer_these_arguments_with_a_number> {};
template <class Terms, class... X>
struct terms_of_one_number;
template <class... Term, class... X>
struct terms_of_one_number<void(Term...), X...>
    : numbers_of_one_type<number_of_weight_t<typename Term::weight_type>..., paid_t<Term, X...>...> {};
template <class Terms, class... X>
using arguments_of_terms = every<answered_by_terms<Terms, X...>, terms_of_one_number<Terms, X...>>;

template <class V>
inline constexpr std::size_t number_of_components = 0;
template <class T, std::size_t N>
inline constexpr std::size_t number_of_components<coordinates<T, N>> = N;
template <class T, std::size_t N>
inline constexpr std::size_t number_of_components<std::array<T, N>> = N;

template <class V, std::size_t N>
struct a_number_for_each_term
    : rule<number_of_components<V> == N, refused::there_must_be_a_number_for_each_term_of_the_reward> {};

}  // namespace internal

namespace reflect {

namespace detail {

template <class W>
[[noreturn]] void the_weight_of_a_term_must_be_finite(char const* name, W const& weight) {
  internal::refuse("bellman: the weight of the term \"" + std::string(name) + "\" of a reward is " +
                   internal::describe(weight) + "; it must be a finite number");
}

template <internal::literal Name>
struct term_fn {
  template <class F>
  using a_function =
      internal::rule<internal::is_callable<F>, refused::a_term_of_a_reward_is_a_function_that_gives_a_number>;
  template <class W>
  using a_weight = internal::rule<internal::number<W>, refused::the_weight_of_a_term_is_a_number>;

  template <class F, class = typename a_function<F>::type::yes>
  [[nodiscard]] constexpr auto operator()(F reward) const {
    return reward_term<name_t<Name>, known_one, F>{known_one{}, std::move(reward)};
  }
  template <class W, class F, class = typename internal::every<a_weight<W>, a_function<F>>::type::yes>
  [[nodiscard]] constexpr auto operator()(W weight, F reward) const {
    if (!is_finite(weight)) detail::the_weight_of_a_term_must_be_finite(name_t<Name>::c_str(), weight);
    return reward_term<name_t<Name>, W, F>{std::move(weight), std::move(reward)};
  }
};

// The terms of a reward, which are called with all arguments that all of them take.
template <class... Term>
class terms_together {
 public:
  constexpr explicit terms_together(Term... its_terms) : terms_(std::move(its_terms)...) {}

  /// What each of them pays, times its weight.
  template <class... X>
  constexpr auto paid(X const&... x) const {
    using V = typename internal::number_of_all<internal::number_of_weight_t<typename Term::weight_type>...,
                                               internal::paid_t<Term, X...>...>::type;
    return std::apply([&](auto const&... term) { return coordinates<V, sizeof...(Term)>{{paid_by<V>(term, x...)...}}; },
                      terms_);
  }

 private:
  template <class V, class T, class... X>
  static constexpr V paid_by(T const& term, X const&... x) {
    if constexpr (std::same_as<typename T::weight_type, known_one>) {
      return as_v<V>(internal::paid_by(term.reward, x...));
    } else {
      V const weight = as_v<V>(term.weight);
      // What has no weight is not asked: it may pay an infinity, and zero times that is no number.
      if (is_zero(weight)) return scalar_traits<V>::zero();
      return product(weight, as_v<V>(internal::paid_by(term.reward, x...)));
    }
  }
  template <class V, class N>
  static constexpr V as_v(N const& x) {
    if constexpr (std::integral<N>) {
      return as_number<V>(x);
    } else {
      return internal::converted_to<V>(x);
    }
  }

  std::tuple<Term...> terms_;
};

}  // namespace detail

/// A reward whose values are the weighted terms of another one, as `coordinates`: what `reward_terms(...).by_term()`
/// gives.
template <class... Term>
class rewards_by_term {
 public:
  constexpr explicit rewards_by_term(detail::terms_together<Term...> its_terms) : terms_(std::move(its_terms)) {}

  template <class... X, class = typename internal::arguments_of_terms<void(Term...), X...>::type::yes>
  constexpr auto operator()(X const&... x) const {
    return terms_.paid(x...);
  }

 private:
  detail::terms_together<Term...> terms_;
};

/// `reward_terms(terms...)`: a reward that is the sum of weighted terms, each known by a name:
/// `reward_terms(term<"right">(f), term<"format">(0.1, g), term<"kl">(-beta, h))`.
///
///     reward(x...)               one number, for the algorithm: f(x...) + 0.1 g(x...) - beta h(x...)
///     reward.breakdown(x...)     a `hana::map` from the names to the terms, for the person
///     reward.by_term()           the reward whose values are the terms, as `coordinates`, for `with_reward`
///     reward.by_name(v)          of such coordinates, or of what is computed of them, the map from the names
///
/// A reward is called with whatever all its terms take: a text; a state and an action. With `(dynamics, s, a, next)`,
/// as an environment calls it, each term gets what it looks at: `(s, a, next)`, `(s, a)`, or, of an `outcome_reward`,
/// where the episode ends.
///
/// *Arguments*: terms made by `term`, whose names differ. The number is the type that weights and values have in
/// common; integers and truth values, such as those of a rule, count as numbers of it, and where there is nothing else
/// as `double`.
/// *Errors*: no terms and two terms of one name do not compile, nor a call that some term does not take, nor numbers of
/// no common type.
/// *Cost*: a call of each term whose weight is not 0: one of weight 0 pays 0, whatever its function would, which is not
/// called.
/// *Laws*: it is linear: values, action values and advantages by term sum to those of the reward, exactly in exact
/// numbers (tests/reflect/reward_terms.cpp).
/// *Use*:
///     [] {
///       constexpr bellman::reflect::reward_terms reward(
///           bellman::reflect::term<"long">([](std::string_view text) { return text.size() > 3; }),
///           bellman::reflect::term<"size">(-0.25, [](std::string_view text) { return text.size(); }));
///       return reward("four") == 0.0 &&
///              reward.breakdown("four")[bellman::reflect::name<"size">] == -1.0;
///     }()
template <class... Term>
class reward_terms {
 public:
  constexpr explicit reward_terms(Term... terms) requires internal::accepts<internal::terms_of_one_reward<Term...>>
      : terms_(std::move(terms)...) {}
  // Deleted for what is no term, where all ways to make one would be listed.
  template <class Reason = typename internal::terms_of_one_reward<Term...>::type>
  requires(!internal::accepts<internal::terms_of_one_reward<Term...>>)
  constexpr explicit reward_terms(Term...) = delete;

  template <class... X, class = typename internal::arguments_of_terms<void(Term...), X...>::type::yes>
  constexpr auto operator()(X const&... x) const {
    return internal::accumulated(terms_.paid(x...).components).value();
  }

  template <class... X, class = typename internal::arguments_of_terms<void(Term...), X...>::type::yes>
  [[nodiscard]] constexpr auto breakdown(X const&... x) const {
    return by_name(terms_.paid(x...));
  }

  [[nodiscard]] constexpr rewards_by_term<Term...> by_term() const { return rewards_by_term<Term...>(terms_); }

  template <class V, class = typename internal::a_number_for_each_term<V, sizeof...(Term)>::type::yes>
  [[nodiscard]] static constexpr auto by_name(V const& v) {
    return [&v]<std::size_t... Index>(std::index_sequence<Index...>) {
      return boost::hana::make_map(boost::hana::make_pair(typename Term::name_type{}, v[Index])...);
    }(std::index_sequence_for<Term...>{});
  }

 private:
  detail::terms_together<Term...> terms_;
};

/// `term<"right">(f)`, `term<"format">(0.1, f)`: a term of a reward, known by a name: what `f` pays, times a weight.
///
/// *Arguments*: a weight, a finite number of any field; a function that gives a number or a truth value: a reward of an
/// environment, a rule over texts.
/// *Errors*: `invalid_value` for a weight that is not finite; what is no function does not compile.
/// *Use*:
///     bellman::reflect::term<"half">(0.5, [](int x) { return x; }).weight == 0.5
template <internal::literal Name>
inline constexpr detail::term_fn<Name> term{};

}  // namespace reflect

}  // namespace bellman
