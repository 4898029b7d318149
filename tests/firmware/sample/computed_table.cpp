// SPDX-License-Identifier: BSL-1.0
// refused: 8 bytes of constructors

using number = unsigned long;
static number const table[2]{reinterpret_cast<number>(&table) % 3, 1};

number look_up(unsigned char i) { return i > 1 ? 255 : table[i]; }
