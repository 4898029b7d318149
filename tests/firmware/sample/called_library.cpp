// SPDX-License-Identifier: BSL-1.0
// refused: not defined here: .*

static constexpr unsigned char table[8]{0, 1, 2, 2, 1, 0, 0, 1};

unsigned char* look_up(unsigned char i) { return i > 7 ? nullptr : new unsigned char(table[i]); }
