// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/internal/arrays_of_model.hpp>
#include <bellman/interop/internal/number_text.hpp>
#include <bellman/interop/internal/text_file.hpp>
#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/internal/model_arrays.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <algorithm>
#include <cstddef>
#include <istream>
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

// The lines of a file of rewards: those with #, which PRISM begins with, are comments.
class reward_file : public internal::text_file {
 public:
  using internal::text_file::text_file;

  bool next() {
    while (internal::text_file::next()) {
      if (line().front() != '#') return true;
    }
    return false;
  }
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
    reward_file file(in, name);
    rewarded_model<R, P> rewarded(model);
    std::vector<bool> seen(model.size(), false);
    for (bool first = true; file.next(); first = false) {
      index_t const s = file.index(expected);
      R const r = file.template number<R>(expected);
      file.end_of_line(expected);
      if (first && s == model.size()) continue;  // PRISM: how many states there are, and how many of them pay
      if (s >= model.size()) file.fail("a state below " + std::to_string(model.size()));
      if (seen[s]) file.fail("each state once");
      seen[s] = true;
      std::size_t const begin = model.first_transitions()[model.first_slots()[s]];
      std::size_t const end = model.first_transitions()[model.first_slots()[s + 1]];
      for (std::size_t k = begin; k < end; ++k) rewarded.add(k, r, file);
    }
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
    reward_file file(in, name);
    rewarded_model<R, P> rewarded(model);
    std::vector<bool> seen(model.transitions(), false);
    if (!file.next()) return model;
    // PRISM: the numbers of states, of choices of a process, and of transitions that pay. Three numbers may also be a
    // transition of a chain: then the next line has no more.
    std::size_t words = file.words();
    bool another = true;
    if (words == 2) {
      another = file.next();
    } else if (words == 3) {
      internal::text_line first = file;
      another = file.next();
      if (!another || file.words() == 3) row(first, model, rewarded, seen);
    }
    while (another) {
      row(file, model, rewarded, seen);
      another = file.next();
    }
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
    auto const first = model.next_states().begin();
    auto const begin = first + static_cast<std::ptrdiff_t>(model.first_transitions()[slot]);
    auto const end = first + static_cast<std::ptrdiff_t>(model.first_transitions()[slot + 1]);
    auto const range = std::equal_range(begin, end, next);
    if (range.first == range.second) line.fail("a transition of the model");
    for (auto i = range.first; i != range.second; ++i) {
      std::size_t const k = static_cast<std::size_t>(i - first);
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
    bool is_chain = true;
    for (index_t a : model.slot_actions()) is_chain = is_chain && a == 0;
    for (index_t s : model.states()) {
      for (index_t a : model.actions(s)) {
        auto const outcomes = model.transition(s, a);
        for (std::size_t k = 0; k < outcomes.size();) {
          std::size_t const begin = k;
          index_t const next = outcomes.at(k).value.next;
          while (k < outcomes.size() && outcomes.at(k).value.next == next) ++k;
          R const r = mean(outcomes, begin, k, s, a);
          if (r == R(0)) continue;
          out << s;
          if (!is_chain) out << ' ' << a;
          out << ' ' << next << ' ' << internal::text_of(r) << '\n';
        }
      }
    }
    internal::check_written(out);
  }

 private:
  // The expected reward of outcomes with one next state.
  template <class R, class P>
  static R mean(internal::model_row<R, P> const& outcomes, std::size_t begin, std::size_t end, index_t s, index_t a) {
    if (end == begin + 1) return outcomes.at(begin).value.reward;
    if constexpr (internal::has_bounds<P>) {
      detail::rewards_that_differ_must_have_a_mean(s, a, outcomes.at(begin).value.next);
    } else {
      P p = outcomes.at(begin).probability;
      R r = weigh(p, outcomes.at(begin).value.reward);
      for (std::size_t k = begin + 1; k < end; ++k) {
        p = sum(p, outcomes.at(k).probability);
        r = sum(r, weigh(outcomes.at(k).probability, outcomes.at(k).value.reward));
      }
      return quotient(r, p);
    }
  }
};

}  // namespace detail

/// `read_state_rewards(in, name, model)`, `read_state_rewards(path, model)`: the model that also pays what a file says
/// for each state: on every step out of it, whatever the action. A state without actions takes no step and pays
/// nothing.
///
/// Lines are `state reward`; what they do not name pays 0. PRISM's lines of `#` and its first line of two numbers, of
/// which the first is that of the states, are passed over.
///
/// *Arguments*: a stream and the name of the file for messages, or its path; a model, as `read_tra` gives it.
/// *Errors*: `invalid_value` with the file, the line and what was expected: a state that there is not, or twice.
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
/// lines of `#` and its first line of two or three numbers are passed over.
///
/// *Arguments*: a stream and the name of the file for messages, or its path; a model, as `read_tra` gives it.
/// *Errors*: `invalid_value` with the file, the line and what was expected: a transition that the model does not have,
/// or that has no probability, or that is named twice.
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
