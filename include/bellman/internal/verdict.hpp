// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <type_traits>

namespace bellman {

/// Why a call is refused: each type is a rule that its arguments break. A compiler's message shows its name.
namespace refused {}

namespace internal {

// A requirement of a function is a type whose member `type` is its verdict: `accepted`, or a reason of the namespace
// `refused`. A function asks for `typename every<Requirement...>::type::yes`, which only `accepted` has, so that a
// mistake is a failed substitution, which `requires` and `std::is_invocable` see, and the compiler's message of a call
// names the reason. A class, not an alias of decltype: the compilers then say in one line what they would expand in
// several. One overload for each function: of each, the messages list the failure.

/// The verdict on what may be called.
struct accepted {
  using yes = void;
};

/// Whether a requirement is met. A concept that a verdict explains is this, so that both say the same.
template <class Requirement>
concept accepts = std::same_as<typename Requirement::type, accepted>;

/// The requirement that a condition holds.
template <bool Holds, class Reason>
struct rule {
  using type = std::conditional_t<Holds, accepted, Reason>;
};

/// All of several requirements: the verdict of the first that is not met. Those behind it are not looked at, and may
/// take for granted what those before them ask.
template <class... Requirement>
struct every {
  using type = accepted;
};
template <class First, class... Rest>
struct every<First, Rest...> : std::conditional_t<accepts<First>, every<Rest...>, First> {};

}  // namespace internal

}  // namespace bellman
