// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/table.hpp"
#include "data_set.hpp"
#include "methods.hpp"

#include <bellman/groups/pass_at_k.hpp>
#include <bellman/probability/statistics.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

// What the program prints, in lines of 100 columns or less.
namespace answers {

/// A data set in numbers.
struct summary {
  std::size_t questions = 0, answers = 0, right = 0, label_disagreements = 0, well_formed = 0;
  std::size_t without_signal = 0;  ///< groups whose answers are all right or all wrong
  std::size_t tokens = 0, own_tokens = 0;
};

inline summary summarize(data_set const& data) {
  summary n;
  n.questions = data.questions.size();
  for (question const& q : data.questions) {
    std::size_t right = 0;
    for (answer const& a : q.answers) {
      ++n.answers;
      right += a.right ? 1 : 0;
      n.label_disagreements += a.right != a.label ? 1 : 0;
      n.well_formed += a.well_formed ? 1 : 0;
      n.tokens += a.tokens.size();
      n.own_tokens += a.own_tokens();
    }
    n.right += right;
    n.without_signal += right == 0 || right == q.answers.size() ? 1 : 0;
  }
  return n;
}

/// The mean over the questions of how often one of `k` answers is right; nothing where a question has fewer answers.
inline std::optional<double> mean_pass_at_k(data_set const& data, std::size_t k) {
  std::vector<double> of_questions;
  for (question const& q : data.questions) {
    if (q.answers.size() < k) return std::nullopt;
    auto const right = static_cast<std::size_t>(std::ranges::count(q.answers, true, &answer::right));
    of_questions.push_back(bellman::pass_at_k(q.answers.size(), right, k));
  }
  return bellman::statistics_of(of_questions).mean;
}

inline void print_summaries(std::ostream& out, std::vector<data_set> const& all) {
  using support::with_commas;
  support::table t("l" + std::string(all.size(), 'r'));
  std::vector<summary> numbers;
  for (data_set const& data : all) numbers.push_back(summarize(data));
  auto const row = [&](std::string const& name, std::size_t summary::*number) {
    std::vector<std::string> cells{name};
    for (summary const& n : numbers) cells.push_back(with_commas(n.*number));
    t.row(cells);
  };
  std::vector<std::string> heading{""};
  for (data_set const& data : all) heading.push_back(data.name);
  t.row(heading);
  row("questions", &summary::questions);
  row("groups without signal", &summary::without_signal);
  row("answers", &summary::answers);
  row("right by our own check", &summary::right);
  row("labels that say otherwise", &summary::label_disagreements);
  row("well formed", &summary::well_formed);
  row("tokens", &summary::tokens);
  row("chosen by the model", &summary::own_tokens);
  for (std::size_t const k : {1u, 4u, 16u, 64u}) {
    std::vector<std::string> cells{"pass@" + std::to_string(k)};
    for (data_set const& data : all) {
      auto const share = mean_pass_at_k(data, k);
      cells.push_back(share ? support::percent(*share, 1) : "-");
    }
    t.row(cells);
  }
  t.print(out);
}

namespace detail {

/// The correlation of two methods; nothing where one of them gives the same to all tokens.
inline std::optional<double> correlation(std::vector<double> const& x, std::vector<double> const& y) {
  auto const of_x = bellman::statistics_of(x), of_y = bellman::statistics_of(y);
  if (of_x.squares == 0 || of_y.squares == 0) return std::nullopt;
  double products = 0;
  for (std::size_t i = 0; i < x.size(); ++i) products += (x[i] - of_x.mean) * (y[i] - of_y.mean);
  return products / std::sqrt(of_x.squares * of_y.squares);
}

/// The mean over the tokens of right or wrong answers.
inline std::string mean_of(bool right, batch const& b, std::vector<double> const& of_tokens) {
  double sum = 0;
  std::size_t tokens = 0, first = 0;
  for (std::size_t i = 0; i < b.lengths.size(); ++i) {
    if ((b.right[i] == 1) == right) {
      for (std::size_t t = first; t < first + b.lengths[i]; ++t) sum += of_tokens[t];
      tokens += b.lengths[i];
    }
    first += b.lengths[i];
  }
  return tokens == 0 ? "-" : support::fixed(sum / static_cast<double>(tokens), 3, true);
}

}  // namespace detail

/// Each method in numbers, over the tokens that the model chose, and how alike any two of them are.
inline void print_methods(std::ostream& out, data_set const& data, batch const& b, std::vector<advantages> const& all) {
  using support::fixed;
  out << '\n' << data.name << ": the advantages of the tokens that the model chose\n\n";
  support::table t("rlrrrr");
  t.row({"", "method", "mean |A|", "A = 0", "mean A if right", "if wrong"});
  for (std::size_t k = 0; k < all.size(); ++k) {
    std::vector<std::string> cells{std::to_string(k + 1), std::string(all[k].by->name)};
    if (all[k].of_tokens && !all[k].of_tokens->empty()) {
      auto const& a = *all[k].of_tokens;
      auto const tokens = static_cast<double>(a.size());
      double size = 0, zeros = 0;
      for (double const x : a) {
        size += std::abs(x);
        // Whitening leaves the rounding error of the batch's mean where a group has no signal.
        if (std::abs(x) < 1e-12) ++zeros;
      }
      cells.insert(cells.end(), {fixed(size / tokens, 3), support::percent(zeros, tokens), detail::mean_of(true, b, a),
                                 detail::mean_of(false, b, a)});
    } else {
      cells.insert(cells.end(), {"-", "-", "-", "-"});
    }
    t.row(cells);
  }
  t.print(out);
  out << "\n  remax " << data.about_greedy << ".\n";
  out << "\n  Correlation of the methods\n\n";
  support::table alike("r" + std::string(all.size(), 'r'));
  std::vector<std::string> heading{""};
  for (std::size_t k = 0; k < all.size(); ++k) heading.push_back(std::to_string(k + 1));
  alike.row(heading);
  for (std::size_t k = 0; k < all.size(); ++k) {
    std::vector<std::string> cells{std::to_string(k + 1)};
    for (std::size_t j = 0; j <= k; ++j) {
      bool const both = all[j].of_tokens && all[k].of_tokens;
      auto const c = both ? detail::correlation(*all[j].of_tokens, *all[k].of_tokens) : std::nullopt;
      cells.push_back(c ? fixed(*c, 2) : "-");
    }
    alike.row(cells);
  }
  alike.print(out);
}

}  // namespace answers
