// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/text_file.hpp"
#include "model.hpp"
#include "random_model.hpp"
#include "reader.hpp"
#include "tokenizer.hpp"

#include <filesystem>
#include <optional>
#include <random>
#include <utility>

namespace story_model {

/// A model and its tokens.
struct language {
  model<float> of;
  tokenizer words;
};

/// The one in the folder, or a small one.
inline language read_language(std::optional<std::filesystem::path> const& folder) {
  if (folder) {
    support::expect_folder(*folder);
    auto m = read_model<float>(*folder / "stories260K.bin");
    auto words = read_tokenizer(*folder / "tok512.bin", m.shape().vocabulary);
    return {std::move(m), std::move(words)};
  }
  std::mt19937 urbg(1);
  auto words = small_tokenizer();
  return {random_model<float>({32, 64, 2, 4, 2, words.size(), 64}, urbg), std::move(words)};
}

}  // namespace story_model
