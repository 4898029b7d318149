// SPDX-License-Identifier: BSL-1.0
// refused: this_is_no_range_of_numbers_at_all
// harness: the reason must be: this_is_no_range_of_numbers_at_all

#include <bellman/scalar/internal/requirements.hpp>

#include <array>

struct sum_fn {
  template <class Rewards,
            class = typename bellman::internal::every<bellman::internal::a_range_of_numbers<Rewards>>::type::yes>
  constexpr double operator()(Rewards const& rewards) const {
    double total = 0;
    for (double r : rewards) total += r;
    return total;
  }
};

#ifdef CONTROL
constexpr double total = sum_fn{}(std::array{1.0, 2.0});
#else
constexpr double total = sum_fn{}(3.0);
#endif

int main() { return total == 3 ? 0 : 1; }
