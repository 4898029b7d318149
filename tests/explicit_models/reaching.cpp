// SPDX-License-Identifier: BSL-1.0

// explicit_models FOLDER: asks of the chains and decision processes of a folder, which are given state by state, what a
// model checker's tests ask of them (expected.json), in floating point and exactly. In floating point the published
// fraction must lie within the bounds, and these be close.

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/planning/reaching.hpp>

#include <cstddef>
#include <cstdio>
#include <exception>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "models/listed_mdp.hpp"

namespace {

using bellman::rational512;

// A decimal fraction, or one with a stroke.
template <class R>
R number(std::string const& text) {
  auto const stroke = text.find('/');
  if (stroke != std::string::npos) return number<R>(text.substr(0, stroke)) / number<R>(text.substr(stroke + 1));
  R x(0);
  R scale(1);
  bool after_the_dot = false;
  for (char const c : text) {
    if (c == '.') {
      after_the_dot = true;
    } else if (c >= '0' && c <= '9') {
      x = x * R(10) + R(c - '0');
      if (after_the_dot) scale = scale * R(10);
    } else {
      throw std::runtime_error("no number: " + text);
    }
  }
  return x / scale;
}

std::ifstream opened(std::string const& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  return file;
}

template <class R>
struct model {
  models::listed_mdp<R> env;
  std::vector<std::set<std::string>> labels;
};

// The transitions, with the reward of each, and the labels. What is written in a state that has none, or leads to
// itself alone, is that it stays there.
template <class R>
model<R> read(std::string const& folder, nlohmann::json const& about) {
  auto const states = about.at("states").get<std::size_t>();
  bool const decides = about.at("kind").get<std::string>() == "mdp";
  using step = std::tuple<std::size_t, std::size_t, std::size_t>;
  std::vector<std::pair<step, R>> paid;
  std::string tra;
  std::string lab;
  for (auto const& name : about.at("files")) {
    auto const file = name.get<std::string>();
    if (file.ends_with(".tra")) tra = folder + "/" + file;
    if (file.ends_with(".lab")) lab = folder + "/" + file;
    if (!file.ends_with(".trans.rew")) continue;
    auto rewards = opened(folder + "/" + file);
    std::size_t s = 0;
    std::size_t a = 0;
    std::size_t next = 0;
    std::string reward;
    while (rewards >> s && (!decides || rewards >> a) && rewards >> next >> reward) {
      paid.push_back({{s, a, next}, number<R>(reward)});
    }
  }
  model<R> m;
  m.env.outcomes.resize(states);
  m.labels.resize(states);
  auto transitions = opened(tra);
  std::string word;
  transitions >> word;
  std::size_t s = 0;
  std::size_t a = 0;
  std::size_t next = 0;
  std::size_t count = 0;
  for (std::string line; std::getline(transitions, line);) {
    std::istringstream words(line);  // behind the probability the action may have a name
    if (!(words >> s && (!decides || words >> a) && words >> next >> word)) continue;
    auto& actions = m.env.outcomes.at(s);
    while (actions.size() <= a) actions.emplace_back();
    actions[a].push_back({{R(0), static_cast<int>(next)}, number<R>(word)});
    ++count;
  }
  if (count != about.at("transitions").get<std::size_t>()) throw std::runtime_error(tra + ": another number of lines");
  for (auto const& [where, reward] : paid) {
    for (auto& o : m.env.outcomes.at(std::get<0>(where)).at(std::get<1>(where))) {
      if (static_cast<std::size_t>(o.value.next) == std::get<2>(where)) o.value.reward = reward;
    }
  }
  for (std::size_t i = 0; i < states; ++i) {
    if (m.env.outcomes[i].empty()) m.env.outcomes[i] = {{{{R(0), static_cast<int>(i)}, R(1)}}};
  }
  auto labels = opened(lab);
  for (std::string line; std::getline(labels, line);) {
    std::istringstream words(line);
    if (!(words >> s)) continue;
    while (words >> word) m.labels.at(s).insert(word);
  }
  return m;
}

// The value in the initial state of what is asked, `P`, `Pmin`, `Pmax`, `R`, `Rmin` or `Rmax`; or nothing.
template <class R>
auto answer(model<R> const& m, std::string const& kind, std::string const& label, int initial) {
  auto const in = [&](int s) { return m.labels[static_cast<std::size_t>(s)].contains(label); };
  auto const only = [](int) { return 0; };
  if (kind == "P") return bellman::probability_to_reach(m.env, only, in, initial);
  if (kind == "Pmax") return bellman::probability_to_reach(m.env, bellman::highest{}, in, initial).value;
  if (kind == "Pmin") return bellman::probability_to_reach(m.env, bellman::lowest{}, in, initial).value;
  if (kind == "R") return bellman::expected_total(m.env, only, in, initial);
  if (kind == "Rmax") return bellman::expected_total(m.env, bellman::highest{}, in, initial).value;
  if (kind == "Rmin") return bellman::expected_total(m.env, bellman::lowest{}, in, initial).value;
  throw std::runtime_error("not known how to ask for " + kind);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  std::string const folder = arguments[1];
  int wrong = 0;
  int right = 0;
  try {
    auto const expected = nlohmann::json::parse(opened(folder + "/expected.json"));
    for (auto const& about : expected.at("models")) {
      if (about.at("kind") == "imdp") continue;  // intervals of probabilities are another question
      auto const name = about.at("name").get<std::string>();
      auto const exact = read<rational512>(folder, about);
      auto const rounded = read<double>(folder, about);
      int const initial = about.at("initial").get<int>();
      for (auto const& e : about.at("expected")) {
        auto const ask = e.at("ask").get<std::string>();
        std::istringstream words(ask);
        std::string kind;
        std::string until;
        std::string label;
        words >> kind >> until >> label;
        if (until != "F") {
          std::printf("%s: %s is not asked here\n", name.c_str(), ask.c_str());
          continue;
        }
        auto const text = e.at("value").get<std::string>();
        bool const same = answer(exact, kind, label, initial)(initial) == number<rational512>(text);
        auto const v = answer(rounded, kind, label, initial);
        // Within a rounding of the fraction itself.
        double const x = number<double>(text);
        bool const bounded = v.lower(initial) <= x * (1 + 1e-15) && x * (1 - 1e-15) <= v.upper(initial);
        bool const close = v.upper(initial) - v.lower(initial) < 1e-8;
        if (!same || !bounded || !close) {
          std::printf("%s: %s is %s, here [%.17g, %.17g]%s\n", name.c_str(), ask.c_str(), text.c_str(),
                      v.lower(initial), v.upper(initial), same ? "" : ", and another fraction");
          ++wrong;
        } else {
          ++right;
        }
      }
    }
  } catch (std::exception const& error) {
    std::printf("%s\n", error.what());
    return 1;
  }
  std::printf("%d answers as published, %d others\n", right, wrong);
  return wrong == 0 && right > 0 ? 0 : 1;
}
