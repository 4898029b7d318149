// SPDX-License-Identifier: BSL-1.0

// Iterators of a namespace that has an operator of its own for commas: several that go on together do not meet it.
#include <bellman/bellman.hpp>

#include <cstddef>
#include <iterator>
#include <vector>

#include "support/catch.hpp"

namespace iterators_with_commas {

template <class T>
struct place {
  using value_type = T;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::forward_iterator_tag;

  T* at = nullptr;

  T& operator*() const { return *at; }
  place& operator++() {
    ++at;
    return *this;
  }
  place operator++(int) {
    place const before = *this;
    ++at;
    return before;
  }
  friend bool operator==(place const&, place const&) = default;
};
// A better match than any other, and no call of it compiles.
template <class T, class X>
void operator,(place<T> const&, X const&) = delete;
template <class T, class X>
void operator,(X const&, place<T> const&) = delete;
template <class T, class U>
void operator,(place<T> const&, place<U> const&) = delete;

struct row {
  mutable std::vector<double> numbers;

  place<double> begin() const { return {numbers.data()}; }
  place<double> end() const { return {numbers.data() + numbers.size()}; }
};

namespace b = bellman;

TEST_CASE("iterators with a comma of their own are walked together") {
  row const now{{-1.0, -2.0}};
  row const zeros{{0.0, 0.0}};
  std::vector const gradients{row{{7.0, 7.0}}};
  std::vector const rows{now};
  std::vector const batch{b::sampled_tokens{now, now, now}};
  b::policy_loss(batch, b::token_ratio{}, b::clipped{0.25}, b::token_mean{}, gradients);
  CHECK(gradients[0].numbers == std::vector{0.5, 1.0});
  b::policy_loss(batch, b::sequence_ratio{}, b::clipped{0.25}, b::token_mean{}, gradients);
  CHECK(gradients[0].numbers == std::vector{0.75, 0.75});
  b::mean_loss(b::squared_error, b::token_mean{}, gradients, rows, std::vector{zeros});
  CHECK(gradients[0].numbers == std::vector{-0.5, -1.0});
  CHECK(b::approximate_kl(batch).value() == 0);
  CHECK(b::explained_variance(now, now) == 1);
  CHECK(b::truncated_weights{2.0}(now, now) == std::vector{1.0, 1.0});
  b::entropy(zeros, gradients[0]);
  CHECK(b::kl_divergence(now, now, gradients[0]) == 0);
  CHECK(gradients[0].numbers == std::vector{0.0, 0.0});
}

}  // namespace iterators_with_commas
