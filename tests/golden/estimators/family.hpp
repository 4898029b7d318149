// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace golden {

using json = nlohmann::json;

/// One case of a file of answers: what went in, and the checks of what comes out. Every key of `expected` must be
/// checked once, or the case fails.
class estimator_case {
 public:
  estimator_case(json const& file, json const& the_case);

  std::string const& id() const { return id_; }
  /// The whole file, for what stands outside the cases.
  json const& file() const { return file_; }
  json const& inputs() const { return case_["inputs"]; }
  json const& input(std::string const& key) const { return at(case_["inputs"], "inputs", key); }
  bool has_parameter(std::string const& key) const;
  json const& parameter(std::string const& key) const;
  double number(std::string const& parameter_key) const;
  json const& expected() const { return case_["expected"]; }
  /// The case as it stands in the file, for files of another shape.
  json const& whole() const { return case_; }

  /// `actual` against `expected[key]` (key "" : `expected` itself). Numbers, or nested lists of them. The difference may
  /// be `tolerance` times the largest number of the list, where keys that end in `_f32` allow 1e-5.
  void check(std::string const& key, json const& actual, double tolerance = 1e-12);
  /// The same for a key of any other part of the case, named in what is printed.
  void compare(std::string const& what, json const& expected, json const& actual, double tolerance = 1e-12);
  /// `expected[key]` is wrong: prints it and what is right beside it, and fails if they agree.
  void defect(std::string const& key, json const& right);
  /// The same for any other part of the case.
  void defective(std::string const& what, json const& returned, json const& right);
  void fail(std::string const& why);

  /// The first thing that is wrong; empty if nothing is.
  std::string verdict() const;

 private:
  static json const& at(json const& object, std::string const& name, std::string const& key);

  json const& file_;
  json const& case_;
  std::string id_;
  std::vector<std::string> checked_;
  int checks_ = 0;
  std::string wrong_;
};

/// Numbers of a list: JSON's own, and the strings "NaN", "Infinity" and "-Infinity".
double number(json const& x);
std::vector<double> numbers(json const& list);
std::vector<std::vector<double>> rows(json const& lists);

/// Throws: a case asks for something that has no name here.
[[noreturn]] void unknown(std::string const& what);

/// Announces what runs the cases of a file: `family const f{"gae_verl.json", run};` at namespace scope.
struct family {
  family(std::string file, void (*run)(estimator_case&));
};

}  // namespace golden
