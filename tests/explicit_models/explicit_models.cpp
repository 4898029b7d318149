// SPDX-License-Identifier: BSL-1.0

// explicit_models FOLDER: reads every model that FOLDER/expected.json names, solves it and compares with what Storm's
// tests say of it. Prints what was asked of which model, and what differs; a question that is not known is a failure.

#include <bellman/bellman.hpp>
#include <bellman/interop/binary_model.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/interop/drn.hpp>
#include <bellman/interop/lab.hpp>
#include <bellman/interop/rew.hpp>
#include <bellman/interop/tra.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "explicit_models/reachability.hpp"

namespace {

using bellman::explicit_model;
using bellman::index_t;
using bellman::rational;
using explicit_models::extremes;
using explicit_models::state_set;
using explicit_models::until;
using json = nlohmann::json;

// What is asked: the least or the greatest probability, or the expected reward, until a label.
struct question {
  bool about_reward;
  bool least;
  std::size_t steps;  // at most so many; 0 is any number
  std::string label;
};

question question_of(std::string const& text) {
  std::istringstream words(text);
  std::string what;
  std::string until_when;
  question q{};
  words >> what >> until_when >> q.label;
  q.about_reward = what.at(0) == 'R';
  q.least = what.ends_with("min");
  if (until_when.starts_with("F<=")) q.steps = std::stoul(until_when.substr(3));
  bool const known =
      (what == "P" || what == "Pmin" || what == "Pmax" || what == "R" || what == "Rmin" || what == "Rmax") &&
      until_when.starts_with("F") && !q.label.empty();
  if (!known) throw std::runtime_error("the question '" + text + "' is not known");
  return q;
}

template <class R>
R answer(explicit_model<R> const& model, bellman::state_labels const& labels, index_t initial, question const& q) {
  R const sign(q.least ? -1 : 1);
  state_set const target = explicit_models::set_of(labels.states(q.label), model.size());
  state_set end(model.size(), false);
  if (!q.about_reward) {
    end = q.least ? explicit_models::can_avoid(model, target) : explicit_models::cannot_reach(model, target);
  }
  until<R> const env{model, target, end, sign, !q.about_reward};
  if (q.steps == 0) return sign * R(bellman::solve(env, R(1)).value(initial));
  auto const table = bellman::tabulate(env);
  std::vector<R> v(table.size(), R(0));
  std::vector<R> next(table.size(), R(0));
  for (std::size_t n = 0; n < q.steps; ++n) {
    bellman::sweep(bellman::bellman_optimality(table, R(1)), table, v, next);
    v.swap(next);
  }
  return sign * v[initial];
}

class comparison {
 public:
  template <class R>
  void check(std::string const& name, R const& got, std::string const& expected, double tolerance) {
    rational const exact = *bellman::internal::number_in_text<rational>(expected);
    bool good = false;
    if constexpr (bellman::is_exact_v<R>) {
      good = got == exact;
    } else {
      good = std::abs(got - bellman::to_double(exact)) <= tolerance;
    }
    ++checks_;
    failures_ += good ? 0 : 1;
    std::printf("%s %s = %s%s\n", good ? "ok  " : "FAIL", name.c_str(), bellman::internal::text_of(got).c_str(),
                good ? "" : (", expected " + expected).c_str());
  }
  void fail(std::string const& name, std::string const& why) {
    ++checks_;
    ++failures_;
    std::printf("FAIL %s: %s\n", name.c_str(), why.c_str());
  }
  int finish() const {
    std::printf("%d values, %d failures\n", checks_, failures_);
    return failures_ == 0 && checks_ > 0 ? 0 : 1;
  }

 private:
  int checks_ = 0;
  int failures_ = 0;
};

std::string file_that_ends_with(json const& model, std::string const& end) {
  for (std::string const file : model.at("files")) {
    if (file.ends_with(end)) return file;
  }
  return "";
}

template <class R>
void compare_model(comparison& out, std::string const& folder, json const& listed, std::string const& kind_of_numbers) {
  std::string const name = listed.at("name").get<std::string>() + kind_of_numbers;
  auto const silent = bellman::read_tra<R>(folder + file_that_ends_with(listed, ".tra"));
  auto const labels = bellman::read_lab(folder + file_that_ends_with(listed, ".lab"), silent.size());
  auto const model = bellman::read_transition_rewards(folder + file_that_ends_with(listed, ".trans.rew"), silent);
  if (model.size() != listed.at("states").get<index_t>()) out.fail(name, "the number of states");
  if (model.transitions() != listed.at("transitions").get<std::size_t>()) out.fail(name, "the number of transitions");
  std::stringstream again;
  bellman::write_drn(again, model, labels);
  auto const copy = bellman::read_drn<R>(again, "copy.drn");
  std::stringstream binary;
  bellman::write_binary_model(binary, model);
  if (!(bellman::read_binary_model<R>(binary, "copy.bin") == model)) out.fail(name, "the binary form");
  for (std::string const& label : labels.names()) {  // those of no state are not written
    bool const same =
        labels.states(label).empty() || std::ranges::equal(copy.labels.states(label), labels.states(label));
    if (!same) out.fail(name, "the label " + label + ", written and read again");
  }
  for (auto const& entry : listed.at("expected")) {
    auto const ask = entry.at("ask").get<std::string>();
    auto const value = answer(model, labels, listed.at("initial").get<index_t>(), question_of(ask));
    out.check(name + ": " + ask, value, entry.at("value").get<std::string>(), listed.at("tolerance").get<double>());
    auto const value_of_copy = answer(copy.model, labels, listed.at("initial").get<index_t>(), question_of(ask));
    out.check(name + ": " + ask + ", in Storm's format", value_of_copy, entry.at("value").get<std::string>(),
              listed.at("tolerance").get<double>());
  }
}

void compare_intervals(comparison& out, std::string const& folder, json const& listed) {
  auto const name = listed.at("name").get<std::string>();
  auto const read = bellman::read_drn<double, bellman::interval<double>>(folder + file_that_ends_with(listed, ".drn"));
  index_t const initial = read.labels.states("init")[0];
  if (read.model.size() != listed.at("states").get<index_t>()) out.fail(name, "the number of states");
  for (index_t s : read.model.states()) {
    if (read.model.actions(s).size() > 1) return out.fail(name, "nature plays against whoever chooses");
  }
  for (auto const& entry : listed.at("expected")) {
    auto const ask = entry.at("ask").get<std::string>();
    question const q = question_of(ask);
    state_set const target = explicit_models::set_of(read.labels.states(q.label), read.model.size());
    state_set const end = explicit_models::cannot_reach(read.model, target);
    for (bool worst : {true, false}) {
      double const sign = q.least == worst ? 1 : -1;  // whoever wants little fears much
      double const value = sign * bellman::solve(extremes{read.model, target, end, sign}, 1.0).value(initial);
      char const* const which = worst ? "worst" : "best";
      out.check(name + ": " + ask + ", " + which, value, entry.at(which).get<std::string>(),
                listed.at("tolerance").get<double>());
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fprintf(stderr, "explicit_models FOLDER\n"), 2;
  std::string const folder = std::string(arguments[1]) + "/";
  comparison out;
  std::ifstream in(folder + "expected.json");
  json const file = json::parse(in);
  for (auto const& model : file.at("models")) {
    auto const name = model.at("name").get<std::string>();
    try {
      if (model.at("kind") == "imdp") {
        compare_intervals(out, folder, model);
      } else {
        compare_model<double>(out, folder, model, "");
        compare_model<rational>(out, folder, model, ", exactly");
      }
    } catch (std::exception const& error) {
      out.fail(name, error.what());
    }
  }
  return out.finish();
}
