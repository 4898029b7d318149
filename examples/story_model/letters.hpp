// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace story_model {

/// Whether a byte is one of the letters of the English alphabet.
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace story_model
