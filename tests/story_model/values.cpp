// SPDX-License-Identifier: BSL-1.0
#include "story_model/continuations.hpp"
#include "story_model/estimates.hpp"
#include "story_model/exact_values.hpp"
#include "story_model/program.hpp"

#include <bellman/bellman.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "support/answered.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"

namespace story_model_values_test {

using story_model::begin_of_text;
using story_model::token;

story_model::language const& small() {
  static story_model::language const l = story_model::read_language({});
  return l;
}

std::vector<token> const prompt{begin_of_text, 5, 7};

auto run(std::vector<std::string> const& arguments) {
  return bellman::test::answered(
      [](auto const& given, auto&... streams) { return story_model::run(given, streams...); }, arguments);
}

// The log-probabilities of the token behind these, by a pass of its own over all of them.
std::vector<double> log_probabilities_behind(std::vector<token> const& tokens, double temperature = 1) {
  story_model::decoder<float> d(small().of, 1, tokens.size());
  std::size_t const v = small().words.size();
  auto const logits = d.feed(tokens, 0).last(v);
  double all = 0;
  for (float const z : logits) all += std::exp(double{z} / temperature);
  std::vector<double> p;
  for (float const z : logits) p.push_back(double{z} / temperature - std::log(all));
  return p;
}

// The mean of what is paid for the texts that begin so, by adding up all of them.
double mean_by_adding_up(std::vector<token> const& tokens, std::size_t longest, story_model::rule const& pays) {
  bool const ends = tokens.size() > prompt.size() && tokens.back() == begin_of_text;
  if (ends || tokens.size() == prompt.size() + longest) {
    bellman::context s(prompt);
    for (std::size_t k = prompt.size(); k < tokens.size(); ++k) s = bellman::concat(s, tokens[k]);
    return pays(s);
  }
  auto const log_p = log_probabilities_behind(tokens);
  double mean = 0;
  for (token t = 0; t < log_p.size(); ++t) {
    auto longer = tokens;
    longer.push_back(t);
    mean += std::exp(log_p[t]) * mean_by_adding_up(longer, longest, pays);
  }
  return mean;
}

TEST_CASE("continuations are numbered one after the other") {
  story_model::continuation_numbers const number(3, 3);
  CHECK(number.size() == 1 + 3 + 9);
  std::vector<bool> met(number.size());
  bellman::context const s{7};
  met[number(s)] = true;
  for (int a = 0; a < 3; ++a) {
    auto const one = bellman::concat(s, a);
    met[number(one)] = true;
    CHECK(number(one) == number.behind(number(s), static_cast<std::size_t>(a)));
    for (int b = 0; b < 3; ++b) met[number(bellman::concat(one, b))] = true;
  }
  CHECK(met == std::vector<bool>(number.size(), true));
}

TEST_CASE("the table has the logits of every continuation") {
  story_model::known_logits const known(small().of, prompt, 3, [] {});
  std::size_t const v = small().words.size();
  CHECK(known.passes() == 1 + (v - 1) + (v - 1) * (v - 1));
  std::vector<std::vector<token>> const behind{{}, {0}, {5}, {static_cast<token>(v - 1)}, {4, 9}, {2, 2}, {9, 4}};
  for (auto const& more : behind) {
    bellman::context s(prompt);
    auto tokens = prompt;
    for (token const t : more) {
      s = bellman::concat(s, t);
      tokens.push_back(t);
    }
    auto const expected = log_probabilities_behind(tokens);
    auto const row = known(s);
    for (std::size_t t = 0; t < v; ++t) CHECK(std::abs(bellman::log_softmax(row, t) - expected[t]) < 1e-4);
  }
}

TEST_CASE("values are those of all texts added up") {
  auto const& l = small();
  story_model::known_logits const logits(l.of, prompt, 2, [] {});
  for (auto const& wanted : {std::optional<std::string>{}, std::optional<std::string>{"a"}}) {
    story_model::rule const pays(l.words, wanted);
    auto const env = story_model::continuations(pays, 2);
    auto const policy = story_model::policy_of(pays, logits);
    bellman::context const s(prompt);
    std::size_t steps = 0;
    auto const v = story_model::solve_continuations(env, policy, s, logits.number(), 2, [&] { ++steps; });
    CHECK(steps == l.words.size());
    CHECK(v.error_bound < 1e-9);
    CHECK(std::abs(v.value() - mean_by_adding_up(prompt, 2, pays)) < 1e-5);
    for (token const a : {token{0}, begin_of_text, token{5}, token{20}}) {
      auto tokens = prompt;
      tokens.push_back(a);
      double const q = mean_by_adding_up(tokens, 2, pays);
      CHECK(std::abs(v.action_values[a] - q) < 1e-5);
      CHECK(std::abs(v.advantages[a] - (q - v.value())) < 1e-5);
    }
    // Three tokens: the same, one deeper, where the first two are given.
    story_model::known_logits const more(l.of, prompt, 3, [] {});
    auto const deeper = story_model::solve_continuations(
        story_model::continuations(pays, 3), story_model::policy_of(pays, more), s, more.number(), 3, [] {});
    auto tokens = prompt;
    tokens.insert(tokens.end(), {5, 20});
    CHECK(std::abs(deeper(bellman::concat(bellman::concat(s, 5), 20)) - mean_by_adding_up(tokens, 3, pays)) < 1e-5);
    tokens.pop_back();
    CHECK(std::abs(deeper(bellman::concat(s, 5)) - mean_by_adding_up(tokens, 3, pays)) < 1e-5);
    CHECK(deeper(bellman::concat(s, begin_of_text)) == 0);
  }
}

TEST_CASE("what is paid can be checked by reading") {
  auto const words = story_model::tokenizer({{"<unk>", 0}, {"<s>", 0}, {"</s>", 0}, {" a", 0}, {"b7,", 0}, {"Cd", 0}});
  auto const s = [](std::vector<int> const& tokens) {
    bellman::context all{1};
    for (int const t : tokens) all = bellman::concat(all, t);
    return all;
  };
  story_model::rule const letters(words, {});
  CHECK(letters(s({3, 4})) == 2);
  CHECK(letters(s({5, 1})) == 2);
  CHECK(letters(s({1})) == 0);
  story_model::rule const text(words, " ab");
  CHECK(text(s({3, 4})) == 1);
  CHECK(text(s({4, 3})) == 0);
}

TEST_CASE("the bounded policy is in proportion to the lesser probability") {
  auto const& l = small();
  story_model::known_logits const logits(l.of, prompt, 1, [] {});
  story_model::rule const pays(l.words, {});
  auto const policy = story_model::policy_of(pays, logits), behaviour = story_model::policy_of(pays, logits, 1.5);
  auto const p = log_probabilities_behind(prompt), q = log_probabilities_behind(prompt, 1.5);
  double all = 0;
  for (std::size_t t = 0; t < p.size(); ++t) all += std::min(std::exp(p[t]), std::exp(q[t]));
  std::size_t t = 0;
  for (auto const& [a, x] : story_model::bounded_policy(policy, behaviour)(bellman::context(prompt))) {
    CHECK(a == static_cast<bellman::token>(t));
    CHECK(std::abs(x - std::min(std::exp(p[t]), std::exp(q[t])) / all) < 1e-6);
    ++t;
  }
  CHECK(t == p.size());
}

TEST_CASE("a policy that is remembered is the same") {
  story_model::known_logits const logits(small().of, prompt, 2, [] {});
  story_model::rule const pays(small().words, {});
  auto const policy = story_model::policy_of(pays, logits);
  story_model::remembered const known(policy);
  for (auto const& s : {bellman::context(prompt), bellman::concat(bellman::context(prompt), 5)}) {
    for (int twice = 0; twice < 2; ++twice) {
      for (auto const& [t, p] : policy(s)) CHECK(known.probability(s, t) == p);
    }
  }
}

TEST_CASE("estimates are of the seed, whatever the threads") {
  auto const& l = small();
  auto const estimates = [&](std::uint64_t seed, std::size_t threads) {
    support::progress silent(nullptr);
    story_model::question asked;
    asked.how.states = 5;
    asked.how.rollouts = 20;
    asked.how.seed = seed;
    asked.how.threads = threads;
    std::vector<double> all;
    for (auto const& s : story_model::find_out(asked, l, silent).states) {
      for (auto const& e : s.of) all.insert(all.end(), {e.mean, e.deviation, e.known});
    }
    return all;
  };
  auto const one = estimates(3, 1);
  CHECK(one.size() == 5 * story_model::all_estimators().size() * 3);
  CHECK(estimates(3, 2) == one);
  CHECK(estimates(4, 1) != one);
}

TEST_CASE("estimates without bias have the exact mean, and others the one they are known to have") {
  folder const f;
  auto const a = run({"values", "--rollouts", "300", "--svg", f.file("a.svg")});
  CHECK(a.err == "");
  CHECK(a.status == 0);
  CHECK(a.out.find("NO ") == a.out.npos);
  CHECK(bellman::test::longest_line(a.out) <= 100);
  CHECK(read_whole(f.file("a.svg")).starts_with("<svg "));
  CHECK(run({"values", "--rollouts", "300", "--contains", "a", "--prompt", "One day"}).status == 0);
}

TEST_CASE("three tokens deep the same holds") {
  auto const a = run({"values", "--rollouts", "200", "--depth", "3"});
  CHECK(a.err == "");
  CHECK(a.out.find("by 3 tokens: 4,423 forward passes") != a.out.npos);
  CHECK(a.status == 0);
}

TEST_CASE("a claim that does not hold is seen") {
  support::progress silent(nullptr);
  story_model::question asked;
  asked.how.rollouts = 200;
  auto const f = story_model::find_out(asked, small(), silent);
  CHECK(f.claims().all_hold());
  for (std::size_t e = 0; e < f.estimators.size(); ++e) {
    if (!f.estimators[e].has_known_mean()) continue;
    // A bias of four standard errors in each state.
    auto biased = f;
    for (auto& s : biased.states) s.of[e].mean = s.of[e].known + 4 * s.of[e].error + 0.01;
    CHECK_FALSE(biased.claims().all_hold());
  }
}

TEST_CASE("what values cannot do is said") {
  CHECK(run({"values", "--help"}).out.find("usage: story_model values") == 0);
  CHECK(run({"values", "--depth", "4"}).err == "story_model: --depth \"4\": must be a whole number from 2 to 3\n");
  CHECK(run({"values", "--rollouts", "1"}).status == 2);
  CHECK(run({"values", "--contains", ""}).err == "story_model: --contains: a text is expected\n");
  CHECK(run({"values", "--what"}).err == "story_model: --what: no such option; --help lists them\n");
  CHECK(run({"values", "--prompt", std::string(70, 'x') + std::string(70, 'a')}).err.find("--prompt: has ") !=
        std::string::npos);
}

// Hidden: CTest runs them where the data is.
TEST_CASE("the published model's values", "[.][recorded]") {
  char const* const data = std::getenv("BELLMAN_DATA");
  REQUIRE(data != nullptr);
  std::string const folder = (std::filesystem::path(data) / "stories260k").string();
  auto const a = run({"values", "--model", folder, "--rollouts", "500"});
  CHECK(a.err == "");
  CHECK(a.status == 0);
  CHECK(a.out.find("512 forward passes") != a.out.npos);
}

}  // namespace story_model_values_test
