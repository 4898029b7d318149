// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "log.hpp"

#include <bellman/evaluation/importance_ratios.hpp>
#include <bellman/evaluation/off_policy_evaluation.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

// What the log of one policy says about the click rate of another: an impression is an episode of one step.
namespace open_bandit {

/// Click rates of items at positions, from a part of a log. A cell with few impressions is drawn to the mean of the
/// part, as if it had had `prior` impressions more with that click rate.
class click_model {
 public:
  static constexpr double prior = 20;

  /// From all impressions but those of a fold: the rows `fold`, `fold + folds`, ...
  click_model(log const& all, std::size_t items, std::size_t fold, std::size_t folds)
      : items_(items), rates_(items * positions, 0.0) {
    std::vector<double> shown(items * positions, 0.0);
    double clicks = 0, rows = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i % folds == fold) continue;
      std::size_t const at = cell(all[i].item, all[i].position);
      shown[at] += 1;
      rates_[at] += all[i].click;
      clicks += all[i].click;
      rows += 1;
    }
    double const mean = rows == 0 ? 0 : clicks / rows;
    for (std::size_t at = 0; at < shown.size(); ++at) rates_[at] = (rates_[at] + prior * mean) / (shown[at] + prior);
    for (std::size_t position = 0; position < positions; ++position) {
      uniform_[position] = 0;
      for (std::size_t item = 0; item < items; ++item) uniform_[position] += rate(item, position);
      uniform_[position] /= static_cast<double>(items);
    }
  }

  /// `Q(position, item)`.
  double rate(std::size_t item, std::size_t position) const { return rates_[cell(item, position)]; }
  /// `V(position)` of the uniform policy: the mean of `Q` over the items.
  double uniform_rate(std::size_t position) const { return uniform_[position]; }

 private:
  std::size_t cell(std::size_t item, std::size_t position) const { return position * items_ + item; }

  std::size_t items_;
  std::vector<double> rates_;
  std::array<double, positions> uniform_{};
};

/// How many parts a log is cut into. The model beside an impression knows the other parts only, so that a click does
/// not help to predict itself.
inline constexpr std::size_t folds = 5;

using number = std::array<double, 1>;
using shown_once = bellman::modelled_episode<number, number, number, number>;

/// The log as episodes for the uniform policy.
inline std::vector<shown_once> episodes_of(log const& all, std::size_t items) {
  std::vector<double> const target(all.size(), 1.0 / static_cast<double>(items));
  std::vector<double> behaviour;
  for (impression const& i : all) behaviour.push_back(i.propensity);
  auto const ratios = bellman::importance_ratios(target, behaviour);
  std::vector<click_model> models;
  for (std::size_t fold = 0; fold < folds; ++fold) models.emplace_back(all, items, fold, folds);
  std::vector<shown_once> episodes;
  for (std::size_t i = 0; i < all.size(); ++i) {
    click_model const& model = models[i % folds];
    episodes.push_back({{all[i].click ? 1.0 : 0.0},
                        {ratios[i]},
                        {model.rate(all[i].item, all[i].position)},
                        {model.uniform_rate(all[i].position)}});
  }
  return episodes;
}

/// The value of the uniform policy by one method.
struct answer {
  std::string method;
  double value;
  double standard_error;
  double effective_sample_size;
  double resampled_error;  ///< the deviation of the value over resampled logs; a NaN before they were drawn

  /// That of resampling where it was done, for by formula the error of the direct method is too small.
  double error() const { return std::isnan(resampled_error) ? standard_error : resampled_error; }
};

inline std::vector<answer> evaluate(log const& all, std::size_t items) {
  auto const episodes = episodes_of(all, items);
  auto const as_answer = [](char const* method, bellman::off_policy_estimate<double> const& e) {
    return answer{method, e.value, e.standard_error(), e.effective_sample_size, std::nan("")};
  };
  return {as_answer("importance sampling", bellman::importance_sampling(episodes, 1)),
          as_answer("self-normalised", bellman::weighted_importance_sampling(episodes, 1)),
          as_answer("direct method", bellman::direct_method(episodes)),
          as_answer("doubly robust", bellman::doubly_robust(episodes, 1))};
}

/// The mean click of a log, with its error.
inline answer own_clicks(log const& all) {
  std::vector<bellman::logged_episode<number, number>> episodes;
  for (impression const& i : all) episodes.push_back({{i.click ? 1.0 : 0.0}, {1.0}});
  auto const e = bellman::importance_sampling(episodes, 1);
  return {"its own clicks", e.value, e.standard_error(), e.effective_sample_size, std::nan("")};
}

/// Another log of as many impressions, drawn from this one with replacement; each fold from itself.
inline log resampled(log const& all, std::mt19937_64& generator) {
  log drawn;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t const fold = i % folds;
    std::size_t const rows = (all.size() - fold + folds - 1) / folds;
    drawn.push_back(all[fold + folds * static_cast<std::size_t>(generator() % rows)]);
  }
  return drawn;
}

/// Answers to many logs, method by method: their mean, their deviation, the mean of the errors that they claim, and how
/// often value +- 1.96 errors holds `truth`.
struct spread {
  double mean = 0;
  double deviation = 0;
  double claimed_error = 0;
  double covered = 0;
};

inline std::vector<spread> spread_of(std::vector<std::vector<answer>> const& many, double truth) {
  std::vector<spread> all(many.front().size());
  auto const n = static_cast<double>(many.size());
  for (std::size_t k = 0; k < all.size(); ++k) {
    for (auto const& answers : many) {
      all[k].mean += answers[k].value / n;
      all[k].claimed_error += answers[k].standard_error / n;
      if (std::abs(answers[k].value - truth) <= 1.96 * answers[k].standard_error) all[k].covered += 1 / n;
    }
    for (auto const& answers : many) {
      double const off = answers[k].value - all[k].mean;
      all[k].deviation += off * off / std::max(n - 1, 1.0);
    }
    all[k].deviation = std::sqrt(all[k].deviation);
  }
  return all;
}

}  // namespace open_bandit
