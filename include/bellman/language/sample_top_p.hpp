// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/language/internal/nucleus.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/internal/unit_interval.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>

namespace bellman {

namespace detail {

struct sample_top_p_fn {
  template <class Logits, class G,
            class = typename internal::every<internal::a_random_access_range_of_numbers<Logits>,
                                             internal::a_forward_range_of_logits<Logits>,
                                             internal::a_generator<G>>::type::yes>
  constexpr token operator()(Logits&& logits, double p, G&& urbg) const {
    internal::checked_share("sample_top_p", p);
    auto const all = internal::relative_weights(logits);
    if (p == 1) return at(internal::draw_from_unit_interval(urbg) * all.total, all, [](std::size_t) { return true; });
    auto const kept = internal::nucleus(logits, all, p);
    return at(internal::draw_from_unit_interval(urbg) * kept.mass, all, [&](std::size_t t) { return kept.keeps(t); });
  }

 private:
  // The token in which `left` falls when the weights of those that are kept are laid side by side.
  template <class Keeps>
  static constexpr token at(double left, internal::weights_of_logits const& all, Keeps const& keeps) {
    std::size_t const n = all.weights.size();
    auto const weight = [&](std::size_t t) { return keeps(t) ? all.weights[t] : 0.0; };
    std::size_t drawn = 0;
    while (drawn < n && !((left -= weight(drawn)) < 0)) ++drawn;
    // Rounding may leave a little of `left` after the last token.
    if (drawn == n) {
      do --drawn;
      while (weight(drawn) == 0);
    }
    return static_cast<token>(drawn);
  }
};

}  // namespace detail

/// `sample_top_p(logits, p, urbg)`: a token drawn from the softmax of the smallest set of the largest logits whose
/// probability reaches p: `sample(softmax(top_p{p}(logits)), urbg)`, which draws the same token but where rounding
/// decides.
///
/// The vocabulary is not sorted: tokens are dealt into buckets by the first digits of their logits, and only the bucket
/// in which p is reached is looked at closer. The set is that which sorting gives, ties and all.
///
/// *Arguments*: `logits`: as for `softmax`, in a range with random access; p in (0, 1], as for `top_p`; `urbg`: any
/// `std::uniform_random_bit_generator`.
/// *Errors*: `invalid_value` for another p and for what is no softmax, before anything is drawn; does not compile for
/// what is no generator.
/// *Cost*: O(tokens), one exponential for each; an allocation of a double for each.
/// *Laws*: the same token as from `top_p`; the set is that of sorting (tests/language/sample_top_p.cpp). From 50,000
/// tokens at least five times as fast as sorting, be they peaked or flat (benchmarks/sample_top_p.cpp).
/// *Source*: Holtzman et al. 2020.
/// *Use*:
///     bellman::sample_top_p(std::array{0.0, 5.0, 1.0}, 0.9, std::mt19937{}) == 1
inline constexpr detail::sample_top_p_fn sample_top_p{};

}  // namespace bellman
