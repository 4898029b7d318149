// SPDX-License-Identifier: BSL-1.0

// A call that a stranger may answer, for the check to refuse, beside one that nobody else can.
namespace bellman {

template <class T>
bool is_right(T const& x) {
  return x == x;
}
template <class T>
bool looked_up_by_its_argument(T const& x) {
  return is_right(x);
}
template <class T>
bool qualified(T const& x) {
  return bellman::is_right(x);
}

}  // namespace bellman
