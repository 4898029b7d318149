// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/clip_fraction.hpp>
#include <bellman/loss/dual_clipped.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/loss/surrogate.hpp>

#include <array>
#include <concepts>

#include "archetypes/archetypes.hpp"
#include "archetypes/tokens.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using archetypes::number;
using archetypes::row_of;
using archetypes::token_rows;
using bellman::test::true_at_both_times;

// What a ratio may give: no number.
struct seen {
  number now;
};
struct ratio_of_no_number {
  struct of_token {
    constexpr seen operator()(number const& now, number const&) const { return {now}; }
  };
  constexpr of_token operator()(token_rows const&) const { return {}; }
};

// Surrogates that can be moved, and otherwise be called only: of a ratio and an advantage, of a log-probability too,
// and one that clips.
template <class Function>
class movable {
 public:
  constexpr explicit movable(Function f) : f_(f) {}
  movable(movable const&) = delete;
  constexpr movable(movable&&) = default;

 protected:
  Function f_;
};

struct factor {
  number by;
};
struct plain : movable<factor> {
  using movable<factor>::movable;
  constexpr number operator()(seen const& r, number const& a) const { return f_.by * r.now * a; }
};
struct of_the_log_prob : movable<factor> {
  using movable<factor>::movable;
  constexpr number operator()(seen const&, number const& a, number const& log_prob) const {
    return f_.by * a * log_prob;
  }
};
struct clipping : plain {
  using plain::plain;
  constexpr bool binds(seen const& r, number const&) const { return f_.by < r.now; }
};

constexpr std::array<token_rows, 1> one_sequence() { return {token_rows{row_of(3, 1), row_of(1, 1), row_of(1, -2)}}; }

}  // namespace

TEST_CASE("the archetypes of surrogates are such, and no more") {
  STATIC_REQUIRE(bellman::surrogate<plain, seen, number> && bellman::surrogate<of_the_log_prob, seen, number>);
  STATIC_REQUIRE(bellman::clipping_surrogate<clipping, seen, number>);
  STATIC_REQUIRE(!bellman::clipping_surrogate<plain, seen, number> && !bellman::surrogate<plain, number>);
  STATIC_REQUIRE(!std::copyable<plain> && !std::copyable<clipping>);
}

TEST_CASE("losses, clip fractions and dual clips ask for no more than a surrogate") {
  CHECK(true_at_both_times([] {
    auto const loss = [](auto const& surrogate) {
      return bellman::policy_loss(one_sequence(), ratio_of_no_number{}, surrogate, bellman::token_mean{}).total;
    };
    // -2 (3 - 2), and the same of the log-probabilities, which are the ratios.
    return loss(plain(factor{number(2)})) == number(-2) && loss(of_the_log_prob(factor{number(2)})) == number(-2) &&
           bellman::clip_fraction(one_sequence(), ratio_of_no_number{}, clipping(factor{number(2)})).value() == 0.5;
  }));
  CHECK(true_at_both_times([] {
    bellman::dual_clipped const twice(clipping(factor{number(2)}), number(3));
    // 2 3 (-1) is below 3 (-1), 2 1 (-1) is not.
    return twice(seen{number(3)}, number(-1)) == number(-3) && twice(seen{number(1)}, number(-1)) == number(-2) &&
           twice(seen{number(3)}, number(1)) == number(6) && twice.binds(seen{number(3)}, number(1)) &&
           twice.binds_below(seen{number(3)}, number(-1));
  }));
}
