// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "game24/game.hpp"

#include <initializer_list>

namespace game24 {

/// What is on the table.
constexpr position numbers(std::initializer_list<rational> xs) {
  position s;
  for (rational const& x : xs) s.add(x);
  return s;
}

}  // namespace game24
