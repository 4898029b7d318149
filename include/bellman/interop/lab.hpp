// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/internal/text_file.hpp>
#include <bellman/interop/state_labels.hpp>
#include <bellman/planning/state_index.hpp>

#include <cstddef>
#include <functional>
#include <istream>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_label_must_be_one_word(std::string const& name) {
  internal::refuse("bellman: the label " + internal::excerpt(name) +
                   " cannot be written; it must be one word, without \" and #");
}

class lab_reader {
 public:
  lab_reader(std::istream& in, std::string_view name, index_t states) : file_(in, name), states_(states) {}

  state_labels read() {
    if (!file_.next()) file_.fail_at_end(what_begins);
    if (file_.line().front() == '#') {
      read_declaration();
      while (file_.next()) read_named_row();
    } else {
      read_numbered_names();
      while (file_.next()) read_numbered_row();
    }
    for (std::size_t k = 0; k < sets_.size(); ++k) labels_.add(std::string(labels_.names()[k]), sets_[k]);
    return labels_;
  }

 private:
  static constexpr char const* what_begins = "`#DECLARATION`, or names such as 0=\"init\"";

  void read_declaration() {
    if (file_.word() != "#DECLARATION") file_.fail(what_begins);
    while (true) {
      for (std::string_view name = file_.word(); !name.empty(); name = file_.word()) {
        if (name == "#END") return file_.end_of_line("nothing behind `#END`");
        if (name.front() == '#') file_.fail("names of labels and `#END`");
        declare(name);
      }
      if (!file_.next()) file_.fail_at_end("`#END`");
    }
  }

  void read_named_row() {
    char const* const expected = "`state label label ...` with labels that were declared";
    index_t const s = state(file_.word(), expected);
    for (std::string_view name = file_.word(); !name.empty(); name = file_.word()) {
      auto const place = places_.find(name);
      if (place == places_.end()) file_.fail(expected);
      sets_[place->second].push_back(s);
    }
  }

  void read_numbered_names() {
    for (std::string_view word = file_.word(); !word.empty(); word = file_.word()) {
      std::size_t const sign = word.find('=');
      if (sign == std::string_view::npos || word.size() < sign + 4 || word[sign + 1] != '"' || word.back() != '"') {
        file_.fail(what_begins);
      }
      index_t const number = file_.index_of(word.substr(0, sign), what_begins);
      std::size_t const place = declare(word.substr(sign + 2, word.size() - sign - 3));
      if (!numbers_.emplace(number, place).second) file_.fail("one name for each number");
    }
  }

  void read_numbered_row() {
    char const* const expected = "`state: number number ...` with numbers of labels";
    std::string_view const first = file_.word();
    if (first.empty() || first.back() != ':') file_.fail(expected);
    index_t const s = state(first.substr(0, first.size() - 1), expected);
    for (std::string_view word = file_.word(); !word.empty(); word = file_.word()) {
      auto const place = numbers_.find(file_.index_of(word, expected));
      if (place == numbers_.end()) file_.fail(expected);
      sets_[place->second].push_back(s);
    }
  }

  std::size_t declare(std::string_view name) {
    auto const [place, is_new] = places_.emplace(std::string(name), sets_.size());
    if (is_new) {
      sets_.emplace_back();
      labels_.declare(name);
    }
    return place->second;
  }

  index_t state(std::string_view text, char const* expected) const {
    index_t const s = file_.index_of(text, expected);
    if (s >= states_) file_.fail("a state below " + std::to_string(states_));
    return s;
  }

  internal::text_file file_;
  index_t states_;
  state_labels labels_{};
  std::map<std::string, std::size_t, std::less<>> places_{};
  std::vector<std::vector<index_t>> sets_{};  // of each label
  std::map<index_t, std::size_t> numbers_{};  // where labels are numbered
};

struct read_lab_fn {
  state_labels operator()(std::istream& in, std::string_view name, index_t states) const {
    return lab_reader(in, name, states).read();
  }
  state_labels operator()(std::string const& path, index_t states) const {
    return internal::with_file(path, [&](std::istream& in) { return (*this)(in, path, states); });
  }
};

struct write_lab_fn {
  void operator()(std::ostream& out, state_labels const& labels) const {
    out << "#DECLARATION\n";
    char const* between = "";
    for (std::string const& name : labels.names()) {
      bool one_word = !name.empty() && name.front() != '[';
      for (char c : name) one_word = one_word && !internal::is_blank(c) && c != '\n' && c != '"' && c != '#';
      if (!one_word) detail::a_label_must_be_one_word(name);
      out << between << name;
      between = " ";
    }
    out << "\n#END\n";
    std::map<index_t, std::vector<std::size_t>> rows;  // of each state, which names it has
    for (std::size_t k = 0; k < labels.names().size(); ++k) {
      for (index_t s : labels.states(labels.names()[k])) rows[s].push_back(k);
    }
    for (auto const& [s, names] : rows) {
      out << s;
      for (std::size_t k : names) out << ' ' << labels.names()[k];
      out << '\n';
    }
    internal::check_written(out);
  }
};

}  // namespace detail

/// `read_lab(in, name, states)`, `read_lab(path, states)`: the labels of the states of a model, from the file that
/// stands beside its transitions.
///
/// Storm's files begin with `#DECLARATION`, the names, and `#END`; then come lines `state label label ...`. PRISM's
/// begin with a line `0="init" 1="deadlock" ...`; then come lines `state: 0 1 ...`. A state may have more than one
/// line.
///
/// *Arguments*: a stream and the name of the file for messages, or its path; the number of states: `model.size()`.
/// *Errors*: `invalid_value` with the file, the line and what was expected: a name that was not declared, a state that
/// there is not.
/// *Cost*: that of `state_labels`.
/// *Source*: PRISM's manual, Explicit Model Files.
/// *Use*:
///     [] {
///       std::istringstream file("#DECLARATION\ninit done\n#END\n0 init\n3 done\n");
///       auto const labels = bellman::read_lab(file, "four.lab", 4);
///       return labels.states("done")[0] == 3;
///     }()
inline constexpr detail::read_lab_fn read_lab{};

/// `write_lab(out, labels)`: labels as `read_lab` reads them, in Storm's way.
///
/// *Errors*: `invalid_value` for a label that is not one word, and where the stream fails.
/// *Use*:
///     [] {
///       bellman::state_labels labels;
///       labels.add("done", 3);
///       std::ostringstream out;
///       bellman::write_lab(out, labels);
///       return out.str() == "#DECLARATION\ndone\n#END\n3 done\n";
///     }()
inline constexpr detail::write_lab_fn write_lab{};

}  // namespace bellman
