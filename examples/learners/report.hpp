// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/table.hpp"
#include "course.hpp"
#include "findings.hpp"

#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

// What the program prints, in lines of 100 columns or less.
namespace learners {

namespace detail {

inline std::string as_text(double x) {
  return std::abs(x) >= 100 ? support::fixed(x, 0) : support::fixed(x, std::abs(x) >= 10 ? 2 : 4);
}
inline std::string as_text(band const& b) { return detail::as_text(b.mean) + " +- " + detail::as_text(b.half_width); }

/// When the tables look, as a part of all looks.
inline constexpr std::size_t early = look_count / 10, half_way = look_count / 2;

inline std::vector<std::string> head(std::size_t all, char const* unit) {
  auto const after = [&](std::size_t look) { return support::with_commas(all * look / look_count); };
  return {std::string("after ") + unit, "0", after(early), after(half_way), after(look_count)};
}

inline std::vector<std::string> row(std::string const& name, courses const& of) {
  if (of.empty()) return {name, "", "", "", ""};
  return {name, detail::as_text(of[0].mean), detail::as_text(of[early].mean), detail::as_text(of[half_way].mean),
          detail::as_text(of.last())};
}

}  // namespace detail

inline void print(std::ostream& out, findings const& f) {
  out << "Learners from samples, each against what the planning room finds exactly. All figures are means over\n"
      << f.by.seeds << " seeds; +- is the half width of a band of 95 %: t s / sqrt(n), t = "
      << support::fixed(student_t_975(f.by.seeds - 1), 3) << " with " << f.by.seeds - 1
      << " degrees of freedom.\n\n"
         "1. What is a policy worth? It is the best one, but for a share of moves by chance (of the lake a\n"
         "fifth, of the robot a half). The error is the root of the mean of (v(s) - V_pi(s))^2, over states as\n"
         "often as the policy is in them. Steps fall with their number n.\n";
  for (studied const& s : f.judged) {
    out << "\n  " << s.of.name << ": discount " << support::fixed(s.of.gamma, 2) << ", steps of size " << s.of.step.name
        << ", the start is worth " << support::fixed(s.best, 4) << "\n\n";
    support::table t("lrrrr");
    t.row(detail::head(s.of.episodes, "episodes"));
    for (auto const& column : s.columns) {
      for (learned const& one : column) t.row(detail::row(one.name, one.values));
    }
    t.print(out, 4);
  }
  out << "\n2. What is best? In episode n a move is by chance with probability 1 / sqrt(n); but actor-critic and\n"
         "REINFORCE have policies that are random themselves, and LSPI learns from moves by chance. The error\n"
         "of values is the root of the mean of (max_a q(s, a) - V*(s))^2, over states as often as the best\n"
         "policy is in them. A policy loses V*(s) - V_pi(s) at the start; of action values it is the greedy\n"
         "one. n counts the steps of each state and action. Sarsa, expected Sarsa and tree backup learn what\n"
         "the policy that acts is worth, which comes to V* only as it ceases to explore.\n";
  for (studied const& s : f.sought) {
    out << "\n  " << s.of.name << ": discount " << support::fixed(s.of.gamma, 2) << ", steps of size " << s.of.step.name
        << ", the start is worth " << support::fixed(s.best, 4) << "\n\n";
    support::table t("lrrrrr");
    auto first = detail::head(s.of.episodes, "episodes");
    first.push_back("policy loses");
    t.row(first);
    for (auto const& column : s.columns) {
      for (learned const& one : column) {
        auto cells = detail::row(one.name, one.values);
        cells.push_back(detail::as_text(one.lost.last()));
        t.row(cells);
      }
    }
    t.print(out, 4);
  }
  out << "\n3. Where TD does not converge: Baird's counterexample, 7 states and 8 features, all worth 0. Judged\n"
         "is who always takes the solid action; who acts takes it once in 7 times. Geometric means over the\n"
         "seeds. The features can express any values, so that the projected error is that of T v = v itself.\n\n";
  support::table t("llrrrr");
  auto first = detail::head(f.steps, "steps");
  first.insert(first.begin() + 1, "");
  t.row(first);
  auto const print = [&](char const* what, courses diverged::*of) {
    for (diverged const& one : f.counterexample) {
      std::vector<std::string> cells{&one == &f.counterexample.front() ? what : "", one.name};
      for (std::size_t const look : {std::size_t{0}, detail::early, detail::half_way, look_count}) {
        cells.push_back(detail::as_text(std::pow(10, (one.*of)[look].mean)));
      }
      t.row(cells);
    }
  };
  print("projected error", &diverged::residual);
  print("error of values", &diverged::off);
  print("largest weight", &diverged::largest);
  t.print(out, 4);
  f.claims.print(out);
}

}  // namespace learners
