// SPDX-License-Identifier: BSL-1.0
// refused: logits_are_changed_where_they_lie_side_by_side_and_can_be_written_to

#include <bellman/language/top_k.hpp>

#include <vector>

void cut(std::vector<double>& logits) {
#ifdef CONTROL
  bellman::top_k{1}.in_place(logits);
#else
  std::vector<double> const& seen = logits;
  bellman::top_k{1}.in_place(seen);
#endif
}
