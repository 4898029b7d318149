// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/one_step.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/body_of.hpp>
#include <bellman/estimation/internal/column_of.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/internal/step_source.hpp>
#include <bellman/internal/indexed_iterator.hpp>
#include <bellman/views/internal/cache.hpp>
#include <bellman/views/internal/held.hpp>

#include <cstddef>
#include <optional>
#include <ranges>
#include <utility>

namespace bellman::views {

/// The lazy view of what an estimator gives for each step of a recording when it looks n steps of the policy's own
/// ahead and puts the value of the state there for what comes after; or less far, up to the end of the episode.
///
/// Each element is computed when it is read, from the rewards of its window, the steps, and one value: O(n), nothing is
/// held. A random-access view, sized as the rewards; `begin` and `end` are of a view that is not const, and what the
/// estimator refuses `begin` throws. Iterators are valid as long as the view is where it is.
template <estimator Estimator, class V, std::ranges::view Rewards, std::ranges::view Values, class Steps, class Gamma>
  requires std::ranges::random_access_range<Rewards> && std::ranges::sized_range<Rewards> &&
           std::ranges::random_access_range<Values>
class windows_view
    : public std::ranges::view_interface<windows_view<Estimator, V, Rewards, Values, Steps, Gamma>> {
 public:
  /// A view of nothing, to be assigned to: range-v3 0.12 asks for one.
  windows_view() = default;
  constexpr windows_view(Rewards rewards, Values values, Steps steps, std::size_t n, Gamma gamma)
      : held_(std::in_place, std::move(rewards), std::move(values), std::move(steps), n, std::move(gamma)) {}

  constexpr auto begin() { return iterator(windows(), 0); }
  constexpr auto end() { return begin() + std::ranges::ssize(held_->rewards); }
  constexpr std::size_t size() { return static_cast<std::size_t>(std::ranges::size(held_->rewards)); }

 private:
  struct parts {
    Rewards rewards;
    Values values;
    Steps steps;
    std::size_t n;
    Gamma gamma;

    constexpr parts(Rewards its_rewards, Values its_values, Steps its_steps, std::size_t its_n, Gamma its_gamma)
        : rewards(std::move(its_rewards)),
          values(std::move(its_values)),
          steps(std::move(its_steps)),
          n(its_n),
          gamma(std::move(its_gamma)) {}

    template <class Source>
    constexpr auto body(Source const& source) {
      if constexpr (Estimator::columns::size == 0) {
        return internal::body_of<Estimator, V>(source, gamma, internal::iterators(rewards));
      } else {
        return internal::body_of<Estimator, V>(source, gamma, internal::iterators(rewards),
                                               internal::iterators(values));
      }
    }
  };
  using source = decltype(internal::step_source<V>(std::declval<Steps const&>(), std::size_t{}));

  class all_windows {
   public:
    constexpr all_windows(parts& h, std::size_t size)
        : source_(internal::step_source<V>(h.steps, size)),
          body_(h.body(source_)),
          values_(internal::column_of(internal::iterators(h.values), "values", size)),
          size_(size),
          n_(h.n) {}

    constexpr V at(std::size_t t) const {
      std::size_t end = t;
      V const after = after_window(end);
      auto carry = body_.start(after);
      V latest{};
      while (end-- > t) {
        one_step<V> const here(end);
        with_step(end, [&](auto const& s) { latest = body_(here, s, carry).outputs[0]; });
      }
      return latest;
    }

   private:
    template <class F>
    constexpr void with_step(std::size_t t, F f) const {
      one_step<V> const here(t);
      if constexpr (source::may_lack_the_last) {
        if (t + internal::steps_apart(source_, size_) == size_) return f(source_.read_last(here));
      }
      f(source_.read(here));
    }

    // Moves `end` from the first step of a window behind its last; what comes after it.
    constexpr V after_window(std::size_t& end) const {
      V after(source_.after_last().value);
      std::size_t own = 0;
      bool within = true;
      for (; end < size_ && within; ++end) {
        bool value_counts = false;
        with_step(end, [&](auto const& s) {
          bool const is_own = !internal::holds(s.skipped);
          value_counts = is_own && own == n_;
          if (is_own) ++own;
          if (internal::holds(s.ended)) {
            after = s.after;
            within = false;
          }
        });
        if (value_counts) return one_step<V>(end).read(values_);
      }
      return after;
    }

    source source_;
    decltype(std::declval<parts&>().body(std::declval<source const&>())) body_;
    decltype(internal::column_of(internal::iterators(std::declval<Values&>()), "", std::size_t{})) values_;
    std::size_t size_;
    std::size_t n_;
  };
  using iterator = internal::indexed_iterator<all_windows>;

  constexpr all_windows& windows() { return cached_.get(*held_, size()); }

  std::optional<parts> held_;
  internal::cache<all_windows> cached_;
};

}  // namespace bellman::views
