// SPDX-License-Identifier: BSL-1.0

// 1.3 State
//
//   s_t = (x, a_1, a_2, ..., a_{t-1})
//
// A state is what a decision is based on: for a language model the prompt x and the tokens generated so far.

#include "count_the_ones.hpp"

#include <bellman/decision/environment.hpp>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace foundation {
namespace {

static_assert(bellman::state<context>);

constexpr bool it_is_prompt_and_tokens() {
  context const s_1{one, zero, one};  // the prompt x, as yet without an answer
  context const s_2 = concat(s_1, one);
  context const s_3 = concat(s_2, zero);
  return std::ranges::equal(s_3.prompt(), std::vector{one, zero, one}) && s_3.generated() == std::vector{one, zero} &&
         s_3.tokens() == std::vector{one, zero, one, one, zero} && s_3.last() == zero;
}
static_assert(it_is_prompt_and_tokens());

// Two states are equal when prompt and generated tokens are: what was asked is not what was said.
constexpr bool equality() {
  context const s = concat(context{one, zero}, one);
  return s == concat(context{one, zero}, one) && s != concat(context{one, zero}, zero) && s != context{one, zero, one};
}
static_assert(equality());

// A longer context shares the prompt and what was generated before: nothing is copied, and no state is changed.
constexpr bool nothing_is_copied() {
  context const s_1 = prompt();
  context const yes = concat(s_1, one);
  context const no = concat(s_1, zero);
  return yes.prompt().data() == s_1.prompt().data() && no.prompt().data() == s_1.prompt().data() &&
         s_1.generated_size() == 0;
}
static_assert(nothing_is_copied());

}  // namespace
}  // namespace foundation

int main() {
  using namespace foundation;
  context s = prompt();
  std::puts("States, as prompt|generated tokens:");
  std::printf("  s_1 = %s\n", text(s).c_str());
  int t = 1;
  for (token a : {one, zero, stop}) {
    s = concat(s, a);
    std::printf("  s_%d = %s\n", ++t, text(s).c_str());
  }
  return it_is_prompt_and_tokens() && equality() && nothing_is_copied() && is_right(s) ? 0 : 1;
}
