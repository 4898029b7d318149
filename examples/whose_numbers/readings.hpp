// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "recording.hpp"

#include <algorithm>
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
  int gammas_in_errors = 1, gammas_in_sum = 1;  ///< how often gamma counts in a TD error, and in the sum of these
};

/// A place in a recording.
struct place {
  std::size_t row = 0, step = 0;
};

/// What a mistake is about. Two about the same are not made at once.
enum class subject : char { ends, last_step, rewards, discounts, tokens };

/// What a training code gets wrong: how it changes a sequence that was read as it is meant.
struct mistake {
  subject about;
  std::string what;   ///< in a few words
  std::string why;    ///< what is wrong with it
  std::string known;  ///< who is known to have done so and does no more
  std::function<void(sequence const&, read_sequence&)> change;
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

/// A way to read a recording.
struct reading {
  std::vector<mistake> mistakes{};  ///< none of the right one
  bool reads_next_values = true;    ///< whether a value beside a step counts where it is not that of the next row

  bool is_right() const { return mistakes.empty(); }
  std::string what() const {
    std::string text;
    for (mistake const& m : mistakes) text += (text.empty() ? "" : ", and ") + m.what;
    return text;
  }
  std::vector<read_sequence> of(recording const& r) const {
    std::vector<read_sequence> all;
    for (sequence const& s : r.sequences) {
      all.push_back(detail::as_meant(s, reads_next_values));
      for (mistake const& m : mistakes) m.change(s, all.back());
    }
    return all;
  }
};

namespace detail {

/// What of a recording a mistake can be made about.
struct occasions {
  bool end = false, cut = false, later_end = false, goes_on = false, gap = false, padding = false,
       reward_on_padding = false, other_next = false, many = false, large_reward = false, reward_of_other_size = false;
};

inline occasions occasions_of(recording const& r) {
  occasions has;
  for (sequence const& s : r.sequences) {
    has.many = has.many || s.size() > 1;
    has.reward_on_padding = has.reward_on_padding || reward_on_padding(s) != 0;
    std::size_t const last = s.last_own();
    has.padding = has.padding || last + 1 < s.size();
    for (std::size_t t = 0; t < s.size(); ++t) {
      has.other_next = has.other_next || disagrees(s, t);
      has.gap = has.gap || (!s.own[t] && t < last && last != s.size());
      has.end = has.end || s.ends[t] == end::terminated;
      has.cut = has.cut || s.ends[t] == end::cut;
      has.later_end = has.later_end || (s.ends[t] != end::none && t < last);
      double const size = std::fabs(s.rewards[t]);
      has.large_reward = has.large_reward || size > 1;
      has.reward_of_other_size = has.reward_of_other_size || (size > 0 && size != 1);
    }
    has.goes_on = has.goes_on || (last < s.size() && s.ends[last] != end::terminated);
  }
  return has;
}

/// `change(s, t, step)` of every own step.
template <class F>
auto of_own_steps(F const& f) {
  return [f](sequence const& s, read_sequence& x) {
    for (std::size_t t = 0; t < s.size(); ++t) {
      if (s.own[t]) f(s, t, x.steps[t]);
    }
  };
}

using mistakes = std::vector<mistake>;

inline void add_mistakes_about_ends(mistakes& all, occasions const& has) {
  auto const add = [&](std::string what, std::string why, auto const& change) {
    all.push_back({subject::ends, std::move(what), std::move(why), "", change});
  };
  auto const is_inside = [](sequence const& s, std::size_t t) {
    return s.ends[t] != end::none && s.next_own(t) < s.size();
  };
  if (has.cut) {
    add("a cut is taken for an end",
        "A time limit says nothing about the state after it: its value counts, here it counts 0.",
        of_own_steps([](sequence const& s, std::size_t t, read_step& x) {
          if (s.ends[t] == end::cut) x = {kind::ends, 0};
        }));
  }
  if (has.end && has.many) {
    add("an end is taken for a cut", "After a terminal state nothing is earned: its value is 0, here it counts.",
        of_own_steps([](sequence const& s, std::size_t t, read_step& x) {
          if (s.ends[t] == end::terminated) {
            x = {kind::cut, detail::or_else(s.next_values[t], detail::next_row_value(s, t))};
          }
        }));
  }
  if (has.later_end) {
    add("the state after a cut is taken to be the first of the next episode",
        "The value after a cut is that of the last observation; the next row is already a reset environment's.",
        of_own_steps([](sequence const& s, std::size_t t, read_step& x) {
          if (s.ends[t] == end::cut) x = {kind::cut, detail::next_row_value(s, t)};
        }));
    add("the flags of ends are not read", "What the next episode earns is credited to this one, through its ends.",
        of_own_steps([is_inside](sequence const& s, std::size_t t, read_step& x) {
          if (is_inside(s, t)) x = {};
        }));
    if (has.cut) {
      add("the flags of cuts are not read", "What the next episode earns is credited to the one that was cut off.",
          of_own_steps([is_inside](sequence const& s, std::size_t t, read_step& x) {
            if (s.ends[t] == end::cut && is_inside(s, t)) x = {};
          }));
      add("the sum of errors goes on behind a cut",
          "The TD error at the cut is right, but the next episode's errors are added to it: a cut must end the trace.",
          of_own_steps([is_inside](sequence const& s, std::size_t t, read_step& x) {
            if (s.ends[t] == end::cut && is_inside(s, t)) x.what = kind::cut_not_sum;
          }));
    }
    add("the sum of errors goes on behind an end",
        "The value after an end is masked, but the next episode's errors are added: an end must cut the trace too.",
        of_own_steps([is_inside](sequence const& s, std::size_t t, read_step& x) {
          if (is_inside(s, t)) x.what = s.ends[t] == end::cut ? kind::cut_not_sum : kind::ends_not_sum;
        }));
    add("the sum of errors goes on behind an end, and a cut is taken for an end",
        "Every value after an end is masked, and the next episode's errors are added to it.",
        of_own_steps([is_inside](sequence const& s, std::size_t t, read_step& x) {
          if (is_inside(s, t)) x = {kind::ends_not_sum, 0};
        }));
    add("the value after an end is not masked",
        "An end cuts the sum of errors, but the next episode's first value counts in the TD error.",
        of_own_steps([is_inside](sequence const& s, std::size_t t, read_step& x) {
          if (is_inside(s, t)) x = {kind::cut, detail::next_row_value(s, t)};
        }));
  }
  if (has.cut) {
    add("the step at a cut is left out",
        "The TD error at the cut is set to 0: the episode ends one step early, and nothing is learned from its last.",
        [](sequence const& s, read_sequence& x) {
          for (std::size_t t = 0; t < s.size(); ++t) {
            if (!s.own[t] || s.ends[t] != end::cut) continue;
            // Reward and value cancel: the error is 0.
            x.steps[t] = {kind::ends, 0};
            x.rewards[t] = x.values.empty() ? 0 : x.values[t];
          }
        });
    add("the state after a cut is taken to be the one before",
        "The value after a cut is that of the last observation, not that of the state in which the action was taken.",
        of_own_steps([](sequence const& s, std::size_t t, read_step& x) {
          if (s.ends[t] == end::cut && !s.values.empty()) x = {kind::cut, s.values[t]};
        }));
  }
  if (!has.later_end) return;
  enum class index { early, late, late_but_at_the_last };
  for (index const at : {index::early, index::late, index::late_but_at_the_last}) {
    for (bool const keeps_cuts : {false, true}) {
      if (keeps_cuts && !has.cut) continue;
      std::string const how = at == index::early ? "early" : at == index::late ? "late" : "late, but at the last step";
      add("the flags of ends are read one step " + how +
              (keeps_cuts ? ""
               : has.cut  ? ", and a cut is taken for an end"
                          : ""),
          at == index::early
              ? "Flag t says that step t ended; here it is read at step t - 1, as a flag that observation "
                "t is the first of an episode would be."
              : "Flag t says that step t ended; here it is read at step t + 1, as if it said that "
                "observation t + 1 ended something.",
          of_own_steps([at, keeps_cuts](sequence const& s, std::size_t t, read_step& x) {
            bool const is_end = t + 1 == s.size();
            end e = end::none;
            if (is_end ? at != index::late : at == index::early) {
              e = s.ends[is_end ? t : t + 1];
            } else if (t != 0) {
              e = s.ends[t - 1];
            }
            if (e == end::none) {
              bool const is_last = s.next_own(t) == s.size();
              x = is_last ? read_step{kind::cut, detail::or_else(s.last_value, s.next_values[t])} : read_step{};
            } else if (e == end::cut && keeps_cuts) {
              x = {kind::cut, detail::or_else(s.next_values[t], detail::next_row_value(s, t))};
            } else {
              x = {kind::ends, 0};
            }
          }));
    }
  }
}

inline void add_mistakes_about_rewards(mistakes& all, occasions const& has) {
  auto const add = [&](std::string what, std::string why, auto const& change) {
    all.push_back({subject::rewards, std::move(what), std::move(why), "", change});
  };
  auto const of_each = [](auto const& f) {
    return [f](sequence const&, read_sequence& x) {
      for (double& reward : x.rewards) reward = f(reward);
    };
  };
  if (has.many) {
    add("rewards are read one step late",
        "Reward t is that of the action taken at step t; here step t is given reward t + 1.",
        [](sequence const&, read_sequence& x) {
          std::rotate(x.rewards.begin(), x.rewards.begin() + 1, x.rewards.end());
          x.rewards.back() = 0;
        });
    add("rewards are read one step early",
        "Reward t is that of the action taken at step t; here step t is given reward t - 1.",
        [](sequence const&, read_sequence& x) {
          std::rotate(x.rewards.begin(), x.rewards.end() - 1, x.rewards.end());
          x.rewards.front() = 0;
        });
  }
  if (has.large_reward) {
    add("rewards are clipped to [-1, 1]", "What is computed from are other rewards than those of the file.",
        of_each([](double reward) { return (std::clamp)(reward, -1.0, 1.0); }));
  }
  if (has.reward_of_other_size) {
    add("rewards count by their signs alone", "What is computed from are other rewards than those of the file.",
        of_each([](double reward) { return reward > 0   ? 1.0
                                           : reward < 0 ? -1.0
                                                        : reward; }));
  }
}

inline void add_mistakes_about_discounts(mistakes& all) {
  auto const add = [&](int in_errors, int in_sum, std::string what, std::string why) {
    all.push_back({subject::discounts, std::move(what), std::move(why), "",
                   [in_errors, in_sum](sequence const&, read_sequence& x) {
                     x.gammas_in_errors = in_errors;
                     x.gammas_in_sum = in_sum;
                   }});
  };
  add(1, 2, "gamma counts twice in the sum of errors",
      "Each step further the errors to come count gamma lambda, here gamma gamma lambda.");
  add(1, 0, "gamma is missing in the sum of errors",
      "Each step further the errors to come count gamma lambda, here lambda.");
  add(0, 1, "gamma is missing in the TD error", "It is r + gamma v' - v, here r + v' - v.");
  add(2, 1, "gamma counts twice in the TD error", "It is r + gamma v' - v, here r + gamma gamma v' - v.");
  add(2, 2, "gamma is squared", "Where gamma should count, gamma gamma does.");
}

inline void add_mistakes_about_tokens(mistakes& all, occasions const& has) {
  auto const add = [&](std::string what, std::string why, std::string known, auto const& change) {
    all.push_back({subject::tokens, std::move(what), std::move(why), std::move(known), change});
  };
  if (has.gap) {
    add("each masked token costs a gamma, as a step of value 0",
        "What a tool wrote is no step of the policy, however long it is; here time passes over it, and the token "
        "before sees a value of 0.",
        "", [](sequence const& s, read_sequence& x) {
          for (std::size_t t = 0; t < s.size(); ++t) {
            if (!s.own[t]) x.steps[t] = t + 1 == s.size() ? read_step{kind::ends, 0} : read_step{};
          }
        });
    add("a masked token wipes out all credit for the tokens before it",
        "What comes later is multiplied by the mask; credit must pass through a masked token undiminished.",
        "verl's REINFORCE++ before its fix (issue 7278)", [](sequence const& s, read_sequence& x) {
          for (std::size_t t = 0; t + 1 < s.size(); ++t) {
            if (!s.own[t] || s.own[t + 1] || s.next_own(t) == s.size()) continue;
            x.steps[t] = {kind::forgets, s.values.empty() ? 0 : s.values[s.next_own(t)]};
          }
        });
  }
  if (has.gap || has.padding) {
    add("the mask is not read",
        "Tokens that are none of the policy's count as steps, with the values that stand there.", "",
        [](sequence const& s, read_sequence& x) {
          x.rewards = s.rewards;
          x.values = s.values;
          if (s.score) x.rewards[s.last_own()] += *s.score;
          x.steps.assign(s.size(), {});
          x.steps.back() = {kind::ends, 0};
        });
  }
  if (!has.padding) return;
  auto const placed = [](bool at_the_end) {
    return [at_the_end](sequence const& s, read_sequence& x) {
      std::size_t const last = s.last_own();
      if (last + 1 >= s.size()) return;
      std::size_t const to = at_the_end ? s.size() - 1 : last + 1;
      for (std::size_t t = last; t <= to; ++t) {
        x.steps[t] = {};
        x.rewards[t] = s.rewards[t];
      }
      if (s.score) x.rewards[to] += *s.score;
      if (!x.values.empty() && !at_the_end) x.values[to] = s.values[to];
      x.steps[to] = {kind::ends, 0};
    };
  };
  add("the reward lies on the padding",
      "The reward counts one step behind the last token: it costs one more gamma, and the value there is that of no "
      "token.",
      "", placed(false));
  add("the reward lies at the end of the padding",
      "The reward counts in the last column of the padded row: each token of padding costs one more gamma.", "",
      placed(true));
  if (has.reward_on_padding) {
    add("the reward on the padding is lost",
        "It lies behind the last token, where the mask is 0, and counts nowhere; it is that of the last token.", "",
        [](sequence const& s, read_sequence& x) {
          if (s.last_own() < s.size()) x.rewards[s.last_own()] = s.rewards[s.last_own()] + s.score.value_or(0);
        });
  }
  add("the value of the first slot of padding counts",
      "Behind the last token the answer has ended: 0 comes after it, here the value that stands in the padding.", "",
      [](sequence const& s, read_sequence& x) {
        std::size_t const last = s.last_own();
        if (last + 1 < s.size() && !s.values.empty()) x.steps[last] = {kind::cut, s.values[last + 1]};
      });
}

}  // namespace detail

/// All ways to read a recording that it has something for, with one mistake at most, the right one first. Where the
/// values beside the steps are not those of the next rows there are two that are right.
inline std::vector<reading> readings_of(recording const& r) {
  auto const has = detail::occasions_of(r);
  detail::mistakes some;
  detail::add_mistakes_about_ends(some, has);
  if (has.goes_on) {
    some.push_back({subject::last_step, "the end of the recording is taken for an end",
                    "The last episode goes on behind the recording: the value of the state there counts, here it "
                    "counts 0.",
                    "", [](sequence const& s, read_sequence& x) {
                      if (s.last_own() < s.size()) x.steps[s.last_own()] = {kind::ends, 0};
                    }});
  }
  detail::add_mistakes_about_tokens(some, has);
  detail::add_mistakes_about_rewards(some, has);
  if (r.has_values && has.many) detail::add_mistakes_about_discounts(some);
  std::vector<reading> all{{}};
  if (has.other_next) all.push_back({.mistakes = {}, .reads_next_values = false});
  for (mistake const& m : some) all.push_back({.mistakes = {m}});
  return all;
}

/// The ways with two mistakes, each about something else.
inline std::vector<reading> readings_with_two(std::vector<reading> const& with_one) {
  std::vector<reading> all;
  for (reading const& a : with_one) {
    for (reading const& b : with_one) {
      if (a.is_right() || b.is_right()) continue;
      mistake const &first = a.mistakes.front(), &second = b.mistakes.front();
      if (first.about < second.about) all.push_back({.mistakes = {first, second}});
    }
  }
  return all;
}

/// Where the right numbers need a value that the recording does not have.
inline std::vector<place> missing_values(std::vector<read_sequence> const& sequences) {
  std::vector<place> all;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    for (std::size_t t = 0; t < sequences[i].steps.size(); ++t) {
      read_step const& s = sequences[i].steps[t];
      if (s.what != kind::goes_on && s.what != kind::skipped && std::isnan(s.after)) all.push_back({i, t});
    }
  }
  return all;
}

}  // namespace whose_numbers
