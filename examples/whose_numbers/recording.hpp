// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nlohmann/json.hpp>

#include "../support/text_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <istream>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What a trainer wrote down, as the file has it.
namespace whose_numbers {

using support::bad_input;

using row = std::vector<double>;
using rows = std::vector<row>;
using flags = std::vector<char>;

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// How a step ended its episode, if it did.
enum class end : char { none, terminated, cut };

/// The steps of one environment, or the tokens of one answer.
struct sequence {
  row rewards;
  row values;       ///< of the states; empty where the file has none
  row next_values;  ///< of the states after; unknown where the file does not say
  row ratios;       ///< of the policies; empty where the file has none
  flags own;        ///< whether the step is the policy's own
  std::vector<end> ends;
  double last_value = unknown;  ///< of the state after the last step
  std::optional<double> score;  ///< the reward of the whole answer

  std::size_t size() const { return rewards.size(); }
  /// The last own step, or `size()` if there is none.
  std::size_t last_own() const {
    for (std::size_t t = size(); t-- > 0;) {
      if (own[t]) return t;
    }
    return size();
  }
  /// The next own step behind t, or `size()`.
  std::size_t next_own(std::size_t t) const {
    do ++t;
    while (t < size() && !own[t]);
    return t;
  }
};

/// A column that the trainer printed. A number that is unknown is not compared; `is_nan` says where it printed a NaN.
struct printed {
  std::string name;
  rows numbers;
  std::vector<flags> is_nan;
  double precision = 0;  ///< half a unit of the last digit that was printed
};

struct parameters {
  std::optional<double> gamma, lambda;
  std::optional<std::size_t> n;
  double clip_rho = 1, clip_c = 1, clip_pg_rho = 1;
};

struct recording {
  std::vector<sequence> sequences;
  std::vector<std::string> groups;  ///< whose answers they are; empty where the file has none
  row greedy;                       ///< for each row the reward of the greedy answer; empty where the file has none
  rows objectives;                  ///< for each row its rewards by several functions; empty where the file has none
  row weights;                      ///< of these functions
  std::vector<printed> columns;
  parameters given;
  bool has_values = false, has_ratios = false, has_mask = false, has_cuts_named = true;
  bool rows_are_steps = false;  ///< in the file; here a row is a sequence
};

namespace detail {

using nlohmann::json;

inline constexpr std::array fields{
    "about",  "rows", "rewards",  "values", "next_values", "last_value", "terminated", "truncated", "dones",
    "starts", "mask", "scores",   "ratios", "groups",      "greedy",     "objectives", "weights",   "gamma",
    "lambda", "n",    "clip_rho", "clip_c", "clip_pg_rho", "advantages", "returns"};

/// As few digits as a message can bear.
inline std::string shown(json const& x) {
  if (x.is_array()) return x.empty() ? "an empty list" : "a list";
  if (x.is_object()) return "an object";
  std::string text = x.dump(-1, ' ', true, json::error_handler_t::replace);
  return text.size() > 40 ? text.substr(0, 40) + "..." : text;
}

/// How many characters in a row two texts have in common at most.
inline std::size_t common_part(std::string_view a, std::string_view b) {
  std::size_t most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      std::size_t n = 0;
      while (i + n < a.size() && j + n < b.size() && a[i + n] == b[j + n]) ++n;
      most = (std::max)(most, n);
    }
  }
  return most;
}

/// The field that is most likely meant by another name, such as gae_lambda, or none.
inline std::string meant_field(std::string_view name) {
  std::string best;
  double most = 0.4;
  for (std::string_view const f : fields) {
    if (f.size() < 4) continue;
    double const part = static_cast<double>(common_part(name.substr(0, 40), f)) / static_cast<double>(f.size());
    if (part > most) {
      most = part;
      best = f;
    }
  }
  return best;
}

/// How many digits stand behind the point in the shortest text of a number.
inline int decimals(double x) {
  for (int d = 0; d < 17; ++d) {
    double const scaled = std::fabs(x) * std::pow(10.0, d);
    if (scaled > 9e15) return d;
    if (std::fabs(scaled - std::round(scaled)) <= 1e-15 * scaled) return d;
  }
  return 17;
}

class reader {
 public:
  reader(json const& file, std::string const& name) : file_(file), name_(name) {}

  recording read() {
    if (!file_.is_object()) fail("expected an object {\"rewards\": [...], ...}, found " + shown(file_));
    for (auto const& [key, value] : file_.items()) {
      if (std::find(fields.begin(), fields.end(), key) == fields.end()) {
        std::string all;
        for (std::string_view const f : fields) all.append(all.empty() ? "" : ", ").append(f);
        std::string const meant = meant_field(key);
        fail(shown(json(key)) + ": no such field. " + (meant.empty() ? "" : "Is " + meant + " meant? ") + "There are " +
             all);
      }
    }
    if (has("about") && !file_["about"].is_string()) fail("about: expected a text, found " + shown(file_["about"]));
    read_layout();
    recording r;
    r.rows_are_steps = by_steps_;
    read_sequences(r);
    read_flags(r);
    read_groups(r);
    read_of_answers(r);
    read_parameters(r.given);
    for (char const* const name : {"advantages", "returns"}) {
      if (has(name)) r.columns.push_back(read_printed(name, r));
    }
    if (r.columns.empty()) fail("expected advantages or returns, the numbers that were printed");
    return r;
  }

 private:
  bool has(std::string const& field) const { return file_.contains(field); }

  [[noreturn]] void fail(std::string const& what) const { throw bad_input(name_ + ": " + what); }
  std::string at(std::size_t i, std::size_t t) const {
    if (one_step_a_row_) return "row " + std::to_string(i);
    return by_steps_ ? "row " + std::to_string(t) + ", environment " + std::to_string(i)
                     : "row " + std::to_string(i) + ", step " + std::to_string(t);
  }
  [[noreturn]] void fail_at(std::string const& field, std::size_t i, std::size_t t, std::string const& what) const {
    fail(field + ": " + at(i, t) + ": " + what);
  }

  void read_layout() {
    if (has("rows")) {
      json const& x = file_["rows"];
      if (x != "sequences" && x != "steps") fail("rows: expected \"sequences\" or \"steps\", found " + shown(x));
      by_steps_ = x == "steps";
    }
    one_step_a_row_ = has("groups") && has("rewards") && file_["rewards"].is_array() && !file_["rewards"].empty() &&
                      !file_["rewards"][0].is_array();
  }

  /// A number of its own dimension, as in [B][T][1], is that number.
  static json const& cell(json const& x) { return x.is_array() && x.size() == 1 ? x[0] : x; }

  /// Said where the numbers fit if rows are time steps.
  std::string perhaps_steps(bool fits) const {
    return fits && !has("rows") ? "; where rows are time steps, say \"rows\": \"steps\"" : "";
  }

  /// Rows of JSON values, a row a sequence. A plain list is one row, or of answers one value a row.
  std::vector<std::vector<json const*>> table(std::string const& field) const {
    json const& x = file_[field];
    if (!x.is_array() || x.empty()) fail(field + ": expected a list, found " + shown(x));
    std::vector<std::vector<json const*>> all;
    if (!x[0].is_array()) {
      if (one_step_a_row_) {
        for (json const& y : x) all.push_back({&y});
      } else {
        all.emplace_back();
        for (json const& y : x) all[0].push_back(&y);
      }
      return all;
    }
    bool const is_deeper = !x[0].empty() && x[0][0].is_array();
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (!x[i].is_array() || x[i].empty()) {
        fail(field + ": row " + std::to_string(i) + ": expected a list, found " + shown(x[i]));
      }
      all.emplace_back();
      for (json const& y : x[i]) all[i].push_back(&(is_deeper ? cell(y) : y));
    }
    if (!by_steps_) return all;
    std::vector<std::vector<json const*>> turned(all[0].size());
    for (std::size_t t = 0; t < all.size(); ++t) {
      if (all[t].size() != turned.size()) {
        fail(field + ": row " + std::to_string(t) + ": expected " + std::to_string(turned.size()) +
             " numbers, one for each environment, found " + std::to_string(all[t].size()));
      }
      for (std::size_t i = 0; i < turned.size(); ++i) turned[i].push_back(all[t][i]);
    }
    return turned;
  }

  /// The table of a field that must have the shape of the rewards, with `more` columns at most.
  std::vector<std::vector<json const*>> shaped(std::string const& field, recording const& r,
                                               std::size_t more = 0) const {
    auto all = table(field);
    std::size_t const n = r.sequences.size();
    if (all.size() != n) {
      fail(field + ": expected " + std::to_string(n) +
           (by_steps_ ? " environments"
            : n == 1  ? " row"
                      : " rows") +
           ", as in rewards, found " + std::to_string(all.size()) + perhaps_steps(more != 0 && all.size() == n + more));
    }
    for (std::size_t i = 0; i < n; ++i) {
      std::size_t const steps = r.sequences[i].size();
      if (all[i].size() != steps && all[i].size() != steps + more) {
        fail(field + ": " + (by_steps_ ? "environment " : "row ") + std::to_string(i) + ": expected " +
             std::to_string(steps) + (steps == 1 ? " number" : " numbers") + ", as in rewards" +
             (more != 0 ? ", or one more, of the state after the last step" : "") + ", found " +
             std::to_string(all[i].size()));
      }
    }
    return all;
  }

  double number(std::string const& field, std::size_t i, std::size_t t, json const& x) const {
    if (!x.is_number()) fail_at(field, i, t, "expected a number, found " + shown(x));
    double const y = x.get<double>();
    if (!(std::fabs(y) <= 1e100)) fail_at(field, i, t, "expected a number no greater than 1e100, found " + shown(x));
    return y;
  }
  double number_or_null(std::string const& field, std::size_t i, std::size_t t, json const& x) const {
    return x.is_null() || x == "NaN" ? unknown : number(field, i, t, x);
  }
  char flag(std::string const& field, std::size_t i, std::size_t t, json const& x) const {
    if (x.is_boolean()) return x.get<bool>() ? 1 : 0;
    if (!x.is_number() || (x != 0 && x != 1)) fail_at(field, i, t, "expected 0, 1, true or false, found " + shown(x));
    return x == 1 ? 1 : 0;
  }
  double fraction(std::string const& field) const {
    json const& x = file_[field];
    double const y = x.is_number() ? x.get<double>() : unknown;
    if (!(y >= 0 && y <= 1)) fail(field + ": expected a number in [0, 1], found " + shown(x));
    return y;
  }
  double bound(std::string const& field) const {
    json const& x = file_[field];
    double const y = x.is_number() ? x.get<double>() : unknown;
    if (!(y > 0 && y <= 1e100)) fail(field + ": expected a number above 0, found " + shown(x));
    return y;
  }

  /// One number for each sequence, or one for all.
  std::vector<double> of_sequences(std::string const& field, std::size_t n) const {
    json const& given = file_[field];
    // [1][N], as CleanRL keeps it.
    json const& x = given.is_array() && given.size() == 1 && given[0].is_array() ? given[0] : given;
    std::vector<double> all;
    if (x.is_number() && n == 1) {
      all.push_back(x.get<double>());
    } else {
      if (!x.is_array() || x.size() != n) {
        fail(field + ": expected " +
             (n == 1 ? std::string("a number") : "a list of " + std::to_string(n) + " numbers") +
             ", one for each row, found " + (x.is_array() ? std::to_string(x.size()) : shown(x)) +
             perhaps_steps(x.is_array() && file_["rewards"][0].is_array() && x.size() == file_["rewards"][0].size()));
      }
      for (std::size_t i = 0; i < n; ++i) {
        if (!x[i].is_number()) {
          fail(field + ": row " + std::to_string(i) + ": expected a number, found " + shown(x[i]));
        }
        all.push_back(x[i].get<double>());
      }
    }
    for (double const y : all) {
      if (!(std::fabs(y) <= 1e100)) fail(field + ": expected numbers no greater than 1e100");
    }
    return all;
  }

  void read_sequences(recording& r) const {
    if (!has("rewards")) fail("rewards: expected a list of numbers, found nothing");
    auto const rewards = table("rewards");
    for (auto const& of_one : rewards) {
      sequence s;
      s.rewards.assign(of_one.size(), unknown);
      s.own.assign(of_one.size(), 1);
      s.next_values.assign(of_one.size(), unknown);
      s.ends.assign(of_one.size(), end::none);
      r.sequences.push_back(std::move(s));
    }
    if (has("mask")) {
      r.has_mask = true;
      each("mask", shaped("mask", r),
           [&](std::size_t i, std::size_t t, json const& x) { r.sequences[i].own[t] = flag("mask", i, t, x); });
    }
    each("rewards", rewards, [&](std::size_t i, std::size_t t, json const& x) {
      bool const counts = r.sequences[i].own[t] != 0;
      r.sequences[i].rewards[t] = counts ? number("rewards", i, t, x) : number_or_null("rewards", i, t, x);
    });
    if (has("values")) {
      r.has_values = true;
      for (sequence& s : r.sequences) s.values.assign(s.size(), unknown);
      each("values", shaped("values", r, 1), [&](std::size_t i, std::size_t t, json const& x) {
        sequence& s = r.sequences[i];
        if (t == s.size()) {
          s.last_value = number("values", i, t, x);
        } else {
          s.values[t] = s.own[t] ? number("values", i, t, x) : number_or_null("values", i, t, x);
        }
      });
    }
    if (has("next_values")) {
      each("next_values", shaped("next_values", r), [&](std::size_t i, std::size_t t, json const& x) {
        r.sequences[i].next_values[t] = number_or_null("next_values", i, t, x);
      });
      for (sequence& s : r.sequences) {
        if (std::isnan(s.last_value)) s.last_value = s.next_values.back();
      }
    }
    if (has("last_value")) {
      auto const last = of_sequences("last_value", r.sequences.size());
      for (std::size_t i = 0; i < last.size(); ++i) r.sequences[i].last_value = last[i];
    }
    if (has("ratios")) {
      r.has_ratios = true;
      for (sequence& s : r.sequences) s.ratios.assign(s.size(), 1);
      each("ratios", shaped("ratios", r), [&](std::size_t i, std::size_t t, json const& x) {
        double const y = number("ratios", i, t, x);
        if (y < 0) fail_at("ratios", i, t, "expected a number from 0 on, found " + shown(x));
        r.sequences[i].ratios[t] = y;
      });
    }
    if (has("scores")) {
      auto const scores = of_sequences("scores", r.sequences.size());
      for (std::size_t i = 0; i < scores.size(); ++i) {
        if (r.sequences[i].last_own() == r.sequences[i].size()) {
          fail("scores: row " + std::to_string(i) + ": expected a token of the answer in mask, found none");
        }
        r.sequences[i].score = scores[i];
      }
    }
  }

  template <class Table, class Each>
  static void each(std::string const&, Table const& all, Each const& f) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t t = 0; t < all[i].size(); ++t) f(i, t, *all[i][t]);
    }
  }

  void read_flags(recording& r) const {
    bool const any = has("terminated") || has("truncated") || has("dones") || has("starts");
    if (has("dones") && has("starts")) fail("starts: expected no dones beside it, which say the same");
    std::vector<flags> done;
    for (sequence const& s : r.sequences) done.emplace_back(s.size(), 0);
    auto terminated = done;
    auto truncated = done;
    auto const fill = [&](char const* field, std::vector<flags>& all) {
      if (!has(field)) return;
      each(field, shaped(field, r),
           [&](std::size_t i, std::size_t t, json const& x) { all[i][t] = flag(field, i, t, x); });
    };
    fill("terminated", terminated);
    fill("truncated", truncated);
    fill("dones", done);
    if (has("starts")) {
      each("starts", shaped("starts", r, 1), [&](std::size_t i, std::size_t t, json const& x) {
        char const is_first = flag("starts", i, t, x);
        if (t != 0) done[i][t - 1] = is_first;
      });
    }
    bool const either_end = has("dones") || has("starts");
    if (either_end && !has("truncated") && !has("terminated")) r.has_cuts_named = false;
    for (std::size_t i = 0; i < r.sequences.size(); ++i) {
      sequence& s = r.sequences[i];
      for (std::size_t t = 0; t < s.size(); ++t) {
        end e = terminated[i][t] ? end::terminated : truncated[i][t] ? end::cut : end::none;
        if (e == end::none && done[i][t]) e = has("terminated") ? end::cut : end::terminated;
        s.ends[t] = e;
      }
      // A row of which no flag speaks is an episode: it ends with its last step, or what follows is said beside it.
      if (!any) s.ends.back() = std::isnan(s.last_value) ? end::terminated : end::cut;
      if (s.ends.back() != end::none && std::isnan(s.next_values.back())) s.next_values.back() = s.last_value;
      // The end of an episode that a step that is not the policy's own met is that of the own step before.
      for (std::size_t t = s.size(); t-- > 1;) {
        if (s.own[t] || s.ends[t] == end::none || s.ends[t - 1] != end::none) continue;
        s.ends[t - 1] = s.ends[t];
        s.next_values[t - 1] = s.next_values[t];
      }
    }
  }

  void read_groups(recording& r) const {
    if (!has("groups")) return;
    json const& x = file_["groups"];
    if (by_steps_) fail("groups: expected rows of \"sequences\", one for each answer");
    if (!x.is_array() || x.size() != r.sequences.size()) {
      fail("groups: expected a list of " + std::to_string(r.sequences.size()) +
           ", one for each row of rewards, found " + (x.is_array() ? std::to_string(x.size()) : shown(x)));
    }
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (!x[i].is_string() && !x[i].is_number_integer()) {
        fail("groups: row " + std::to_string(i) + ": expected a whole number or a text, found " + shown(x[i]));
      }
      r.groups.push_back(shown(x[i]));
    }
  }

  void read_of_answers(recording& r) const {
    for (char const* const field : {"greedy", "objectives", "weights"}) {
      if (has(field) && r.groups.empty()) fail(std::string(field) + ": expected groups beside it");
    }
    if (has("greedy")) r.greedy = of_sequences("greedy", r.sequences.size());
    if (has("weights") && !has("objectives")) fail("weights: expected objectives beside it");
    if (!has("objectives")) return;
    json const& x = file_["objectives"];
    std::size_t const n = r.sequences.size();
    if (!x.is_array() || x.size() != n) {
      fail("objectives: expected a list of " + std::to_string(n) + " lists, one for each answer, found " +
           (x.is_array() ? std::to_string(x.size()) : shown(x)));
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (!x[i].is_array() || x[i].empty() || x[i].size() != x[0].size()) {
        fail("objectives: row " + std::to_string(i) +
             ": expected a list of numbers, one for each function as in row 0, " + "found " + shown(x[i]));
      }
      r.objectives.emplace_back();
      for (std::size_t k = 0; k < x[i].size(); ++k) {
        if (!x[i][k].is_number()) fail_at("objectives", i, k, "expected a number, found " + shown(x[i][k]));
        r.objectives[i].push_back(number("objectives", i, k, x[i][k]));
      }
    }
    r.weights = has("weights") ? of_sequences("weights", x[0].size()) : row(x[0].size(), 1.0);
  }

  void read_parameters(parameters& p) const {
    if (has("gamma")) p.gamma = fraction("gamma");
    if (has("lambda")) p.lambda = fraction("lambda");
    if (has("clip_rho")) p.clip_rho = bound("clip_rho");
    if (has("clip_c")) p.clip_c = bound("clip_c");
    p.clip_pg_rho = has("clip_pg_rho") ? bound("clip_pg_rho") : p.clip_rho;
    if (has("n")) {
      json const& x = file_["n"];
      if (!x.is_number_integer() || x < 1 || x > 1000000) {
        fail("n: expected a whole number from 1 to 1000000, found " + shown(x));
      }
      p.n = x.get<std::size_t>();
    }
  }

  printed read_printed(std::string const& name, recording const& r) const {
    json const& x = file_[name];
    printed p;
    p.name = name;
    for (sequence const& s : r.sequences) {
      p.numbers.emplace_back(s.size(), unknown);
      p.is_nan.emplace_back(s.size(), 0);
    }
    int digits = 0;
    bool any = false, any_own = false;
    auto const put = [&](std::size_t i, std::size_t t, json const& y) {
      any = any || !y.is_null();
      any_own = any_own || (!y.is_null() && r.sequences[i].own[t] != 0);
      if (y == "NaN") {
        p.is_nan[i][t] = 1;
        return;
      }
      if (y.is_string()) fail_at(name, i, t, "expected a number, null or \"NaN\", found " + shown(y));
      double const z = number_or_null(name, i, t, y);
      p.numbers[i][t] = z;
      if (!std::isnan(z)) digits = (std::max)(digits, decimals(z));
    };
    bool const one_each = !r.groups.empty() && !one_step_a_row_ && x.is_array() && !x.empty() && !x[0].is_array();
    if (one_each) {  // an answer's number, of all its tokens
      if (x.size() != r.sequences.size()) {
        fail(name + ": expected " + std::to_string(r.sequences.size()) + " numbers, one for each answer, found " +
             std::to_string(x.size()));
      }
      for (std::size_t i = 0; i < x.size(); ++i) {
        for (std::size_t t = 0; t < r.sequences[i].size(); ++t) {
          if (r.sequences[i].own[t]) put(i, t, x[i]);
        }
      }
    } else {
      each(name, shaped(name, r), put);
    }
    if (!any) fail(name + ": expected at least one number, found only null");
    if (!any_own) fail(name + ": expected at least one number where the mask is 1, found none");
    // Nobody prints whole numbers of what is none.
    p.precision = digits == 0 ? 0 : 0.5 * std::pow(10.0, -digits);
    return p;
  }

  json const& file_;
  std::string const& name_;
  bool by_steps_ = false, one_step_a_row_ = false;
};

/// Python's json.dump writes NaN, Infinity and -Infinity, which are no JSON; in quotes they are.
inline std::string with_quoted_nans(std::string const& text) {
  std::string quoted;
  bool is_inside = false;
  for (std::size_t k = 0; k < text.size(); ++k) {
    char const c = text[k];
    if (is_inside && c == '\\' && k + 1 < text.size()) {
      quoted += c;
      quoted += text[++k];
      continue;
    }
    if (c == '"') is_inside = !is_inside;
    std::string_view word;
    for (std::string_view const w : {"NaN", "Infinity", "-Infinity"}) {
      if (!is_inside && text.compare(k, w.size(), w) == 0) word = w;
    }
    if (word.empty()) {
      quoted += c;
    } else {
      quoted.append("\"").append(word).append("\"");
      k += word.size() - 1;
    }
  }
  return quoted;
}

/// `line 3: WHAT near "2,, 3]"`, and what is most often the reason.
inline std::string not_json(std::string const& text, std::size_t byte) {
  std::size_t const at = (std::min)(byte == 0 ? 0 : byte - 1, text.size());
  auto const line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  std::string near_it;
  for (std::size_t k = at < 12 ? 0 : at - 12; k < (std::min)(at + 12, text.size()); ++k) {
    if (text[k] == '\n' && k < at) near_it.clear();
    if (text[k] == '\n' && k >= at) break;
    if (text[k] != '\n') near_it += text[k] >= ' ' && text[k] <= '~' ? text[k] : '?';
  }
  std::string said = "line " + std::to_string(line) + ": not JSON";
  if (!near_it.empty()) said += " near " + near_it;
  std::size_t before = at;
  while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '\n')) --before;
  char const c = at < text.size() ? text[at] : ' ';
  if ((c == ']' || c == '}') && before > 0 && text[before - 1] == ',') {
    said += "; a comma stands between two numbers only";
  }
  for (char const* const word : {"'", "True", "False", "None", "tensor", "array"}) {
    if (near_it.find(word) == near_it.npos) continue;
    said += "; this is Python's own text: json.dump writes lists as JSON";
    break;
  }
  return said;
}

/// JSON is read where lists lie in lists in lists at most: no field has more.
inline json parsed(std::string const& given, std::string const& name) {
  std::string const text = with_quoted_nans(given);
  std::vector<std::string> seen;
  try {
    return json::parse(text, [&](int depth, json::parse_event_t event, json& x) {
      if (depth == 1 && event == json::parse_event_t::key) {
        std::string const field = x.get<std::string>();
        if (std::find(seen.begin(), seen.end(), field) != seen.end()) {
          throw bad_input(name + ": " + shown(x) + ": expected once, found twice");
        }
        if (seen.size() < 2 * fields.size()) seen.push_back(field);
      }
      if (depth > 4) throw bad_input(name + ": expected lists of lists of numbers, found deeper ones");
      return true;
    });
  } catch (json::parse_error const& e) {
    throw bad_input(name + ": " + not_json(text, e.byte));
  } catch (json::out_of_range const& e) {
    // It names the number in quotes.
    std::string const what = e.what();
    std::size_t const from = what.find('\''), to = what.rfind('\'');
    if (from == what.npos || from == to) throw bad_input(name + ": JSON with a number out of range");
    std::string const number = what.substr(from + 1, to - from - 1);
    auto const line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find(number)), '\n');
    throw bad_input(name + ": line " + std::to_string(line) + ": expected a number no greater than 1e100, found " +
                    (number.size() > 20 ? number.substr(0, 20) + "..." : number));
  }
}

}  // namespace detail

/// Reads JSON. Throws `bad_input` with the name and the line.
inline nlohmann::json read_json(std::istream& in, std::string const& name) {
  std::string text;
  char block[65536];
  while (in.read(block, sizeof block) || in.gcount() != 0) {
    text.append(block, static_cast<std::size_t>(in.gcount()));
  }
  return detail::parsed(text, name);
}
inline nlohmann::json read_json(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  std::error_code ignored;
  if (!in || std::filesystem::is_directory(path, ignored)) throw bad_input(path.string() + ": cannot be read");
  return read_json(in, path.filename().string());
}

/// What a file says. Throws `bad_input` with the name, the field, the row and what was expected.
inline recording recording_of(nlohmann::json const& file, std::string const& name) {
  return detail::reader(file, name).read();
}
inline recording read_recording(std::istream& in, std::string const& name) {
  return recording_of(read_json(in, name), name);
}

}  // namespace whose_numbers
