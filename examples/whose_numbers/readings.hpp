// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "recording.hpp"

#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

// What the flags, the mask and the rewards of a recording may be taken for: once as they are meant, and in the ways in
// which training codes get them wrong.
namespace whose_numbers {

/// What a step is taken for.
enum class kind : char {
  goes_on,
  ends,          ///< 0 comes after it
  cut,           ///< a value comes after it
  forgets,       ///< the value of the next state comes after it, and nothing of what is earned from there on
  ends_not_sum,  ///< 0 in its TD error, but the sum of the errors to come goes on
  cut_not_sum,   ///< a value in its TD error, but the sum goes on
  skipped        ///< it is none of the policy's own
};

struct read_step {
  kind what = kind::goes_on;
  double after = unknown;  ///< the value of the state after it, where the step is not `goes_on`
};

/// A sequence under a reading.
struct read_sequence {
  row rewards, values, ratios;
  std::vector<read_step> steps;
};

/// A place in a recording.
struct place {
  std::size_t row = 0, step = 0;
};

/// A way to read a recording.
struct reading {
  std::string what;   ///< the mistake in a few words; empty of the right one
  std::string why;    ///< what is wrong with it
  std::string known;  ///< who is known to have done so and does no more
  std::vector<read_sequence> sequences;

  bool is_right() const { return what.empty(); }
};

namespace detail {

/// What stands behind the last own step in the rewards.
inline double reward_on_padding(sequence const& s) {
  double sum = 0;
  for (std::size_t t = s.last_own() + 1; t < s.size(); ++t) sum += std::isnan(s.rewards[t]) ? 0 : s.rewards[t];
  return sum;
}

/// Whether the value that stands for the next state beside step t is another than that state's own.
inline bool disagrees(sequence const& s, std::size_t t) {
  std::size_t const next = s.next_own(t);
  if (!s.own[t] || s.ends[t] != end::none || next == s.size() || s.values.empty()) return false;
  return std::fabs(s.next_values[t] - s.values[next]) > 1e-9 * (1 + std::fabs(s.values[next]));
}

/// The steps as they are meant: an answer's reward is that of its last token, wherever it was written. A value that is
/// not known is NaN.
inline read_sequence as_meant(sequence const& s, bool reads_next_values = true) {
  read_sequence r{s.rewards, s.values, s.ratios, std::vector<read_step>(s.size())};
  if (s.last_own() < s.size()) r.rewards[s.last_own()] += s.score.value_or(0) + reward_on_padding(s);
  for (std::size_t t = 0; t < s.size(); ++t) {
    if (!s.own[t]) {
      r.steps[t].what = kind::skipped;
      r.rewards[t] = 0;
      if (!r.values.empty()) r.values[t] = 0;
    } else if (s.ends[t] == end::terminated) {
      r.steps[t] = {kind::ends, 0};
    } else if (s.ends[t] == end::cut) {
      r.steps[t] = {kind::cut, s.next_values[t]};
    } else if (s.next_own(t) == s.size()) {
      r.steps[t] = {kind::cut, s.last_value};
    } else if (reads_next_values && disagrees(s, t)) {
      r.steps[t] = {kind::cut_not_sum, s.next_values[t]};
    }
  }
  return r;
}

/// The value of the state that the next row of the recording begins with, whatever episode that is of.
inline double next_row_value(sequence const& s, std::size_t t) {
  std::size_t const next = s.next_own(t);
  if (next < s.size()) return s.values.empty() ? unknown : s.values[next];
  return s.last_value;
}

inline double or_else(double x, double otherwise) { return std::isnan(x) ? otherwise : x; }

}  // namespace detail

/// All ways to read a recording that it has something for, the right one first. Where the values beside the steps are
/// not those of the next rows there are two that are right.
inline std::vector<reading> readings_of(recording const& r) {
  using detail::as_meant;
  std::vector<reading> all;
  bool has_end = false, has_cut = false, has_later_cut = false, goes_on = false, has_gap = false, has_padding = false,
       has_reward_on_padding = false, has_other_next = false, has_many = false;
  for (sequence const& s : r.sequences) {
    has_many = has_many || s.size() > 1;
    has_reward_on_padding = has_reward_on_padding || detail::reward_on_padding(s) != 0;
    std::size_t const last = s.last_own();
    has_padding = has_padding || last + 1 < s.size();
    for (std::size_t t = 0; t < s.size(); ++t) {
      has_other_next = has_other_next || detail::disagrees(s, t);
      has_gap = has_gap || (!s.own[t] && t < last && last != s.size());
      has_end = has_end || s.ends[t] == end::terminated;
      has_cut = has_cut || s.ends[t] == end::cut;
      has_later_cut = has_later_cut || (s.ends[t] != end::none && t < last);
    }
    goes_on =
        goes_on || (last < s.size() && s.ends[last] == end::none) || (last < s.size() && s.ends[last] == end::cut);
  }
  auto const add = [&](std::string what, std::string why, std::string known, auto const& of_sequence) {
    reading x{std::move(what), std::move(why), std::move(known), {}};
    for (sequence const& s : r.sequences) x.sequences.push_back(of_sequence(s));
    all.push_back(std::move(x));
  };
  /// `change(s, t, step, sequence)` of every own step.
  auto const change = [](auto const& f) {
    return [f](sequence const& s) {
      read_sequence x = as_meant(s);
      for (std::size_t t = 0; t < s.size(); ++t) {
        if (s.own[t]) f(s, t, x.steps[t], x);
      }
      return x;
    };
  };
  auto const meant = [](sequence const& s) { return as_meant(s); };
  add("", "", "", meant);
  if (has_other_next) {
    add("", "", "", [](sequence const& s) { return as_meant(s, false); });
  }

  if (has_cut) {
    add("a cut is taken for an end",
        "A time limit says nothing about the state after it: its value counts, here it counts 0.", "",
        change([](sequence const& s, std::size_t t, read_step& x, auto const&) {
          if (s.ends[t] == end::cut) x = {kind::ends, 0};
        }));
  }
  if (has_end && has_many) {
    add("an end is taken for a cut", "After a terminal state nothing is earned: its value is 0, here it counts.", "",
        change([](sequence const& s, std::size_t t, read_step& x, auto const&) {
          if (s.ends[t] == end::terminated) {
            x = {kind::cut, detail::or_else(s.next_values[t], detail::next_row_value(s, t))};
          }
        }));
  }
  if (has_later_cut) {
    add("the state after a cut is taken to be the first of the next episode",
        "The value after a cut is that of the last observation; the next row is already a reset environment's.", "",
        change([](sequence const& s, std::size_t t, read_step& x, auto const&) {
          if (s.ends[t] == end::cut) x = {kind::cut, detail::next_row_value(s, t)};
        }));
    add("the flags of ends are not read", "What the next episode earns is credited to this one, through its ends.", "",
        change([](sequence const& s, std::size_t t, read_step& x, auto const&) {
          if (s.ends[t] != end::none && s.next_own(t) < s.size()) x = {};
        }));
    if (has_cut) {
      add("the flags of cuts are not read", "What the next episode earns is credited to the one that was cut off.", "",
          change([](sequence const& s, std::size_t t, read_step& x, auto const&) {
            if (s.ends[t] == end::cut && s.next_own(t) < s.size()) x = {};
          }));
      add("the sum of errors goes on behind a cut",
          "The TD error at the cut is right, but the next episode's errors are added to it: a cut must end the trace.",
          "", change([](sequence const& s, std::size_t t, read_step& x, auto const&) {
            if (s.ends[t] == end::cut && s.next_own(t) < s.size()) x.what = kind::cut_not_sum;
          }));
    }
    add("the sum of errors goes on behind an end",
        "The value after an end is masked, but the next episode's errors are added: an end must cut the trace too.", "",
        change([](sequence const& s, std::size_t t, read_step& x, auto const&) {
          if (s.ends[t] == end::none || s.next_own(t) == s.size()) return;
          x.what = s.ends[t] == end::cut ? kind::cut_not_sum : kind::ends_not_sum;
        }));
    add("the sum of errors goes on behind an end, and a cut is taken for an end",
        "Every value after an end is masked, and the next episode's errors are added to it.", "",
        change([](sequence const& s, std::size_t t, read_step& x, auto const&) {
          if (s.ends[t] != end::none && s.next_own(t) < s.size()) x = {kind::ends_not_sum, 0};
        }));
    add("the value after an end is not masked",
        "An end cuts the sum of errors, but the next episode's first value counts in the TD error.", "",
        change([](sequence const& s, std::size_t t, read_step& x, auto const&) {
          if (s.ends[t] != end::none && s.next_own(t) < s.size()) x = {kind::cut, detail::next_row_value(s, t)};
        }));
  }
  if (has_cut) {
    add("the step at a cut is left out",
        "The TD error at the cut is set to 0: the episode ends one step early, and nothing is learned from its last.",
        "", [](sequence const& s) {
          read_sequence x = as_meant(s);
          for (std::size_t t = 0; t < s.size(); ++t) {
            if (!s.own[t] || s.ends[t] != end::cut) continue;
            // Reward and value cancel: the error is 0.
            x.steps[t] = {kind::ends, 0};
            x.rewards[t] = x.values.empty() ? 0 : x.values[t];
          }
          return x;
        });
    add("the state after a cut is taken to be the one before",
        "The value after a cut is that of the last observation, not that of the state in which the action was taken.",
        "", change([](sequence const& s, std::size_t t, read_step& x, auto const&) {
          if (s.ends[t] == end::cut && !s.values.empty()) x = {kind::cut, s.values[t]};
        }));
  }
  if (has_later_cut) {
    for (bool const late : {false, true}) {
      for (bool const keeps_cuts : {false, true}) {
        if (keeps_cuts && !has_cut) continue;
        std::string const direction = late ? "late" : "early";
        add("the flags of ends are read one step " + direction +
                (keeps_cuts ? ""
                 : has_cut  ? ", and a cut is taken for an end"
                            : ""),
            late ? "Flag t says that step t ended; here it is read at step t + 1, as if it said that observation t + 1 "
                   "ended something."
                 : "Flag t says that step t ended; here it is read at step t - 1, as a flag that observation t is the "
                   "first of an episode would be.",
            "", [late, keeps_cuts](sequence const& s) {
              read_sequence x = as_meant(s);
              for (std::size_t t = 0; t < s.size(); ++t) {
                if (!s.own[t]) continue;
                bool const outside = late ? t == 0 : t + 1 == s.size();
                end const e = outside ? (late ? end::none : s.ends[t]) : s.ends[late ? t - 1 : t + 1];
                if (e == end::none) {
                  bool const is_last = s.next_own(t) == s.size();
                  x.steps[t] =
                      is_last ? read_step{kind::cut, detail::or_else(s.last_value, s.next_values[t])} : read_step{};
                } else if (e == end::cut && keeps_cuts) {
                  x.steps[t] = {kind::cut, detail::or_else(s.next_values[t], detail::next_row_value(s, t))};
                } else {
                  x.steps[t] = {kind::ends, 0};
                }
              }
              return x;
            });
      }
    }
  }
  if (goes_on) {
    add("the end of the recording is taken for an end",
        "The last episode goes on behind the recording: the value of the state there counts, here it counts 0.", "",
        [](sequence const& s) {
          read_sequence x = as_meant(s);
          std::size_t const last = s.last_own();
          if (last < s.size()) x.steps[last] = {kind::ends, 0};
          return x;
        });
  }
  if (has_many) {
    add("rewards are read one step late",
        "Reward t is that of the action taken at step t; here step t is given reward t + 1.", "",
        [](sequence const& s) {
          read_sequence x = as_meant(s);
          for (std::size_t t = 0; t + 1 < s.size(); ++t) x.rewards[t] = x.rewards[t + 1];
          x.rewards.back() = 0;
          return x;
        });
  }

  // Tokens of an answer, among others.
  if (has_gap) {
    add("each masked token costs a gamma, as a step of value 0",
        "What a tool wrote is no step of the policy, however long it is; here time passes over it, and the token "
        "before "
        "sees a value of 0.",
        "", [](sequence const& s) {
          read_sequence x = as_meant(s);
          for (std::size_t t = 0; t < s.size(); ++t) {
            if (!s.own[t]) x.steps[t] = t + 1 == s.size() ? read_step{kind::ends, 0} : read_step{};
          }
          return x;
        });
    add("a masked token wipes out all credit for the tokens before it",
        "What comes later is multiplied by the mask; credit must pass through a masked token undiminished.",
        "verl's REINFORCE++ before its fix (issue 7278)", [](sequence const& s) {
          read_sequence x = as_meant(s);
          for (std::size_t t = 0; t + 1 < s.size(); ++t) {
            if (!s.own[t] || s.own[t + 1] || s.next_own(t) == s.size()) continue;
            x.steps[t] = {kind::forgets, s.values.empty() ? 0 : s.values[s.next_own(t)]};
          }
          return x;
        });
  }
  if (has_gap || has_padding) {
    add("the mask is not read",
        "Tokens that are none of the policy's count as steps, with the values that stand there.", "",
        [](sequence const& s) {
          read_sequence x{s.rewards, s.values, s.ratios, std::vector<read_step>(s.size())};
          if (s.score) x.rewards[s.last_own()] += *s.score;
          x.steps.back() = {kind::ends, 0};
          return x;
        });
  }
  if (has_padding) {
    auto const placed = [](bool at_the_end) {
      return [at_the_end](sequence const& s) {
        read_sequence x = as_meant(s);
        std::size_t const last = s.last_own();
        if (last + 1 >= s.size()) return x;
        std::size_t const to = at_the_end ? s.size() - 1 : last + 1;
        for (std::size_t t = last; t <= to; ++t) {
          x.steps[t] = {};
          x.rewards[t] = s.rewards[t];
        }
        if (s.score) x.rewards[to] += *s.score;
        if (!x.values.empty() && !at_the_end) x.values[to] = s.values[to];
        x.steps[to] = {kind::ends, 0};
        return x;
      };
    };
    add("the reward lies on the padding",
        "The reward counts one step behind the last token: it costs one more gamma, and the value there is that of no "
        "token.",
        "", placed(false));
    add("the reward lies at the end of the padding",
        "The reward counts in the last column of the padded row: each token of padding costs one more gamma.", "",
        placed(true));
    if (has_reward_on_padding) {
      add("the reward on the padding is lost",
          "It lies behind the last token, where the mask is 0, and counts nowhere; it is that of the last token.", "",
          [](sequence const& s) {
            read_sequence x = as_meant(s);
            if (s.last_own() < s.size()) x.rewards[s.last_own()] = s.rewards[s.last_own()] + s.score.value_or(0);
            return x;
          });
    }
    add("the value of the first slot of padding counts",
        "Behind the last token the answer has ended: 0 comes after it, here the value that stands in the padding.", "",
        [](sequence const& s) {
          read_sequence x = as_meant(s);
          std::size_t const last = s.last_own();
          if (last + 1 < s.size() && !s.values.empty()) x.steps[last] = {kind::cut, s.values[last + 1]};
          return x;
        });
  }
  return all;
}

/// Where the right numbers need a value that the recording does not have.
inline std::vector<place> missing_values(reading const& r) {
  std::vector<place> all;
  for (std::size_t i = 0; i < r.sequences.size(); ++i) {
    for (std::size_t t = 0; t < r.sequences[i].steps.size(); ++t) {
      read_step const& s = r.sequences[i].steps[t];
      if (s.what != kind::goes_on && s.what != kind::skipped && std::isnan(s.after)) all.push_back({i, t});
    }
  }
  return all;
}

}  // namespace whose_numbers
