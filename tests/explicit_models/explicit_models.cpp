// SPDX-License-Identifier: BSL-1.0

// explicit_models FOLDER: reads every model that FOLDER/expected.json names, asks of it what Storm's tests ask, of the
// model and of what it is when written and read again, and compares with what they say: exactly in exact numbers; in
// floating point what they say must lie within the bounds, and these be close. Prints what was asked of which model, and
// what differs; a question that is not known is a failure.

#include <bellman/interop/binary_model.hpp>
#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/drn.hpp>
#include <bellman/interop/lab.hpp>
#include <bellman/interop/mdp_json.hpp>
#include <bellman/interop/rew.hpp>
#include <bellman/interop/tra.hpp>
#include <bellman/planning/finite_horizon.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/planning/reaching.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/scalar/interval.hpp>
#include <bellman/value/worst_probabilities.hpp>
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

namespace {

using bellman::explicit_model;
using bellman::index_t;
using bellman::rational512;
using bellman::state_labels;
using json = nlohmann::json;

// What is asked: the probability of reaching the states of a label, or what is paid until then, of a chain, or the least
// or the greatest.
struct question {
  bool about_reward;
  bool least;
  bool greatest;
  std::size_t steps;  // at most so many; 0 is any number
  std::string label;
};

question question_of(std::string const& text) {
  std::istringstream words(text);
  std::string what;
  std::string until_when;
  question q{};
  words >> what >> until_when >> q.label;
  q.about_reward = what.starts_with("R");
  q.least = what.ends_with("min");
  q.greatest = what.ends_with("max");
  if (until_when.starts_with("F<=")) q.steps = std::stoul(until_when.substr(3));
  bool const known =
      (what == "P" || what == "Pmin" || what == "Pmax" || what == "R" || what == "Rmin" || what == "Rmax") &&
      (until_when == "F" || q.steps > 0) && !(q.about_reward && q.steps > 0) && !q.label.empty();
  if (!known) throw std::runtime_error("the question '" + text + "' is not known");
  return q;
}

template <class R>
R number_of(std::string const& text) {
  return bellman::internal::number_in_text<R>(text).value();
}

template <class R>
struct bounds {
  R lower;
  R value;
  R upper;

  bounds operator-() const { return {-upper, -value, -lower}; }
};

template <class Values>
auto bounds_of(Values const& v, index_t s) {
  using R = decltype(v(s));
  return bounds<R>{v.lower(s), v(s), v.upper(s)};
}

// The model in which the episode ends on arriving in a set of states, which alone pays, and where nothing leads out of a
// state.
template <class R, class P, class Set>
explicit_model<R, P> paid_on_arrival(explicit_model<R, P> const& model, Set const& in, R const& pay) {
  bellman::model_builder<R, P> builder(model.size());
  for (index_t s : model.states()) {
    bool leads_out = false;
    for (index_t a : model.actions(s)) {
      for (auto const& e : model.transition(s, a)) leads_out = leads_out || e.value.next != s;
    }
    if (in(s) || !leads_out) continue;
    for (index_t a : model.actions(s)) {
      for (auto const& e : model.transition(s, a)) {
        builder.add(s, a, e.value.next, e.probability, in(e.value.next) ? pay : R(0));
      }
    }
  }
  return builder.build();
}

template <class R>
bounds<R> answer(explicit_model<R> const& model, state_labels const& labels, index_t initial, question const& q) {
  auto const in = [&](index_t s) { return labels.has(q.label, s); };
  auto const only = [&](index_t s) { return model.actions(s)[0]; };
  auto const asked = [&](auto const& ask) {
    if (q.least) return bounds_of(ask(model, bellman::lowest{}, in, initial).value, initial);
    if (q.greatest) return bounds_of(ask(model, bellman::highest{}, in, initial).value, initial);
    return bounds_of(ask(model, only, in, initial), initial);
  };
  if (q.about_reward) return asked(bellman::expected_total);
  if (q.steps == 0) return asked(bellman::probability_to_reach);
  auto const best = [&](R const& pay) {
    auto const horizon = bellman::finite_horizon(paid_on_arrival(model, in, pay), R(1), q.steps, initial);
    return bounds_of(horizon.value(q.steps), initial);
  };
  return q.least ? -best(R(-1)) : best(R(1));
}

class comparison {
 public:
  template <class R>
  void check(std::string const& name, bounds<R> const& got, std::string const& expected) {
    R const x = number_of<R>(expected);
    if constexpr (bellman::is_exact_v<R>) {
      report(name, got.value == x, got.value, expected);
    } else {
      // Within a rounding of the fraction itself.
      bool const bounded = got.lower <= x * (1 + 1e-15) && x * (1 - 1e-15) <= got.upper;
      report(name, bounded && got.lower <= got.value && got.value <= got.upper && got.upper - got.lower < 1e-8,
             got.value, expected);
    }
  }
  template <class R>
  void report(std::string const& name, bool good, R const& got, std::string const& expected) {
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

template <class Model, class Write, class Read>
bool is_kept(Model const& model, Write const& write, Read const& read) {
  std::stringstream file;
  write(file, model);
  return read(file, "copy") == model;
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
  if constexpr (bellman::detail::has_binary_form<R>) {
    if (!is_kept(model, bellman::write_binary_model, bellman::read_binary_model<R>)) out.fail(name, "the binary form");
  }
  if (!is_kept(silent, bellman::write_tra, bellman::read_tra<R>)) out.fail(name, "the file of transitions");
  bool const in_json = is_kept(model, bellman::write_mdp_json, [](std::istream& in, char const* file) {
    return bellman::read_mdp_json<R>(in, file).model;
  });
  if (!in_json) out.fail(name, "the file in JSON");
  for (std::string const& label : labels.names()) {  // those of no state are not written
    bool const same =
        labels.states(label).empty() || std::ranges::equal(copy.labels.states(label), labels.states(label));
    if (!same) out.fail(name, "the label " + label + ", written and read again");
  }
  auto const initial = listed.at("initial").get<index_t>();
  for (auto const& entry : listed.at("expected")) {
    auto const ask = entry.at("ask").get<std::string>();
    auto const expected = entry.at("value").get<std::string>();
    out.check(name + ": " + ask, answer(model, labels, initial, question_of(ask)), expected);
    out.check(name + ": " + ask + ", in Storm's format", answer(copy.model, labels, initial, question_of(ask)),
              expected);
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
    if (q.about_reward || q.steps > 0) throw std::runtime_error("'" + ask + "' is not asked of intervals");
    auto const in = [&](index_t s) { return read.labels.has(q.label, s); };
    for (bool worst : {true, false}) {
      double const sign = q.least == worst ? -1 : 1;  // whoever wants little fears much
      auto const env = paid_on_arrival(read.model, in, sign);
      double const value = sign * bellman::solve(env, 1.0, bellman::worst_probabilities{}).value(initial);
      char const* const which = worst ? "worst" : "best";
      auto const expected = entry.at(which).get<std::string>();
      bool const good = std::abs(value - number_of<double>(expected)) <= listed.at("tolerance").get<double>();
      out.report(name + ": " + ask + ", " + which, good, value, expected);
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
        compare_model<rational512>(out, folder, model, ", exactly");
      }
    } catch (std::exception const& error) {
      out.fail(name, error.what());
    }
  }
  return out.finish();
}
