// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/backward_pass.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/internal/indexed_iterator.hpp>
#include <bellman/value/return.hpp>
#include <bellman/views/cache.hpp>
#include <bellman/views/closure.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman::views {

namespace detail {

template <class V>
constexpr std::size_t steps_of(one_step<V> const&) {
  return 1;
}
template <class V, std::size_t Width>
constexpr std::size_t steps_of(steps_at_once<V, Width> const&) {
  return Width;
}

// Results of a run of steps, under the numbers of the steps.
template <class V>
struct block_of_results {
  std::vector<V> results;
  std::size_t first = 0;

  constexpr V& at(std::size_t t) { return results[t - first]; }
};

// The estimates of one backward pass, block by block from the end. Before every block the body is kept as it is there,
// so that the block can be computed again; each block is a multiple of every register, as it is in one pass.
template <class V, class Order, class Source, class Make, std::size_t Outputs>
class pass_by_blocks {
 public:
  static constexpr std::size_t block_size = 256;

  constexpr pass_by_blocks(Source const& source, Make const& make, std::size_t n)
      : source_(source), apart_(n < source.known_apart() ? n : source.known_apart()), steps_(n - apart_) {
    std::size_t const room = apart_ + (steps_ < block_size ? steps_ : block_size);
    for (auto& b : blocks_) b.results = std::vector<V>(room, V{});
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      before_.push_back(make(source_.after_last(), column{place(blocks_[I], 0)}...));
    }(std::make_index_sequence<Outputs>{});
  }
  pass_by_blocks(pass_by_blocks const&) = delete;
  pass_by_blocks& operator=(pass_by_blocks const&) = delete;

  // Output `I` at step t.
  constexpr std::array<V, Outputs> results_at(std::size_t t) {
    load(t < steps_ ? (steps_ - 1 - t) / block_size : 0);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return std::array<V, Outputs>{blocks_[I].at(t)...};
    }(std::make_index_sequence<Outputs>{});
  }

 private:
  using place = internal::indexed_iterator<block_of_results<V>>;
  template <std::size_t>
  using output = column<place>;
  template <std::size_t... I>
  static auto made(std::index_sequence<I...>)
      -> decltype(std::declval<Make const&>()(std::declval<V const&>(), std::declval<output<I> const&>()...));
  using body = decltype(made(std::make_index_sequence<Outputs>{}));

  constexpr void load(std::size_t block) {
    while (before_.size() <= block) compute(before_.size() - 1);
    if (!loaded_ || block_ != block) compute(block);
  }

  constexpr void compute(std::size_t block) {
    std::size_t end = steps_ - block * block_size;
    std::size_t const first = end < block_size ? 0 : end - block_size;
    for (auto& b : blocks_) b.first = first;
    body running = before_[block];
    if (block == 0 && apart_ > 0) {
      one_step<V> const last(steps_);
      running(last, source_.read_last(last));
    }
    backward_pass<V>(Order{}, end - first, [&](auto const& at) {
      // The same steps, counted from the beginning of the recording.
      end -= steps_of(at);
      std::remove_cvref_t<decltype(at)> const here(end);
      running(here, source_.read(here));
    });
    block_ = block;
    loaded_ = true;
    if (block + 1 == before_.size()) before_.push_back(running);
  }

  Source source_;
  std::size_t apart_;
  std::size_t steps_;
  std::array<block_of_results<V>, Outputs> blocks_{};
  std::vector<body> before_;
  std::size_t block_ = 0;
  bool loaded_ = false;
};

}  // namespace detail

/// The iterators of a view, which do not care whether it is const.
template <class Range>
constexpr auto iterators(Range& range) {
  return std::ranges::subrange<std::ranges::iterator_t<Range>, std::ranges::sentinel_t<Range>>(
      std::ranges::begin(range), std::ranges::end(range));
}

/// What a view holds of steps or an ending. A `truncated{}` without a value is refused where the view is made, not
/// where it is read.
template <class Steps>
constexpr auto held_steps(Steps&& steps) {
  if constexpr (std::same_as<std::remove_cvref_t<Steps>, truncated<>>) static_cast<void>(value_after<double>(steps));
  return held(std::forward<Steps>(steps));
}

/// The `Result` of an estimator that gives one number for each step.
template <class V>
using one_result = V;

/// The lazy view of what an estimator gives for each step of a recording, from the first to the last: `Result<V>`,
/// which is V itself where it gives one number, or `Result{first, second}` where it gives two.
///
/// Every estimate depends on what comes after it, so that the first needs a pass from the end. It is made when an
/// estimate is first read, as far as it is needed, and leaves behind one body for each block of 256 steps; then blocks
/// are computed as they are reached, one is held at a time. So the view, read from the first to the last, computes
/// every step twice, read in reverse once; a step read at random costs a block. It holds n / 256 bodies and 256
/// results, and nothing where it is not read.
///
/// A random-access view, sized as the rewards; `begin` and `end` are of a view that is not const, and what the
/// estimator refuses `begin` throws. Iterators are valid as long as the view is where it is, and two of them may not be
/// read in two threads. The values equal the eager estimator's to the last bit, in its order of composition.
template <class V, class Order, template <class> class Result, class Function, std::ranges::view Rewards, class Steps,
          class Parameters, std::ranges::view... Columns>
  requires std::ranges::random_access_range<Rewards> && std::ranges::sized_range<Rewards> &&
           (std::ranges::random_access_range<Columns> && ...)
class estimates_view
    : public std::ranges::view_interface<
          estimates_view<V, Order, Result, Function, Rewards, Steps, Parameters, Columns...>> {
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
  static constexpr bool one = std::same_as<Result<V>, V>;

  static constexpr auto make_of(Rewards& rewards, Parameters const& parameters, Columns&... columns) {
    return Function::template body<V>(iterators(rewards), iterators(columns)..., parameters);
  }
  using source = decltype(step_source<V>(std::declval<Steps const&>(), std::size_t{}));
  using make = decltype(make_of(std::declval<Rewards&>(), std::declval<Parameters const&>(),
                                std::declval<Columns&>()...));

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
  };
  struct estimates {
    detail::pass_by_blocks<V, Order, source, make, one ? 1 : 2> pass;

    constexpr estimates(parts& h, std::size_t n)
        : pass(step_source<V>(h.steps, n),
               std::apply([&](Columns&... columns) { return make_of(h.rewards, h.parameters, columns...); }, h.columns),
               n) {}

    constexpr Result<V> at(std::size_t t) {
      auto const results = pass.results_at(t);
      if constexpr (one) {
        return results[0];
      } else {
        return {results[0], results[1]};
      }
    }
  };
  using iterator = internal::indexed_iterator<estimates>;

  constexpr estimates& pass() { return cached_.get(*held_, size()); }

  std::optional<parts> held_;
  cache<estimates> cached_;
};

}  // namespace bellman::views
