// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace golden {

using json = nlohmann::json;

/// One case of a file of answers: what went in, and the checks of what comes out. Every key must be known, or the case
/// fails: what went in is read or said to be without effect, every key of `expected` is checked, and whatever stands
/// beside them is read or skipped for a reason. Only `id` and `note` say nothing that could be wrong.
class estimator_case {
 public:
  estimator_case(json const& file, json const& the_case, std::string id);

  std::string const& id() const { return id_; }
  /// The whole file, for what stands outside the cases.
  json const& file() const { return file_; }
  json const& input(std::string const& key) const { return read("inputs", key); }
  bool has_input(std::string const& key) const { return has("inputs", key); }
  /// All inputs, where they are a list of objects that have no other keys than these.
  json const& list_of_inputs(std::initializer_list<std::string_view> keys) const;
  json const& parameter(std::string const& key) const { return read("parameters", key); }
  bool has_parameter(std::string const& key) const { return has("parameters", key); }
  double number(std::string const& parameter_key) const;
  /// The parameter `key` of the object of parameters `group`; null if there is none.
  json const* parameter_of(std::string const& group, std::string const& key) const;
  json const& expected() const { return case_["expected"]; }
  /// What stands beside inputs, parameters and `expected`.
  bool has_entry(std::string const& key) const { return case_.contains(key); }
  json const& entry(std::string const& key) const;
  std::string note() const { return case_.value("note", std::string()); }

  /// Inputs and parameters that the library does not look at here, where they are given.
  void without_effect(std::initializer_list<std::string_view> keys, std::string const& why) const;
  /// What is compared with nothing; it is printed. A key beside inputs, parameters and `expected`, or part of one.
  void skip(std::string const& key, std::string const& why);

  /// `actual` against `expected[key]` (key "" : `expected` itself). Numbers, or nested lists of them. The difference may
  /// be `tolerance` times the largest number of the list, where keys that end in `_f32` allow 1e-5.
  void check(std::string const& key, json const& actual, double tolerance = 1e-12);
  /// The same for a key of any other part of the case, named in what is printed.
  void compare(std::string const& what, json const& expected, json const& actual, double tolerance = 1e-12);
  /// The same, where the difference may be `gap`.
  void compare_within(std::string const& what, json const& expected, json const& actual, double gap);
  /// `expected[key]` is wrong: prints it and what is right beside it, and fails if they agree.
  void defect(std::string const& key, json const& right);
  /// The same for any other part of the case.
  void defective(std::string const& what, json const& returned, json const& right);
  void fail(std::string const& why);
  /// The library answers with an error. This one must refuse as well.
  template <class F>
  void check_refused(std::string const& what, F const& f) {
    ++checks_;
    try {
      f();
      fail(what + " is not refused");
    } catch (bellman::invalid_value const&) {
    }
  }

  /// The first thing that is wrong; empty if nothing is.
  std::string verdict() const;
  std::vector<std::string> const& skipped() const { return skipped_; }

 private:
  bool has(std::string const& part, std::string const& key) const;
  json const& read(std::string const& part, std::string const& key) const;
  json const& answer(std::string const& key);
  bool is_known(std::string const& path) const;

  json const& file_;
  json const& case_;
  std::string id_;
  mutable std::set<std::string> known_;
  std::vector<std::string> checked_;
  std::vector<std::string> skipped_;
  int checks_ = 0;
  std::string wrong_;
};

/// Numbers of a list: JSON's own, and the strings "NaN", "Infinity" and "-Infinity".
double number(json const& x);
std::vector<double> numbers(json const& list);
std::vector<std::vector<double>> rows(json const& lists);

/// Whether a library answers with an error, which is written as a text.
bool is_an_error(json const& answer);

/// Throws: a case asks for something that has no name here.
[[noreturn]] void unknown(std::string const& what);

/// Announces what runs the cases of a file: `family const f{"gae_verl.json", run};` at namespace scope. `run_file` gets
/// what stands in the file beside its cases, as a case of its own.
struct family {
  family(std::string file, void (*run)(estimator_case&), void (*run_file)(estimator_case&) = nullptr);
};

}  // namespace golden
