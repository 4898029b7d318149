// SPDX-License-Identifier: BSL-1.0

// golden_estimators DIR: every case of every file of DIR against this library. Prints each case that differs and each
// answer that is wrong at its source, and ends with "N passed, M failed".
#include "family.hpp"

#include "golden/report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <stdexcept>

namespace golden {

namespace {

std::map<std::string, void (*)(estimator_case&)>& families() {
  static std::map<std::string, void (*)(estimator_case&)> all;
  return all;
}

double largest(json const& x) {
  if (!x.is_structured()) {
    double const size = std::abs(number(x));
    return std::isfinite(size) ? size : 0;
  }
  double most = 0;
  for (json const& each : x) most = std::max(most, largest(each));
  return most;
}

// The first difference, as a text that says where; empty if there is none.
std::string difference(json const& expected, json const& actual, double gap, std::string const& where) {
  if (expected.is_array() != actual.is_array() || expected.is_object() != actual.is_object() ||
      (expected.is_structured() && expected.size() != actual.size())) {
    return where + ": expected " + expected.dump() + ", got " + actual.dump();
  }
  if (expected.is_object()) {
    for (auto const& [key, value] : expected.items()) {
      if (!actual.contains(key)) return where + "." + key + " is missing";
      auto const why = difference(value, actual[key], gap, where + "." + key);
      if (!why.empty()) return why;
    }
    return {};
  }
  if (expected.is_array()) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      auto const why = difference(expected[i], actual[i], gap, where + "[" + std::to_string(i) + "]");
      if (!why.empty()) return why;
    }
    return {};
  }
  double const e = number(expected);
  double const a = number(actual);
  bool const equal = (std::isnan(e) && std::isnan(a)) || e == a || std::abs(e - a) <= gap;
  if (equal) return {};
  char text[96];
  std::snprintf(text, sizeof text, ": expected %.17g, got %.17g", e, a);
  return where + text;
}

// Numbers that are not finite are written as the files write them.
json as_written(json const& x) {
  if (x.is_array()) {
    json all = json::array();
    for (json const& each : x) all.push_back(as_written(each));
    return all;
  }
  double const value = number(x);
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  return x;
}

}  // namespace

[[noreturn]] void unknown(std::string const& what) { throw std::invalid_argument(what + " is not known"); }

double number(json const& x) {
  if (x.is_number()) return x.get<double>();
  if (x.is_boolean()) return x.get<bool>() ? 1 : 0;
  if (x == "Infinity") return std::numeric_limits<double>::infinity();
  if (x == "-Infinity") return -std::numeric_limits<double>::infinity();
  if (x == "NaN" || x.is_null()) return std::numeric_limits<double>::quiet_NaN();
  throw std::invalid_argument("expected a number, found " + x.dump());
}

std::vector<double> numbers(json const& list) {
  std::vector<double> all;
  all.reserve(list.size());
  for (json const& x : list) all.push_back(number(x));
  return all;
}

std::vector<std::vector<double>> rows(json const& lists) {
  std::vector<std::vector<double>> all;
  all.reserve(lists.size());
  for (json const& list : lists) all.push_back(numbers(list));
  return all;
}

estimator_case::estimator_case(json const& file, json const& the_case)
    : file_(file), case_(the_case), id_(the_case.at("id").get<std::string>()) {}

json const& estimator_case::at(json const& object, std::string const& name, std::string const& key) {
  if (!object.is_object() || !object.contains(key)) throw std::invalid_argument(name + " has no \"" + key + "\"");
  return object[key];
}

bool estimator_case::has_parameter(std::string const& key) const {
  return case_.contains("parameters") && case_["parameters"].is_object() && case_["parameters"].contains(key);
}
json const& estimator_case::parameter(std::string const& key) const {
  return at(at(case_, "the case", "parameters"), "parameters", key);
}
double estimator_case::number(std::string const& key) const { return golden::number(parameter(key)); }

void estimator_case::compare(std::string const& what, json const& expected, json const& actual, double tolerance) {
  ++checks_;
  std::string const why =
      difference(expected, actual, tolerance * std::max(largest(expected), std::numeric_limits<double>::min()), what);
  if (!why.empty()) fail(why);
}

void estimator_case::check(std::string const& key, json const& actual, double tolerance) {
  checked_.push_back(key);
  bool const is_float = key.size() > 4 && key.compare(key.size() - 4, 4, "_f32") == 0;
  compare(key.empty() ? "expected" : key, key.empty() ? expected() : at(expected(), "expected", key), actual,
          is_float ? 1e-5 : tolerance);
}

void estimator_case::defective(std::string const& what, json const& returned, json const& right) {
  ++checks_;
  std::string const source = file_.contains("source") && file_["source"].is_object() ? file_["source"].value("repo", "")
                                                                                     : std::string();
  std::printf("%s: DEFECT: %s: %s returned %s, right is %s\n", id_.c_str(), what.c_str(),
              source.empty() ? "the library" : source.c_str(), returned.dump().c_str(),
              as_written(right).dump().c_str());
  if (difference(returned, right, 1e-12 * largest(returned), what).empty()) fail(what + " is no defect");
}

void estimator_case::defect(std::string const& key, json const& right) {
  checked_.push_back(key);
  defective(key.empty() ? "expected" : key, key.empty() ? expected() : at(expected(), "expected", key), right);
}

void estimator_case::fail(std::string const& why) {
  if (wrong_.empty()) wrong_ = why;
}

std::string estimator_case::verdict() const {
  if (!wrong_.empty()) return wrong_;
  if (checks_ == 0) return "nothing was checked";
  if (case_.contains("expected") && case_["expected"].is_object() &&
      std::find(checked_.begin(), checked_.end(), "") == checked_.end()) {
    for (auto const& [key, value] : case_["expected"].items()) {
      if (std::find(checked_.begin(), checked_.end(), key) == checked_.end()) return key + " is not known";
    }
  }
  return {};
}

family::family(std::string file, void (*run)(estimator_case&)) { families()[std::move(file)] = run; }

namespace {

void run(std::filesystem::path const& path, report& all) {
  all.begin(path.filename().string());
  std::ifstream in(path);
  json file;
  try {
    file = json::parse(in);
  } catch (std::exception const& e) {
    all.check("the file", e.what());
    return;
  }
  auto const found = families().find(path.filename().string());
  if (found == families().end()) {
    all.check("the file", "is not known");
    return;
  }
  if (!file.contains("cases") || file["cases"].empty()) {
    all.check("the file", "has no cases");
    return;
  }
  for (json const& each : file["cases"]) {
    try {
      estimator_case one(file, each);
      found->second(one);
      all.check(one.id(), one.verdict());
    } catch (std::exception const& e) {
      all.check(each.value("id", "a case without an id"), e.what());
    }
  }
}

}  // namespace

}  // namespace golden

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: golden_estimators DIR\n");
    return 2;
  }
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (auto const& entry : std::filesystem::directory_iterator(argv[1], error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  golden::report all;
  all.begin(argv[1]);
  if (files.empty()) all.check("the folder", "has no file of answers");
  std::sort(files.begin(), files.end());
  for (auto const& file : files) golden::run(file, all);
  return all.end();
}
