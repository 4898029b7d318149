// SPDX-License-Identifier: BSL-1.0

// Prints the figures of the translation unit for the machine NAME; another may be linked beside it.
namespace NAME {
void figures();
}

int main() { NAME::figures(); }
