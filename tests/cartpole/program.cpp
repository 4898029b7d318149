// SPDX-License-Identifier: BSL-1.0
#include "cartpole/program.hpp"

#include <cstddef>
#include <string>
#include <vector>

#include "support/answered.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"

namespace cartpole_program_test {

auto run(std::vector<std::string> const& arguments) {
  return bellman::test::answered([](auto const& given, auto&... streams) { return cartpole::run(given, streams...); },
                                 arguments);
}

TEST_CASE("a policy learns: after 20 000 steps the pole stands for longer than it does by chance") {
  cartpole::settings how;
  how.steps = 20'480;
  cartpole::learner one(how, 1);
  std::size_t updates = 0;
  cartpole::milestone first{}, last{};
  one.learn([&](cartpole::milestone const& m) {
    if (++updates == 1) first = m;
    last = m;
  });
  CHECK(updates == 80);
  CHECK(last.steps == 20'480);
  CHECK(first.mean_return < 30);
  CHECK(last.mean_return > 100);
  CHECK(one.evaluate(20, 1) > 100);
}

TEST_CASE("the same seed learns the same") {
  cartpole::settings how;
  how.steps = 2048;
  auto const learnt = [&](unsigned seed) {
    cartpole::learner one(how, seed);
    double kl = 0;
    one.learn([&](cartpole::milestone const& m) { kl += m.approximate_kl; });
    return kl;
  };
  CHECK(learnt(5) == learnt(5));
  CHECK(learnt(5) != learnt(6));
}

TEST_CASE("the program prints a line for each seed and draws them") {
  folder const here;
  auto const a = run({"--seeds", "2", "--seed", "7", "--steps", "2048", "--svg", here.file("learning.svg")});
  CHECK(a.status == 0);
  CHECK(a.err == "");
  CHECK(a.out.find("\n     7 ") != std::string::npos);
  CHECK(a.out.find("\n     8 ") != std::string::npos);
  CHECK(a.out.find("Checked") == std::string::npos);  // too few steps
  CHECK(bellman::test::longest_line(a.out) <= 100);
  CHECK(read_whole(here.file("learning.svg")).find("<svg") == 0);
}

TEST_CASE("what is claimed of a whole run is that nine of ten reach the goal within a minute") {
  cartpole::findings f{};
  for (unsigned seed = 1; seed <= 10; ++seed) f.all.push_back({seed, seed == 3 ? 100.0 : 475.0, 20.0, {}});
  CHECK(f.is_whole());
  CHECK(f.claims().all_hold());
  f.all[0].mean_return = 474;
  CHECK_FALSE(f.claims().all_hold());
  f.all[0].mean_return = 500;
  f.all[5].seconds = 61;
  CHECK_FALSE(f.claims().all_hold());
}

TEST_CASE("what the program cannot do it says") {
  CHECK(run({"--help"}).out.find("usage: cartpole") == 0);
  CHECK(run({"--seeds", "0"}).err == "cartpole: --seeds \"0\": must be a whole number from 1 to 1000\n");
  CHECK(run({"--steps", "many"}).status == 2);
  CHECK(run({"--svg"}).status == 2);
  CHECK(run({"--sedes", "1"}).status == 2);
}

}  // namespace cartpole_program_test
