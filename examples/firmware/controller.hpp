// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

// What the firmware calls; it needs nothing of the library.
namespace firmware {

/// What `crates_to_order` answers where a reading is none that the machine can have.
inline constexpr std::uint8_t no_such_stock = 255;

/// How many crates to order this morning, from what the clock and the sensors read: the day of the week, from 0 for
/// Monday on, the crates that come tomorrow, and those that are there, by age. An entry of a table that the compiler
/// solved for.
std::uint8_t crates_to_order(std::uint8_t day, std::uint8_t coming, std::uint8_t fresh, std::uint8_t day_old,
                             std::uint8_t last_day) noexcept;

}  // namespace firmware
