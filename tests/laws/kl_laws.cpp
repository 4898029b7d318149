// SPDX-License-Identifier: BSL-1.0

// What the estimates of the KL are on the average, and their gradients, exactly: by enumerating the tokens of a policy
// whose log-probabilities are kept as the polynomials in log 2 and log 3 that they are.
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cstddef>
#include <stdexcept>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::k1;
using bellman::k2;
using bellman::k3;
using bellman::rational;
using bellman::test::true_at_both_times;

[[noreturn]] void the_degree_must_not_be_above_two() { throw std::domain_error("a polynomial of degree 3"); }
[[noreturn]] void only_a_number_can_divide() { throw std::domain_error("division by a polynomial"); }
[[noreturn]] void only_a_logarithm_has_an_exponential() { throw std::domain_error("no logarithm of 2^a 3^b"); }

// c[0] + c[1] x + c[2] y + c[3] x^2 + c[4] x y + c[5] y^2 for x = log 2, y = log 3.
struct polynomial {
  std::array<rational, 6> c{};

  constexpr polynomial() = default;
  constexpr polynomial(int n) : polynomial(rational(n)) {}
  constexpr polynomial(rational const& q) : c{q, 0, 0, 0, 0, 0} {}
  constexpr explicit polynomial(std::array<rational, 6> const& all) : c(all) {}

  constexpr bool is_number() const {
    for (std::size_t i = 1; i < 6; ++i) {
      if (c[i] != 0) return false;
    }
    return true;
  }
  constexpr bool is_linear() const { return c[3] == 0 && c[4] == 0 && c[5] == 0; }

  template <class Function>
  static constexpr polynomial each(Function const& f) {
    return polynomial(std::array<rational, 6>{f(0), f(1), f(2), f(3), f(4), f(5)});
  }

  friend constexpr polynomial operator-(polynomial const& a) {
    return each([&](std::size_t i) { return -a.c[i]; });
  }
  friend constexpr polynomial operator+(polynomial const& a, polynomial const& b) {
    return each([&](std::size_t i) { return a.c[i] + b.c[i]; });
  }
  friend constexpr polynomial operator-(polynomial const& a, polynomial const& b) { return a + (-b); }
  friend constexpr polynomial operator*(polynomial const& a, polynomial const& b) {
    if (a.is_number()) return each([&](std::size_t i) { return a.c[0] * b.c[i]; });
    if (b.is_number()) return b * a;
    if (!a.is_linear() || !b.is_linear()) the_degree_must_not_be_above_two();
    return polynomial(std::array<rational, 6>{a.c[0] * b.c[0], a.c[0] * b.c[1] + a.c[1] * b.c[0],
                                              a.c[0] * b.c[2] + a.c[2] * b.c[0], a.c[1] * b.c[1],
                                              a.c[1] * b.c[2] + a.c[2] * b.c[1], a.c[2] * b.c[2]});
  }
  friend constexpr polynomial operator/(polynomial const& a, polynomial const& b) {
    if (!b.is_number()) only_a_number_can_divide();
    return polynomial(1 / b.c[0]) * a;
  }
  friend constexpr bool operator==(polynomial const& a, polynomial const& b) {
    for (std::size_t i = 0; i < 6; ++i) {
      if (a.c[i] != b.c[i]) return false;
    }
    return true;
  }

  // exp(a log 2 + b log 3) = 2^a 3^b, for whole a and b.
  friend constexpr polynomial exp(polynomial const& l) {
    if (l.c[0] != 0 || !l.is_linear()) only_a_logarithm_has_an_exponential();
    return polynomial(power(2, l.c[1]) * power(3, l.c[2]));
  }
  static constexpr rational power(int base, rational const& exponent) {
    if (exponent.denominator() != 1) only_a_logarithm_has_an_exponential();
    rational result(1);
    for (long long n = exponent.numerator(); n > 0; --n) result = result * rational(base);
    for (long long n = exponent.numerator(); n < 0; ++n) result = result / rational(base);
    return result;
  }

  constexpr double value() const {
    double const x = bellman::log(2.0);
    double const y = bellman::log(3.0);
    auto const number = [&](std::size_t i) {
      return static_cast<double>(c[i].numerator()) / static_cast<double>(c[i].denominator());
    };
    return number(0) + number(1) * x + number(2) * y + number(3) * x * x + number(4) * x * y + number(5) * y * y;
  }
};

// The logarithm of 2^a 3^b.
constexpr polynomial logarithm_of(rational q) {
  int a = 0;
  int b = 0;
  for (; q.numerator() % 2 == 0; ++a) q = q / rational(2);
  for (; q.denominator() % 2 == 0; --a) q = q * rational(2);
  for (; q.numerator() % 3 == 0; ++b) q = q / rational(3);
  for (; q.denominator() % 3 == 0; --b) q = q * rational(3);
  return polynomial(std::array<rational, 6>{0, a, b, 0, 0, 0});
}

// A policy over three tokens with two parameters, pi = (a, b, 1 - a - b) at a = 1/2, b = 1/3, and a reference.
using dual = bellman::dual<polynomial, 2>;

constexpr std::array<rational, 3> pi_at{rational(1, 2), rational(1, 3), rational(1, 6)};
constexpr std::array<rational, 3> reference{rational(1, 4), rational(1, 2), rational(1, 4)};
constexpr std::array<std::array<int, 2>, 3> gradient_of_pi{{{1, 0}, {0, 1}, {-1, -1}}};

constexpr dual probability(std::size_t i) {
  return dual(polynomial(pi_at[i]), {polynomial(gradient_of_pi[i][0]), polynomial(gradient_of_pi[i][1])});
}
constexpr dual log_probability(std::size_t i) {
  return dual(logarithm_of(pi_at[i]),
              {polynomial(gradient_of_pi[i][0] / pi_at[i]), polynomial(gradient_of_pi[i][1] / pi_at[i])});
}
constexpr dual constant(polynomial const& x) { return dual(x, {polynomial(0), polynomial(0)}); }

// The mean under pi of `f(i)`, the tokens taken as given, so that only f has derivatives.
template <class Function>
constexpr dual mean(Function const& f) {
  return constant(pi_at[0]) * f(0) + constant(pi_at[1]) * f(1) + constant(pi_at[2]) * f(2);
}
// The same with the derivatives of the probabilities: that of an expectation.
template <class Function>
constexpr dual expectation_over_tokens(Function const& f) {
  return probability(0) * f(0) + probability(1) * f(1) + probability(2) * f(2);
}

template <class Estimate>
constexpr auto of_token(Estimate const& k) {
  return [&k](std::size_t i) { return k(log_probability(i), constant(logarithm_of(reference[i]))); };
}

constexpr dual kl() {
  return expectation_over_tokens(
      [](std::size_t i) { return log_probability(i) - constant(logarithm_of(reference[i])); });
}
constexpr dual kl_of_the_reference() {
  auto const term = [](std::size_t i) {
    return constant(reference[i]) * (constant(logarithm_of(reference[i])) - log_probability(i));
  };
  return term(0) + term(1) + term(2);
}

constexpr bool same_gradient(dual const& a, dual const& b) { return a.derivative == b.derivative; }
constexpr bool no_gradient(dual const& a) { return same_gradient(a, constant(polynomial(0))); }

}  // namespace

TEST_CASE("the mean of k1 and that of k3 are the KL") {
  CHECK(true_at_both_times([] { return mean(of_token(k1)).value == kl().value; }));
  CHECK(true_at_both_times([] { return mean(of_token(k3)).value == kl().value; }));
  // log 2 - 1/2 log 3
  CHECK(true_at_both_times([] { return kl().value == polynomial({0, 1, rational(-1, 2), 0, 0, 0}); }));
}

TEST_CASE("the mean of k2 is another number") {
  // l is log 2 with probability 1/2, and log 2 - log 3 with probability 1/2: 1/4 (x^2 + (x - y)^2)
  CHECK(true_at_both_times([] {
    return mean(of_token(k2)).value == polynomial({0, 0, 0, rational(1, 2), rational(-1, 2), rational(1, 4)});
  }));
  CHECK(true_at_both_times([] {
    // 0.16121... against 0.14384...
    double const gap = mean(of_token(k2)).value.value() - kl().value.value();
    return bellman::test::approx_equal(gap, 0.01737270572695124986, 1e-13);
  }));
}

TEST_CASE("as a loss over given tokens, k1 has no gradient on the average") {
  CHECK(true_at_both_times([] { return no_gradient(mean(of_token(k1))); }));
  CHECK(true_at_both_times([] { return !no_gradient(of_token(k1)(0)); }));
}

TEST_CASE("as a loss over given tokens, k2 has the gradient of the KL") {
  CHECK(true_at_both_times([] { return same_gradient(mean(of_token(k2)), kl()) && !no_gradient(kl()); }));
}

TEST_CASE("as a loss over given tokens, k3 has the gradient of the KL from the reference to the policy") {
  CHECK(true_at_both_times([] { return same_gradient(mean(of_token(k3)), kl_of_the_reference()); }));
  CHECK(true_at_both_times([] { return !same_gradient(mean(of_token(k3)), kl()); }));
}

TEST_CASE("with the derivatives of the tokens' own probabilities, k1 and k3 have the gradient of the KL") {
  CHECK(true_at_both_times([] { return same_gradient(expectation_over_tokens(of_token(k1)), kl()); }));
  CHECK(true_at_both_times([] { return same_gradient(expectation_over_tokens(of_token(k3)), kl()); }));
}

// The gradient of an expected reward is the mean of the reward times the gradient of the log-probability.
TEST_CASE("as a reward, k1 has the gradient of the KL") {
  CHECK(true_at_both_times([] {
    auto const scored = [](std::size_t i) { return constant(of_token(k1)(i).value) * log_probability(i); };
    return same_gradient(mean(scored), kl());
  }));
}

TEST_CASE("as a reward, k3 lacks the gradient that it has as a loss") {
  CHECK(true_at_both_times([] {
    auto const scored = [](std::size_t i) { return constant(of_token(k3)(i).value) * log_probability(i); };
    return same_gradient(mean(scored) + mean(of_token(k3)), kl()) && !same_gradient(mean(scored), kl());
  }));
}

TEST_CASE("the value of k3 with the gradient of k2 is right in both") {
  CHECK(true_at_both_times([] {
    auto const both = mean(of_token(bellman::straight_through{k3, k2}));
    return both.value == kl().value && same_gradient(both, kl());
  }));
}

TEST_CASE("k3 is never negative, and zero only where the policies agree") {
  CHECK(true_at_both_times([] {
    for (int i = -40; i <= 40; ++i) {
      double const l = 0.25 * i;
      double const k = k3(l - 1.0, -1.0);
      if (i == 0 ? k != 0.0 : !(k > 0.0)) return false;
    }
    return true;
  }));
}
