// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace bellman::internal {

/// `constant + sum_i slope_i x_i`: an affine map of several unknowns, one for each state whose value is not known yet.
///
/// It is a vector over its scalars. A Bellman operator applied to unknowns instead of numbers gives for each state its
/// equation `x_s = form_s(x)`; that is how a policy's equations are had from the one definition of the operator.
template <class V, class F = scalar_t<V>>
class linear_form {
 public:
  using scalar_type = F;

  struct term {
    index_t unknown;
    F slope;
  };

  constexpr linear_form() = default;
  constexpr linear_form(V its_constant) : constant_(std::move(its_constant)) {}

  /// The unknown `x_i` itself.
  static constexpr linear_form unknown(index_t i) {
    linear_form x;
    x.terms_.push_back({i, F(1)});
    return x;
  }

  /// The terms, by rising number of the unknown.
  constexpr std::vector<term> const& terms() const { return terms_; }

  friend constexpr linear_form operator+(linear_form const& a, linear_form const& b) {
    linear_form c(sum(a.constant_, b.constant_));
    c.merge(a.terms_.data(), a.terms_.data() + a.terms_.size(), b, [](F const& slope) { return slope; });
    return c;
  }
  template <class R>
  friend constexpr linear_form operator+(R const& r, linear_form const& b) {
    linear_form c(static_cast<V>(sum(r, b.constant_)));
    c.terms_ = b.terms_;
    return c;
  }
  template <class G>
  friend constexpr linear_form operator*(G const& f, linear_form const& b) {
    linear_form c(static_cast<V>(product(f, b.constant_)));
    c.terms_.reserve(b.terms_.size());
    for (auto const& t : b.terms_) c.terms_.push_back({t.unknown, static_cast<F>(product(f, t.slope))});
    return c;
  }

  /// The form with the first unknown replaced by what it equals: the composition of two affine maps.
  constexpr linear_form with_first_replaced(linear_form const& equal) const {
    F const f = terms_.front().slope;
    linear_form c(sum(constant_, static_cast<V>(product(f, equal.constant_))));
    c.merge(terms_.data() + 1, terms_.data() + terms_.size(), equal,
            [&](F const& slope) { return static_cast<F>(product(f, slope)); });
    return c;
  }

  /// The form `x -> form(x)` of the first unknown itself solved for it: `x = b + a x` is `x = b / (1 - a)`, the fixed
  /// point of an affine map.
  constexpr linear_form solved_for_first() const {
    F const a = terms_.front().slope;
    linear_form x(fixed_point(affine<V, F>{constant_, a}));
    x.terms_.reserve(terms_.size() - 1);
    for (std::size_t i = 1; i < terms_.size(); ++i) {
      x.terms_.push_back({terms_[i].unknown, fixed_point(affine<F, F>{terms_[i].slope, a})});
    }
    return x;
  }

  /// The value when all unknowns are known.
  template <class Known>
  constexpr V operator()(Known const& known) const {
    V total = constant_;
    for (auto const& t : terms_) total = affine<V, F>{total, t.slope}(known[t.unknown]);
    return total;
  }

 private:
  // Appends the terms from `a` to `a_end` and those of `other`, with scaled slopes, by rising number of the unknown.
  template <class Scale>
  constexpr void merge(term const* a, term const* a_end, linear_form const& other, Scale const& scaled) {
    term const* b = other.terms_.data();
    term const* const b_end = b + other.terms_.size();
    terms_.reserve(static_cast<std::size_t>((a_end - a) + (b_end - b)));
    while (a != a_end && b != b_end) {
      if (a->unknown < b->unknown) {
        terms_.push_back(*a++);
      } else if (b->unknown < a->unknown) {
        terms_.push_back({b->unknown, scaled(b->slope)});
        ++b;
      } else {
        terms_.push_back({a->unknown, sum(a->slope, scaled(b->slope))});
        ++a;
        ++b;
      }
    }
    for (; a != a_end; ++a) terms_.push_back(*a);
    for (; b != b_end; ++b) terms_.push_back({b->unknown, scaled(b->slope)});
  }

  V constant_ = scalar_traits<V>::zero();
  std::vector<term> terms_;
};

template <class V, class F>
inline constexpr bool is_an_expression<linear_form<V, F>> = true;

}  // namespace bellman::internal
