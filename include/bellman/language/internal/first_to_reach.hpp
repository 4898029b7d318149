// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/scalar/accumulator.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace bellman::internal {

/// A double as an integer that is ordered as doubles are, and is the same for both zeros.
constexpr std::uint64_t ordered_bits(double x) {
  // -0.0 + 0.0 is 0.0. Without a branch, which would be taken by chance.
  auto const bits = std::bit_cast<std::uint64_t>(x + 0.0);
  std::uint64_t const all_if_negative = ~(bits >> 63) + 1;
  return bits ^ (all_if_negative | std::uint64_t{1} << 63);
}

/// The last token that is kept of an order by keys, in which the smaller key comes first and of equal ones the lower
/// number.
struct last_kept {
  std::uint64_t key;
  std::size_t token;
  double mass;  // of all that is kept

  constexpr bool keeps(std::uint64_t other_key, std::size_t other) const {
    return other_key < key || (other_key == key && other <= token);
  }
};

constexpr last_kept all_kept(double mass) {
  return {(std::numeric_limits<std::uint64_t>::max)(), (std::numeric_limits<std::size_t>::max)(), mass};
}

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

/// The tokens `token_at(0), ..., token_at(size - 1)` of that bucket, into which they are dealt by a digit of their keys,
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

/// The token with which the masses of the tokens 0, ..., n - 1, added up in the order of their keys, reach `target`.
///
/// Nothing is sorted but a few: the tokens are dealt into buckets by the first digits of their keys, and only that
/// bucket in which the target is reached is dealt again, by the digits behind.
template <class Key, class Mass>
constexpr last_kept first_to_reach(std::size_t n, Key const& key, Mass const& mass, double target) {
  constexpr std::size_t few = 32;
  accumulator<double> before;       // of the buckets before that in which the target is reached
  internal::vector<std::size_t> within;  // the tokens of that bucket, in the order of their numbers; at first none is listed
  std::size_t size = n;
  int bits_left = 64;
  while (size > few && bits_left > 0) {
    int const most = size < 4096 ? 8 : 12;
    int const width = most < bits_left ? most : bits_left;
    bool const all = bits_left == 64;
    bits_left -= width;
    std::size_t const digits = std::size_t{1} << width;
    auto const digit = [key, bits_left, digits](std::size_t t) {
      return static_cast<std::size_t>(key(t) >> bits_left) & (digits - 1);
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

  // Either few are left, to be sorted, or their keys are all the same.
  for (std::size_t i = 1; i < size && size <= few; ++i) {
    std::size_t const t = within[i];
    std::size_t k = i;
    for (; k > 0 && key(t) < key(within[k - 1]); --k) within[k] = within[k - 1];
    within[k] = t;
  }
  std::size_t last = within.front();
  for (std::size_t const t : within) {
    last = t;
    before.add(mass(t));
    if (!(before.in_full() < target)) break;
  }
  return {key(last), last, before.in_full()};
}

}  // namespace bellman::internal
