// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/requirements.hpp>

#include <string>

namespace bellman {

namespace detail {

// Where a distribution was given, for a message.
template <class S>
struct given_in {
  S const& state;

  std::string operator()() const {
    std::string const text = internal::describe(state);
    return text.empty() ? "" : "in state " + text + " ";
  }
};

}  // namespace detail

namespace internal {

/// Throws unless the weights of a distribution that was given in a state are a distribution's; of one that was checked
/// when it was built nothing is asked.
template <class D, class S>
constexpr void check_unchecked_weights(D const& d, S const& state) {
  if constexpr (!weights_were_checked<D>) internal::check_weights_of(d, bellman::detail::given_in<S>{state});
}

}  // namespace internal

namespace detail {

struct with_checked_weights_fn {
  template <class D, class = typename internal::a_distribution<D>::type::yes>
  constexpr D operator()(D d) const {
    if constexpr (!weights_were_checked<D>) check_weights(d);
    return d;
  }

  template <class D, class S, class = typename internal::a_distribution<D>::type::yes>
  constexpr D operator()(D d, S const& state) const {
    internal::check_unchecked_weights(d, state);
    return d;
  }
};

}  // namespace detail

/// `with_checked_weights(d)`: `d`, whose weights are checked now unless they were when it was built;
/// `with_checked_weights(d, s)`: the same, of a distribution that was given in the state `s`, which the message names.
/// What an environment or a policy answers is taken through it, so that a range of weights that is no distribution is
/// refused.
///
/// *Arguments*: a distribution, which is moved or copied; a state, or anything that has a text.
/// *Errors*: those of `check_weights`.
/// *Cost*: O(n), nothing for weights that were checked.
/// *Use*:
///     bellman::with_checked_weights(std::vector{bellman::weighted{7, 1.0}}).front().value == 7
inline constexpr detail::with_checked_weights_fn with_checked_weights{};

}  // namespace bellman
