// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "recording.hpp"

#include <bellman/conventions/openrlhf/groups.hpp>
#include <bellman/conventions/trl/masked_whiten.hpp>
#include <bellman/conventions/trl/token_whitening.hpp>
#include <bellman/conventions/verl/masked_whiten.hpp>
#include <bellman/error.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

// What is done with the numbers before they are used: nothing, or one of the ways to whiten them.
namespace whose_numbers {

/// A way to whiten the numbers of own steps; what it does at other steps does not count.
struct finish {
  std::string what;     ///< empty for none
  std::string mistake;  ///< what is wrong with it, if something is
  bool by_row;          ///< whether each row has a mean and a spread of its own
  std::function<std::optional<rows>(recording const&, rows const&)> apply;
};

namespace detail {

inline std::vector<flags> masks_of(recording const& r) {
  std::vector<flags> all;
  for (sequence const& s : r.sequences) all.push_back(s.own);
  return all;
}

enum class whose { all_own, each_row, padding_too };

/// `(x - mean) / spread`, with the mean and spread of the numbers of `Of`.
template <whose Of, class Spread>
auto whitened_by(Spread const& spread) {
  return [spread](recording const& r, rows const& xs) -> std::optional<rows> {
    rows result = xs;
    auto const put = [&](row const& some, std::size_t from, std::size_t to) {
      auto const s = bellman::statistics_of(some);
      if (s.count < 2) return false;
      double const width = spread(s);
      if (!(width > 0)) return false;
      for (std::size_t i = from; i < to; ++i) {
        for (double& x : result[i]) x = (x - s.mean) / width;
      }
      return true;
    };
    row all;
    for (std::size_t i = 0; i < xs.size(); ++i) {
      for (std::size_t t = 0; t < xs[i].size(); ++t) {
        if (Of == whose::padding_too || r.sequences[i].own[t]) all.push_back(xs[i][t]);
      }
      if (Of != whose::each_row) continue;
      if (!put(all, i, i + 1)) return std::nullopt;
      all.clear();
    }
    if (Of != whose::each_row && !put(all, 0, xs.size())) return std::nullopt;
    return result;
  };
}

/// The same, but a library's rules of when it cannot are an answer too.
template <class F>
auto unless_refused(F const& f) {
  return [f](recording const& r, rows const& xs) -> std::optional<rows> {
    try {
      return f(r, xs);
    } catch (bellman::invalid_value const&) {
      return std::nullopt;
    }
  };
}

}  // namespace detail

inline std::vector<finish> finishes_of(recording const& r) {
  using detail::unless_refused;
  using detail::whitened_by;
  using detail::whose;
  std::vector<finish> all;
  all.push_back({"", "", false, [](recording const&, rows const& xs) { return std::optional<rows>(xs); }});
  bool what_is_by_row = false;
  auto const add = [&](std::string what, std::string mistake, auto const& f) {
    all.push_back({std::move(what), std::move(mistake), what_is_by_row, unless_refused(f)});
  };
  using bellman::population_standard_deviation;
  using bellman::spread_plus;
  using bellman::standard_deviation;
  add("whitened by the sample deviation (n - 1)", "", whitened_by<whose::all_own>(standard_deviation{}));
  add("whitened by the sample deviation (n - 1) + 1e-8, as CleanRL and stable-baselines3", "",
      whitened_by<whose::all_own>(spread_plus{standard_deviation{}, 1e-8}));
  add("whitened by verl's masked_whiten", "", [](recording const& of, rows const& xs) -> std::optional<rows> {
    return bellman::conventions::verl::masked_whiten(xs, detail::masks_of(of));
  });
  add("whitened by TRL's masked_whiten", "", [](recording const& of, rows const& xs) -> std::optional<rows> {
    return bellman::conventions::trl::masked_whiten(xs, detail::masks_of(of));
  });
  std::vector<std::size_t> tokens;
  bool has_gap = false;
  for (sequence const& s : r.sequences) {
    std::size_t const own = static_cast<std::size_t>(std::count(s.own.begin(), s.own.end(), 1));
    tokens.push_back(own);
    has_gap = has_gap || (own != 0 && s.last_own() + 1 != own);
  }
  if (!has_gap) {
    add("whitened as in TRL's PPOTrainer", "", [tokens](recording const&, rows const& xs) -> std::optional<rows> {
      return bellman::conventions::trl::whitened_tokens(xs, tokens);
    });
  }
  add("whitened by the population deviation (n)", "", whitened_by<whose::all_own>(population_standard_deviation{}));
  add("whitened by the population deviation (n) + 1e-8, as NumPy's std does", "",
      whitened_by<whose::all_own>(spread_plus{population_standard_deviation{}, 1e-8}));
  add("divided by the deviation around the mean (verl's and TRL's shift_mean=False)", "",
      [](recording const& of, rows const& xs) -> std::optional<rows> {
        return bellman::conventions::verl::masked_whiten_around_mean(xs, detail::masks_of(of));
      });
  add("less their mean", "", whitened_by<whose::all_own>([](auto const&) { return 1.0; }));
  if (r.sequences.size() > 1) {
    what_is_by_row = true;
    add("each row whitened by itself, by the population deviation (OpenRLHF's masked_normalize)", "",
        [](recording const& of, rows const& xs) -> std::optional<rows> {
          return bellman::conventions::openrlhf::masked_normalize(xs, detail::masks_of(of));
        });
    add("each row whitened by itself, by the sample deviation (n - 1)", "",
        whitened_by<whose::each_row>(standard_deviation{}));
    what_is_by_row = false;
  }
  if (r.has_mask) {
    std::string const why = "the mean and the deviation are those of the masked positions too";
    add("whitened over all positions, by the sample deviation (n - 1)", why,
        whitened_by<whose::padding_too>(standard_deviation{}));
    add("whitened over all positions, by the population deviation (n)", why,
        whitened_by<whose::padding_too>(population_standard_deviation{}));
  }
  return all;
}

}  // namespace whose_numbers
