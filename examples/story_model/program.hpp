// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/arguments.hpp"
#include "../support/numbers.hpp"
#include "../support/program.hpp"
#include "../support/progress.hpp"
#include "../support/text_file.hpp"
#include "checkpoint.hpp"
#include "decoder.hpp"
#include "language.hpp"
#include "picture.hpp"
#include "report.hpp"
#include "stories.hpp"
#include "trainer.hpp"
#include "values_program.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <iterator>
#include <optional>
#include <ostream>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace story_model {

using support::bad_input;

inline constexpr std::string_view usage =
    "usage: story_model [--model DIR] [--tokens IN.json --logprobs OUT.json]\n"
    "       story_model train [--model DIR] [--method NAME] [--seed N] [--updates N] [--threads N]\n"
    "                         [--checkpoint FILE] [--svg FILE]\n"
    "       story_model values --help\n"
    "\n"
    "  --model DIR        read DIR/stories260K.bin and DIR/tok512.bin; without it the program makes a small model,\n"
    "                     which knows nothing\n"
    "  --tokens IN.json   a list of tokens, as [1, 403, 407]\n"
    "  --logprobs OUT.json\n"
    "                     write the log-probability of each of them behind the first, given those before it:\n"
    "                     {\"tokens\": [...], \"logprobs\": [...]}\n"
    "\n"
    "  train              learn to write stories with a certain word in them\n"
    "  --method NAME      only by grpo, rloo, reinforce_plus_plus or ppo\n"
    "  --seed N           1 if not given\n"
    "  --updates N        learn from so many batches of stories, 60 if not given\n"
    "  --threads N        2 if not given; the numbers are the same for any\n"
    "  --checkpoint FILE  keep what was learnt in FILE.NAME, and go on from there\n"
    "  --svg FILE         draw how the methods learn\n"
    "  --help             show this\n";

/// What was asked for.
struct options {
  bool train = false;
  std::optional<std::filesystem::path> model, tokens, logprobs, checkpoint, svg;
  std::optional<std::string> method;
  std::optional<std::size_t> updates;
  std::uint64_t seed = 1;
  std::size_t threads = 2;
  bool help = false;
};

/// Throws `bad_input`.
inline options read_options(std::vector<std::string> const& arguments) {
  options o;
  support::argument_reader read(arguments);
  while (read.next()) {
    std::string const& name = read.name();
    if (read.asks_for_help()) {
      o.help = true;
    } else if (name == "train") {
      o.train = true;
    } else if (name == "--model") {
      o.model = read.value();
    } else if (name == "--tokens") {
      o.tokens = read.value();
    } else if (name == "--logprobs") {
      o.logprobs = read.value();
    } else if (name == "--method") {
      o.method = read.value();
      if (std::ranges::none_of(methods, [&](method const& m) { return m.name == *o.method; })) {
        throw bad_input("--method " + *o.method + ": grpo, rloo, reinforce_plus_plus or ppo");
      }
    } else if (name == "--seed") {
      o.seed = read.count(0, 1'000'000'000);
    } else if (name == "--updates") {
      o.updates = read.count(1, 100'000);
    } else if (name == "--threads") {
      o.threads = read.count(1, 64);
    } else if (name == "--checkpoint") {
      o.checkpoint = read.value();
    } else if (name == "--svg") {
      o.svg = read.value();
    } else {
      read.refuse();
    }
  }
  if (o.tokens.has_value() != o.logprobs.has_value()) throw bad_input("--tokens and --logprobs: each needs the other");
  if (o.train && o.tokens) throw bad_input("--tokens: not with train");
  if (!o.train && (o.method || o.updates || o.checkpoint || o.svg)) {
    throw bad_input("--method, --updates, --checkpoint and --svg: only with train");
  }
  return o;
}

/// The text that always takes the most probable token: at most so many tokens behind the begin of a text.
inline std::string greedy_text(language const& l, std::size_t tokens) {
  decoder<float> d(l.of, 1, tokens);
  std::vector<token> all{begin_of_text};
  while (all.size() <= tokens) {
    auto const logits = d.feed(std::span(all).last(1), 0);
    auto const best = static_cast<token>(std::ranges::max_element(logits) - logits.begin());
    if (best == begin_of_text) break;
    all.push_back(best);
  }
  return l.words.decode(all);
}

/// A list of tokens of the vocabulary, of which the first begins a text, in JSON. Throws `bad_input`.
inline std::vector<token> read_tokens(std::filesystem::path const& path, shape const& s) {
  auto in = support::opened(path);
  auto const list = nlohmann::json::parse(in, nullptr, false);
  auto const fail = [&](std::string const& what) { throw bad_input(path.string() + ": " + what); };
  if (!list.is_array() || list.empty()) fail("a list of tokens is expected, as [1, 403, 407]");
  if (list.size() > s.context + 1) {
    fail("has " + std::to_string(list.size()) + " tokens; at most " + std::to_string(s.context + 1) + " are expected");
  }
  std::vector<token> tokens;
  for (auto const& x : list) {
    bool const is_whole = x.is_number_integer() && (x.is_number_unsigned() || x.get<std::int64_t>() == 0);  // -0
    if (!is_whole || x.get<std::uint64_t>() >= s.vocabulary) {
      fail("token " + std::to_string(tokens.size()) + " is " + (x.is_number() ? x.dump() : "no number") +
           "; a whole number from 0 to " + std::to_string(s.vocabulary - 1) + " is expected");
    }
    tokens.push_back(x.get<token>());
  }
  if (tokens[0] != begin_of_text)
    fail("token 0 is " + std::to_string(tokens[0]) + "; 1 is expected, the begin of a text");
  return tokens;
}

namespace detail {

inline double seconds_since(std::chrono::steady_clock::time_point from) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

inline int write_log_probabilities(options const& o, language const& l) {
  auto const tokens = read_tokens(*o.tokens, l.of.shape());
  auto const found = log_probabilities<float>(l.of, tokens);
  for (std::size_t k = 0; k < found.size(); ++k) {
    if (bellman::is_finite(found[k])) continue;
    throw bad_input("token " + std::to_string(k + 1) + " of " + o.tokens->string() + ": its log-probability is " +
                    std::to_string(found[k]) + ", which JSON cannot hold; the model's weights are too large");
  }
  nlohmann::json const result{{"tokens", tokens}, {"logprobs", found}};
  support::write_file(*o.logprobs, [&](std::ostream& file) { file << result.dump() << '\n'; });
  return 0;
}

// How many tokens a second of a core's time 64 stories are written with, by one thread.
inline double speed(language const& l, std::size_t longest) {
  std::vector<std::uint64_t> seeds(64);
  for (std::size_t k = 0; k < seeds.size(); ++k) seeds[k] = k;
  std::clock_t const from = std::clock();
  double tokens = 0;
  for (story const& s : write_stories(l.of, {{begin_of_text}, longest}, seeds, 1)) {
    tokens += static_cast<double>(s.chosen());
  }
  return tokens * CLOCKS_PER_SEC / static_cast<double>(std::max<std::clock_t>(1, std::clock() - from));
}

inline void print_text(std::ostream& out, std::string const& text) {
  for (std::string const& line : detail::wrapped(detail::ascii(text), 96)) out << "  " << line << '\n';
}

inline int write_texts(options const& o, language const& l, std::ostream& out) {
  shape const& s = l.of.shape();
  std::size_t const longest = std::min<std::size_t>(256, s.context);
  out << (o.model ? "The model has " : "No --model: a small one that knows nothing. It has ")
      << support::with_commas(l.of.weights().size()) << " weights in " << s.layers << " layers and " << s.vocabulary
      << " tokens.\n\nThe most probable text:\n\n";
  detail::print_text(out, greedy_text(l, longest));
  out << "\nA text that is drawn:\n\n";
  detail::print_text(out, text_of(write_stories(l.of, {{begin_of_text}, longest}, {o.seed}, 1)[0], l.words));
  out << "\n64 texts at once, by one core: " << support::with_commas(static_cast<std::size_t>(speed(l, longest)))
      << " tokens a second.\n";
  return 0;
}

// The small model writes short stories, and learns fast.
inline settings settings_for(options const& o) {
  settings how;
  if (!o.model) {
    how.longest = 24;
    how.updates = 25;
    how.rate = 2e-3;
  }
  if (o.updates) how.updates = *o.updates;
  return how;
}

// What a checkpoint must be of to be gone on from.
inline std::string run_of(options const& o, settings const& how, method const& by, language const& l) {
  std::string weights;
  state_writer{weights}(l.of.weights());
  using support::as_text;
  return std::string(by.name) + ", seed " + std::to_string(o.seed) + ", model " + std::to_string(checksum(weights)) +
         ", " + std::to_string(how.updates) + " updates of " + std::to_string(how.batch) + " stories, rate " +
         as_text(how.rate) + ", penalties " + as_text(by.in_loss) + " and " + as_text(by.in_rewards);
}

template <class Judged>
learnt learn(options const& o, settings const& how, method const& by, language const& l, support::progress& bar,
             Judged const& judged, std::ostream& err) {
  auto const from = std::chrono::steady_clock::now();
  trainer t(l.of, l.words, how, by, o.seed, o.threads);
  std::optional<checkpoint> kept;
  if (o.checkpoint) {
    kept.emplace(o.checkpoint->string() + "." + std::string(by.name), run_of(o, how, by, l));
    kept->load(t, [&](std::string const& message) { err << "story_model: " << message << '\n'; });
  }
  bar.begin(std::string(by.title), how.updates);
  for (std::size_t k = 0; k < t.history().size(); ++k) bar.step();
  while (!t.has_ended()) {
    t.update();
    if (kept) kept->save(t);
    bar.step();
  }
  learnt result{by, t.history(), {}, detail::seconds_since(from), {}};
  judged(t, result.after, result.story);
  return result;
}

}  // namespace detail

/// Trains by each method that was asked for; a bar goes on at each update.
inline findings find_out(options const& o, language const& l, support::progress& bar, std::ostream& err) {
  constexpr std::size_t stories = 256;
  findings f{detail::settings_for(o), stories, o.model && !o.updates, {}, {}, {}};
  // Before and after, of the same seeds, with which nothing is learnt.
  auto const judged = [&](trainer const& t, measures& figures, std::string& text) {
    std::mt19937_64 urbg(o.seed + 1'000'000'007);
    auto const b = t.write(stories, urbg);
    figures = b.figures;
    text = text_of(b.stories[0], l.words);
  };
  judged(trainer(l.of, l.words, f.how, methods[0], o.seed, o.threads), f.before, f.story_before);
  for (method const& by : methods) {
    if (o.method && by.name != *o.method) continue;
    f.all.push_back(detail::learn(o, f.how, by, l, bar, judged, err));
  }
  bar.clear();
  return f;
}

/// The program; shows a bar on `terminal` if there is one. Returns 0, or 1 where something that it says does not hold,
/// or 2 after it said to `err` what is wrong with what it was given.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err,
               std::ostream* terminal = nullptr) {
  return support::answered("story_model", err, [&] {
    if (!arguments.empty() && arguments[0] == "values") {
      return run_values({arguments.begin() + 1, arguments.end()}, out, terminal);
    }
    options const o = read_options(arguments);
    if (o.help) {
      out << usage;
      return 0;
    }
    language const l = read_language(o.model);
    if (o.tokens) return detail::write_log_probabilities(o, l);
    if (!o.train) return detail::write_texts(o, l, out);
    support::progress bar(terminal);
    findings const f = find_out(o, l, bar, err);
    print(out, f);
    if (o.svg) support::write_file(*o.svg, [&](std::ostream& file) { draw(file, f); });
    return !f.is_whole || f.claims().all_hold() ? 0 : 1;
  });
}

}  // namespace story_model
