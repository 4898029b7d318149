// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// An immutable value with shared ownership, also in a constant expression, where `std::shared_ptr` is not available in
/// C++20. Copies share one object, in constant time; the last one destroys it. Different copies may be used and
/// destroyed by different threads.
template <class T>
class shared {
 public:
  constexpr shared() noexcept = default;

  template <class... Args>
  static constexpr shared make(Args&&... args) {
    shared s;
    s.block_ = new block{1, T(std::forward<Args>(args)...)};
    return s;
  }

  constexpr shared(shared const& other) noexcept : block_(other.block_) {
    if (block_ != nullptr) add(1);
  }
  constexpr shared(shared&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  constexpr shared& operator=(shared other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  constexpr ~shared() {
    if (block_ != nullptr && add(-1) == 0) delete block_;
  }

  constexpr T const& operator*() const noexcept { return block_->value; }
  constexpr T const* operator->() const noexcept { return &block_->value; }
  constexpr explicit operator bool() const noexcept { return block_ != nullptr; }

  /// Whether both own the same object.
  constexpr bool is_same_as(shared const& other) const noexcept { return block_ == other.block_; }

  /// Whether nobody else owns the object.
  constexpr bool unique() const noexcept {
    if (block_ == nullptr) return false;
    if (std::is_constant_evaluated()) return block_->owners == 1;
    return __atomic_load_n(&block_->owners, __ATOMIC_ACQUIRE) == 1;
  }

  /// The object, to be taken apart by its only owner.
  constexpr T& exclusive() noexcept { return block_->value; }

 private:
  struct block {
    alignas(std::ptrdiff_t) std::ptrdiff_t owners;
    T value;
  };

  constexpr std::ptrdiff_t add(std::ptrdiff_t n) const noexcept {
    if (std::is_constant_evaluated()) return block_->owners += n;
    return __atomic_add_fetch(&block_->owners, n, __ATOMIC_ACQ_REL);
  }

  block* block_ = nullptr;
};

}  // namespace bellman::internal
