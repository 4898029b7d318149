// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/scalar/accumulator.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace bellman::internal {

/// A double as an integer that is ordered as doubles are, and is the same for both zeros.
constexpr std::uint64_t ordered_bits(double x) {
  // -0.0 + 0.0 is 0.0. Without a branch, which would be taken by chance.
  auto const bits = std::bit_cast<std::uint64_t>(x + 0.0);
  std::uint64_t const all_if_negative = ~(bits >> 63) + 1;
  return bits ^ (all_if_negative | std::uint64_t{1} << 63);
}

/// The tokens from the first to `last` of an order, in which of equal ones the lower number comes first.
///
/// An order has `digits(t)`, an integer by which tokens are dealt, and `before(t, u)`, which decides and is false where
/// the digits of u are smaller.
template <class Order>
struct kept_tokens {
  Order order;
  std::size_t last;
  double mass;  // of all that is kept

  constexpr bool keeps(std::size_t t) const { return t <= last ? !order.before(last, t) : order.before(t, last); }
};

/// The order of keys that are such integers.
template <class Key>
struct smallest_first {
  Key key;

  constexpr std::uint64_t digits(std::size_t t) const { return key(t); }
  constexpr bool before(std::size_t t, std::size_t u) const { return key(t) < key(u); }
};

/// How much less than a share of all is taken for that share: sums round, and so do logarithms that were probabilities.
inline constexpr double rounding_of_a_share = 1.0 / 17592186044416.0;  // 2^-44

/// What is known of the tokens in a bucket.
struct bucket_of_tokens {
  accumulator<double> mass{};
  std::size_t size = 0;
};

/// The first bucket with which the masses reach `target`, added to what lies before; where rounding leaves none, the
/// last one that has tokens. What lies before it is added to `before`.
constexpr std::size_t bucket_that_reaches(internal::vector<bucket_of_tokens> const& buckets, double target,
                                          accumulator<double>& before) {
  std::size_t here = 0;
  accumulator<double> reached = before;
  for (std::size_t b = 0; b < buckets.size() && reached.in_full() < target; ++b) {
    if (buckets[b].size == 0) continue;
    here = b;
    before = reached;
    reached = reached + buckets[b].mass;
  }
  return here;
}

/// The tokens `token_at(0), ..., token_at(size - 1)` of that bucket, into which they are dealt by one of their digits,
/// in which the target is reached.
template <class TokenAt, class Digit, class Mass>
constexpr internal::vector<std::size_t> dealt_out(std::size_t size, TokenAt token_at, Digit digit, Mass mass,
                                                  std::size_t digits, double target, accumulator<double>& before) {
  internal::vector<bucket_of_tokens> buckets(digits);
  for (std::size_t i = 0; i < size; ++i) {
    std::size_t const t = token_at(i);
    bucket_of_tokens& b = buckets[digit(t)];
    b.mass.add(mass(t));
    ++b.size;
  }
  std::size_t const here = internal::bucket_that_reaches(buckets, target, before);
  internal::vector<std::size_t> within;
  within.reserve(buckets[here].size);
  for (std::size_t i = 0; i < size; ++i) {
    std::size_t const t = token_at(i);
    if (digit(t) == here) within.push_back(t);
  }
  return within;
}

/// Of the tokens 0, ..., n - 1 the first ones of an order, up to that with which their masses, added up, reach
/// `target`.
///
/// Nothing is sorted but a few: the tokens are dealt into buckets by their first digits, and only that bucket in which
/// the target is reached is dealt again, by the digits behind.
template <class Order, class Mass>
constexpr kept_tokens<Order> first_to_reach(std::size_t n, Order const& order, Mass const& mass, double target) {
  constexpr std::size_t few = 32;
  accumulator<double> before;            // of the buckets before that in which the target is reached
  internal::vector<std::size_t> within;  // its tokens, in the order of their numbers; at first none is listed
  std::size_t size = n;
  int bits_left = 64;
  // Whether no digit tells those apart that are left.
  auto const all_alike = [&] {
    auto const digits = [&](std::size_t i) { return order.digits(within.empty() ? i : within[i]); };
    std::size_t i = 1;
    while (i < size && digits(i) == digits(0)) ++i;
    return i == size;
  };
  while (size > few && bits_left > 0 && !all_alike()) {
    int const most = size < 4096 ? 8 : 12;
    int const width = most < bits_left ? most : bits_left;
    bool const all = bits_left == 64;
    bits_left -= width;
    std::size_t const digits = std::size_t{1} << width;
    auto const digit = [order, bits_left, digits](std::size_t t) {
      return static_cast<std::size_t>(order.digits(t) >> bits_left) & (digits - 1);
    };
    auto const itself = [](std::size_t t) { return t; };
    auto const listed = [&within](std::size_t i) { return within[i]; };
    within = all ? internal::dealt_out(size, itself, digit, mass, digits, target, before)
                 : internal::dealt_out(size, listed, digit, mass, digits, target, before);
    size = within.size();
  }
  if (bits_left == 64) {
    for (std::size_t t = 0; t < n; ++t) within.push_back(t);
  }

  // Either few are left, or their digits are all the same, so that they are in their order but for numbers of more
  // digits than these.
  for (std::size_t i = 1; i < size; ++i) {
    std::size_t const t = within[i];
    std::size_t k = i;
    for (; k > 0 && order.before(t, within[k - 1]); --k) within[k] = within[k - 1];
    within[k] = t;
  }
  std::size_t last = within.front();
  for (std::size_t const t : within) {
    last = t;
    before.add(mass(t));
    if (!(before.in_full() < target)) break;
  }
  return {order, last, before.in_full()};
}

}  // namespace bellman::internal
