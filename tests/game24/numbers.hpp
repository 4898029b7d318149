// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "game24/game.hpp"

#include <initializer_list>

/// What is on the table.
constexpr game24::position numbers(std::initializer_list<game24::rational> xs) {
  game24::position s;
  for (game24::rational const& x : xs) s.add(x);
  return s;
}
