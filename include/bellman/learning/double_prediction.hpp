// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/learning/prediction.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

// The weights of two predictions in turn.
template <class V, class Weights>
struct weights_of_two {
  Weights* first;
  Weights* second;

  constexpr V& operator[](std::size_t i) const { return i % 2 == 0 ? (*first)[i / 2] : (*second)[i / 2]; }
  constexpr std::size_t size() const { return first->size() + second->size(); }
};

}  // namespace detail

/// `double_prediction(prediction, urbg)`: two predictions that begin alike, of which one at a time is learned, drawn by
/// `urbg`, and the mean of which is what is said. Models `prediction_of`; for `double_q_learning`.
///
/// `chosen()` is the one that is learned with the next step, `other()` the other one, `toss()` draws again.
///
/// *Arguments*: a prediction; a generator, which is kept.
/// *Source*: van Hasselt 2010.
/// *Use*:
///     bellman::double_prediction(bellman::value_table<double, int, int>(0.5), std::mt19937{})(0, 1) == 0.5
template <class Prediction, class G,
          class Verdict =
              typename internal::every<internal::a_prediction<Prediction>, internal::a_generator<G>>::type>
class double_prediction {
 public:
  // Of parts that do not go together, which no call has; the last argument of the type says why.
  template <class Reason = Verdict, class = typename Reason::yes>
  double_prediction(Prediction const&, G const&);
};

template <class Prediction, class G>
class double_prediction<Prediction, G, internal::accepted> {
 public:
  using value_type = typename Prediction::value_type;

  constexpr double_prediction(Prediction its_prediction, G its_generator)
      : first_(its_prediction), second_(std::move(its_prediction)), generator_(std::move(its_generator)) {
    toss();
  }

  template <class... Key>
    requires requires(Prediction const& p, Key const&... key) { p(key...); }
  constexpr value_type operator()(Key const&... key) const {
    return quotient(sum(first_(key...), second_(key...)), value_type(2));
  }

  template <class Visit, class... Key>
    requires requires(Prediction& p, Visit const& visit, Key const&... key) { p.gradient(visit, key...); }
  constexpr void gradient(Visit const& visit, Key const&... key) {
    std::size_t const which = chosen_;
    Prediction& one = which == 0 ? first_ : second_;
    one.gradient([&](std::size_t i, value_type const& d) { visit(2 * i + which, d); }, key...);
    // Tables grow together, so that both have the same weights in the same places.
    Prediction& two = which == 0 ? second_ : first_;
    if (one.weights().size() != two.weights().size()) two.gradient([](std::size_t, value_type const&) {}, key...);
  }

  constexpr auto weights() & {
    return detail::weights_of_two<value_type, weights_type>{&first_.weights(), &second_.weights()};
  }
  constexpr auto weights() const& {
    return detail::weights_of_two<value_type const, weights_type const>{&first_.weights(), &second_.weights()};
  }

  constexpr Prediction const& chosen() const& { return chosen_ == 0 ? first_ : second_; }
  constexpr Prediction const& other() const& { return chosen_ == 0 ? second_ : first_; }
  Prediction const& chosen() const&& = delete;
  Prediction const& other() const&& = delete;
  constexpr void toss() { chosen_ = sample(uniform(std::array<std::size_t, 2>{0, 1}), generator_); }

 private:
  using weights_type = std::remove_reference_t<decltype(std::declval<Prediction&>().weights())>;

  // No array of two: g++ 12 would free its weights twice in a constant expression.
  Prediction first_;
  Prediction second_;
  G generator_;
  std::size_t chosen_ = 0;
};

template <class Prediction, class G>
double_prediction(Prediction, G) -> double_prediction<Prediction, G>;

}  // namespace bellman
