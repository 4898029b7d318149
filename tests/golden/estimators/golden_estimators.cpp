// SPDX-License-Identifier: BSL-1.0

// golden_estimators DIR: every case of every file of DIR against this library. Prints each case that differs, each
// answer that is wrong at its source and each part that is skipped, and ends with "N passed, M failed, K skipped". An
// input, a parameter or an answer that no runner knows is a failure.
#include "family.hpp"

#include "golden/report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace golden {

namespace {

struct runners {
  void (*of_case)(estimator_case&);
  void (*of_file)(estimator_case&);
};
std::map<std::string, runners>& families() {
  static std::map<std::string, runners> all;
  return all;
}

// What a part of a file says about where it comes from, which no run can find wrong.
constexpr std::array words_of_a_case{"id", "note"};
constexpr std::array words_of_a_file{"source", "literal_source", "semantics", "note", "commits"};

// The first key of nested objects that is not known; empty if all are.
template <class Known>
std::string unknown_key(json const& part, std::string const& path, Known const& is_known) {
  if (is_known(path)) return {};
  if (!part.is_object()) return path;
  for (auto const& [key, value] : part.items()) {
    auto const found = unknown_key(value, path + "." + key, is_known);
    if (!found.empty()) return found;
  }
  return {};
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

bool is_an_error(json const& answer) {
  return answer.is_string() && answer.get<std::string>().rfind("ValueError", 0) == 0;
}

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

estimator_case::estimator_case(json const& file, json const& the_case, std::string id)
    : file_(file), case_(the_case), id_(std::move(id)) {}

bool estimator_case::has(std::string const& part, std::string const& key) const {
  return case_.contains(part) && case_[part].is_object() && case_[part].contains(key);
}
json const& estimator_case::read(std::string const& part, std::string const& key) const {
  if (!has(part, key)) throw std::invalid_argument(part + " has no \"" + key + "\"");
  known_.insert(part + "." + key);
  return case_[part][key];
}
json const& estimator_case::entry(std::string const& key) const {
  if (!has_entry(key)) throw std::invalid_argument("the case has no \"" + key + "\"");
  known_.insert(key);
  return case_[key];
}
json const& estimator_case::list_of_inputs(std::initializer_list<std::string_view> keys) const {
  json const& list = entry("inputs");
  for (json const& each : list) {
    for (auto const& [key, value] : each.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) unknown("inputs[]." + key);
    }
  }
  return list;
}
json const* estimator_case::parameter_of(std::string const& group, std::string const& key) const {
  if (!has_parameter(group) || !case_["parameters"][group].contains(key)) return nullptr;
  known_.insert("parameters." + group + "." + key);
  return &case_["parameters"][group][key];
}
double estimator_case::number(std::string const& key) const { return golden::number(parameter(key)); }

void estimator_case::without_effect(std::initializer_list<std::string_view> keys, std::string const&) const {
  for (std::string_view const key : keys) {
    known_.insert("inputs." + std::string(key));
    known_.insert("parameters." + std::string(key));
  }
}
void estimator_case::skip(std::string const& key, std::string const& why) {
  known_.insert(key);
  skipped_.push_back(key + ": " + why);
}

void estimator_case::compare(std::string const& what, json const& expected, json const& actual, double tolerance) {
  compare_within(what, expected, actual, tolerance * std::max(largest(expected), std::numeric_limits<double>::min()));
}

void estimator_case::compare_within(std::string const& what, json const& expected, json const& actual, double gap) {
  ++checks_;
  std::string const why = difference(expected, actual, gap, what);
  if (!why.empty()) fail(why);
}

json const& estimator_case::answer(std::string const& key) {
  checked_.push_back(key);
  if (key.empty()) return expected();
  if (!has("expected", key)) throw std::invalid_argument("expected has no \"" + key + "\"");
  return expected()[key];
}

void estimator_case::check(std::string const& key, json const& actual, double tolerance) {
  bool const is_float = key.size() > 4 && key.compare(key.size() - 4, 4, "_f32") == 0;
  compare(key.empty() ? "expected" : key, answer(key), actual, is_float ? 1e-5 : tolerance);
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
  defective(key.empty() ? "expected" : key, answer(key), right);
}

void estimator_case::fail(std::string const& why) {
  if (wrong_.empty()) wrong_ = why;
}

bool estimator_case::is_known(std::string const& path) const { return known_.contains(path); }

std::string estimator_case::verdict() const {
  if (!wrong_.empty()) return wrong_;
  if (checks_ == 0 && skipped_.empty()) return "nothing was checked";
  for (auto const& [key, value] : case_.items()) {
    if (std::find(words_of_a_case.begin(), words_of_a_case.end(), key) != words_of_a_case.end()) continue;
    if (key == "expected") {
      if (std::find(checked_.begin(), checked_.end(), "") != checked_.end()) continue;
      if (!value.is_object()) return "expected is not checked";
      for (auto const& [name, answer] : value.items()) {
        if (std::find(checked_.begin(), checked_.end(), name) == checked_.end())
          return "expected." + name + " is not known";
      }
      continue;
    }
    auto const path = unknown_key(value, key, [this](std::string const& at) { return is_known(at); });
    if (!path.empty()) return path + " is not known";
  }
  return {};
}

family::family(std::string file, void (*run)(estimator_case&), void (*run_file)(estimator_case&)) {
  families()[std::move(file)] = {run, run_file};
}

namespace {

void run_one(estimator_case& one, void (*run)(estimator_case&), report& all) {
  try {
    run(one);
    all.check(one.id(), one.verdict());
  } catch (std::exception const& e) {
    all.check(one.id(), e.what());
  }
  for (std::string const& what : one.skipped()) all.skip(one.id(), what);
}

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
  std::set<std::string> ids;
  for (json const& each : file["cases"]) {
    std::string const id = each.value("id", std::string());
    if (id.empty() || !ids.insert(id).second) all.check("\"" + id + "\"", "is not an id of one case");
    estimator_case one(file, each, id);
    run_one(one, found->second.of_case, all);
  }
  json beside = file;
  beside.erase("cases");
  for (char const* word : words_of_a_file) beside.erase(word);
  if (beside.empty()) return;
  estimator_case whole(file, beside, "the file");
  if (found->second.of_file == nullptr) {
    all.check(whole.id(), beside.items().begin().key() + " is not known");
  } else {
    run_one(whole, found->second.of_file, all);
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
