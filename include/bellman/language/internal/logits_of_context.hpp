// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/language/context.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace refused {

struct this_is_no_function_that_gives_the_logits_of_a_context {};

}  // namespace refused

namespace internal {

template <class Logits>
concept gives_logits = std::invocable<Logits const&, context const&> &&
    std::ranges::forward_range<std::invoke_result_t<Logits const&, context const&>> &&
    elements_are_numbers<std::invoke_result_t<Logits const&, context const&>>;
template <class Logits>
struct logits_of_a_softmax : a_range_of_logits<std::invoke_result_t<Logits const&, context const&>> {};
template <class Logits>
using logits_of_a_context =
    every<rule<gives_logits<Logits>, refused::this_is_no_function_that_gives_the_logits_of_a_context>,
          logits_of_a_softmax<Logits>>;

}  // namespace internal

}  // namespace bellman
