// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman::views {

/// `views::gae(x)`: one name of a namespace of its own.
constexpr int gae(int x) { return x; }
/// Listed on another page.
constexpr int elsewhere(int x) { return x; }

}  // namespace bellman::views
