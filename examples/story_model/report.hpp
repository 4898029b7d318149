// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/claims.hpp"
#include "../support/table.hpp"
#include "methods.hpp"
#include "trainer.hpp"

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

// What training found, in lines of 100 columns or less.
namespace story_model {

/// What is asked of a model that has learnt: its stories' mean reward, how far it may have gone from the original, in
/// nats over a whole story, and in how long.
inline constexpr double goal = 0.95, most_kl = 15, most_seconds = 600;

/// What one method made of the model.
struct learnt {
  method by;
  std::vector<measures> history;
  measures after;
  double seconds = 0;
  std::string story;
};

/// Everything that was found out; what is before is that of the original.
struct findings {
  settings how;
  std::size_t stories = 0;  ///< of which the figures before and after are means
  bool is_whole = false;    ///< whether it is the trained model, which learns for as long as it takes
  measures before{};
  std::string story_before{};
  std::vector<learnt> all{};

  support::claims claims() const {
    support::claims c;
    auto const each = [&](auto const& holds) { return std::ranges::all_of(all, holds); };
    c.add("every method brings \"" + how.wanted + "\" into at least 95 % of the stories",
          each([](learnt const& l) { return l.after.reward >= goal; }));
    c.add("at no more than 15 nats a story from the original",
          each([](learnt const& l) { return l.after.kl <= most_kl; }));
    c.add("within 10 minutes", each([](learnt const& l) { return l.seconds <= most_seconds; }));
    c.add("quotes stay as balanced as they were, and words as distinct, but for a tenth", each([&](learnt const& l) {
            return l.after.balanced >= before.balanced - 0.1 && l.after.distinct >= before.distinct - 0.1;
          }));
    return c;
  }
};

namespace detail {

// Lines of at most so many columns, broken between words where that can be.
inline std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::size_t end = std::min({text.size(), text.find('\n'), width});
    if (end == width && end < text.size() && text[end] != '\n') {
      if (auto const space = text.rfind(' ', end); space != text.npos && space > 0) end = space;
    }
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
    if (!text.empty() && (text.front() == '\n' || text.front() == ' ')) text.remove_prefix(1);
  }
  return lines;
}

// What is no ASCII becomes a question mark, so that columns stay columns.
inline std::string ascii(std::string text) {
  for (char& c : text) {
    if (c != '\n' && (c < ' ' || c > '~')) c = '?';
  }
  return text;
}

inline void print_side_by_side(std::ostream& out, std::string const& left_title, std::string const& left,
                               std::string const& right_title, std::string const& right) {
  constexpr std::size_t width = 46;
  auto a = wrapped(ascii(left), width), b = wrapped(ascii(right), width);
  a.insert(a.begin(), {left_title, ""});
  b.insert(b.begin(), {right_title, ""});
  support::table t("ll");
  for (std::size_t k = 0; k < std::max(a.size(), b.size()); ++k) {
    t.row({k < a.size() ? a[k] : "", k < b.size() ? b[k] : ""});
  }
  t.print(out);
}

}  // namespace detail

inline void print(std::ostream& out, findings const& f) {
  using support::fixed;
  out << "Stories of up to " << f.how.longest << " tokens that begin with \"" << f.how.prompt
      << "\"; a story that has \"" << f.how.wanted << "\" in it earns 1.\n\n";
  support::table t("lrrrrrrrrr");
  t.row({"", "updates", "stories", "seconds", f.how.wanted, "KL", "entropy", "tokens", "balanced", "distinct"});
  auto const row = [&](std::string const& name, std::string const& updates, std::string const& stories,
                       std::string const& seconds, measures const& m) {
    t.row({name, updates, stories, seconds, support::percents(m.reward), fixed(m.kl, 2), fixed(m.entropy, 2),
           fixed(m.length, 0), support::percents(m.balanced), support::percents(m.distinct)});
  };
  row("original", "", "", "", f.before);
  for (learnt const& l : f.all) {
    row(std::string(l.by.title), std::to_string(l.history.size()), support::with_commas(l.history.size() * f.how.batch),
        fixed(l.seconds, 1), l.after);
  }
  t.print(out);
  out << "\n  all but the first three are means of " << f.stories
      << " new stories\n"
         "  KL        nats from the original model over a whole story, from all logits\n"
         "  entropy   nats a token\n"
         "  tokens    of a story, without those that it begins with\n"
         "  balanced  stories in which every quotation that is opened is closed\n"
         "  distinct  of a story's words those that differ\n";
  for (learnt const& l : f.all) {
    out << '\n';
    detail::print_side_by_side(out, "ORIGINAL", f.story_before, std::string(l.by.title), l.story);
  }
  if (f.is_whole) f.claims().print(out);
}

}  // namespace story_model
