// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>

#include <utility>

namespace bellman {

/// An environment together with the distribution over states in which its episodes begin: what `with_start` returns.
template <environment E, distribution_over<state_t<E>> Start>
class started_environment : public internal::environment_over<E> {
 public:
  constexpr started_environment(E its_env, Start its_start)
      : internal::environment_over<E>(std::move(its_env)), start_(std::move(its_start)) {
    check_weights(start_);
  }

  constexpr Start start() const { return start_; }

 private:
  Start start_;
};

namespace detail {

struct with_start_fn {
  template <class E, class Start, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>,
                                             internal::a_distribution_over_states_of<Start, Env>>::type::yes>
  constexpr auto operator()(E&& env, Start start) const {
    auto kept = internal::environment_of(std::forward<E>(env));
    return started_environment<decltype(kept), Start>(std::move(kept), std::move(start));
  }
};

}  // namespace detail

/// `with_start(env, start)`: `env` as an `episodic_environment` whose episodes begin in a state drawn from `start`. For
/// a language model these are the prompts.
///
/// *Arguments*: any environment; a distribution over its states. Both are moved in or copied.
/// *Errors*: `invalid_value` unless the weights of `start` are at least zero and sum to one; does not compile for a
/// `start` that is no distribution over states.
/// *Cost*: O(n) for n start states.
/// *Use*:
///     bellman::with_start(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token) { return 1.0; }),
///         bellman::dirac{bellman::context{1, 1}}).start().value() == bellman::context{1, 1}
inline constexpr detail::with_start_fn with_start{};

}  // namespace bellman
