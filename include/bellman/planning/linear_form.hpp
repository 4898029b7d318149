// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/affine.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace bellman {

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

  constexpr V const& constant() const { return constant_; }
  /// The terms, by rising number of the unknown.
  constexpr std::vector<term> const& terms() const { return terms_; }

  friend constexpr linear_form operator+(linear_form const& a, linear_form const& b) {
    linear_form c(sum(a.constant_, b.constant_));
    c.terms_.reserve(a.terms_.size() + b.terms_.size());
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.terms_.size() || j < b.terms_.size()) {
      if (j == b.terms_.size() || (i < a.terms_.size() && a.terms_[i].unknown < b.terms_[j].unknown)) {
        c.terms_.push_back(a.terms_[i++]);
      } else if (i == a.terms_.size() || b.terms_[j].unknown < a.terms_[i].unknown) {
        c.terms_.push_back(b.terms_[j++]);
      } else {
        c.terms_.push_back({a.terms_[i].unknown, sum(a.terms_[i].slope, b.terms_[j].slope)});
        ++i;
        ++j;
      }
    }
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
    linear_form rest(constant_);
    rest.terms_.assign(terms_.begin() + 1, terms_.end());
    return rest + terms_.front().slope * equal;
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
  V constant_{};
  std::vector<term> terms_;
};

}  // namespace bellman
