// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>
#include <bellman/interop/tra.hpp>

#include <cstddef>
#include <cstdint>
#include <sstream>

#include "fuzz/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzz::read(
      data, size, [](std::istream& in) { return bellman::read_tra<double>(in, "f", bellman::deadlock::ends); },
      [](auto const& model) {
        // Storm's way comes last: it refuses models of which the last states have no line.
        for (auto header : {bellman::tra_header::prism, bellman::tra_header::storm}) {
          std::stringstream file;
          bellman::write_tra(file, model, header);
          auto const again = bellman::read_tra<double>(file, "again", bellman::deadlock::ends);
          fuzz::must_hold(again == model, "what is written is read again");
        }
      });
  fuzz::read(
      data, size,
      [](std::istream& in) { return bellman::read_tra<bellman::rational>(in, "f", bellman::deadlock::stays); },
      [](auto const& model) { fuzz::must_hold(model.slots() >= model.size(), "every state has an action"); });
  return 0;
}
