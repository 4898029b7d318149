// SPDX-License-Identifier: BSL-1.0
#pragma once

// [block]
#include <bellman/language/context.hpp>
#include <bellman/language/forbidden_tokens.hpp>
#include <bellman/language/logit_rule.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/probability/softmax.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace extensions {

// Keeps what has at least the probability epsilon: Hewitt et al. 2022, "Truncation sampling as language model
// desmoothing".
struct epsilon_cut : bellman::changes_logits<epsilon_cut> {
  double epsilon;

  constexpr explicit epsilon_cut(double its_epsilon) : epsilon(its_epsilon) {}

  template <class L>
  constexpr void change(std::span<L> logits) const {
    std::vector<std::size_t> rare;
    for (auto const& e : bellman::softmax(logits)) {
      if (e.probability < L(epsilon)) rare.push_back(e.value);
    }
    bellman::forbidden_tokens{rare}.in_place(logits);
  }
};

// Leaves out what would say n tokens in a row a second time, as `no_repeat_ngram_size` of Hugging Face does.
struct no_row_twice : bellman::changes_logits<no_row_twice> {
  std::size_t n;

  constexpr explicit no_row_twice(std::size_t its_n) : n(its_n) {}

  template <class L>
  constexpr void change(bellman::context const& s, std::span<L> logits) const {
    auto const all = s.tokens();
    std::span const said(all);
    std::vector<bellman::token> again;
    for (std::size_t t = 0; t + n <= said.size(); ++t) {
      if (std::ranges::equal(said.subspan(t, n - 1), said.last(n - 1))) again.push_back(said[t + n - 1]);
    }
    bellman::forbidden_tokens{again}.in_place(logits);
  }
};

}  // namespace extensions
// [block]
