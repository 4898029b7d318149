// SPDX-License-Identifier: BSL-1.0

// What the headers of other libraries and systems define, without a thought of anybody.
#define near
#define far
#define small char
#define interface struct
#define IN
#define OUT
#define I (__extension__ 1.0iF)
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
