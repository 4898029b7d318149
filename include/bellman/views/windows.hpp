// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/backward_pass.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/internal/indexed_iterator.hpp>
#include <bellman/views/cache.hpp>
#include <bellman/views/estimates.hpp>

#include <cstddef>
#include <optional>
#include <ranges>
#include <utility>

namespace bellman::views {

namespace detail {

// The place of the result of the step that was computed last.
template <class V>
struct latest_result {
  V result{};
  constexpr V& at(std::size_t) { return result; }
};

}  // namespace detail

/// The lazy view of what an estimator gives for each step of a recording when it looks n steps of the policy's own
/// ahead and puts the value of the state there for what comes after; or less far, up to the end of the episode.
///
/// Each element is computed when it is read, from the rewards of its window, the steps, and one value: O(n), nothing is
/// held. A random-access view, sized as the rewards; `begin` and `end` are of a view that is not const, and what the
/// estimator refuses `begin` throws. Iterators are valid as long as the view is where it is.
template <class V, class Function, std::ranges::view Rewards, std::ranges::view Values, class Steps, class Gamma>
  requires std::ranges::random_access_range<Rewards> && std::ranges::sized_range<Rewards> &&
           std::ranges::random_access_range<Values>
class windows_view
    : public std::ranges::view_interface<windows_view<V, Function, Rewards, Values, Steps, Gamma>> {
 public:
  /// A view of nothing, to be assigned to: range-v3 0.12 asks for one.
  windows_view() = default;
  constexpr windows_view(Rewards rewards, Values values, Steps steps, std::size_t n, Gamma gamma)
      : held_(std::in_place, std::move(rewards), std::move(values), std::move(steps), n, std::move(gamma)) {}

  constexpr auto begin() { return iterator(windows(), 0); }
  constexpr auto end() { return begin() + std::ranges::ssize(held_->rewards); }
  constexpr std::size_t size() { return static_cast<std::size_t>(std::ranges::size(held_->rewards)); }

 private:
  static constexpr auto make_of(Rewards& rewards, Values& values, Gamma const& gamma) {
    return Function::template body<V>(iterators(rewards), iterators(values), gamma);
  }

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
  };
  class all_windows {
   public:
    constexpr all_windows(parts& h, std::size_t size)
        : source_(step_source<V>(h.steps, size)),
          make_(make_of(h.rewards, h.values, h.gamma)),
          values_(column_of<V>(iterators(h.values), "values", size)),
          size_(size),
          n_(h.n) {}

    constexpr V at(std::size_t t) const {
      std::size_t end = t;
      V const after = after_window(end);
      detail::latest_result<V> latest;
      auto body = make_(after, column{internal::indexed_iterator(latest, 0)});
      while (end-- > t) {
        one_step<V> const here(end);
        with_step(end, [&](auto const& s) { body(here, s); });
      }
      return latest.result;
    }

   private:
    template <class F>
    constexpr void with_step(std::size_t t, F f) const {
      one_step<V> const at(t);
      if (source_.known_apart() > 0 && t + 1 == size_) {
        f(source_.read_last(at));
      } else {
        f(source_.read(at));
      }
    }

    // Moves `end` from the first step of a window behind its last; what comes after it.
    constexpr V after_window(std::size_t& end) const {
      V after(source_.after_last());
      std::size_t own = 0;
      bool within = true;
      for (; end < size_ && within; ++end) {
        bool value_counts = false;
        with_step(end, [&](auto const& s) {
          bool const is_own = select(s.skipped, false, true);
          value_counts = is_own && own == n_;
          if (is_own) ++own;
          if (select(s.ended, true, false)) {
            after = s.after;
            within = false;
          }
        });
        if (value_counts) return one_step<V>(end).read(values_);
      }
      return after;
    }

    decltype(step_source<V>(std::declval<Steps const&>(), std::size_t{})) source_;
    decltype(make_of(std::declval<Rewards&>(), std::declval<Values&>(), std::declval<Gamma const&>())) make_;
    decltype(column_of<V>(iterators(std::declval<Values&>()), "", std::size_t{})) values_;
    std::size_t size_;
    std::size_t n_;
  };
  using iterator = internal::indexed_iterator<all_windows>;

  constexpr all_windows& windows() { return cached_.get(*held_, size()); }

  std::optional<parts> held_;
  cache<all_windows> cached_;
};

}  // namespace bellman::views
