// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/internal/shared.hpp>

#include <type_traits>
#include <utility>

namespace bellman::internal {

/// An environment as a value.
template <class E>
class environment_held {
 public:
  constexpr environment_held(E its_env) : env_(std::move(its_env)) {}
  constexpr E const& operator*() const { return env_; }

 private:
  E env_;
};

/// An environment that answers as another one does, which `Held` points to. What is derived from it hides what it
/// answers otherwise.
template <environment E, class Held = environment_held<E>>
class environment_over {
 public:
  using state_type = state_t<E>;
  using action_type = action_t<E>;
  using reward_type = reward_t<E>;

  constexpr explicit environment_over(Held its_env) : env_(std::move(its_env)) {}

  constexpr decltype(auto) actions(state_type const& s) const { return inner().actions(s); }
  constexpr bool terminal(state_type const& s) const { return inner().terminal(s); }
  constexpr decltype(auto) transition(state_type const& s, action_type const& a) const {
    return inner().transition(s, a);
  }
  constexpr decltype(auto) states() const requires finite_environment<E> { return inner().states(); }
  constexpr decltype(auto) start() const requires episodic_environment<E> { return inner().start(); }
  // A state drawn by a generator, where there are too many to be listed.
  template <class G>
  constexpr auto start(G& urbg) const requires requires(E const& e) { e.start(urbg); } { return inner().start(urbg); }

 protected:
  constexpr E const& inner() const { return *env_; }

 private:
  Held env_;
};

/// The environment behind a `std::reference_wrapper`, which must outlive it.
template <environment E>
class environment_reference : public environment_over<E, E const*> {
 public:
  constexpr explicit environment_reference(E const& env) : environment_over<E, E const*>(&env) {}
};

/// An environment of which all copies share one object.
template <environment E>
class shared_environment : public environment_over<E, shared<E>> {
 public:
  constexpr explicit shared_environment(E env) : environment_over<E, shared<E>>(shared<E>::make(std::move(env))) {}
};

// <tuple>, whose make_tuple unwraps it, declares std::reference_wrapper without what else is in <functional>.

/// The environment that an argument of a call stands for: of a `std::reference_wrapper` what it refers to.
template <class E>
struct environment_argument {
  using type = E;
};
template <class E>
struct environment_argument<std::reference_wrapper<E>> {
  using type = std::remove_const_t<E>;
};
template <class E>
using environment_argument_t = typename environment_argument<std::remove_cvref_t<E>>::type;

/// Whether to copy an environment costs no more than some words: it is trivial, or shares what it has. What shares it
/// says so here.
template <class E>
inline constexpr bool copies_in_constant_time = std::is_trivially_copy_constructible_v<E>;
template <class E>
inline constexpr bool copies_in_constant_time<shared_environment<E>> = true;

/// `environment_of(env)`: the environment that an argument stands for, by value or by reference, as a value.
template <class E>
constexpr auto environment_of(E&& env) {
  return std::remove_cvref_t<E>(std::forward<E>(env));
}
template <class E>
constexpr auto environment_of(std::reference_wrapper<E> env) {
  return environment_reference<std::remove_const_t<E>>(env.get());
}

/// `held_environment(env)`: the same as a value that copies in constant time. What is made of an environment and copied
/// along with other functions holds this, so that the environment itself is copied once.
template <class E>
constexpr auto held_environment(E&& env) {
  using T = std::remove_cvref_t<decltype(internal::environment_of(std::forward<E>(env)))>;
  if constexpr (copies_in_constant_time<T>) {
    return internal::environment_of(std::forward<E>(env));
  } else {
    return shared_environment<T>(std::forward<E>(env));
  }
}

/// `environment_itself(env)`: the environment that an argument stands for, where it is, for what is done at once.
template <class E>
constexpr E const& environment_itself(E const& env) {
  return env;
}
template <class E>
constexpr E const& environment_itself(std::reference_wrapper<E> const& env) {
  return env.get();
}

}  // namespace bellman::internal
