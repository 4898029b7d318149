// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace bellman::test {

/// Whether a text has a part.
inline bool contains(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

}  // namespace bellman::test
