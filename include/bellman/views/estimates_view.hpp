// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/backward_pass.hpp>
#include <bellman/affine/column.hpp>
#include <bellman/affine/one_step.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/body_of.hpp>
#include <bellman/estimation/internal/order_within.hpp>
#include <bellman/estimation/internal/step_source.hpp>
#include <bellman/internal/indexed_iterator.hpp>
#include <bellman/views/internal/cache.hpp>
#include <bellman/views/internal/held.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <ranges>
#include <tuple>
#include <utility>
#include <vector>

namespace bellman::views {

namespace detail {

// Results of a run of steps, under the numbers of the steps.
template <class V>
struct block_of_results {
  std::vector<V> results;
  std::size_t first = 0;

  constexpr V& at(std::size_t t) { return results[t - first]; }
};

// The estimates of one backward pass, block by block from the end. What is carried before every block is kept, so that
// the block can be computed again; each block is a multiple of every register, as it is in one pass.
template <class V, class Order, class Source, class Body, std::size_t Outputs>
class pass_by_blocks {
 public:
  static constexpr std::size_t block_size = 256;

  constexpr pass_by_blocks(Source const& source, Body const& body, std::size_t n)
      : source_(source), body_(body), apart_(internal::steps_apart(source, n)), steps_(n - apart_) {
    std::size_t const room = apart_ + (steps_ < block_size ? steps_ : block_size);
    for (auto& b : blocks_) b.results = std::vector<V>(room, V{});
    before_.push_back(body_.start(V(source_.after_last().value)));
  }
  pass_by_blocks(pass_by_blocks const&) = delete;
  pass_by_blocks& operator=(pass_by_blocks const&) = delete;

  // The outputs at step t.
  constexpr std::array<V, Outputs> results_at(std::size_t t) {
    load(t < steps_ ? (steps_ - 1 - t) / block_size : 0);
    return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      return std::array<V, Outputs>{blocks_[Index].at(t)...};
    }(std::make_index_sequence<Outputs>{});
  }

 private:
  using place = internal::indexed_iterator<block_of_results<V>>;
  using carry = decltype(std::declval<Body const&>().start(std::declval<V const&>()));

  constexpr void load(std::size_t block) {
    while (before_.size() <= block + 1) compute(before_.size() - 1);  // each leaves what is carried before the next
    if (block_ != block) compute(block);
  }

  constexpr void compute(std::size_t block) {
    std::size_t const end = steps_ - block * block_size;
    std::size_t const first = end < block_size ? 0 : end - block_size;
    for (auto& b : blocks_) b.first = first;
    auto run = [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      return running{body_, before_[block], std::tuple{column{place(blocks_[Index], 0)}...}};
    }(std::make_index_sequence<Outputs>{});
    if constexpr (Source::may_lack_the_last) {
      if (block == 0 && apart_ > 0) {
        one_step<V> const last(steps_);
        run.take(last, source_.read_last(last), source_);
      }
    }
    backward_pass<V>(Order{}, first, end, source_, run);
    block_ = block;
    if (block + 1 == before_.size()) before_.push_back(run.carry);
  }

  Source source_;
  Body body_;
  std::size_t apart_;
  std::size_t steps_;
  std::array<block_of_results<V>, Outputs> blocks_{};
  std::vector<carry> before_;
  std::size_t block_ = 0;
};

}  // namespace detail

/// The lazy view of what an estimator gives for each step of a recording, from the first to the last: one number,
/// or what its `results` make of several.
///
/// Every estimate depends on what comes after it, so that the first needs a pass from the end. It is made when an
/// estimate is first read, as far as it is needed, and leaves behind what is carried, for each block of 256 steps; then
/// blocks are computed as they are reached, one is held at a time. So the view, read from the first to the last,
/// computes every step twice, read in reverse once; a step read at random costs a block. It holds n / 256 carries and
/// 256 results, and nothing where it is not read.
///
/// A random-access view, sized as the rewards; `begin` and `end` are of a view that is not const, and what the
/// estimator refuses `begin` throws. Iterators are valid as long as the view is where it is, and two of them may not be
/// read in two threads. The values equal the eager estimator's to the last bit, in its order of composition.
template <class Order, estimator Estimator, class V, std::ranges::view Rewards, class Steps, class Parameters,
          std::ranges::view... Columns>
  requires std::ranges::random_access_range<Rewards> && std::ranges::sized_range<Rewards> &&
           (std::ranges::random_access_range<Columns> && ...)
class estimates_view
    : public std::ranges::view_interface<estimates_view<Order, Estimator, V, Rewards, Steps, Parameters, Columns...>> {
 public:
  /// A view of nothing, to be assigned to: range-v3 0.12 asks for one.
  estimates_view() = default;
  constexpr estimates_view(Rewards rewards, Steps steps, Parameters parameters, Columns... columns)
      : held_(std::in_place, std::move(rewards), std::move(steps), std::move(parameters),
              std::tuple<Columns...>(std::move(columns)...)) {}

  constexpr auto begin() { return iterator(pass(), 0); }
  constexpr auto end() { return begin() + std::ranges::ssize(held_->rewards); }
  constexpr std::size_t size() { return static_cast<std::size_t>(std::ranges::size(held_->rewards)); }

 private:
  static constexpr std::size_t outputs = internal::outputs_of<Estimator>;

  struct parts {
    Rewards rewards;
    Steps steps;
    Parameters parameters;
    std::tuple<Columns...> columns;

    constexpr parts(Rewards its_rewards, Steps its_steps, Parameters its_parameters, std::tuple<Columns...> its_columns)
        : rewards(std::move(its_rewards)),
          steps(std::move(its_steps)),
          parameters(std::move(its_parameters)),
          columns(std::move(its_columns)) {}

    template <class Source>
    constexpr auto body(Source const& source) {
      return std::apply(
          [&](Columns&... c) {
            return internal::body_of<Estimator, V>(source, parameters, internal::iterators(rewards),
                                                   internal::iterators(c)...);
          },
          columns);
    }
  };
  using source = decltype(internal::step_source<V>(std::declval<Steps const&>(), std::size_t{}));
  using body = decltype(std::declval<parts&>().body(std::declval<source const&>()));

  struct estimates {
    detail::pass_by_blocks<V, typename internal::order_within<Order, V>::type, source, body, outputs> pass;

    constexpr estimates(parts& h, std::size_t n) : estimates(h, internal::step_source<V>(h.steps, n), n) {}
    constexpr estimates(parts& h, source const& s, std::size_t n) : pass(s, h.body(s), n) {}

    constexpr auto at(std::size_t t) {
      return std::apply([](auto const&... x) { return internal::results_of<Estimator>(x...); }, pass.results_at(t));
    }
  };
  using iterator = internal::indexed_iterator<estimates>;

  constexpr estimates& pass() { return cached_.get(*held_, size()); }

  std::optional<parts> held_;
  internal::cache<estimates> cached_;
};

}  // namespace bellman::views
