// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/interop/internal/arrays_of_model.hpp>
#include <bellman/interop/internal/number_text.hpp>
#include <bellman/interop/internal/outcomes_of_slot.hpp>
#include <bellman/interop/internal/text_file.hpp>
#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/internal/model_arrays.hpp>
#include <bellman/planning/internal/sorted.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <cstddef>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void rewards_that_differ_must_have_a_mean(index_t s, index_t a, index_t next) {
  internal::refuse("bellman: in state " + std::to_string(s) + ", action " + std::to_string(a) + " leads to state " +
                   std::to_string(next) + " for rewards that differ; the file has one number for them");
}

// The lines of rewards in a file: those with #, which PRISM begins with, are comments. PRISM's first line says how many
// states there are, choices of a process, and lines of rewards; no reward begins with the number of states. What would
// be PRISM's first line for another number of states is kept until the lines behind it tell whether it is.
class reward_file : public internal::text_file {
 public:
  reward_file(std::istream& in, std::string_view name, index_t states, bool may_say_choices)
      : internal::text_file(in, name), states_(states), may_say_choices_(may_say_choices) {}

  bool next() {
    if (!next_without_comment()) return false;
    std::size_t begin = 0;
    if (lines_ == 0 && internal::index_in_text(word_from(begin)) == states_) {
      read_head();
      if (!next_without_comment()) return false;
    } else if (lines_ == 0) {
      keep_other_head();
    } else if (other_head_) {
      agree_with_other_head();
    }
    ++lines_;
    return true;
  }

  template <class R, class P>
  void check_counts(explicit_model<R, P> const& model) const {
    if (other_head_ && other_head_->rewards > 0 && other_head_->rewards + 1 == lines_) {
      internal::a_file_must_hold_what_its_format_says(
          name_, "line " + std::to_string(other_head_->line),
          "the numbers of PRISM for " + std::to_string(states_) + " states, or rewards in the order of their states",
          other_head_->text);
    }
    if (rewards_ && *rewards_ != lines_) {
      internal::a_file_must_hold_as_many_as_it_says(name_, "rewards", *rewards_, lines_);
    }
    if (!choices_) return;
    std::size_t added = 0;  // perhaps, for deadlocks, by whoever read the model or wrote the file
    for (index_t s : model.states()) {
      if (model.actions(s).size() != 1) continue;
      auto const outcomes = model.transition(s, model.actions(s)[0]);
      if (outcomes.size() == 1 && outcomes.at(0).value.next == s) ++added;
    }
    if (*choices_ > model.slots() || *choices_ + added < model.slots()) {
      internal::a_file_must_hold_as_many_as_it_says(name_, "choices", *choices_, model.slots());
    }
  }

 private:
  bool next_without_comment() {
    while (internal::text_file::next()) {
      if (line().front() != '#') return true;
    }
    return false;
  }

  void read_head() {
    char const* const expected = may_say_choices_ ? "the numbers of states, of choices of a process, and of rewards"
                                                  : "the numbers of states and of rewards";
    std::size_t const numbers = words();
    static_cast<void>(index(expected));
    if (may_say_choices_ && numbers == 3) choices_ = index(expected);
    rewards_ = index(expected);
    end_of_line(expected);
  }

  void keep_other_head() {
    if (words() != (may_say_choices_ ? 3u : 2u)) return;
    std::size_t at = 0;
    std::optional<index_t> const states = internal::index_in_text(word_from(at));
    if (may_say_choices_ && !internal::index_in_text(word_from(at))) return;
    std::optional<index_t> const rewards = internal::index_in_text(word_from(at));
    if (states && rewards) other_head_ = head_of_others{*states, *rewards, number_of_line(), std::string(line())};
  }
  // A line of a process has a word more than its head, one of states as many; and its state is one of those counted.
  void agree_with_other_head() {
    std::size_t at = 0;
    std::optional<index_t> const s = internal::index_in_text(word_from(at));
    if (!s || *s >= other_head_->states || words() != (may_say_choices_ ? 4u : 2u)) other_head_.reset();
  }

  struct head_of_others {
    index_t states;
    std::size_t rewards;
    std::size_t line;
    std::string text;
  };

  index_t states_;
  bool may_say_choices_;
  std::size_t lines_ = 0;
  std::optional<head_of_others> other_head_{};
  std::optional<index_t> choices_{};
  std::optional<index_t> rewards_{};
};

// A model whose rewards are added to.
template <class R, class P>
class rewarded_model {
 public:
  explicit rewarded_model(explicit_model<R, P> const& model) : arrays_(internal::arrays_of(model)) {}

  void add(std::size_t transition, R const& r, internal::text_line const& line) {
    R& reward = arrays_.rewards[transition];
    reward = sum(reward, r);
    if (!is_finite(reward)) line.fail("rewards whose sum is finite");
  }
  explicit_model<R, P> model() && { return explicit_model<R, P>(std::move(arrays_)); }

 private:
  internal::model_arrays<R, P> arrays_;
};

struct read_state_rewards_fn {
  template <class R, class P>
  explicit_model<R, P> operator()(std::istream& in, std::string_view name, explicit_model<R, P> const& model) const {
    char const* const expected = "`state reward`";
    reward_file file(in, name, model.size(), false);
    rewarded_model<R, P> rewarded(model);
    std::vector<bool> seen(model.size(), false);
    while (file.next()) {
      index_t const s = file.index(expected);
      R const r = file.template number<R>(expected);
      file.end_of_line(expected);
      if (s >= model.size()) file.fail("a state below " + std::to_string(model.size()));
      if (seen[s]) file.fail("each state once");
      seen[s] = true;
      std::size_t const begin = model.first_transitions()[model.first_slots()[s]];
      std::size_t const end = model.first_transitions()[model.first_slots()[s + 1]];
      for (std::size_t k = begin; k < end; ++k) rewarded.add(k, r, file);
    }
    file.check_counts(model);
    return std::move(rewarded).model();
  }
  template <class R, class P>
  explicit_model<R, P> operator()(std::string const& path, explicit_model<R, P> const& model) const {
    return internal::with_file(path, [&](std::istream& in) { return (*this)(in, path, model); });
  }
};

struct read_transition_rewards_fn {
  template <class R, class P>
  explicit_model<R, P> operator()(std::istream& in, std::string_view name, explicit_model<R, P> const& model) const {
    reward_file file(in, name, model.size(), true);
    rewarded_model<R, P> rewarded(model);
    std::vector<bool> seen(model.transitions(), false);
    while (file.next()) row(file, model, rewarded, seen);
    file.check_counts(model);
    return std::move(rewarded).model();
  }
  template <class R, class P>
  explicit_model<R, P> operator()(std::string const& path, explicit_model<R, P> const& model) const {
    return internal::with_file(path, [&](std::istream& in) { return (*this)(in, path, model); });
  }

 private:
  template <class R, class P>
  static void row(internal::text_line& line, explicit_model<R, P> const& model, rewarded_model<R, P>& rewarded,
                  std::vector<bool>& seen) {
    bool const names_action = line.words() > 3;
    char const* const expected = names_action ? "`from action to reward`" : "`from to reward`";
    index_t const s = line.index(expected);
    index_t const action = names_action ? line.index(expected) : 0;
    index_t const next = line.index(expected);
    R const r = line.template number<R>(expected);
    line.end_of_line(expected);
    if (s >= model.size()) line.fail("a state below " + std::to_string(model.size()));
    if (!names_action && model.actions(s).size() > 1) {
      line.fail("`from action to reward`, for the state has several actions");
    }
    index_t const slot = model.slot(s, names_action || model.terminal(s) ? action : model.actions(s)[0]);
    if (slot == no_index) line.fail("a transition of the model");
    auto const targets = model.next_states();
    index_t const end = model.first_transitions()[slot + 1];
    index_t k =
        internal::partition_point(model.first_transitions()[slot], end, [&](index_t i) { return targets[i] < next; });
    if (k == end || targets[k] != next) line.fail("a transition of the model");
    for (; k < end && targets[k] == next; ++k) {
      if (seen[k]) line.fail("each transition once");
      seen[k] = true;
      rewarded.add(k, r, line);
    }
  }
};

struct write_state_rewards_fn {
  template <class R>
  void operator()(std::ostream& out, std::vector<R> const& rewards) const {
    for (std::size_t s = 0; s < rewards.size(); ++s) {
      if (!(rewards[s] == R(0))) out << s << ' ' << internal::text_of(rewards[s]) << '\n';
    }
    internal::check_written(out);
  }
};

struct write_transition_rewards_fn {
  template <class R, class P>
  void operator()(std::ostream& out, explicit_model<R, P> const& model) const {
    bool const is_chain = internal::is_chain_of_action_0(model);
    internal::for_each_transition(model, [&](index_t s, index_t a, index_t next, auto const& outcomes) {
      std::optional<R> const r = outcomes.mean_reward();
      if (!r) detail::rewards_that_differ_must_have_a_mean(s, a, next);
      if (*r == R(0)) return;
      out << s;
      if (!is_chain) out << ' ' << a;
      out << ' ' << next << ' ' << internal::text_of(*r) << '\n';
    });
    internal::check_written(out);
  }
};

}  // namespace detail

/// `read_state_rewards(in, name, model)`, `read_state_rewards(path, model)`: the model that also pays what a file says
/// for each state: on every step out of it, whatever the action. A state without actions takes no step and pays
/// nothing.
///
/// Lines are `state reward`; what they do not name pays 0. PRISM's lines of `#` are passed over; its first line says
/// how many states there are and how many lines come, and begins as no other can, with `model.size()`.
///
/// *Arguments*: a stream and the name of the file for messages, or its path; a model, as `read_tra` gives it.
/// *Errors*: `invalid_value` with the file, the line and what was expected: a state that there is not, or twice; a
/// first line `n k` that k lines of states below n follow, which is PRISM's for another model (rewards in ascending
/// order of their states never look so); with the file for another number of lines than its first one says.
/// *Cost*: a copy of the model, and O(transitions).
/// *Source*: PRISM's manual, Explicit Model Files.
/// *Use*:
///     [] {
///       std::istringstream transitions("dtmc\n0 1 1\n1 1 1\n");
///       std::istringstream rewards("0 2.5\n");
///       auto const model = bellman::read_tra<double>(transitions, "two.tra");
///       return bellman::solve(bellman::read_state_rewards(rewards, "two.rew", model), 0.5).value(0) == 2.5;
///     }()
inline constexpr detail::read_state_rewards_fn read_state_rewards{};

/// `read_transition_rewards(in, name, model)`, `read_transition_rewards(path, model)`: the model that also pays what a
/// file says for each transition.
///
/// Lines are `from to reward` of a chain or `from action to reward` of a process; what they do not name pays 0. PRISM's
/// lines of `#` are passed over; its first line says how many states there are, how many choices of a process, and how
/// many lines come, and begins as no other can, with `model.size()`.
///
/// *Arguments*: a stream and the name of the file for messages, or its path; a model, as `read_tra` gives it.
/// *Errors*: `invalid_value` with the file, the line and what was expected: a transition that the model does not have,
/// or that has no probability, or that is named twice; a first line `n c k` that k lines of four words and of states
/// below n follow, which is PRISM's for another model; with the file for other numbers than its first line says.
/// Choices may be counted with or without those of states that stay where they are, which whoever reads deadlocks adds.
/// *Cost*: a copy of the model, and O(log n) a line for states with n transitions.
/// *Source*: PRISM's manual, Explicit Model Files.
/// *Use*:
///     [] {
///       std::istringstream transitions("dtmc\n0 1 1\n1 1 1\n");
///       std::istringstream rewards("0 1 2.5\n");
///       auto const model = bellman::read_tra<double>(transitions, "two.tra");
///       return bellman::solve(bellman::read_transition_rewards(rewards, "two.rew", model), 0.5).value(0) == 2.5;
///     }()
inline constexpr detail::read_transition_rewards_fn read_transition_rewards{};

/// `write_state_rewards(out, rewards)`: the rewards of states, as `read_state_rewards` reads them; those of 0 have no
/// line.
///
/// *Arguments*: a stream; a vector of the rewards by the numbers of the states.
/// *Errors*: `invalid_value` where the stream fails.
/// *Use*:
///     [] {
///       std::ostringstream out;
///       bellman::write_state_rewards(out, std::vector{0.0, 2.5});
///       return out.str() == "1 2.5\n";
///     }()
inline constexpr detail::write_state_rewards_fn write_state_rewards{};

/// `write_transition_rewards(out, model)`: the rewards of a model's transitions, as `read_transition_rewards` reads
/// them, beside what `write_tra` writes; those of 0 have no line. Rewards of one transition that differ are written as
/// their mean.
///
/// *Errors*: `invalid_value` where there is no such mean, the probabilities being intervals, and where the stream
/// fails.
/// *Use*:
///     [] {
///       bellman::model_builder<double> builder;
///       builder.add(0, 0, 1, 1.0, 2.5);
///       std::ostringstream out;
///       bellman::write_transition_rewards(out, builder.build());
///       return out.str() == "0 1 2.5\n";
///     }()
inline constexpr detail::write_transition_rewards_fn write_transition_rewards{};

}  // namespace bellman
