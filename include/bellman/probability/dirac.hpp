// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>

#include <utility>

namespace bellman {

/// `dirac{x}`: the distribution that is certain of one value.
///
/// *Laws*: `expectation(dirac{x}, f) == f(x)`, in every field: tests/probability.
/// *Use*:
///     bellman::dirac{7}.value() == 7
template <class X>
class dirac {
 public:
  static constexpr bool weights_were_checked = true;

  constexpr explicit dirac(X x) : point_{std::move(x), certain{}} {}

  constexpr X const& value() const { return point_.value; }

  constexpr weighted<X, certain> const* begin() const { return &point_; }
  constexpr weighted<X, certain> const* end() const { return &point_ + 1; }

  friend bool operator==(dirac const&, dirac const&) = default;

 private:
  weighted<X, certain> point_;
};

}  // namespace bellman
