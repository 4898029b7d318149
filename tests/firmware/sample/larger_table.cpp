// SPDX-License-Identifier: BSL-1.0
// refused: 32 bytes of constants, not 8

static constexpr int table[8]{0, 1, 2, 2, 1, 0, 0, 1};

int look_up(unsigned char i) { return i > 7 ? 255 : table[i]; }
