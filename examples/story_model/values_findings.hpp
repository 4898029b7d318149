// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/claims.hpp"
#include "../support/progress.hpp"
#include "../support/table.hpp"
#include "../support/text_file.hpp"
#include "estimates.hpp"
#include "exact_values.hpp"
#include "language.hpp"

#include <bellman/bellman.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

// The values of a prompt's continuations, and what estimates make of them.
namespace story_model {

/// What is asked.
struct question {
  std::string prompt = "Once upon a time";
  std::size_t tokens = 2;             ///< that it is continued by
  std::optional<std::string> wanted;  ///< a text that a continuation is paid for; letters if there is none
  double temperature = 1.5;           ///< of the policy that others' continuations are drawn from
  sampling how{};
};

/// Over all states: the root of the mean square of bias and of deviation, and for how many of them the mean lies within
/// three standard errors of the exact advantage, and of what it is known to be.
struct figures {
  double bias = 0, deviation = 0;
  std::size_t at_exact = 0, at_known = 0;
};

struct values_findings {
  question asked;
  std::string paid_for;
  std::size_t passes;
  exact_values exact;
  std::optional<double> of_whole_tree{};  ///< the prompt's value, where all is solved at once
  std::vector<std::string> texts{};       ///< of the tokens
  std::vector<estimator> estimators = all_estimators();
  std::vector<state_estimates> states{};

  std::string text_of(bellman::token t) const { return texts[static_cast<std::size_t>(t)]; }

  figures of(std::size_t e) const {
    figures f;
    for (state_estimates const& s : states) {
      estimated const& x = s.of[e];
      f.bias += (x.mean - s.advantage) * (x.mean - s.advantage);
      f.deviation += x.deviation * x.deviation;
      f.at_exact += x.is_within_three_errors_of(s.advantage) ? 1u : 0u;
      f.at_known += x.is_within_three_errors_of(x.known) ? 1u : 0u;
    }
    f.bias = std::sqrt(f.bias / static_cast<double>(states.size()));
    f.deviation = std::sqrt(f.deviation / static_cast<double>(states.size()));
    return f;
  }

  support::claims claims() const {
    using kind = estimator::kind;
    support::claims c;
    auto const most = [&](std::size_t n) { return 100 * n >= 95 * states.size(); };
    auto const all_of = [&](auto const& which, auto const& holds) {
      for (std::size_t e = 0; e < estimators.size(); ++e) {
        if (which(estimators[e]) && !holds(of(e))) return false;
      }
      return true;
    };
    auto const at_exact = [&](kind k) {
      return all_of([&](estimator const& e) { return e.is == k && e.is_unbiased(); },
                    [&](figures const& f) { return most(f.at_exact); });
    };
    auto const at_known = [&](kind k) {
      return all_of([&](estimator const& e) { return e.is == k; }, [&](figures const& f) { return most(f.at_known); });
    };
    if (of_whole_tree) {
      c.add("the tree solved at once and branch by branch gives one value",
            std::abs(*of_whole_tree - exact.value()) <= 1e-9);
    }
    c.add("every value lies within 1e-9 of the exact one", exact.error_bound <= 1e-9);
    c.add("the mean advantage of the next token is 0", std::abs(mean_advantage()) <= 1e-9);
    std::string const where = " is within 3 standard errors of A in 95 of 100 states";
    c.add("Monte Carlo's mean" + where, at_exact(kind::monte_carlo));
    c.add("GAE's with the exact critic" + where, at_exact(kind::gae_of_values));
    c.add("GAE's of lambda 1 with the rough critic" + where, at_exact(kind::gae));
    c.add("RLOO's" + where, at_exact(kind::rloo));
    c.add("V-trace's without a bound" + where, at_exact(kind::vtrace));
    c.add("GAE's with the rough critic so near what bellman_lambda says, whatever lambda", at_known(kind::gae));
    c.add("Dr. GRPO's so near (n - 1) / n of A, in groups of n", at_known(kind::dr_grpo));
    c.add("V-trace's with bound 1 so near the value of the policy of the lesser probabilities",
          at_known(kind::clipped_vtrace));
    bool less_biased = true, more_spread = true;
    std::optional<figures> before;
    for (std::size_t e = 0; e < estimators.size(); ++e) {
      if (estimators[e].is != kind::gae) continue;
      figures const now = of(e);
      less_biased = less_biased && (!before || now.bias < before->bias);
      more_spread = more_spread && (!before || now.deviation > before->deviation);
      before = now;
    }
    c.add("with the rough critic a greater lambda has less bias and more deviation", less_biased && more_spread);
    return c;
  }

  double mean_advantage() const {
    double mean = 0;
    for (std::size_t a = 0; a < exact.advantages.size(); ++a) mean += exact.probabilities[a] * exact.advantages[a];
    return mean;
  }
};

/// Everything that is found out; a bar goes on with it. Throws `support::bad_input` for a prompt that is too long.
inline values_findings find_out(question const& asked, language const& l, support::progress& bar) {
  std::size_t const vocabulary = l.of.shape().vocabulary;
  std::vector<token> prompt_tokens{begin_of_text};
  for (token const t : l.words.encode(asked.prompt)) prompt_tokens.push_back(t);
  if (prompt_tokens.size() + asked.tokens > l.of.shape().context) {
    throw support::bad_input("--prompt: has " + std::to_string(prompt_tokens.size()) + " tokens; the model reads " +
                             std::to_string(l.of.shape().context) + " with those that follow");
  }
  rule const pays(l.words, asked.wanted);
  bar.begin("forward passes", asked.tokens == 2 ? 1 : vocabulary);
  known_logits const logits(l.of, prompt_tokens, asked.tokens, [&] { bar.step(); });
  auto const env = continuations(pays, asked.tokens);
  auto const policy = policy_of(pays, logits), behaviour = policy_of(pays, logits, asked.temperature);
  bellman::context const prompt(prompt_tokens);
  bar.begin("values", vocabulary);
  values_findings f{asked, pays.in_words(), logits.passes(),
                    solve_continuations(env, policy, prompt, logits.number(), asked.tokens, [&] { bar.step(); })};
  if (asked.tokens == 2) f.of_whole_tree = bellman::state_value(env, policy, 1.0, prompt)(prompt);
  f.texts = pays.texts();
  bar.begin("estimates", (std::min)(asked.how.states, vocabulary - 1));
  f.states = estimate(env, policy, behaviour, prompt_tokens, f.exact, asked.how, [&] { bar.step(); });
  bar.clear();
  return f;
}

namespace detail {

// A token's text in quotes, ASCII only.
inline std::string quoted(std::string text) {
  std::string all = "\"";
  for (char const c : text) {
    if (c == '\n') {
      all += "\\n";
    } else {
      all += c < ' ' || c > '~' ? '?' : c;
    }
  }
  return all + '"';
}

}  // namespace detail

inline void print(std::ostream& out, values_findings const& f) {
  using support::fixed;
  out << "All continuations of " << detail::quoted(f.asked.prompt) << " by " << f.asked.tokens << " tokens: "
      << support::with_commas(f.passes) << " forward passes.\nWhat is paid: " << f.paid_for
      << ".\nThe prompt's value is " << fixed(f.exact.value(), 4) << "; no value is off by more than "
      << support::scientific(f.exact.error_bound) << ".\n\n";
  support::table tokens("lrrrr");
  tokens.row({"next token", "probability", "V behind it", "Q", "A"});
  for (std::size_t i = 0; i < (std::min)(f.states.size(), std::size_t{12}); ++i) {
    auto const a = static_cast<std::size_t>(f.states[i].next);
    tokens.row({detail::quoted(f.texts[a]), fixed(f.exact.probabilities[a], 6),
                fixed(f.exact.values[f.exact.number.behind(0, a)], 4), fixed(f.exact.action_values[a], 4),
                fixed(f.exact.advantages[a], 4, true)});
  }
  tokens.print(out);
  out << "\nEstimates of A, of " << support::with_commas(f.asked.how.rollouts) << " continuations of each of "
      << f.states.size() << " next tokens, the most probable:\n\n";
  support::table t("lrrrr");
  t.row({"", "bias", "deviation", "at A", "at its mean"});
  for (std::size_t e = 0; e < f.estimators.size(); ++e) {
    figures const x = f.of(e);
    t.row({f.estimators[e].name(), fixed(x.bias, 4), fixed(x.deviation, 4), std::to_string(x.at_exact),
           f.estimators[e].has_known_mean() ? std::to_string(x.at_known) : "-"});
  }
  t.print(out);
  out << "\n  bias         of the mean of all estimates from A; root mean square over the next tokens, and so is\n"
         "  deviation    of one estimate\n"
         "  at A         for how many next tokens the mean lies within 3 standard errors of A\n"
         "  at its mean  the same of what the mean is known to be\n"
         "  rough critic sees half of the difference between a context's value and the prompt's\n"
         "  groups       of "
      << f.asked.how.group << " continuations, of which the first begins with the next token\n"
      << "  V-trace      of continuations that were drawn at temperature " << fixed(f.asked.temperature, 1) << "\n";
  f.claims().print(out);
}

}  // namespace story_model
