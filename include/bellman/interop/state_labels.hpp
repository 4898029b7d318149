// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/planning/internal/sorted.hpp>
#include <bellman/planning/state_index.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_label_must_be_declared(std::string_view name) {
  internal::refuse("bellman: there is no label \"" + std::string(name) + "\"");
}

}  // namespace detail

/// Names of sets of states, as files of models have them: `init`, `deadlock`, `done`.
///
///  - `declare(name)`, `add(name, s)`, `add(name, states)`: a name, which is there from then on, and a state or
///    several in
///    its set;
///  - `names()`: in the order in which they were declared;
///  - `contains(name)`, `has(name, s)`: whether there is a name, and whether a state is in its set;
///  - `states(name)`: the states of a name, in ascending order, each once.
///
/// `names` and `states` give spans of what lies in the labels, and take no temporary.
///
/// *Errors*: `states(name)` and `has(name, s)` throw `invalid_value` for a name that there is not.
/// *Cost*: 4 bytes a state in a set. To add a state shifts those behind it; to add several at once sorts.
/// *Use*:
///     [] {
///       bellman::state_labels labels;
///       labels.add("done", 4);
///       labels.add("done", 2);
///       return labels.has("done", 4) && labels.states("done").size() == 2 && !labels.contains("init");
///     }()
class state_labels {
 public:
  void declare(std::string_view name) { static_cast<void>(set_of(name)); }
  void add(std::string_view name, index_t s) {
    std::vector<index_t>& set = set_of(name);
    std::size_t const k = set.empty() || set.back() < s ? set.size() : internal::place_among(set, s);
    if (k < set.size() && set[k] == s) return;
    set.insert(set.begin() + static_cast<std::ptrdiff_t>(k), s);
  }
  void add(std::string_view name, std::vector<index_t> const& states) {
    std::vector<index_t>& set = set_of(name);
    set.insert(set.end(), states.begin(), states.end());
    internal::sort(set, [](index_t a, index_t b) { return a < b; });
    std::size_t kept = 0;
    for (index_t const s : set) {
      if (kept == 0 || set[kept - 1] != s) set[kept++] = s;
    }
    set.resize(kept);
  }

  std::span<std::string const> names() const& { return names_; }
  void names() const&& = delete;  // they lie in the labels
  bool contains(std::string_view name) const { return places_.find(name) != places_.end(); }
  std::span<index_t const> states(std::string_view name) const& {
    auto const place = places_.find(name);
    if (place == places_.end()) detail::a_label_must_be_declared(name);
    return sets_[place->second];
  }
  void states(std::string_view) const&& = delete;
  bool has(std::string_view name, index_t s) const { return internal::is_among(states(name), s); }

  friend bool operator==(state_labels const& a, state_labels const& b) {
    return a.names_ == b.names_ && a.sets_ == b.sets_;
  }

 private:
  std::vector<index_t>& set_of(std::string_view name) {
    auto const place = places_.find(name);
    if (place != places_.end()) return sets_[place->second];
    places_.emplace(std::string(name), names_.size());
    names_.emplace_back(name);
    return sets_.emplace_back();
  }

  std::vector<std::string> names_{};
  std::vector<std::vector<index_t>> sets_{};  // of each name
  std::map<std::string, std::size_t, std::less<>> places_{};
};

}  // namespace bellman
