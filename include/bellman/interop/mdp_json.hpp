// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/interop/internal/number_text.hpp>
#include <bellman/interop/internal/states_of_file.hpp>
#include <bellman/interop/internal/text_file.hpp>
#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <nlohmann/json.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <istream>
#include <iterator>
#include <optional>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

/// A model as a file in JSON has it, with the distribution of the states in which it begins: a range of `weighted`,
/// empty where the file says nothing.
///
/// *Use*:
///     bellman::mdp_json<double>{bellman::model_builder<double>(1).build(), {}}.model.size() == 1
template <class R>
struct mdp_json {
  explicit_model<R> model;
  std::vector<weighted<index_t, R>> start;
};

namespace detail {

// The letters of a stream, and the line in which the last of them stands. A parser has read one letter more than what
// it tells of, so a line is over with the letter behind its end.
struct letters {
  std::streambuf* from;
  std::size_t line = 1;
  bool line_is_over = false;

  int peek() const { return from->sgetc(); }
  void take() {
    if (line_is_over) ++line;
    line_is_over = from->sbumpc() == '\n';
  }
};

class letter {
 public:
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = char const*;
  using reference = char;
  using iterator_category = std::input_iterator_tag;

  letter() = default;
  explicit letter(letters& all) : all_(&all) {}

  char operator*() const { return static_cast<char>(all_->peek()); }
  letter& operator++() {
    all_->take();
    return *this;
  }
  letter operator++(int) {
    all_->take();
    return *this;
  }
  friend bool operator==(letter const& a, letter const& b) { return a.is_end() == b.is_end(); }
  friend bool operator!=(letter const& a, letter const& b) { return !(a == b); }

 private:
  bool is_end() const { return all_ == nullptr || all_->peek() == std::char_traits<char>::eof(); }

  letters* all_ = nullptr;
};

[[noreturn]] inline void a_state_to_begin_in_must_be_written(index_t s, index_t states) {
  internal::refuse("bellman: state " + std::to_string(s) + ", in which it may begin, cannot be written; there are " +
                   std::to_string(states) + " states but for that in which what ends is left");
}
[[noreturn]] inline void a_state_to_begin_in_must_have_a_probability(index_t s, std::string const& p) {
  internal::refuse("bellman: to begin in state " + std::to_string(s) + " has probability " + p +
                   "; it must lie in [0, 1]");
}
[[noreturn]] inline void states_to_begin_in_must_sum_to_one(std::string const& total) {
  internal::refuse("bellman: the states to begin in have probabilities that sum to " + total + "; they must sum to 1");
}
[[noreturn]] inline void what_ends_must_be_written_of_an_action() {
  internal::refuse("bellman: a model without actions, in which something is to end, cannot be written in JSON");
}

// Numbers in brackets within brackets, as many in one as in every other.
template <class N>
struct dense_array {
  std::vector<N> numbers;
  std::array<std::size_t, 3> size{};  // of each level of brackets
  std::array<std::size_t, 3> counted{};
  std::array<bool, 3> known{};
  std::size_t rank = 0;
};

/// What the parser tells, one thing after the other: nothing is kept but the transitions.
template <class R>
class mdp_json_events {
 public:
  mdp_json_events(std::string_view name, letters const& at) : name_(name), at_(at) {}

  mdp_json<R> finish() {
    if (!states_) missing("states");
    if (!has_transitions_) build_dense();
    internal::check_count_of_states(name_, *states_, builder_.size());
    if (builder_.states() > *states_) {
      internal::a_file_must_say_what_can_be(name_, "there is no state " + std::to_string(builder_.states() - 1) +
                                                       ", for \"states\" is " + std::to_string(*states_));
    }
    builder_.states(*states_);
    if (!start_.empty() && start_.size() != *states_) {
      internal::a_file_must_say_what_can_be(name_, "\"initial_distribution\" has " + std::to_string(start_.size()) +
                                                       " numbers for " + std::to_string(*states_) + " states");
    }
    mdp_json<R> result{builder_.build(name_), {}};
    R total(0);
    for (std::size_t s = 0; s < start_.size(); ++s) {
      total = sum(total, start_[s]);
      if (!(start_[s] == R(0))) result.start.push_back({static_cast<index_t>(s), start_[s]});
    }
    if (!start_.empty() && !internal::may_sum_to_one(total, start_.size())) {
      internal::a_file_must_say_what_can_be(
          name_, "\"initial_distribution\" sums to " + internal::text_of(total) + "; it must sum to 1");
    }
    return result;
  }

  // --- What nlohmann::json calls; `true` is to go on -----------------------------------------------------------------

  bool null() { return value({kind::null, {}, false}); }
  bool boolean(bool b) { return value({kind::boolean, {}, b}); }
  bool number_integer(nlohmann::json::number_integer_t x) { return value({kind::integer, std::to_string(x), false}); }
  bool number_unsigned(nlohmann::json::number_unsigned_t x) { return value({kind::integer, std::to_string(x), false}); }
  bool number_float(nlohmann::json::number_float_t, std::string const& text) {
    return value({kind::decimal, text, false});
  }
  bool string(std::string& text) { return value({kind::string, std::move(text), false}); }
  bool binary(nlohmann::json::binary_t&) { return value({kind::other, {}, false}); }

  bool start_object(std::size_t) {
    if (depth_ > 0) value({kind::other, {}, false});
    ++depth_;
    return true;
  }
  bool key(std::string& text) {
    if (depth_ != 1) return true;
    key_ = text;
    if (key_ == "R") once(has_rewards_);
    if (key_ == "Q") once(has_probabilities_);
    if (key_ == "s_indices") once(has_states_of_pairs_);
    if (key_ == "a_indices") once(has_actions_of_pairs_);
    if (key_ == "transitions") once(has_transitions_);
    if (key_ == "initial_distribution") once(has_start_);
    if (key_ == "columns") once(has_columns_);
    return true;
  }
  bool end_object() {
    --depth_;
    return true;
  }
  bool start_array(std::size_t) {
    if (depth_ == 0) fail("an object", "an array");
    bool const of_rows = depth_ == 2 && key_ == "transitions" && in_array_;
    bool const of_numbers = depth_ > 1 && is_dense();
    if (depth_ > 1 && !of_rows && !of_numbers) value({kind::other, {}, false});
    if (depth_ == 1) {
      if (key_ == "states" || key_ == "actions") fail("a number of " + key_, "an array");
      in_array_ = true;
      columns_ = 0;
    }
    if (of_rows) cells_ = 0;
    ++depth_;
    if (is_dense()) with_dense([&](auto& d) { open(d); });
    return true;
  }
  bool end_array() {
    if (is_dense()) with_dense([&](auto& d) { close(d); });
    --depth_;
    if (depth_ == 1) {
      if (key_ == "columns" && columns_ != names_of_columns.size()) fail_columns();
      in_array_ = false;
    } else if (depth_ == 2 && key_ == "transitions" && in_array_) {
      row();
    }
    return true;
  }

  bool parse_error(std::size_t, std::string const& token, nlohmann::json::exception const& error) {
    constexpr int of_a_number_too_large = 406;
    fail(error.id == of_a_number_too_large ? internal::a_number_of_its_type : "JSON", token);
    return false;
  }

 private:
  enum class kind { integer, decimal, string, boolean, null, other };
  struct cell {
    kind is = kind::other;
    std::string text;
    bool truth = false;
  };
  static constexpr std::array<std::string_view, 6> names_of_columns{"s", "a", "p", "s_next", "r", "done"};
  static constexpr std::size_t most_everywhere = 1'000'000;
  static constexpr char const* what_a_row_has = "a row [s, a, p, s_next, r, done]";

  [[noreturn]] void fail(std::string const& expected, std::string_view found) const {
    internal::a_file_must_hold_what_its_format_says(name_, "line " + std::to_string(at_.line), expected, found);
  }
  [[noreturn]] void fail_columns() const { fail("the columns s, a, p, s_next, r, done", "others"); }
  [[noreturn]] void missing(char const* key) const {
    internal::a_file_must_say_what_can_be(name_, "the key \"" + std::string(key) + "\" is missing");
  }
  void once(bool& seen) {
    if (seen) fail("each key once", key_);
    seen = true;
  }

  static std::string shown(cell const& c) {
    if (c.is == kind::boolean) return c.truth ? "true" : "false";
    if (c.is == kind::null) return "null";
    return c.is == kind::other ? "another value" : c.text;
  }

  bool value(cell c) {
    if (depth_ == 0) fail("an object", shown(c));
    if (is_dense()) {
      dense_value(c);
    } else if (depth_ == 1) {
      if (key_ == "states") read_count(states_, c);
      if (key_ == "actions") read_count(actions_, c);
      if (key_ == "Q") everywhere_ = probability_everywhere(c);
      bool const is_array = key_ == "transitions" || key_ == "initial_distribution" || key_ == "columns" ||
                            key_ == "R" || key_ == "s_indices" || key_ == "a_indices";
      if (is_array) fail("an array", shown(c));
    } else if (in_array_ && depth_ == 2) {
      if (key_ == "transitions") fail(what_a_row_has, shown(c));
      if (key_ == "columns") {
        if (columns_ == names_of_columns.size() || c.is != kind::string || c.text != names_of_columns[columns_]) {
          fail_columns();
        }
        ++columns_;
      }
      if (key_ == "initial_distribution") start_.push_back(probability(c, "a probability from 0 to 1"));
    } else if (in_array_ && depth_ == 3 && key_ == "transitions") {
      if (cells_ == row_.size()) fail(what_a_row_has, "more");
      row_[cells_++] = std::move(c);
    } else if (in_array_ && (key_ == "transitions" || key_ == "initial_distribution")) {
      fail(key_ == "transitions" ? what_a_row_has : "numbers", "more brackets");
    }
    return true;
  }

  void read_count(std::optional<index_t>& count, cell const& c) {
    if (count) fail("each key once", key_);
    count = index(c, "a number of " + key_);
  }

  index_t index(cell const& c, std::string const& expected) const {
    std::optional<index_t> const i = internal::index_in_text(c.text);
    if (c.is != kind::integer || !i) fail(expected, shown(c));
    return *i;
  }

  R number(cell const& c, std::string const& expected) const {
    if (c.is == kind::boolean || c.is == kind::null || c.is == kind::other) fail(expected, shown(c));
    std::optional<R> const x = internal::number_in_text<R>(c.text);
    if (!x) fail(internal::is_number(c.text) ? internal::a_number_of_its_type : expected, c.text);
    return *x;
  }

  // A decimal that a machine wrote for 1/3 stands for 1/3 where numbers are exact.
  R probability(cell const& c, std::string const& expected) const {
    R p(0);
    if constexpr (internal::is_quotient<R>) {
      p = c.is == kind::decimal ? nearest_fraction(c, expected) : number(c, expected);
    } else {
      p = number(c, expected);
    }
    if (!internal::is_not_negative(p)) fail(expected, shown(c));
    return p;
  }

  R nearest_fraction(cell const& c, std::string const& expected) const {
    using Int = std::remove_cvref_t<decltype(scalar_traits<R>::numerator(std::declval<R const&>()))>;
    std::optional<long double> const read = internal::number_in_text<long double>(c.text);
    if (!read || *read < 0 || *read > 2) fail(expected, c.text);
    constexpr long long largest = 1'000'000;
    long double x = *read;
    long long p0 = 0, q0 = 1, p1 = 1, q1 = 0;
    while (true) {
      if (x > 2.0L * static_cast<long double>(largest)) break;
      auto const a = static_cast<long long>(x);
      long long const q2 = q0 + a * q1;
      if (q2 > largest) break;
      long long const p2 = p0 + a * p1;
      p0 = std::exchange(p1, p2);
      q0 = std::exchange(q1, q2);
      if (x == static_cast<long double>(a)) return R(Int(p1), Int(q1));
      x = 1 / (x - static_cast<long double>(a));
    }
    long long const k = q1 == 0 ? 0 : (largest - q0) / q1;
    long double const y = *read;
    auto const off = [&](long long n, long long d) {
      long double const e = static_cast<long double>(n) / static_cast<long double>(d) - y;
      return e < 0 ? -e : e;
    };
    long long const n = p0 + k * p1;
    long long const d = q0 + k * q1;
    return off(p1, q1) <= off(n, d) ? R(Int(p1), Int(q1)) : R(Int(n), Int(d));
  }

  void row() {
    if (cells_ != row_.size()) fail(what_a_row_has, std::to_string(cells_) + " elements");
    index_t const s = index(row_[0], "a state");
    index_t const a = index(row_[1], "an action");
    R const p = probability(row_[2], "a probability from 0 to 1");
    index_t const next = index(row_[3], "a next state");
    R const r = number(row_[4], "a reward");
    if (row_[5].is != kind::boolean) fail("done, which is true or false", shown(row_[5]));
    if (states_ && (s >= *states_ || next >= *states_)) {
      fail("states below " + std::to_string(*states_), std::to_string(s < *states_ ? next : s));
    }
    if (actions_ && a >= *actions_) fail("an action below " + std::to_string(*actions_), std::to_string(a));
    if (row_[5].truth) {
      builder_.add_end(s, a, p, r).states(next + 1);
    } else {
      builder_.add(s, a, next, p, r);
    }
  }

  // --- Rewards and probabilities in dense arrays ---------------------------------------------------------------------

  bool is_dense() const {
    return in_array_ && depth_ > 1 && (key_ == "R" || key_ == "Q" || key_ == "s_indices" || key_ == "a_indices");
  }
  template <class Use>
  void with_dense(Use const& use) {
    if (key_ == "R") {
      use(rewards_);
    } else if (key_ == "Q") {
      use(probabilities_);
    } else if (key_ == "s_indices") {
      use(states_of_pairs_);
    } else {
      use(actions_of_pairs_);
    }
  }
  std::string what_is_dense() const { return "numbers of \"" + key_ + "\", as many in one bracket as in every other"; }

  // Brackets that open and close; the outermost has the level 0.
  template <class N>
  void open(dense_array<N>& d) {
    std::size_t const level = depth_ - 2;
    if (level >= d.size.size() || (d.rank > 0 && level >= d.rank)) fail(what_is_dense(), "more brackets");
    if (level > 0) ++d.counted[level - 1];
    d.counted[level] = 0;
  }
  template <class N>
  void close(dense_array<N>& d) {
    std::size_t const level = depth_ - 2;
    if (d.known[level] && d.size[level] != d.counted[level]) fail(what_is_dense(), std::to_string(d.counted[level]));
    d.known[level] = true;
    d.size[level] = d.counted[level];
  }
  template <class N>
  void count(dense_array<N>& d, cell const& c) {
    if (d.rank == 0) d.rank = depth_ - 1;
    if (d.rank != depth_ - 1) fail(what_is_dense(), shown(c));
    ++d.counted[d.rank - 1];
  }
  void dense_value(cell const& c) {
    with_dense([&](auto& d) { count(d, c); });
    if (key_ == "R") {
      bool const lacks = c.is == kind::null || c.text == "-Infinity" || c.text == "-inf" || c.text == "NaN";
      rewards_.numbers.push_back(lacks ? std::nullopt : std::optional<R>(number(c, "a reward, or null")));
    } else if (key_ == "Q") {
      probabilities_.numbers.push_back(probability(c, "a probability from 0 to 1"));
    } else {
      with_dense([&](auto& d) {
        if constexpr (std::same_as<std::remove_cvref_t<decltype(d)>, dense_array<index_t>>) {
          d.numbers.push_back(index(c, key_ == "s_indices" ? "a state" : "an action"));
        }
      });
    }
  }

  R probability_everywhere(cell const& c) const {
    constexpr std::string_view everywhere = " everywhere";
    if (c.is != kind::string || !c.text.ends_with(everywhere)) fail("an array, or \"1/3 everywhere\"", shown(c));
    cell p = c;
    p.text.resize(p.text.size() - everywhere.size());
    return probability(p, "a probability from 0 to 1");
  }

  [[noreturn]] void shape(char const* what, char const* expected) const {
    internal::a_file_must_say_what_can_be(name_, "\"" + std::string(what) + "\" must have " + expected);
  }
  template <class N>
  static bool has_shape(dense_array<N> const& d, std::vector<std::size_t> const& size) {
    if (d.numbers.empty()) return size[0] == 0;
    bool good = d.rank == size.size();
    std::size_t all = 1;  // fewer are there where brackets without numbers stood before the first number
    for (std::size_t k = 0; good && k < size.size(); ++k) {
      good = d.size[k] == size[k];
      if (good) all *= size[k];
    }
    return good && d.numbers.size() == all;
  }

  void build_dense() {
    if (!has_rewards_ || !has_probabilities_) missing("transitions");
    std::size_t const n = *states_;
    bool const of_pairs = has_states_of_pairs_ || has_actions_of_pairs_;
    std::size_t const m = rewards_.size[1];
    std::size_t const slots = rewards_.numbers.size();
    if (of_pairs) {
      if (!has_shape(rewards_, {slots})) shape("R", "a number for each pair of a state and an action");
      if (!has_shape(states_of_pairs_, {slots})) shape("s_indices", "a state for each number of \"R\"");
      if (!has_shape(actions_of_pairs_, {slots})) shape("a_indices", "an action for each number of \"R\"");
    } else if (!has_shape(rewards_, {n, m}) || (actions_ && *actions_ != m)) {
      shape("R", "a number for each action of each state");
    }
    if (!everywhere_ && !(of_pairs ? has_shape(probabilities_, {slots, n}) : has_shape(probabilities_, {n, m, n}))) {
      shape("Q", "a number for each next state of each number of \"R\"");
    }
    // A word stands for as many transitions as there are states: a short file must not become a large model.
    if (everywhere_ && slots > 0 && n > most_everywhere / slots) {
      shape("Q", "its numbers one by one, for a model of more than a million transitions");
    }
    for (std::size_t k = 0; k < slots; ++k) {
      std::size_t const s = of_pairs ? states_of_pairs_.numbers[k] : k / m;
      std::size_t const a = of_pairs ? actions_of_pairs_.numbers[k] : k % m;
      if (!rewards_.numbers[k]) continue;
      for (std::size_t next = 0; next < n; ++next) {
        R const& p = everywhere_ ? *everywhere_ : probabilities_.numbers[k * n + next];
        if (!(p == R(0))) builder_.add(s, a, next, p, *rewards_.numbers[k]);
      }
    }
  }

  std::string name_;
  letters const& at_;
  std::size_t depth_ = 0;  // 1 within the object, 2 within an array of it, 3 within a row
  std::string key_;        // of the object
  bool in_array_ = false;  // which is the value of the key
  bool has_transitions_ = false;
  bool has_start_ = false;
  bool has_columns_ = false;
  std::optional<index_t> states_;
  std::optional<index_t> actions_;
  std::size_t columns_ = 0;
  std::array<cell, 6> row_{};
  std::size_t cells_ = 0;
  std::vector<R> start_;
  bool has_rewards_ = false;
  bool has_probabilities_ = false;
  bool has_states_of_pairs_ = false;
  bool has_actions_of_pairs_ = false;
  dense_array<std::optional<R>> rewards_;
  dense_array<R> probabilities_;
  dense_array<index_t> states_of_pairs_;
  dense_array<index_t> actions_of_pairs_;
  std::optional<R> everywhere_;
  model_builder<R> builder_;
};

template <class R>
struct read_mdp_json_fn {
  mdp_json<R> operator()(std::istream& in, std::string_view name) const {
    if (in.rdbuf() == nullptr || !in) internal::a_file_must_be_readable(name);
    letters all{in.rdbuf()};
    mdp_json_events<R> events(name, all);
    static_cast<void>(nlohmann::json::sax_parse(letter(all), letter(), &events));
    return events.finish();
  }
  mdp_json<R> operator()(std::string const& path) const {
    return internal::with_file(path, [&](std::istream& in) { return (*this)(in, path); });
  }
};

struct write_mdp_json_fn {
  template <class R>
  void operator()(std::ostream& out, explicit_model<R> const& model,
                  std::vector<weighted<index_t, R>> const& start = {}) const {
    index_t const states = model.end() == no_index ? model.size() : model.end();
    internal::check_count_of_states("a file in JSON", states, model.transitions());
    if (model.end() != no_index && model.slots() == 0) detail::what_ends_must_be_written_of_an_action();
    std::vector<R> const first = by_state(states, start);
    index_t actions = 0;
    for (index_t a : model.slot_actions()) actions = a < actions ? actions : a + 1;
    out << "{\"states\": " << states;
    if (actions < no_index - 1) out << ", \"actions\": " << actions;  // else it is no number that is read
    out << ",\n\"columns\": [\"s\", \"a\", \"p\", \"s_next\", \"r\", \"done\"],\n";
    if (!first.empty()) {
      out << "\"initial_distribution\": [";
      for (std::size_t s = 0; s < first.size(); ++s) out << (s == 0 ? "" : ", ") << written(first[s]);
      out << "],\n";
    }
    out << "\"transitions\": [";
    char const* between = "\n";
    auto const row = [&](index_t s, index_t a, R const& p, index_t next, R const& r) {
      bool const done = next == model.end();
      out << between << '[' << s << ", " << a << ", " << written(p) << ", " << (done ? s : next) << ", " << written(r)
          << ", " << (done ? "true" : "false") << ']';
      between = ",\n";
    };
    bool ends = false;
    index_t last_state = 0;
    index_t last_action = 0;
    for (index_t s : model.states()) {
      for (index_t a : model.actions(s)) {
        for (auto const& e : model.transition(s, a)) {
          row(s, a, e.probability, e.value.next, e.value.reward);
          ends = ends || e.value.next == model.end();
        }
        last_state = s;
        last_action = a;
      }
    }
    // That something ends, be it with probability 0.
    if (model.end() != no_index && !ends) row(last_state, last_action, R(0), model.end(), scalar_traits<R>::zero());
    out << "\n]}\n";
    internal::check_written(out);
  }

 private:
  template <class R>
  static std::vector<R> by_state(index_t states, std::vector<weighted<index_t, R>> const& start) {
    if (start.empty()) return {};
    std::vector<R> p(states, R(0));
    R total(0);
    for (auto const& e : start) {
      if (e.value >= states) detail::a_state_to_begin_in_must_be_written(e.value, states);
      if (!internal::is_not_negative(e.probability)) {
        detail::a_state_to_begin_in_must_have_a_probability(e.value, internal::text_of(e.probability));
      }
      p[e.value] = sum(p[e.value], e.probability);
      total = sum(total, e.probability);
    }
    if (!internal::may_sum_to_one(total, p.size())) {
      detail::states_to_begin_in_must_sum_to_one(internal::text_of(total));
    }
    return p;
  }

  // What is no number of JSON, a fraction or an interval, is written as a string.
  template <class R>
  static std::string written(R const& x) {
    std::string const text = internal::text_of(x);
    return text.find_first_of("/[") == std::string::npos ? text : '"' + text + '"';
  }
};

}  // namespace detail

/// `read_mdp_json<R>(in, name)`, `read_mdp_json<R>(path)`: a model from JSON, as an `mdp_json<R>`: the model, and the
/// distribution of the states in which it begins.
///
/// The file is an object with `states` and, if it will, `actions`, how many there are of each, and `transitions`, an
/// array of rows `[s, a, p, s_next, r, done]`, which `columns` may say again; `done` is that nothing comes after, and
/// `s_next` then says nothing. `initial_distribution`, if it is there, has a number for each state. Other keys are
/// passed over. Instead of `transitions` there may be dense arrays, as QuantEcon has them: `R`, a reward for each
/// action of each state, null where the state does not have it, and `Q`, for each of them the probability of each next
/// state, or "1/3 everywhere"; or both as lists for pairs of a state and an action beside `s_indices` and `a_indices`.
/// Numbers may be strings such as "1/3". An exact R takes a probability that is written as a decimal as the nearest
/// fraction with a denominator up to a million, and a reward as it is written.
///
/// *Arguments*: a stream and the name of the file for messages, or its path.
/// *Errors*: `invalid_value` with the file, the line and what was expected, or with the state and the action whose
/// probabilities do not sum to one.
/// `std::overflow_error` where exact numbers of a fixed size cannot hold a sum of probabilities.
/// *Cost*: that of a `model_builder`; the file is read once from front to back, and nothing else of it is kept.
/// *Use*:
///     [] {
///       std::istringstream file(
///           R"({"states": 2, "transitions": [[0, 0, "1/2", 1, 4, false], [0, 0, 0.5, 0, 2, true]]})");
///       auto const model = bellman::read_mdp_json<double>(file, "two.json").model;
///       return model.end() == 2 && bellman::solve(model, 0.5).value(0) == 3.0;
///     }()
template <class R>
inline constexpr detail::read_mdp_json_fn<R> read_mdp_json{};

/// `write_mdp_json(out, model)`, `write_mdp_json(out, model, start)`: a model as `read_mdp_json` reads it. What leads
/// to `model.end()` is written as done.
///
/// *Arguments*: a stream, a model, and if it is to be written a vector of `weighted` states to begin in.
/// *Errors*: `invalid_value` where the stream fails; for what could not be read again: states to begin in that are not
/// written, `model.end()` and what is not of the model, or whose probabilities are negative or do not sum to 1; that
/// most states are named nowhere; a model with `model.end()` and no action.
/// *Use*:
///     [] {
///       bellman::model_builder<double> builder;
///       builder.add_end(0, 0, 1.0, 2.5);
///       std::stringstream file;
///       bellman::write_mdp_json(file, builder.build());
///       return bellman::read_mdp_json<double>(file, "one.json").model == builder.build();
///     }()
inline constexpr detail::write_mdp_json_fn write_mdp_json{};

}  // namespace bellman
