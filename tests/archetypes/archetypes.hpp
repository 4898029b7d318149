// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

/// Types with the minimal definition of each concept and nothing else: what runs on them asks for no more.
namespace archetypes {

/// An ordered field: quotients of small integers, for the sake of the test. Made of an `int` only when asked to.
class number {
 public:
  constexpr number() = default;
  constexpr explicit number(int n) : number(n, 1) {}
  constexpr number(long long n, long long d) : n_(n / divisor(n, d)), d_(d / divisor(n, d)) {}

  friend constexpr bool operator==(number const& a, number const& b) { return a.n_ == b.n_ && a.d_ == b.d_; }
  friend constexpr bool operator<(number const& a, number const& b) { return a.n_ * b.d_ < b.n_ * a.d_; }
  friend constexpr number operator+(number const& a, number const& b) {
    return {a.n_ * b.d_ + b.n_ * a.d_, a.d_ * b.d_};
  }
  friend constexpr number operator-(number const& a, number const& b) {
    return {a.n_ * b.d_ - b.n_ * a.d_, a.d_ * b.d_};
  }
  friend constexpr number operator*(number const& a, number const& b) { return {a.n_ * b.n_, a.d_ * b.d_}; }
  friend constexpr number operator/(number const& a, number const& b) { return {a.n_ * b.d_, a.d_ * b.n_}; }
  friend constexpr number operator-(number const& a) { return {-a.n_, a.d_}; }

 private:
  // With the sign of the denominator, so that denominators are above 0.
  static constexpr long long divisor(long long n, long long d) {
    long long a = n < 0 ? -n : n;
    long long b = d < 0 ? -d : d;
    while (b != 0) a = std::exchange(b, a % b);
    return d < 0 ? -a : a;
  }

  long long n_ = 0;
  long long d_ = 1;
};

inline constexpr number half(1, 2);

/// A vector space over that field: no order, no equality, no product of two.
class vector {
 public:
  using scalar_type = number;

  constexpr vector() = default;
  constexpr vector(number x, number y) : x_(x), y_(y) {}

  friend constexpr vector operator+(vector const& v, vector const& w) { return {v.x_ + w.x_, v.y_ + w.y_}; }
  friend constexpr vector operator-(vector const& v, vector const& w) { return {v.x_ - w.x_, v.y_ - w.y_}; }
  friend constexpr vector operator*(number const& f, vector const& v) { return {f * v.x_, f * v.y_}; }

  constexpr number const& x() const { return x_; }
  constexpr number const& y() const { return y_; }

 private:
  number x_;
  number y_;
};

/// A state: copied and compared. It has no default, no order and no hash.
class state {
 public:
  constexpr explicit state(int id) : id_(id) {}
  friend constexpr bool operator==(state const& a, state const& b) { return a.id_ == b.id_; }
  constexpr int id() const { return id_; }

 private:
  int id_;
};

/// An action: copied and compared.
class action {
 public:
  constexpr explicit action(int id) : id_(id) {}
  friend constexpr bool operator==(action const& a, action const& b) { return a.id_ == b.id_; }
  constexpr int id() const { return id_; }

 private:
  int id_;
};

/// A range of elements that can be read once, one after another: an input range.
template <class X>
class once {
 public:
  constexpr explicit once(std::vector<X> its_elements) : elements_(std::move(its_elements)) {}
  once(once const&) = delete;
  constexpr once(once&&) = default;

  struct end_mark {};
  class iterator {
   public:
    using value_type = X;
    using difference_type = std::ptrdiff_t;

    constexpr explicit iterator(std::vector<X> const& elements) : elements_(&elements) {}
    iterator(iterator const&) = delete;
    constexpr iterator(iterator&&) = default;
    constexpr iterator& operator=(iterator&&) = default;

    constexpr X operator*() const { return (*elements_)[i_]; }
    constexpr iterator& operator++() {
      ++i_;
      return *this;
    }
    constexpr void operator++(int) { ++i_; }
    friend constexpr bool operator==(iterator const& it, end_mark) { return it.i_ == it.elements_->size(); }

   private:
    std::vector<X> const* elements_;
    std::size_t i_ = 0;
  };

  constexpr iterator begin() const { return iterator(elements_); }
  constexpr end_mark end() const { return {}; }

 private:
  std::vector<X> elements_;
};

/// A range that may be walked again, with iterators that can be copied and a sentinel of its own: what a distribution
/// must be at least.
template <class X>
class again {
 public:
  constexpr explicit again(std::vector<X> its_elements) : elements_(std::move(its_elements)) {}
  again(again const&) = delete;
  constexpr again(again&&) = default;

  struct end_mark {};
  class iterator {
   public:
    using value_type = X;
    using difference_type = std::ptrdiff_t;

    iterator() = default;
    constexpr explicit iterator(std::vector<X> const& elements) : elements_(&elements) {}

    constexpr X operator*() const { return (*elements_)[i_]; }
    constexpr iterator& operator++() {
      ++i_;
      return *this;
    }
    constexpr iterator operator++(int) {
      iterator before = *this;
      ++i_;
      return before;
    }
    friend constexpr bool operator==(iterator const& i, iterator const& j) { return i.i_ == j.i_; }
    friend constexpr bool operator==(iterator const& it, end_mark) { return it.i_ == it.elements_->size(); }

   private:
    std::vector<X> const* elements_ = nullptr;
    std::size_t i_ = 0;
  };

  constexpr iterator begin() const { return iterator(elements_); }
  constexpr end_mark end() const { return {}; }

 private:
  std::vector<X> elements_;
};

/// An element of a distribution, and an outcome: of no type of the library.
template <class X, class P>
struct point {
  X value;
  P probability;
};
template <class R>
struct result {
  R reward;
  state next;
};

/// An environment: a corridor of three cells, in which a step succeeds with probability 2/3 and pays; waiting pays a
/// little. It cannot be assigned or default-constructed.
template <class R>
class corridor {
 public:
  using state_type = state;
  using action_type = action;
  using reward_type = R;

  constexpr corridor(R its_step, R its_rest) : step_(its_step), rest_(its_rest) {}

  constexpr once<action> actions(state const& s) const {
    if (s.id() == 2) return once(std::vector<action>{});
    return once(std::vector{action(0), action(1)});
  }
  constexpr bool terminal(state const& s) const { return s.id() == 2; }
  constexpr again<point<result<R>, number>> transition(state const& s, action const& a) const {
    using element = point<result<R>, number>;
    if (a.id() == 0) return again(std::vector{element{{rest_, s}, number(1)}});
    return again(std::vector{element{{step_, state(s.id() + 1)}, number(2, 3)}, element{{rest_, s}, number(1, 3)}});
  }

 private:
  R const step_;
  R const rest_;
};

/// The action that steps, in every state: a deterministic policy.
inline constexpr auto on = [](state const&) { return action(1); };

/// A policy: called with a state, answers with a distribution over actions.
class policy {
 public:
  constexpr explicit policy(number its_step) : step_(its_step) {}
  constexpr again<point<action, number>> operator()(state const&) const {
    using element = point<action, number>;
    return again(std::vector{element{action(0), number(1) - step_}, element{action(1), step_}});
  }

 private:
  number const step_;
};

}  // namespace archetypes
