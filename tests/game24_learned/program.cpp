// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/objective.hpp>
#include <bellman/learning/softmax_policy.hpp>
#include <bellman/scalar/dual.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "game24_learned/program.hpp"
#include "support/answered.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"

namespace {

namespace learned = game24_learned;
using learned::position;
using learned::tree;
using learned::weights;

auto run(std::vector<std::string> const& arguments) {
  return bellman::test::answered([](auto const& given, auto&... streams) { return learned::run(given, streams...); },
                                 arguments);
}

bool near(double found, double wanted, double within = 1e-12) { return std::fabs(found - wanted) <= within; }

position deal(char const* text) { return *game24::read_deal(text); }
position numbers(std::vector<game24::rational> const& all) {
  position s;
  for (auto const& x : all) s.add(x);
  return s;
}

// What is answered with yes.
std::vector<std::string> said_of(position const& s, learned::move m) {
  std::vector<std::string> all;
  std::size_t const first = (4 - s.size) * learned::questions().size();
  for (auto const x : learned::features(s, m)) all.push_back(learned::questions().at(x.index - first));
  return all;
}
bool is_said_of(position const& s, learned::move m, char const* question) {
  auto const all = said_of(s, m);
  return std::find(all.begin(), all.end(), question) != all.end();
}

weights no_weights() { return weights(learned::number_of_features(), 0.0); }
// Some that prefer something, but not much.
weights some_weights() {
  weights w = no_weights();
  for (std::size_t k = 0; k < w.size(); ++k) w[k] = std::sin(static_cast<double>(7 * k + 1));
  return w;
}

std::vector<learned::method> const all_methods = learned::methods();
learned::method const& named(char const* name) {
  return *std::find_if(all_methods.begin(), all_methods.end(), [&](auto const& m) { return m.name == name; });
}

}  // namespace

TEST_CASE("questions about moves are answered") {
  using strings = std::vector<std::string>;
  CHECK(said_of(deal("4 5 6 10"), {3, 0, '-'}) ==  // 10 - 4 = 6, left 5 6 6
        strings{"it subtracts", "the result is 6", "the result is another number once more",
                "the result divides 24, one other does"});
  CHECK(said_of(deal("4 5 6 10"), {0, 2, '*'}) ==  // 4 * 6 = 24, left 5 10 24
        strings{"it multiplies", "the result is 24", "the result is 24 or 3 away at most",
                "the result is 24 or 8 away at most", "the result is a multiple of 24",
                "the result divides 24, no other does"});
  CHECK(is_said_of(deal("4 5 6 10"), {1, 3, '/'}, "the result is a fraction"));
  CHECK(is_said_of(deal("4 5 6 10"), {1, 3, '/'}, "the others make 24"));  // 4 * 6
  CHECK(is_said_of(deal("4 6 7 7"), {2, 3, '-'}, "the others make 24, and the result is 0"));
  CHECK(is_said_of(deal("4 6 7 7"), {2, 3, '/'}, "the others make 24, and the result is 1"));
  CHECK(is_said_of(deal("1 2 4 6"), {1, 2, '*'}, "the result and another make 24") == false);        // 8: 1 6
  CHECK(is_said_of(deal("1 3 4 8"), {1, 2, '+'}, "the result and another make 24") == false);        // 7: 1 8
  CHECK(is_said_of(deal("1 2 2 6"), {1, 2, '+'}, "the result and another make 24, and 1 is left"));  // 4: 1 6
  // Of the two numbers that the second move leaves nothing says that they make 24: 4 6 and 4 7 look alike.
  CHECK(said_of(numbers({1, 3, 6}), {0, 1, '+'}) != said_of(numbers({1, 3, 8}), {0, 1, '+'}));
  CHECK(said_of(numbers({1, 3, 5}), {0, 1, '+'}) == said_of(numbers({1, 3, 7}), {0, 1, '+'}));  // 20 and 28
  CHECK(learned::number_of_features() <= 255);
}

TEST_CASE("without weights all moves are as likely, and what that is worth is known") {
  tree const t({deal("4 5 6 10")});
  auto const policy = learned::policy_of(t, no_weights());
  CHECK(near(learned::solve_rate(t, policy), 17.0 / 3888));
  CHECK(near(learned::keeping_rate(t, policy), 6.0 / 36));
  tree const two({deal("4 5 6 10"), deal("1 1 4 6")});
  CHECK(near(learned::solve_rate(two, learned::policy_of(two, no_weights())), (17.0 / 3888 + 433.0 / 9720) / 2));
  // Whatever is played: the last position of a won game is worth nothing more, the one before is worth 1 to the best.
  CHECK(t.best()(t.starts().front()) == 1);
  auto const best = learned::advantages_by(t, t.best());
  CHECK(std::count(best.begin(), best.begin() + 36, 0.0) == 6);
  CHECK(std::count(best.begin(), best.begin() + 36, -1.0) == 30);
}

TEST_CASE("the exact gradient is that of dual numbers") {
  using D = bellman::dual<double>;
  for (auto const& puzzles : {std::vector{deal("1 1 4 6")}, std::vector{deal("3 3 8 8"), deal("1 2 3 4")}}) {
    tree const t(puzzles);
    weights const w = some_weights();
    auto const g = learned::exact_gradient(t, w);
    for (std::size_t k = 0; k < w.size(); k += 3) {
      std::vector<D> variables(w.begin(), w.end());
      variables[k] = D::variable(w[k]);
      auto const seen = [&](learned::state, learned::action a) { return t.seen(a); };
      bellman::softmax_policy const policy(std::cref(t.moves()), bellman::linear_prediction(variables, seen));
      D all(0.0);
      for (auto const s : t.starts()) all = all + bellman::objective(t.moves(), policy, 1.0, s);
      CHECK(near(g[k], all.derivative[0] / static_cast<double>(puzzles.size()), 1e-13));
    }
    CHECK(learned::detail::gradient_holds(t));
  }
}

TEST_CASE("what plays and is not biased moves the weights along the exact gradient, on average") {
  tree const t({deal("1 1 4 6")});
  std::vector<tree const*> const puzzles(learned::puzzles_of_an_update, &t);
  weights const w = some_weights();
  auto const g = learned::exact_gradient(t, w);
  double length = 0;
  for (double const x : g) length += x * x;
  for (char const* const name : {learned::exact, learned::own_advantages, learned::rloo}) {
    INFO(name);
    learned::generator chance(5);
    bellman::running_statistics<double> along;
    for (int k = 0; k < 600; ++k) {
      weights moved = w;
      named(name).begin(1.0)(moved, puzzles, chance);
      double dot = 0;
      for (std::size_t f = 0; f < g.size(); ++f) dot += (moved[f] - w[f]) * g[f] / length;
      along.add(dot);
    }
    auto const s = along.value();
    double const error = bellman::standard_deviation{}(s) / std::sqrt(600.0);
    CHECK(std::fabs(s.mean - 1) <= 4 * error + 1e-9);
    CHECK(error < 0.3);
  }
}

TEST_CASE("GRPO and PPO do not move without signal, and the same seed gives the same weights") {
  tree const lost({numbers({1, 1, 1, 1})});  // no game reaches 24
  tree const t({deal("1 1 4 6")});
  for (auto const& m : all_methods) {
    INFO(m.name);
    learned::generator chance(5);
    weights w = some_weights();
    auto next = m.begin(1.0);
    next(w, std::vector<tree const*>(4, &lost), chance);
    CHECK(w == some_weights());
    auto const with_seed = [&](unsigned seed) {
      learned::generator its_chance(seed);
      weights moved = some_weights();
      auto update = m.begin(1.0);
      for (int k = 0; k < 20; ++k) update(moved, std::vector<tree const*>(4, &t), its_chance);
      return moved;
    };
    CHECK(with_seed(1) == with_seed(1));
    if (m.plays) CHECK(with_seed(1) != with_seed(2));
    CHECK(with_seed(1) != some_weights());
  }
}

TEST_CASE("how long it takes is counted between looks") {
  auto const at = learned::looks(8);
  CHECK(at == std::vector<std::size_t>{0, 1, 2, 4, 8});
  double const never = std::numeric_limits<double>::infinity();
  CHECK(learned::updates_until(0.5, {0, 0.1, 0.2, 0.4, 0.4}, at) == never);
  CHECK(learned::updates_until(0.4, {0, 0.1, 0.2, 0.4, 0.3}, at) == 4);
  CHECK(near(learned::updates_until(0.3, {0, 0.1, 0.2, 0.4, 0.3}, at), 2 * std::sqrt(2.0)));
  CHECK(learned::updates_until(0.05, {0, 0.1, 0.2, 0.4, 0.3}, at) == 1);
  CHECK(learned::updates_until(0.0, {0, 0.1, 0.2, 0.4, 0.3}, at) == 0);
}

TEST_CASE("the range of a median has the ranks that the tables of the sign test say") {
  auto const of = [](std::size_t n) {
    std::vector<double> runs;
    for (std::size_t k = n; k > 0; --k) runs.push_back(static_cast<double>(k));
    auto const b = learned::median_of(runs);
    return std::pair{b.lower, b.upper};
  };
  CHECK(of(2) == std::pair{1.0, 2.0});
  CHECK(of(5) == std::pair{1.0, 5.0});
  CHECK(of(6) == std::pair{1.0, 6.0});
  CHECK(of(9) == std::pair{2.0, 8.0});
  CHECK(of(10) == std::pair{2.0, 9.0});
  CHECK(of(12) == std::pair{3.0, 10.0});
  CHECK(of(16) == std::pair{4.0, 13.0});
  CHECK(of(20) == std::pair{6.0, 15.0});
  CHECK(learned::median_of({4, 1, 9}).median == 4);
  CHECK(near(learned::median_of({4, 1, 9, 100}).median, 6));
}

TEST_CASE("two ways are compared by ranks") {
  double const never = std::numeric_limits<double>::infinity();
  // U = 16 of 16 pairs: z = 8 / sqrt(12).
  auto const apart = learned::compare({1, 2, 3, 4}, {5, 6, 7, never});
  CHECK(apart.fewer == 1);
  CHECK(near(apart.probability, 0.0209213353, 1e-9));
  auto const same = learned::compare({1, 2, never}, {never, 2, 1});
  CHECK(same.fewer == 0.5);
  CHECK(same.probability == 1);
}

TEST_CASE("puzzles are learned from, or judged on, or neither; recorded ones are judged on") {
  auto const all = learned::detail::solvable(6);
  position const recorded = all[17];
  learned::detail::split const parts(all, {recorded}, learned::a_little);
  CHECK(parts.to_learn.size() == 40);
  CHECK(parts.others.size() == 20);
  CHECK(parts.others.front() == recorded);
  for (auto const& s : parts.to_learn) {
    CHECK(std::find(parts.others.begin(), parts.others.end(), s) == parts.others.end());
    CHECK(std::count(parts.to_learn.begin(), parts.to_learn.end(), s) == 1);
    CHECK(std::find(all.begin(), all.end(), s) != all.end());
  }
}

TEST_CASE("everything that is said holds, of few puzzles too") {
  folder const here;
  auto const a = run({"--quick", "--svg", here.file("a.svg")});
  CHECK(a.err == "");
  CHECK(a.status == 0);
  CHECK(a.out.find("NO ") == std::string::npos);
  CHECK(a.out.find("nan") == std::string::npos);
  CHECK(bellman::test::longest_line(a.out) <= 100);
  auto const picture = read_whole(here.file("a.svg"));
  CHECK(picture.starts_with("<svg "));
  CHECK(picture.find("RLOO") != std::string::npos);
  CHECK(picture.find("nan") == std::string::npos);
  CHECK(run({"--quick"}).out == a.out);
}

TEST_CASE("what is wrong with what is given is said") {
  folder const here;
  std::vector<std::pair<std::vector<std::string>, std::string>> const cases{
      {{"--nothing"}, "game24_learned: --nothing: no such option; --help lists them\n"},
      {{"--seeds"}, "game24_learned: --seeds: needs a value\n"},
      {{"--seeds", "1"}, "game24_learned: --seeds: expected a number from 2 to 1000, found \"1\"\n"},
      {{"--seeds", "many"}, "game24_learned: --seeds: expected a number from 2 to 1000, found \"many\"\n"},
      {{"--quick", "--data", "x"}, "game24_learned: --data: not with --quick, which has other puzzles\n"},
      {{"--data", here.file("none")}, "game24_learned: " + here.file("none") + ": not a folder\n"},
      {{"--quick", "--svg", here.file("none/a")}, "game24_learned: " + here.file("none/a") + ": cannot be written\n"}};
  for (auto const& [arguments, message] : cases) {
    auto const r = run(arguments);
    CHECK(r.status == 2);
    CHECK(r.err == message);
  }
  auto const help = run({"--help"});
  CHECK(help.status == 0);
  CHECK(help.out == learned::usage);
}

// Hidden: CTest runs it where the data is.
TEST_CASE("the recorded answers of GPT-4 come out as in the example game24", "[.][recorded]") {
  char const* const data = std::getenv("BELLMAN_GAME24");
  REQUIRE(data != nullptr);
  auto const groups = game24::read_rollouts(data, [](position const&) { return true; });
  std::vector<position> puzzles;
  for (auto const& g : groups) puzzles.push_back(g.puzzle);
  auto const n = learned::detail::count(tree(puzzles), groups);
  CHECK(n.puzzles == 50);
  CHECK(n.answers == 5000);
  CHECK(n.right == 254);
  CHECK(n.first_moves == 4981);
  CHECK(n.keeping == 4981 - 2865);
}
