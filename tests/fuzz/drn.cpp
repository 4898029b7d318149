// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>
#include <bellman/interop/drn.hpp>
#include <bellman/scalar/interval.hpp>

#include <cstddef>
#include <cstdint>
#include <sstream>

#include "fuzz/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using uncertain = bellman::interval<double>;
  fuzz::read(
      data, size, [](std::istream& in) { return bellman::read_drn<double>(in, "f", "", bellman::deadlock::stays); },
      [](auto const& m) {
        fuzz::must_hold(m.action_names.size() == m.model.slots(), "every action has a name");
        std::stringstream file;
        bellman::write_drn(file, m.model, m.labels);
        auto const again = bellman::read_drn<double>(file, "again");
        fuzz::must_hold(again.model.transitions() == m.model.transitions(), "what is written is read again");
      });
  fuzz::read(
      data, size,
      [](std::istream& in) { return bellman::read_drn<double, uncertain>(in, "f", "", bellman::deadlock::ends); },
      [](auto const& m) {
        std::stringstream file;
        bellman::write_drn(file, m.model);
        auto const again = bellman::read_drn<double, uncertain>(file, "again", "", bellman::deadlock::ends);
        fuzz::must_hold(again.model == m.model, "what is written is read again");
      });
  fuzz::read(
      data, size, [](std::istream& in) { return bellman::read_drn<bellman::rational>(in, "f", "coins"); },
      [](auto const&) {});
  return 0;
}
