// SPDX-License-Identifier: BSL-1.0
// expect: no such error
// harness: must be refused, and compiles

int main() {}
