// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/binary_model.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/scalar/interval.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <sstream>
#include <string>

#include "interop/files.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"
#include "support/message_of.hpp"

namespace binary_model_tests {

using bellman::explicit_model;
using bellman::interval;
using bellman::model_builder;
using bellman::rational;
using bellman::read_binary_model;
using bellman::test::message_of;

template <class R, class P>
std::string binary_written(explicit_model<R, P> const& model) {
  std::ostringstream out;
  bellman::write_binary_model(out, model);
  return out.str();
}
template <class R, class P = R>
auto binary_of(std::string const& bytes) {
  return bellman::test::read_text(bytes, [](std::istream& in) { return read_binary_model<R, P>(in, "f.bin"); });
}
template <class R = double, class P = R>
std::string binary_refusal(std::string const& bytes) {
  return message_of([&] { binary_of<R, P>(bytes); });
}

template <class R>
explicit_model<R> three_states() {
  model_builder<R> builder(2);
  builder.add(0, 3, 1, R(1) / R(4), R(-7)).add(0, 3, 0, R(3) / R(4), R(1) / R(3)).add(0, 9, 1, R(1), R(0));
  builder.add_end(1, 0, R(1), R(2));
  return builder.build();
}

// With another number at a place and a checksum that is right again.
std::string changed(std::string bytes, std::size_t place, std::string const& to) {
  bytes.replace(place, to.size(), to);
  std::uint64_t sum = 0xcbf29ce484222325ULL;
  for (std::size_t i = 0; i + 8 < bytes.size(); ++i)
    sum = (sum ^ static_cast<unsigned char>(bytes[i])) * 0x100000001b3ULL;
  for (std::size_t i = 0; i < 8; ++i) bytes[bytes.size() - 8 + i] = static_cast<char>((sum >> (8 * i)) & 0xFF);
  return bytes;
}
std::string u32(std::uint32_t x) {
  std::string s;
  for (int i = 0; i < 4; ++i) s += static_cast<char>((x >> (8 * i)) & 0xFF);
  return s;
}
std::string f64(double x) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &x, sizeof bits);
  return u32(static_cast<std::uint32_t>(bits)) + u32(static_cast<std::uint32_t>(bits >> 32));
}

TEST_CASE("a model is the same after it was written, whatever its numbers are") {
  CHECK(binary_of<double>(binary_written(three_states<double>())) == three_states<double>());
  CHECK(binary_of<float>(binary_written(three_states<float>())) == three_states<float>());
  CHECK(binary_of<rational>(binary_written(three_states<rational>())) == three_states<rational>());
  model_builder<double, interval<double>> uncertain;
  uncertain.add(0, 0, 0, interval<double>(0.1, 0.9), 1.0).add(0, 0, 1, interval<double>(0.2, 0.8), 1e-310);
  CHECK(binary_of<double, interval<double>>(binary_written(uncertain.build())) == uncertain.build());
  CHECK(binary_of<double>(binary_written(model_builder<double>().build())).size() == 0);
}

TEST_CASE("a large model, which is longer than what is read at once") {
  model_builder<double> builder;
  std::mt19937 urbg(3);
  for (int s = 0; s < 3000; ++s) {
    for (int k = 0; k < 4; ++k) builder.add(s, k % 2, urbg() % 3000, 0.5, static_cast<double>(urbg() % 100) / 7);
  }
  auto const m = builder.build();
  std::string const bytes = binary_written(m);
  CHECK(bytes.size() == 48 + 4 * m.size() + 8 * m.slots() + 20 * m.transitions());
  CHECK(binary_of<double>(bytes) == m);
}

TEST_CASE("how a model lies in a file") {
  model_builder<double> builder(1);
  builder.add(0, 5, 0, 1.0, 2.5);
  CHECK(binary_written(builder.build()).substr(0, 72) == std::string("\x89"
                                                                     "BMDP\r\n\x1a",
                                                                     8) +
                                                             u32(1) + std::string("\2\2\0\0", 4) + u32(1) +
                                                             u32(0xFFFFFFFF) + u32(1) + u32(1) + u32(0) + u32(1) +
                                                             u32(5) + u32(0) + u32(1) + u32(0) + f64(1.0) + f64(2.5));
}

TEST_CASE("what is not in this form is refused by byte, with what was expected") {
  std::string const good = binary_written(three_states<double>());
  CHECK(binary_refusal("") == "bellman: f.bin, byte 0: expected a model in bellman's binary form, and the file ends");
  CHECK(binary_refusal("dtmc\n0 0 1\n") == "bellman: f.bin, byte 0: expected a model in bellman's binary form");
  CHECK(binary_refusal(good.substr(0, 10)) == "bellman: f.bin, byte 10: expected a version, and the file ends");
  CHECK(binary_refusal(changed(good, 8, u32(2))) ==
        "bellman: f.bin, byte 8: expected version 1, and this is version 2");
  CHECK(binary_refusal<float>(good) ==
        "bellman: f.bin, byte 12: expected rewards that are float, and these are double");
  CHECK(binary_refusal<double, interval<double>>(good) ==
        "bellman: f.bin, byte 13: expected probabilities that are intervals of double, and these are double");
  CHECK(binary_refusal(changed(good, 12, "\x77")).find("unknown numbers") != std::string::npos);
  CHECK(binary_refusal(changed(good, 14, "\1")) == "bellman: f.bin, byte 14: expected 0");
  for (std::size_t n = 0; n < good.size(); ++n) {
    CHECK(binary_refusal(good.substr(0, n)).find(", byte " + std::to_string(n)) != std::string::npos);
  }
  CHECK(binary_refusal(good + "x") ==
        "bellman: f.bin, byte " + std::to_string(good.size()) + ": expected the end of the file");
  std::string corrupt = good;
  corrupt[corrupt.size() - 9] = static_cast<char>(corrupt[corrupt.size() - 9] ^ 1);
  CHECK(binary_refusal(corrupt) ==
        "bellman: f.bin, byte " + std::to_string(good.size() - 8) + ": expected the checksum of what stands before");
}

TEST_CASE("a file that lies about its sizes takes no memory for them") {
  std::string const good = binary_written(three_states<double>());
  for (std::size_t const place : {16u, 24u, 28u}) {
    CHECK(binary_refusal(changed(good, place, u32(4'294'967'294u))) != "");
    CHECK(binary_refusal(changed(good, place, u32(4'294'967'295u))) != "");
    CHECK(binary_refusal(changed(good, place, u32(0))) != "");
  }
}

TEST_CASE("numbers that are no model are refused, even with a checksum that is right") {
  // 3 states, 3 slots, 4 transitions: first slots at 32, actions at 48, first transitions at 60, next states at 76,
  // probabilities at 92, rewards at 124.
  std::string const good = binary_written(three_states<double>());
  REQUIRE(good.size() == 48 + 12 + 24 + 80);
  CHECK(binary_refusal(changed(good, 32, u32(1))) ==
        "bellman: f.bin, byte 32: expected the first slot of each state, in ascending order");
  CHECK(binary_refusal(changed(good, 36, u32(4))) != "");
  CHECK(binary_refusal(changed(good, 64, u32(0))) ==
        "bellman: f.bin, byte 64: expected the first transition of each slot, each greater than the one before");
  CHECK(binary_refusal(changed(good, 72, u32(3))) != "");
  CHECK(binary_refusal(changed(good, 48, u32(9))) ==
        "bellman: f.bin: in state 0, the actions are not in ascending order");
  CHECK(binary_refusal(changed(good, 48, u32(0xFFFFFFFF))) != "");
  CHECK(binary_refusal(changed(good, 76, u32(3))) ==
        "bellman: f.bin: in state 0, action 3 has next states that are not in ascending order below 3");
  CHECK(binary_refusal(changed(good, 92, f64(-0.25))) ==
        "bellman: f.bin: in state 0, action 3 has an outcome of probability -0.25; it must lie in (0, 1]");
  CHECK(binary_refusal(changed(good, 92, f64(0.0))) != "");
  CHECK(binary_refusal(changed(good, 92, f64(0.5))) ==
        "bellman: f.bin: in state 0, the outcomes of action 3 have probabilities that sum to 0.75; they must sum to 1");
  CHECK(binary_refusal(changed(good, 92, f64(std::numeric_limits<double>::quiet_NaN()))) ==
        "bellman: f.bin, byte 92: expected a probability that is a finite number");
  CHECK(binary_refusal(changed(good, 124, f64(std::numeric_limits<double>::infinity()))) ==
        "bellman: f.bin, byte 124: expected a reward that is a finite number");
  CHECK(binary_refusal(changed(good, 20, u32(1))) ==
        "bellman: f.bin, byte 20: expected the last state, without actions, for what ends; or FFFFFFFF");
  CHECK(binary_refusal(changed(good, 20, u32(0xFFFFFFFF))).empty());
  std::string const exact = binary_written(three_states<rational>());
  CHECK(binary_refusal<rational>(changed(exact, 100, u32(0))).find("with a denominator above 0") != std::string::npos);
  model_builder<double, interval<double>> builder(1);
  builder.add(0, 0, 0, interval<double>(0.5, 1.0), 0.0);
  CHECK(binary_refusal<double, interval<double>>(changed(binary_written(builder.build()), 56, f64(2.0)))
            .find("byte 56: expected a probability whose lower end is at most its upper one") != std::string::npos);
}

TEST_CASE("a model in the binary form is read from a path") {
  folder const files;
  files.write("f.bin", binary_written(three_states<double>()));
  CHECK(read_binary_model<double>(files.file("f.bin")) == three_states<double>());
  CHECK(message_of([&] { read_binary_model<double>(files.file("g.bin")); }) ==
        "bellman: " + files.file("g.bin") + " cannot be opened");
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  CHECK(message_of([&] { bellman::write_binary_model(out, three_states<double>()); }) != "");
}

TEST_CASE("a stream that throws where it takes no more is heard") {
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  CHECK_THROWS_AS(out.exceptions(std::ios::badbit), std::ios::failure);
  CHECK_THROWS_AS(bellman::write_binary_model(out, three_states<double>()), std::ios::failure);
}

TEST_CASE("binary files with mistakes are read or refused") {
  auto const reader = [](std::istream& in) { return read_binary_model<double>(in, "f.bin"); };
  // What is read has the bytes of the good one: a letter for the same letter, a 0 for a 0.
  CHECK(bellman::test::read_mutations(binary_written(three_states<double>()), 4000, reader) < 40);
  // The same behind a checksum that is right.
  std::string const good = binary_written(three_states<double>());
  std::mt19937 urbg(5);
  int taken = 0;
  for (int i = 0; i < 4000; ++i) {
    std::string const bytes =
        changed(good, 12 + urbg() % (good.size() - 24), u32(static_cast<std::uint32_t>(urbg() >> (urbg() % 32))));
    std::string const message = binary_refusal(bytes);
    if (!message.empty() && message.rfind("bellman: f.bin", 0) != 0) FAIL(message);
    taken += message.empty() ? 1 : 0;
  }
  // Of 140 places 28 are of rewards, of which almost every number is one: 800 in the mean. Besides them 44 are of
  // actions and of probabilities, of which some are taken; of the others almost none.
  CHECK(taken > 700);
  CHECK(taken < 2200);
}

}  // namespace binary_model_tests
