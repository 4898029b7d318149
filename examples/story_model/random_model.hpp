// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "model.hpp"
#include "tokenizer.hpp"

#include <bellman/bellman.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What stands in where there is no trained model.
namespace story_model {

/// Weights drawn so that numbers keep their size from layer to layer; the norms' are 1.
template <class Number, class G>
model<Number> random_model(shape const& s, G& urbg) {
  parameters const where(s);
  std::vector<Number> weights(where.size(), Number(1));
  where.for_each_matrix([&](matrix const& m) {
    double const width = std::sqrt(3.0 / static_cast<double>(m.inputs));
    for (std::size_t k = 0; k < m.size(); ++k) {
      auto const draw = static_cast<double>(urbg() - (G::min)()) / static_cast<double>((G::max)() - (G::min)());
      weights[m.at + k] = Number(width * (2 * draw - 1));
    }
  });
  return model<Number>(s, std::move(weights));
}

/// The tokens of a few sentences: their characters, and of these the pairs that stand side by side most often merged,
/// within words.
inline tokenizer small_tokenizer() {
  constexpr std::string_view sentences =
      " One day, Lily was happy. One day, Lily saw a dog. The dog was happy. Lily said, \"You are happy!\" One day, "
      "the "
      "dog was sad. \"Are you sad?\" said Lily. They went to play. One day, Lily and the dog were happy.";
  std::vector<tokenizer::piece> pieces{{"<unk>", 0}, {"\n<s>\n", 0}, {"\n</s>\n", 0}};
  auto const add = [&](std::string const& text) {
    for (auto const& p : pieces) {
      if (p.text == text) return;
    }
    pieces.push_back({text, -static_cast<float>(pieces.size())});
  };
  std::vector<std::string> text;
  for (char const c : sentences) {
    text.emplace_back(1, c);
    add(text.back());
  }
  for (;;) {
    std::map<std::pair<std::string, std::string>, int> often;
    for (std::size_t k = 0; k + 1 < text.size(); ++k) {
      if (text[k + 1].front() != ' ') ++often[{text[k], text[k + 1]}];
    }
    auto const most = std::ranges::max_element(often, {}, [](auto const& pair) { return pair.second; });
    if (most->second < 2) return tokenizer(std::move(pieces));
    auto const& [left, right] = most->first;
    add(left + right);
    std::vector<std::string> merged;
    for (std::size_t k = 0; k < text.size(); ++k) {
      bool const here = k + 1 < text.size() && text[k] == left && text[k + 1] == right;
      merged.push_back(here ? text[k] + text[k + 1] : text[k]);
      if (here) ++k;
    }
    text = std::move(merged);
  }
}

}  // namespace story_model
