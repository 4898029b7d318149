// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

namespace bellman::internal {

struct with_a_call_operator {
  void operator()() {}
};
template <class F>
struct beside_a_call_operator : F, with_a_call_operator {};

/// Whether a type may be called with some arguments, whichever: it is a function, or a class with a call operator,
/// which makes the name ambiguous beside another base's. Of a final class it cannot be seen, and is taken to be so.
template <class F>
inline constexpr bool is_callable = std::is_function_v<std::remove_pointer_t<F>>;
template <class F>
  requires(std::is_class_v<F> && !std::is_final_v<F>)
inline constexpr bool is_callable<F> = !requires { &beside_a_call_operator<F>::operator(); };
template <class F>
  requires(std::is_class_v<F> && std::is_final_v<F>)
inline constexpr bool is_callable<F> = true;

}  // namespace bellman::internal
