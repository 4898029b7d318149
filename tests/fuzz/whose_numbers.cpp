// SPDX-License-Identifier: BSL-1.0
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <istream>
#include <optional>
#include <sstream>
#include <string>

#include "fuzz/reader.hpp"
#include "whose_numbers/explain.hpp"
#include "whose_numbers/recording.hpp"
#include "whose_numbers/report.hpp"

// The reader of recordings, and what is said of those that are short.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzz::bytes buffer(data, size);
  std::istream in(&buffer);
  std::optional<whose_numbers::recording> r;
  try {
    r = whose_numbers::read_recording(in, "f");
  } catch (whose_numbers::bad_input const& error) {
    fuzz::must_hold(std::string(error.what()).rfind("f: ", 0) == 0, "a refusal says where");
    return 0;
  }
  std::size_t numbers = 0;
  for (auto const& s : r->sequences) {
    fuzz::must_hold(s.size() != 0, "a sequence has a step");
    fuzz::must_hold(s.own.size() == s.size() && s.ends.size() == s.size(), "every step is known");
    fuzz::must_hold(!r->has_values || s.values.size() == s.size(), "every state has a value");
    numbers += s.size();
  }
  for (auto const& c : r->columns) fuzz::must_hold(c.numbers.size() == r->sequences.size(), "every row was printed");
  if (numbers > 8) return 0;
  // Few parameters, so that most of the time goes to reading.
  if (!r->given.gamma) r->given.gamma = 0.5;
  if (!r->given.lambda) r->given.lambda = 0.5;
  std::ostringstream out;
  whose_numbers::report(whose_numbers::explained(*r), 20, out);
  fuzz::must_hold(!out.str().empty(), "something is said");
  return 0;
}
