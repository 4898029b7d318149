// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/gymnasium.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <tuple>
#include <vector>

#include "fuzz/reader.hpp"

// A table that is made of the bytes: a state, an action, a next state, a probability in quarters or any double, a
// reward.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::map<int, std::map<int, std::vector<std::tuple<double, int, double, bool>>>> P;
  for (; size >= 12; data += 12, size -= 12) {
    double x = 0;
    std::memcpy(&x, data + 4, sizeof x);
    double const p = (data[3] & 2) != 0 ? x : (data[3] >> 2) / 4.0;
    P[static_cast<std::int8_t>(data[0])][static_cast<std::int8_t>(data[1])].emplace_back(
        p, static_cast<std::int8_t>(data[2]), (data[3] & 2) != 0 ? 1.0 : x, (data[3] & 1) != 0);
  }
  fuzz::read(
      nullptr, 0, [&](std::istream&) { return bellman::gymnasium_model(P); },
      [&](auto const& model) { fuzz::must_hold(model.size() >= P.size(), "every state is there"); });
  return 0;
}
