// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/interop/deadlock.hpp>
#include <bellman/interop/internal/number_text.hpp>
#include <bellman/interop/internal/outcomes_of_slot.hpp>
#include <bellman/interop/internal/states_of_file.hpp>
#include <bellman/interop/internal/text_file.hpp>
#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/internal/sorted.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace bellman {

/// How a file of transitions begins: as Storm writes it, with `dtmc` or `mdp`, or as PRISM does, with the numbers of
/// states, of choices where there are several, and of transitions.
///
/// *Use*:
///     bellman::tra_header::storm != bellman::tra_header::prism
enum class tra_header { storm, prism };

namespace detail {

[[noreturn]] inline void a_state_must_be_named_by_a_transition(index_t s) {
  internal::refuse("bellman: state " + std::to_string(s) +
                   " is named by no transition, so that a file without the number of states lacks it; say "
                   "tra_header::prism");
}

template <class R, class P>
class tra_reader {
 public:
  tra_reader(std::istream& in, std::string_view name) : file_(in, name) {}

  explicit_model<R, P> read(deadlock choice) {
    read_head();
    while (file_.next()) row();
    check_each_once();
    index_t const n = builder_.states();
    check_count("transitions", transitions_, builder_.size());
    internal::check_count_of_states(file_.name(), n, builder_.size());
    explicit_model<R, P> const model = builder_.build(file_.name());
    check_count("choices", choices_, model.slots());
    return internal::with_deadlocks_resolved(model, builder_, choice, file_.name());
  }

 private:
  // Where a transition stands.
  struct place {
    index_t s;
    index_t a;
    index_t next;
    std::size_t line;

    friend bool operator<(place const& x, place const& y) {
      if (x.s != y.s) return x.s < y.s;
      return x.a != y.a ? x.a < y.a : x.next < y.next;
    }
  };

  void check_count(char const* what, std::optional<index_t> const& said, std::size_t found) const {
    if (said && *said != found) internal::a_file_must_hold_as_many_as_it_says(file_.name(), what, *said, found);
  }

  void check_each_once() {
    internal::sort(places_, [](place const& x, place const& y) { return x < y; });
    for (std::size_t k = 1; k < places_.size(); ++k) {
      if (places_[k - 1] < places_[k]) continue;
      place const& again = places_[k];
      internal::a_file_must_hold_what_its_format_says(
          file_.name(), "line " + std::to_string(again.line), "each transition once",
          std::to_string(again.s) + (is_mdp_ ? " " + std::to_string(again.a) : "") + " " + std::to_string(again.next));
    }
  }

  static bool is_word(std::string_view text, std::string_view lower) {
    if (text.size() != lower.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      char const c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
      if (c != lower[i]) return false;
    }
    return true;
  }

  char const* what_a_row_has() const { return is_mdp_ ? "`from action to probability`" : "`from to probability`"; }

  void read_head() {
    char const* const expected = "`dtmc`, `mdp`, or the numbers of states and transitions";
    if (!file_.next()) file_.fail_at_end(expected);
    std::size_t const words = file_.words();
    if (!internal::is_digit(file_.line().front())) {
      std::string_view const kind = file_.word();
      is_mdp_ = is_word(kind, "mdp");
      if (words != 1 || (!is_mdp_ && !is_word(kind, "dtmc"))) file_.fail(expected);
    } else if (words == 2) {
      builder_ = model_builder<R, P>(file_.index("a number of states"));
      transitions_ = file_.index("a number of transitions");
    } else if (words == 3) {
      read_three();
    } else {
      is_mdp_ = true;
      row();
    }
  }

  // Three numbers are a transition of a chain, or PRISM's numbers of states, choices and transitions of a process: then
  // the next line has four.
  void read_three() {
    internal::text_line first = file_;
    bool const another = file_.next();
    if (!another || file_.words() == 3) {
      row(first);
      if (another) row();
      return;
    }
    is_mdp_ = true;
    builder_ = model_builder<R, P>(first.index("a number of states"));
    choices_ = first.index("a number of choices");
    transitions_ = first.index("a number of transitions");
    row();
  }

  void row() { row(file_); }
  void row(internal::text_line& line) {
    char const* const expected = what_a_row_has();
    index_t const s = line.index(expected);
    index_t const a = is_mdp_ ? line.index(expected) : 0;
    index_t const next = line.index(expected);
    P const p = line.template number<P>(expected);
    if (!internal::is_not_negative(p)) line.fail("a probability from 0 to 1");
    // PRISM writes the name of an action behind it.
    std::string_view const label = line.word();
    if (!label.empty() && !internal::is_letter(label.front()) && label.front() != '_') line.fail(expected);
    line.end_of_line(expected);
    if (transitions_ && (s >= builder_.states() || next >= builder_.states())) {
      line.fail("states below " + std::to_string(builder_.states()));
    }
    builder_.add(s, a, next, p, scalar_traits<R>::zero());
    places_.push_back({s, a, next, line.number_of_line()});
  }

  internal::text_file file_;
  model_builder<R, P> builder_;
  std::vector<place> places_;
  bool is_mdp_ = false;
  std::optional<index_t> choices_;
  std::optional<index_t> transitions_;
};

template <class R, class P>
struct read_tra_fn {
  explicit_model<R, P> operator()(std::istream& in, std::string_view name, deadlock choice = deadlock::refused) const {
    return tra_reader<R, P>(in, name).read(choice);
  }
  explicit_model<R, P> operator()(std::string const& path, deadlock choice = deadlock::refused) const {
    return internal::with_file(path, [&](std::istream& in) { return (*this)(in, path, choice); });
  }
};

struct write_tra_fn {
  template <class R, class P>
  void operator()(std::ostream& out, explicit_model<R, P> const& model, tra_header header = tra_header::storm) const {
    bool const is_chain = internal::is_chain_of_action_0(model);
    std::size_t rows = 0;
    index_t named = 0;  // how many states there are by their lines alone
    internal::for_each_transition(model, [&](index_t s, index_t, index_t next, auto const&) {
      ++rows;
      index_t const larger = s < next ? next : s;
      if (larger >= named) named = larger + 1;
    });
    internal::check_count_of_states("a file of transitions", model.size(), rows);
    if (header == tra_header::storm) {
      if (named < model.size()) detail::a_state_must_be_named_by_a_transition(model.size() - 1);
      out << (is_chain ? "dtmc\n" : "mdp\n");
    } else {
      out << model.size();
      if (!is_chain) out << ' ' << model.slots();
      out << ' ' << rows << '\n';
    }
    internal::for_each_transition(model, [&](index_t s, index_t a, index_t next, auto const& outcomes) {
      out << s;
      if (!is_chain) out << ' ' << a;
      out << ' ' << next << ' ' << internal::text_of(outcomes.probability()) << '\n';
    });
    internal::check_written(out);
  }
};

}  // namespace detail

/// `read_tra<R>(in, name)`, `read_tra<R>(path)`: the model whose transitions a file of Storm or PRISM lists, as an
/// `explicit_model<R>` that pays nothing. Rewards are added by `read_state_rewards` and `read_transition_rewards`,
/// labels are read by `read_lab`. `read_tra<R, P>`: with probabilities of another type, such as an `interval`.
///
/// A file begins with `dtmc` or `mdp` (Storm), or with the numbers of states and transitions, and of choices between
/// them if it is a process (PRISM), or with neither. Then come lines `from to probability` of a chain, whose only
/// action is 0, or `from action to probability` of a process; PRISM's name of an action may stand behind, which begins
/// with a letter or `_`. Lines may come in any order, each transition once, blank lines are skipped; a probability is a
/// decimal, a fraction `a/b`, or `[lower, upper]` where P is an interval.
///
/// *Arguments*: a stream, and the name of the file for messages; or its path; what becomes of a state without
/// transitions: refused unless it is said.
/// *Errors*: `invalid_value` with the file, the line and what was expected, or with the state and the action whose
/// probabilities do not sum to one. It is refused too that most states are named nowhere, which costs memory for
/// nothing. What an exact number of the type cannot hold is refused.
/// `std::overflow_error` where exact numbers of a fixed size cannot hold a sum of probabilities.
/// *Cost*: that of a `model_builder`, and 24 bytes a line; memory by the length of the file, whatever its numbers are.
/// *Source*: PRISM's manual, Explicit Model Files.
/// *Use*:
///     [] {
///       std::istringstream file("mdp\n0 0 1 0.5\n0 0 0 0.5\n0 1 1 1\n");
///       auto const model = bellman::read_tra<double>(file, "two.tra", bellman::deadlock::ends);
///       return model.size() == 2 && model.actions(0).size() == 2 && model.terminal(1);
///     }()
template <class R, class P = R>
inline constexpr detail::read_tra_fn<R, P> read_tra{};

/// `write_tra(out, model)`, `write_tra(out, model, tra_header::prism)`: the transitions of an `explicit_model` as
/// `read_tra` reads them. As a chain if every action is the number 0.
///
/// Rewards are not written, and a terminal state has no line: what reads it calls it a deadlock.
///
/// *Errors*: `invalid_value` where the stream fails; for what could not be read again: in Storm's way the last state if
/// no transition names it, and that most states are named nowhere.
/// *Use*:
///     [] {
///       bellman::model_builder<double> builder;
///       builder.add(0, 0, 1, 1.0, 0.0);
///       std::ostringstream out;
///       bellman::write_tra(out, builder.build());
///       return out.str() == "dtmc\n0 1 1\n";
///     }()
inline constexpr detail::write_tra_fn write_tra{};

}  // namespace bellman
