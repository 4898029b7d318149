// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/shared.hpp>

#include <cstddef>
#include <ranges>
#include <utility>
#include <vector>

namespace bellman::internal {

/// A part of a vector that is shared with others: a view that stays valid when they are gone.
template <class T>
class shared_part : public std::ranges::view_interface<shared_part<T>> {
 public:
  constexpr shared_part(shared<std::vector<T>> its_all, std::size_t its_first, std::size_t its_last)
      : all_(std::move(its_all)), first_(its_first), last_(its_last) {}

  constexpr auto begin() const { return all_->begin() + static_cast<std::ptrdiff_t>(first_); }
  constexpr auto end() const { return all_->begin() + static_cast<std::ptrdiff_t>(last_); }

 private:
  shared<std::vector<T>> all_;
  std::size_t first_;
  std::size_t last_;
};

}  // namespace bellman::internal
