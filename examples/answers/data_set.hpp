// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../game24/rollouts.hpp"
#include "../support/byte_pairs.hpp"
#include "../support/progress.hpp"
#include "gsm8k.hpp"
#include "sums.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Three sources of answers, verified and cut into tokens: what all methods start from.
namespace answers {

using support::byte_pair_encoder;
using support::progress;
using support::token;

/// Some tokens of an answer in a row that were judged on their own: a line, with what stands before it.
struct step {
  std::size_t tokens;  ///< how many of them the model chose, at least one
  bool good;
};

/// An answer and what it earned.
struct answer {
  std::string id;              ///< within its question
  bool right = false;          ///< by our own check
  bool label = false;          ///< by the source
  bool well_formed = false;    ///< a second reward: whether it keeps to the form that was asked for
  std::optional<bool> greedy;  ///< whether the same model's greedy answer to the question is right, where there is one
  std::vector<token> tokens;
  std::vector<bool> own;    ///< for each token, whether the model chose it; if not, a tool wrote it
  std::vector<step> steps;  ///< all tokens that the model chose; the last step is good if the answer is right

  std::size_t own_tokens() const { return static_cast<std::size_t>(std::ranges::count(own, true)); }
};

/// A question with its group of answers.
struct question {
  std::string id;
  std::vector<answer> answers;
};

struct data_set {
  std::string name;
  std::string about_greedy;  ///< which answers count as greedy, or why none does
  std::vector<question> questions;
};

namespace detail {

struct judged_line {
  std::size_t ends;
  bool good;
};

// What `judge(line)` says of the lines before the last one; it says nothing of a line that is no step.
template <class Judge>
std::vector<judged_line> judge_lines(std::string_view text, Judge judge) {
  std::vector<judged_line> lines;
  auto const last = text.substr(0, text.find_last_not_of(" \t\r\n") + 1).find_last_of('\n');
  if (last == text.npos) return lines;
  for (std::size_t from = 0; from <= last;) {
    std::size_t const to = text.find('\n', from);
    std::optional<bool> const good = judge(text.substr(from, to - from));
    from = to + 1;
    if (good) lines.push_back({from, *good});
  }
  return lines;
}

// The tokens of a text, in steps, and which of them begin outside of the results that a calculator wrote.
inline void cut(answer& a, byte_pair_encoder const& encoder, std::string_view text,
                std::vector<judged_line> const& lines, std::vector<gsm8k::calculation> const& calculations = {}) {
  a.tokens = encoder.encode(text);
  std::size_t at = 0, chosen = 0;
  auto line = lines.begin();
  auto calculation = calculations.begin();
  auto const end_step = [&](bool good) {
    if (chosen != 0) a.steps.push_back({chosen, good});
    chosen = 0;
  };
  for (token const t : a.tokens) {
    for (; line != lines.end() && line->ends <= at; ++line) end_step(line->good);
    while (calculation != calculations.end() && (!calculation->right || calculation->ends <= at)) ++calculation;
    a.own.push_back(calculation == calculations.end() || at < calculation->result_begins);
    chosen += a.own.back() ? 1 : 0;
    at += encoder.decode(t).size();
  }
  end_step(a.right);
}

}  // namespace detail

/// GPT-4's answers to the Game of 24: right if the expression uses each number once and is 24, well formed if there are
/// three legal steps. A step is good if it is legal. All are sampled, so that none is a greedy answer.
inline data_set read_game24(std::filesystem::path const& folder, byte_pair_encoder const& encoder, progress& bar) {
  auto const groups = game24::read_rollouts(folder, [](game24::position const&) { return true; });
  data_set data{"game24", "needs a greedy answer to every question, and all of these are sampled", {}};
  bar.begin("game24", groups.size());
  for (game24::group const& g : groups) {
    question q{"game24/" + std::to_string(g.row), {}};
    for (std::size_t i = 0; i < g.answers.size(); ++i) {
      answer a;
      a.id = std::to_string(i);
      a.right = g.answers[i].right;
      a.label = g.labels[i];
      a.well_formed = g.answers[i].fully_legal();
      std::size_t written = 0;
      detail::cut(a, encoder, g.texts[i], detail::judge_lines(g.texts[i], [&](std::string_view line) {
                    std::optional<bool> legal;
                    if (line.find("left:") != line.npos) legal = written++ < g.answers[i].steps.size();
                    return legal;
                  }));
      q.answers.push_back(std::move(a));
    }
    data.questions.push_back(std::move(q));
    bar.step();
  }
  return data;
}

/// Four models' answers to school maths questions: right if the final number is the true one, well formed if there is
/// one and all calculations hold. A step is a line with calculations, good if they hold. The group mixes four models. The
/// answers of `6b_finetuning` and `175b_finetuning`, one sample each at a low temperature (Cobbe et al. 2021, section 4),
/// stand in for the greedy answers of their sizes.
inline data_set read_gsm8k(std::filesystem::path const& folder, byte_pair_encoder const& encoder, progress& bar) {
  auto const questions = gsm8k::read(folder / "example_model_solutions_0_659.jsonl");
  data_set data{"gsm8k", "takes the answer of the finetuned model of the same size as the greedy one", {}};
  bar.begin("gsm8k", questions.size());
  for (gsm8k::question const& from : questions) {
    question q{"gsm8k/" + std::to_string(data.questions.size()), {}};
    for (gsm8k::answer const& written : from.answers) {
      auto const calculations = gsm8k::calculations(written.text);
      auto const hold = [](std::vector<gsm8k::calculation> const& some) {
        return std::ranges::all_of(some, &gsm8k::calculation::right);
      };
      answer a;
      a.id = written.model;
      a.right = gsm8k::is_right(from.truth, written.text);
      a.label = written.label;
      a.well_formed = gsm8k::final_number(written.text).has_value() && hold(calculations);
      auto const greedy_model = written.model.substr(0, written.model.find('_')) + "_finetuning";
      for (gsm8k::answer const& other : from.answers) {
        if (other.model == greedy_model) a.greedy = gsm8k::is_right(from.truth, other.text);
      }
      auto const judge = [&](std::string_view line) {
        auto const some = gsm8k::calculations(line);
        return some.empty() ? std::nullopt : std::optional(hold(some));
      };
      detail::cut(a, encoder, written.text, detail::judge_lines(written.text, judge), calculations);
      q.answers.push_back(std::move(a));
    }
    data.questions.push_back(std::move(q));
    bar.step();
  }
  return data;
}

/// The answers that the program makes itself: right if the final number is the sum, well formed if there is one. A step
/// is a line, good if it adds rightly.
inline data_set make_sums(byte_pair_encoder const& encoder, progress& bar) {
  auto const questions = sums::make();
  data_set data{"sums", "takes an answer as greedy that does what is likeliest at every place", {}};
  bar.begin("sums", questions.size());
  for (sums::question const& from : questions) {
    question q{"sums/" + std::to_string(data.questions.size()), {}};
    for (sums::answer const& written : from.answers) {
      answer a;
      a.id = std::to_string(q.answers.size());
      a.right = gsm8k::is_right(from.truth, written.text);
      a.label = written.right;
      a.well_formed = gsm8k::final_number(written.text).has_value();
      a.greedy = gsm8k::is_right(from.truth, from.greedy.text);
      detail::cut(a, encoder, written.text, detail::judge_lines(written.text, sums::step_is_right));
      q.answers.push_back(std::move(a));
    }
    data.questions.push_back(std::move(q));
    bar.step();
  }
  return data;
}

}  // namespace answers
