// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>

namespace bellman::internal {

/// What a view has computed and holds iterators into itself for: a copy of the view, or one that was moved to, starts
/// without it.
template <class T>
class cache {
 public:
  cache() = default;
  constexpr cache(cache const&) {}
  constexpr cache(cache&& other) noexcept { other.cached_.reset(); }
  constexpr cache& operator=(cache const& other) {
    if (this != &other) cached_.reset();
    return *this;
  }
  constexpr cache& operator=(cache&& other) noexcept {
    cached_.reset();
    other.cached_.reset();
    return *this;
  }
  ~cache() = default;

  /// What is cached; where nothing is, it is made of the arguments first.
  template <class... Arguments>
  constexpr T& get(Arguments&&... arguments) {
    if (!cached_) cached_.emplace(static_cast<Arguments&&>(arguments)...);
    return *cached_;
  }

 private:
  std::optional<T> cached_;
};

}  // namespace bellman::internal
