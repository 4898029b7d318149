// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/interop/deadlock.hpp>
#include <bellman/interop/internal/number_text.hpp>
#include <bellman/interop/internal/outcomes_of_slot.hpp>
#include <bellman/interop/internal/states_of_file.hpp>
#include <bellman/interop/internal/text_file.hpp>
#include <bellman/interop/state_labels.hpp>
#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <functional>
#include <istream>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bellman {

/// A model as a file of Storm's explicit format has it: with the labels of its states and the names of its actions, one
/// for each slot of the model, as they stand behind `action`.
///
/// *Cost*: beside the model and its labels 32 bytes a slot, and the names that are longer than 15 letters.
/// *Use*:
///     bellman::drn_model<double>{bellman::model_builder<double>(1).build(), {}, {}}.model.size() == 1
template <class R, class P = R>
struct drn_model {
  explicit_model<R, P> model;
  state_labels labels;
  std::vector<std::string> action_names;
};

namespace detail {

[[noreturn]] inline void a_reward_of_an_action_must_be_one_number(index_t s, index_t a) {
  internal::refuse("bellman: in state " + std::to_string(s) + ", action " + std::to_string(a) +
                   " has outcomes of different rewards, and their mean is an interval; the file has one number for it");
}
[[noreturn]] inline void a_label_must_have_no_quotation_mark(std::string const& name) {
  internal::refuse("bellman: the label " + internal::excerpt(name) +
                   " cannot be written; it is empty or has a \" in it");
}

[[noreturn]] inline void a_label_must_be_of_states_of_the_model(std::string const& name, index_t s, index_t n) {
  internal::refuse("bellman: the label " + internal::excerpt(name) + " cannot be written; it is of state " +
                   std::to_string(s) + ", and there are " + std::to_string(n) + " states");
}

template <class R, class P>
class drn_reader {
 public:
  drn_reader(std::istream& in, std::string_view name, std::string_view reward_model)
      : file_(in, name), reward_model_(reward_model) {}

  drn_model<R, P> read(deadlock choice) {
    read_head();
    find_reward_model();
    builder_ = model_builder<R, P>(*states_);
    while (next_line()) {
      std::string_view const first = file_.word();
      if (first == "state") {
        read_state();
      } else if (first == "action") {
        read_action();
      } else {
        read_transition();
      }
    }
    end_action();
    index_t const n = static_cast<index_t>(actions_.size());
    check_count("states", *states_, n);
    if (is_mdp_ && choices_) check_count("choices", *choices_, names_.size());
    explicit_model<R, P> const model = builder_.build(file_.name());
    return {internal::with_deadlocks_resolved(model, builder_, choice, file_.name()), std::move(labels_),
            choice == deadlock::stays ? names_with_those_that_stay() : std::move(names_)};
  }

 private:
  void check_count(char const* what, index_t said, std::size_t found) const {
    if (said != found) internal::a_file_must_hold_as_many_as_it_says(file_.name(), what, said, found);
  }

  bool next_line() {
    while (file_.next()) {
      if (!file_.line().starts_with("//")) return true;
    }
    return false;
  }

  // --- What stands before the states ---------------------------------------------------------------------------------

  void read_head() {
    char const* const expected =
        "`@type:`, `@value_type:`, `@parameters`, `@placeholders`, `@reward_models`, `@nr_states`, `@nr_choices` or "
        "`@model`";
    bool typed = false;
    while (next_line()) {
      std::string_view const key = file_.word();
      if (key == "@type:") {
        std::string_view const type = file_.word();
        is_mdp_ = type == "MDP";
        if (!is_mdp_ && type != "DTMC") file_.fail("`@type: DTMC` or `@type: MDP`");
        typed = true;
      } else if (key == "@value_type:") {
        read_value_type();
      } else if (key == "@parameters") {
        file_.next_as_it_is();
        if (!file_.line().empty()) file_.fail("no parameters: the probabilities must be numbers");
      } else if (key == "@placeholders") {
        read_placeholders();
      } else if (key == "@reward_models") {
        file_.next_as_it_is();
        names_of_rewards_.emplace();
        for (std::string_view name = file_.word(); !name.empty(); name = file_.word())
          names_of_rewards_->emplace_back(name);
      } else if (key == "@nr_states") {
        states_ = read_count("a number of states");
      } else if (key == "@nr_choices") {
        choices_ = read_count("a number of choices");
      } else if (key == "@model") {
        if (!typed) file_.fail("`@type: DTMC` or `@type: MDP` before `@model`");
        if (!states_) file_.fail("`@nr_states` before `@model`");
        return;
      } else {
        file_.fail(expected);
      }
    }
    file_.fail_at_end("`@model`");
  }

  void read_value_type() {
    std::string_view const type = file_.word();
    bool const intervals = type == "double-interval" || type == "rational-interval";
    if (!intervals && type != "double" && type != "rational") {
      file_.fail("`double`, `rational`, `double-interval` or `rational-interval`");
    }
    if (intervals && !internal::has_bounds<P>) {
      file_.fail("numbers; intervals are read by read_drn<R, bellman::interval<R>>");
    }
  }

  void read_placeholders() {
    while (file_.next_as_it_is()) {
      if (file_.line().empty()) return;
      std::size_t const colon = file_.line().find(':');
      if (file_.line().front() != '$' || colon == std::string_view::npos) file_.fail("`$name : number`");
      std::string const name(internal::without_blanks_around(file_.line().substr(0, colon)));
      std::string const value(meant(file_.line().substr(colon + 1)));
      if (!internal::number_in_text<R>(value)) static_cast<void>(number<P>(value));
      if (!placeholders_.emplace(name, value).second) file_.fail("each placeholder once");
      if (file_.next_letter() == '@') return;
    }
  }

  index_t read_count(char const* expected) {
    file_.next_as_it_is();
    index_t const n = file_.index(expected);
    file_.end_of_line(expected);
    return n;
  }

  // Which number of a list of rewards is meant.
  void find_reward_model() {
    std::vector<std::string> const& names = names_of_rewards_ ? *names_of_rewards_ : no_names;
    if (reward_model_.empty()) {
      if (names.size() > 1) {
        std::string all;
        for (auto const& name : names) all += (all.empty() ? "" : ", ") + name;
        internal::a_file_must_say_what_can_be(file_.name(),
                                              "there are several reward models, of which one must be named: " + all);
      }
      return;
    }
    for (std::size_t k = 0; k < names.size(); ++k) {
      if (names[k] == reward_model_) {
        reward_ = k;
        return;
      }
    }
    internal::a_file_must_say_what_can_be(file_.name(), "there is no reward model " + internal::excerpt(reward_model_));
  }

  // --- States, actions, transitions ----------------------------------------------------------------------------------

  void read_state() {
    std::string const expected = "state " + std::to_string(actions_.size());
    end_action();
    std::string_view const number = file_.word();
    index_t const s = number.empty() ? no_index : file_.index_of(number, expected.c_str());
    if (s != actions_.size() || s >= *states_) file_.fail(s == *states_ ? "no more states" : expected);
    actions_.push_back(0);
    reward_of_state_ = scalar_traits<R>::zero();
    reward_of_action_ = scalar_traits<R>::zero();
    if (is_one_of(file_.next_of_line(), "!{")) {
      file_.fail("a state without a rate and an observation, as a DTMC or an MDP has it");
    }
    while (file_.more()) {
      if (file_.next_of_line() == '[') {
        reward_of_state_ = read_rewards();
      } else {
        labels_.add(read_label(), s);
      }
    }
  }

  std::string read_label() {
    char const* const expected = "a label, in \" if it is more than one word";
    if (file_.next_of_line() != '"') return std::string(file_.word());
    std::string_view const rest = file_.rest();
    std::size_t const end = rest.find('"', 1);
    if (end == std::string_view::npos || end == 1) file_.fail(expected);
    std::string const label(rest.substr(1, end - 1));
    file_.skip(end + 1);
    return label;
  }

  R read_rewards() {
    char const* const expected = "rewards, as `[1, 0.5]`";
    std::string_view list = file_.word();
    if (list.size() < 2 || list.back() != ']') file_.fail(expected);
    list = list.substr(1, list.size() - 2);
    R found = scalar_traits<R>::zero();
    std::size_t n = 0;
    for (std::size_t comma = 0; comma != std::string_view::npos; ++n) {
      comma = list.find(',');
      R const r = file_.template number_of<R>(meant(list.substr(0, comma)), expected);
      if (n == reward_) found = r;
      list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
    if (!names_of_rewards_ && n != 1) file_.fail("one reward, for there is no `@reward_models`");
    if (names_of_rewards_ && n != names_of_rewards_->size()) {
      file_.fail(std::to_string(names_of_rewards_->size()) + " rewards, one for each name of `@reward_models`");
    }
    return found;
  }

  void read_action() {
    char const* const expected = "`action name` of a state, with its rewards";
    end_action();
    std::string const name(file_.word());
    if (name.empty() || actions_.empty()) file_.fail(expected);
    if (!is_mdp_ && actions_.back() > 0) file_.fail("one action for each state, as a DTMC has it");
    if (actions_.back() > 0 && names_.back().empty()) file_.fail("`action name` before the transitions of a state");
    begin_action(name);
    reward_of_action_ = file_.more() ? read_rewards() : scalar_traits<R>::zero();
    file_.end_of_line(expected);
  }

  void begin_action(std::string const& name) {
    ++actions_.back();
    names_.push_back(name);
    transitions_of_action_ = 0;
    open_ = true;
  }

  void end_action() {
    if (open_ && transitions_of_action_ == 0) {
      internal::a_file_must_hold_what_its_format_says(
          file_.name(), "line " + std::to_string(line_of_action_),
          "transitions of the action " + internal::excerpt(names_.back()) + ", and there are none", std::string_view());
    }
    open_ = false;
    line_of_action_ = file_.number_of_line();
  }

  void read_transition() {
    char const* const expected = "`state`, `action` or a transition `target : probability`";
    std::string_view const line = file_.line();
    std::size_t const colon = line.find(':');
    if (colon == std::string_view::npos) file_.fail(expected);
    index_t const next = file_.index_of(internal::without_blanks_around(line.substr(0, colon)), expected);
    if (actions_.empty()) file_.fail("`state 0`");
    if (next >= *states_) file_.fail("a target below " + std::to_string(*states_));
    if (!open_) begin_action("");  // a chain may leave `action 0` out
    P const p = number<P>(line.substr(colon + 1));
    if (!internal::is_not_negative(p)) file_.fail("a probability from 0 to 1");
    R const reward = sum(reward_of_state_, reward_of_action_);
    if (!is_finite(reward)) file_.fail("rewards whose sum is finite");
    builder_.add(actions_.size() - 1, actions_.back() - 1, next, p, reward);
    ++transitions_of_action_;
  }

  // The text of a number, or that for which a placeholder stands.
  std::string_view meant(std::string_view text) const {
    text = internal::without_blanks_around(text);
    if (text.empty() || text.front() != '$') return text;
    auto const value = placeholders_.find(text);
    if (value == placeholders_.end()) file_.fail("a placeholder that was given a number");
    return value->second;
  }

  template <class N>
  N number(std::string_view text) const {
    text = meant(text);
    if (!internal::has_bounds<P> && !text.empty() && text.front() == '[') {
      file_.fail("a number; intervals are read by read_drn<R, bellman::interval<R>>");
    }
    return file_.template number_of<N>(text, "a number, as 0.5, 1/2 or [0.4, 0.6]");
  }

  std::vector<std::string> names_with_those_that_stay() {
    std::vector<std::string> all;
    std::size_t k = 0;
    for (index_t count : actions_) {
      if (count == 0) all.emplace_back();
      for (index_t i = 0; i < count; ++i) all.push_back(std::move(names_[k++]));
    }
    return all;
  }

  static bool is_one_of(char c, std::string_view letters) {
    return c != 0 && letters.find(c) != std::string_view::npos;
  }

  internal::text_file file_;
  std::string reward_model_;
  std::size_t reward_ = 0;
  bool is_mdp_ = false;
  std::optional<index_t> states_;
  std::optional<index_t> choices_;
  inline static std::vector<std::string> const no_names{};
  std::optional<std::vector<std::string>> names_of_rewards_;      // where they are declared
  std::map<std::string, std::string, std::less<>> placeholders_;  // the numbers as they are written
  model_builder<R, P> builder_;
  state_labels labels_;
  std::vector<index_t> actions_;  // how many each state has
  std::vector<std::string> names_;
  R reward_of_state_{};
  R reward_of_action_{};
  bool open_ = false;  // whether transitions belong to the last action
  std::size_t transitions_of_action_ = 0;
  std::size_t line_of_action_ = 0;
};

template <class R, class P>
struct read_drn_fn {
  drn_model<R, P> operator()(std::istream& in, std::string_view name, std::string_view reward_model = {},
                             deadlock choice = deadlock::refused) const {
    return drn_reader<R, P>(in, name, reward_model).read(choice);
  }
  drn_model<R, P> operator()(std::string const& path, std::string_view reward_model = {},
                             deadlock choice = deadlock::refused) const {
    return internal::with_file(path, [&](std::istream& in) { return (*this)(in, path, reward_model, choice); });
  }
};

struct write_drn_fn {
  template <class R, class P>
  void operator()(std::ostream& out, explicit_model<R, P> const& model, state_labels const& labels = {}) const {
    bool is_chain = true;
    for (index_t s : model.states()) is_chain = is_chain && model.actions(s).size() < 2;
    bool pays = false;
    for (R const& r : model.rewards()) pays = pays || !(r == scalar_traits<R>::zero());
    auto const names = labels_of_states(model.size(), labels);
    out << "@type: " << (is_chain ? "DTMC" : "MDP") << "\n@value_type: " << value_type<P>() << "\n@parameters\n\n"
        << "@reward_models\n"
        << (pays ? "reward" : "") << "\n@nr_states\n"
        << model.size() << "\n@nr_choices\n"
        << model.slots() << "\n@model\n";
    for (index_t s : model.states()) {
      out << "state " << s;
      if (pays) out << " [0]";
      for (std::size_t k : names[s]) out << ' ' << written(labels.names()[k]);
      out << '\n';
      for (index_t a : model.actions(s)) {
        auto const row = model.transition(s, a);
        auto const mean = internal::outcomes_of_slot<R, P>{row, 0, row.size()}.mean_reward();
        if (!mean) detail::a_reward_of_an_action_must_be_one_number(s, a);
        out << "\taction " << a;
        if (pays) out << " [" << internal::text_of(*mean) << ']';
        out << '\n';
        internal::for_each_transition(model, s, a, [&](index_t next, auto const& outcomes) {
          out << "\t\t" << next << " : " << internal::text_of(outcomes.probability()) << '\n';
        });
      }
    }
    internal::check_written(out);
  }

 private:
  template <class P>
  static char const* value_type() {
    if constexpr (internal::has_bounds<P>) {
      return is_exact_v<P> ? "rational-interval" : "double-interval";
    } else {
      return is_exact_v<P> ? "rational" : "double";
    }
  }

  static std::vector<std::vector<std::size_t>> labels_of_states(index_t n, state_labels const& labels) {
    std::vector<std::vector<std::size_t>> all(n);
    for (std::size_t k = 0; k < labels.names().size(); ++k) {
      for (index_t s : labels.states(labels.names()[k])) {
        if (s >= n) detail::a_label_must_be_of_states_of_the_model(labels.names()[k], s, n);
        all[s].push_back(k);
      }
    }
    return all;
  }

  static std::string written(std::string const& label) {
    bool one_word = true;
    for (char c : label) {
      one_word = one_word && (internal::is_letter(c) || internal::is_digit(c) || c == '_');
      if (c == '"' || c == '\n') detail::a_label_must_have_no_quotation_mark(label);
    }
    if (label.empty()) detail::a_label_must_have_no_quotation_mark(label);
    return one_word ? label : '"' + label + '"';
  }
};

}  // namespace detail

/// `read_drn<R>(in, name)`, `read_drn<R>(path)`: a DTMC or an MDP in Storm's explicit format (DRN), as a
/// `drn_model<R>`: the model, the labels of its states, the names of its actions. `read_drn<R, interval<R>>`: also one
/// with intervals `[lower, upper]` of probabilities, which are kept as they are.
///
/// The actions of a state are numbered 0, 1, ... as they come. A slot pays what its state pays and what its action
/// pays, of the one reward model of the file, or of the one that a third argument names; each list of rewards has one
/// for each reward model. Numbers are decimals, fractions `a/b` or placeholders `$name` for them; the ends of an
/// interval are read as any number, without rounding outward.
///
/// *Arguments*: a stream and the name of the file for messages, or its path; the name of a reward model, which must be
/// given where there are several; what becomes of a state without transitions: refused unless it is said.
/// *Errors*: `invalid_value` with the file, the line and what was expected, or with the state and the action whose
/// probabilities do not sum to one: of intervals, whose do not contain a distribution. Parameters, rates and
/// observations are refused.
/// `std::overflow_error` where exact numbers of a fixed size cannot hold a sum of probabilities.
/// *Cost*: that of a `model_builder` and of `drn_model`; memory by the length of the file, whatever it says of its
/// size.
/// *Source*: Storm, Explicit Model Formats, DRN.
/// *Use*:
///     [] {
///       std::istringstream file(
///           "@type: DTMC\n@nr_states\n2\n@model\nstate 0 init\naction 0\n1 : 1/2\n0 : 0.5\nstate 1 end\n");
///       auto const [model, labels, names] = bellman::read_drn<double>(file, "two.drn", "", bellman::deadlock::ends);
///       return model.size() == 2 && labels.has("end", 1) && names[0] == "0";
///     }()
template <class R, class P = R>
inline constexpr detail::read_drn_fn<R, P> read_drn{};

/// `write_drn(out, model)`, `write_drn(out, model, labels)`: a model in Storm's explicit format, with the labels of its
/// states, as `read_drn` reads it.
///
/// Actions are named by their numbers. The rewards, if there are any, are those of the actions in the reward model
/// `reward`: where the outcomes of an action differ by their rewards, their mean. The format names labels beside
/// states: one that is of no state is not written.
///
/// *Errors*: `invalid_value` where there is no such mean, the probabilities being intervals; for a label that is empty
/// or has a quotation mark in it, or is of a state that the model does not have; where the stream fails.
/// *Cost*: O(transitions), and the labels once more by state.
/// *Use*:
///     [] {
///       bellman::model_builder<double> builder;
///       builder.add(0, 0, 0, 1.0, 2.5);
///       std::stringstream file;
///       bellman::write_drn(file, builder.build());
///       return bellman::read_drn<double>(file, "one.drn").model == builder.build();
///     }()
inline constexpr detail::write_drn_fn write_drn{};

}  // namespace bellman
