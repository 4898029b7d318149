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

/// What a finish makes of the numbers: themselves, a straight line of them, one for each row, or a line of them plus the
/// values.
enum class shape : char { same, line, line_of_row, line_plus_values };

/// A way to whiten the numbers of own steps; what it does at other steps does not count.
struct finish {
  std::string what;     ///< empty for none
  std::string mistake;  ///< what is wrong with it, if something is
  shape makes;
  std::function<std::optional<rows>(recording const&, rows const&)> apply;
  std::size_t right;  ///< the finish that is meant: itself, where nothing is wrong with it
};

namespace detail {

inline std::vector<flags> masks_of(recording const& r) {
  std::vector<flags> all;
  for (sequence const& s : r.sequences) all.push_back(s.own);
  return all;
}

enum class whose { all_own, each_row, padding_too };

inline row own_numbers(recording const& r, rows const& xs) {
  row all;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    for (std::size_t t = 0; t < xs[i].size(); ++t) {
      if (r.sequences[i].own[t]) all.push_back(xs[i][t]);
    }
  }
  return all;
}

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

/// `x / spread` of the numbers of own steps.
template <class Spread>
auto scaled_by(Spread const& spread) {
  return [spread](recording const& r, rows const& xs) -> std::optional<rows> {
    auto const s = bellman::statistics_of(own_numbers(r, xs));
    if (s.count < 2) return std::nullopt;
    double const width = spread(s);
    if (!(width > 0)) return std::nullopt;
    rows result = xs;
    for (row& some : result) {
      for (double& x : some) x /= width;
    }
    return result;
  };
}

}  // namespace detail

/// All ways, first that in which nothing is done. Each but those that are wrong already is there with the other sign too.
inline std::vector<finish> finishes_of(recording const& r) {
  using bellman::population_standard_deviation;
  using bellman::spread_plus;
  using bellman::standard_deviation;
  using detail::scaled_by;
  using detail::whitened_by;
  using detail::whose;
  std::vector<finish> all;
  auto const put = [&](std::string what, std::string mistake, shape makes, auto const& f, std::size_t right) {
    all.push_back({std::move(what), std::move(mistake), makes, detail::unless_refused(f), right});
  };
  auto const add = [&](std::string const& what, auto const& f, shape makes = shape::line) {
    std::size_t const right = all.size();
    put(what, "", makes, f, right);
    auto const negated = [f](recording const& of, rows const& xs) -> std::optional<rows> {
      std::optional<rows> ys = f(of, xs);
      if (!ys) return ys;
      for (row& some : *ys) {
        for (double& y : some) y = -y;
      }
      return ys;
    };
    // A straight line too, where f does nothing.
    put(what, "the sign is flipped", makes == shape::same ? shape::line : makes, negated, right);
  };
  add(
      "", [](recording const&, rows const& xs) { return std::optional<rows>(xs); }, shape::same);
  auto const sample = whitened_by<whose::all_own>(standard_deviation{});
  auto const population = whitened_by<whose::all_own>(population_standard_deviation{});
  std::size_t const of_own = all.size();
  add("whitened by the sample deviation (n - 1)", sample);
  add("whitened by the sample deviation (n - 1) + 1e-8, as CleanRL and stable-baselines3",
      whitened_by<whose::all_own>(spread_plus{standard_deviation{}, 1e-8}));
  add("whitened by verl's masked_whiten", [](recording const& of, rows const& xs) -> std::optional<rows> {
    return bellman::conventions::verl::masked_whiten(xs, detail::masks_of(of));
  });
  add("whitened by TRL's masked_whiten", [](recording const& of, rows const& xs) -> std::optional<rows> {
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
    add("whitened as in TRL's PPOTrainer", [tokens](recording const&, rows const& xs) -> std::optional<rows> {
      return bellman::conventions::trl::whitened_tokens(xs, tokens);
    });
  }
  add("whitened by the population deviation (n)", population);
  add("whitened by the population deviation (n) + 1e-8, as NumPy's std does",
      whitened_by<whose::all_own>(spread_plus{population_standard_deviation{}, 1e-8}));
  add("divided by the deviation around the mean (verl's and TRL's shift_mean=False)",
      [](recording const& of, rows const& xs) -> std::optional<rows> {
        return bellman::conventions::verl::masked_whiten_around_mean(xs, detail::masks_of(of));
      });
  add("less their mean", whitened_by<whose::all_own>([](auto const&) { return 1.0; }));
  add("divided by the sample deviation (n - 1), the mean not subtracted", scaled_by(standard_deviation{}));
  add("divided by the population deviation (n), the mean not subtracted", scaled_by(population_standard_deviation{}));
  if (r.sequences.size() > 1) {
    add(
        "each row whitened by itself, by the population deviation (OpenRLHF's masked_normalize)",
        [](recording const& of, rows const& xs) -> std::optional<rows> {
          return bellman::conventions::openrlhf::masked_normalize(xs, detail::masks_of(of));
        },
        shape::line_of_row);
    add("each row whitened by itself, by the sample deviation (n - 1)",
        whitened_by<whose::each_row>(standard_deviation{}), shape::line_of_row);
  }
  if (r.has_mask) {
    std::string const wrong = "the mean and the deviation are those of the masked positions too";
    put("whitened over all positions, by the sample deviation (n - 1)", wrong, shape::line,
        whitened_by<whose::padding_too>(standard_deviation{}), of_own);
    put("whitened over all positions, by the population deviation (n)", wrong, shape::line,
        whitened_by<whose::padding_too>(population_standard_deviation{}), of_own);
  }
  if (r.has_values) {
    auto const plus_values = [&](std::string const& what, auto const& whitens) {
      auto const f = [whitens](recording const& of, rows const& xs) -> std::optional<rows> {
        std::optional<rows> ys = whitens(of, xs);
        if (!ys) return ys;
        for (std::size_t i = 0; i < ys->size(); ++i) {
          for (std::size_t t = 0; t < (*ys)[i].size(); ++t) (*ys)[i][t] += of.sequences[i].values[t];
        }
        return ys;
      };
      put(what + ", then added to the values", "the values are added to advantages that were whitened",
          shape::line_plus_values, f, 0);
    };
    plus_values("whitened by the sample deviation (n - 1)", sample);
    plus_values("whitened by the population deviation (n)", population);
  }
  return all;
}

}  // namespace whose_numbers
