// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/scalar_traits.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/interval.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/square_root.hpp>
#include <bellman/scalar/stop_gradient.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/return.hpp>

#include <Eigen/Core>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <ranges>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/sixteen_bits.hpp"

namespace {

using bellman::rational;
using bellman::scalar_traits;
using bellman::test::true_at_both_times;

}  // namespace

namespace scalar_traits_test {

// A number with one derivative, as an automatic differentiation of another house has it: members of other names.
class jet {
 public:
  constexpr jet() = default;
  constexpr jet(double x) : x_(x) {}
  static constexpr jet variable(double x) { return {x, 1}; }

  constexpr double const& a() const { return x_; }
  constexpr std::array<double, 1> v() const { return {slope_}; }

  friend constexpr jet operator+(jet a, jet b) { return {a.x_ + b.x_, a.slope_ + b.slope_}; }
  friend constexpr jet operator-(jet a, jet b) { return {a.x_ - b.x_, a.slope_ - b.slope_}; }
  friend constexpr jet operator-(jet a) { return {-a.x_, -a.slope_}; }
  friend constexpr jet operator*(jet a, jet b) { return {a.x_ * b.x_, a.slope_ * b.x_ + a.x_ * b.slope_}; }
  friend constexpr jet operator/(jet a, jet b) {
    return {a.x_ / b.x_, (a.slope_ - a.x_ / b.x_ * b.slope_) / b.x_};
  }
  friend constexpr bool operator==(jet a, jet b) { return a.x_ == b.x_; }
  friend constexpr bool operator<(jet a, jet b) { return a.x_ < b.x_; }

 private:
  constexpr jet(double x, double slope) : x_(x), slope_(slope) {}

  double x_ = 0;
  double slope_ = 0;
};

}  // namespace scalar_traits_test

template <>
struct bellman::scalar_traits<scalar_traits_test::jet> : bellman::plain_scalar<scalar_traits_test::jet> {
  using jet = scalar_traits_test::jet;

  static constexpr bool is_exact = false;

  static constexpr jet epsilon() { return std::numeric_limits<double>::epsilon(); }
  static constexpr double const& value(jet const& x) { return x.a(); }
  static constexpr std::array<double, 1> derivatives(jet const& x) { return x.v(); }
};

namespace scalar_traits_test {

// A vector that is no zero until it is told to be one.
struct shifted {
  double x = 7;

  friend constexpr shifted operator+(shifted v, shifted w) { return {v.x + w.x}; }
  friend constexpr shifted operator-(shifted v, shifted w) { return {v.x - w.x}; }
  friend constexpr shifted operator*(double f, shifted v) { return {f * v.x}; }
  friend constexpr bool operator==(shifted, shifted) = default;
};

}  // namespace scalar_traits_test

using scalar_traits_test::jet;
using scalar_traits_test::shifted;

template <>
struct bellman::scalar_traits<shifted> : bellman::plain_scalar<shifted> {
  using scalar_type = double;

  static constexpr shifted zero() { return {0}; }
};

// Of a fixed size: a default-constructed one is not initialised.
template <>
struct bellman::scalar_traits<Eigen::Vector3d> : bellman::plain_scalar<Eigen::Vector3d> {
  using scalar_type = double;

  static Eigen::Vector3d zero() { return Eigen::Vector3d::Zero(); }
};

// Of any size: an empty one stands for the zero of every size.
template <>
struct bellman::scalar_traits<Eigen::VectorXd> : bellman::plain_scalar<Eigen::VectorXd> {
  using scalar_type = double;

  static Eigen::VectorXd sum(Eigen::VectorXd const& v, Eigen::VectorXd const& w) {
    if (v.size() == 0) return w;
    if (w.size() == 0) return v;
    return v + w;
  }
  static Eigen::VectorXd difference(Eigen::VectorXd const& v, Eigen::VectorXd const& w) { return sum(v, -w); }
  static Eigen::VectorXd product(double f, Eigen::VectorXd const& v) { return f * v; }
};

namespace {

// Resting pays `rest`, leaving pays `leave` and ends.
template <class Reward>
struct seat {
  using state_type = int;
  using action_type = int;
  using reward_type = Reward;

  Reward rest;
  Reward leave;

  constexpr auto states() const { return std::views::iota(0, 2); }
  constexpr auto actions(int) const { return std::views::iota(0, 2); }
  constexpr bool terminal(int s) const { return s == 1; }
  constexpr auto transition(int, int a) const {
    return bellman::dirac{a == 0 ? bellman::outcome<Reward, int>{rest, 0} : bellman::outcome<Reward, int>{leave, 1}};
  }
};

}  // namespace

TEST_CASE("a type of which nothing is said is its own scalar, exact unless its limits say otherwise") {
  STATIC_REQUIRE(std::same_as<scalar_traits<double>::scalar_type, double>);
  STATIC_REQUIRE(!scalar_traits<double>::is_exact);
  STATIC_REQUIRE(scalar_traits<rational>::is_exact);
  STATIC_REQUIRE(scalar_traits<double>::epsilon() == std::numeric_limits<double>::epsilon());
  STATIC_REQUIRE(scalar_traits<rational>::zero() == rational(0));
}

TEST_CASE("traits follow what numbers are made of") {
  STATIC_REQUIRE(!scalar_traits<bellman::dual<double>>::is_exact);
  STATIC_REQUIRE(scalar_traits<bellman::dual<rational>>::is_exact);
  STATIC_REQUIRE(!scalar_traits<bellman::interval<double>>::is_exact);
  STATIC_REQUIRE(!scalar_traits<std::array<double, 2>>::is_exact);
  STATIC_REQUIRE(std::same_as<bellman::scalar_t<std::array<float, 2>>, float>);
  STATIC_REQUIRE(std::same_as<bellman::scalar_t<Eigen::Vector3d>, double>);
}

TEST_CASE("a quotient of boost's is known as one without its bridge") {
  STATIC_REQUIRE(scalar_traits<boost::rational<int>>::numerator(boost::rational<int>(2, 4)) == 1);
  STATIC_REQUIRE(scalar_traits<boost::rational<int>>::denominator(boost::rational<int>(2, 4)) == 2);
}

TEST_CASE("a foreign number with derivatives is one wherever dual numbers are") {
  STATIC_REQUIRE(bellman::ordered_field<jet>);
  CHECK(true_at_both_times([] {
    // 1 + 2 g + 4 g^2 and its derivative 2 + 8 g
    jet const r = bellman::discounted_return(std::array{1.0, 2.0, 4.0}, jet::variable(0.5));
    return r.a() == 3.0 && r.v()[0] == 6.0;
  }));
  CHECK(true_at_both_times([] {
    return bellman::to_double(jet::variable(0.25)) == 0.25 && bellman::stop_gradient(jet::variable(2.0)).v()[0] == 0 &&
           !bellman::is_zero(jet::variable(0.0)) && bellman::is_zero(jet(0.0)) &&
           !bellman::is_finite(jet(std::numeric_limits<double>::infinity()));
  }));
  // A weight that is zero and about to grow is read; weights that sum to one within rounding are taken.
  std::array const weights{bellman::weighted{3.0, jet::variable(0.0)},
                           bellman::weighted{5.0, jet(1) - jet::variable(0.0)}};
  jet const mean = bellman::expectation(bellman::categorical{weights}, [](double x) { return jet(x); });
  CHECK(mean.a() == 5.0);
  CHECK(mean.v()[0] == -2.0);
  auto const v = bellman::state_value(seat<jet>{1.0, 3.0}, [](int) { return 0; }, jet::variable(0.5));
  CHECK(v(0).a() == 2.0);       // 1 / (1 - g)
  CHECK(v(0).v()[0] == 4.0);    // 1 / (1 - g)^2
}

TEST_CASE("the zero of vectors is what their traits say, wherever something begins or ends") {
  CHECK(true_at_both_times([] {
    std::array const rewards{shifted{1}, shifted{2}};
    std::array const values{shifted{1}, shifted{1}};
    auto const a = bellman::gae(rewards, values, bellman::terminated{}, {.gamma = 0.5, .lambda = 1}).advantages;
    std::array<bellman::step<shifted>, 2> const steps{bellman::terminated{}, bellman::truncated{shifted{4}}};
    auto const b = bellman::gae(rewards, values, steps, {.gamma = 0.5, .lambda = 1}).advantages;
    return bellman::discounted_return(rewards, 0.5) == shifted{2} && a[1] == shifted{1} && a[0] == shifted{1} &&
           b[1] == shifted{3} && b[0] == shifted{0};
  }));
  CHECK(true_at_both_times([] {
    seat<shifted> const env{shifted{1}, shifted{3}};
    auto const v = bellman::state_value(env, [](int) { return 0; }, 0.5);
    auto const q = bellman::action_value(env, 0.5, v);
    return v(0) == shifted{2} && v(1) == shifted{0} && q(0, 0) == shifted{2} && q(0, 1) == shifted{3};
  }));
}

TEST_CASE("vectors of Eigen are rewards: of a fixed size") {
  using vector = Eigen::Vector3d;
  STATIC_REQUIRE(bellman::vector_space_over<vector>);
  std::vector const rewards{vector(1, 0, 2), vector(2, 4, 0)};
  CHECK(bellman::discounted_return(rewards, 0.5) == vector(2, 2, 2));
  std::vector<vector> const values(2, vector(1, 1, 1));
  auto const a = bellman::gae(rewards, values, bellman::terminated{}, {.gamma = 0.5, .lambda = 0.5}).advantages;
  CHECK(a[1] == vector(1, 3, -1));
  CHECK(a[0] == vector(0.75, 0.25, 1.25));
  seat<vector> const env{vector(1, 0, 2), vector(0, 0, 0)};
  CHECK(bellman::state_value(env, [](int) { return 0; }, 0.5)(0).isApprox(vector(2, 0, 4), 1e-14));
  CHECK(bellman::state_value(env, [](int) { return 0; }, 0.5)(1) == vector(0, 0, 0));
}

TEST_CASE("vectors of Eigen are rewards: of any size") {
  using vector = Eigen::VectorXd;
  STATIC_REQUIRE(bellman::vector_space_over<vector>);
  vector const one = vector::Ones(5);
  std::vector<vector> const rewards{one, 2 * one};
  CHECK(bellman::discounted_return(rewards, 0.5) == 2 * one);
  seat<vector> const env{one, 3 * one};
  CHECK(bellman::state_value(env, [](int) { return 0; }, 0.5)(0).isApprox(2 * one, 1e-14));
  auto const coin = [](int) { return bellman::uniform(std::array{0, 1}); };
  CHECK(bellman::state_value(env, coin, 0.5)(0).isApprox(8.0 / 3 * one, 1e-14));
}

namespace scalar_traits_test {

// What two bytes hold besides floats: a residue, which converts to an integer, and a unit that is counted in halves and
// computed with as double, which its traits say.
struct residue_modulo_5 {
  signed char n = 0;
  constexpr residue_modulo_5() = default;
  constexpr residue_modulo_5(int i) : n(static_cast<signed char>((i % 5 + 5) % 5)) {}
  constexpr operator int() const { return n; }
};
struct halves {
  short n = 0;
  constexpr halves() = default;
  constexpr explicit halves(double x) : n(static_cast<short>(2 * x)) {}
  constexpr explicit operator double() const { return n / 2.0; }
};

}  // namespace scalar_traits_test

template <>
struct bellman::scalar_traits<scalar_traits_test::halves> : bellman::plain_scalar<scalar_traits_test::halves> {
  using number_type = double;
};

TEST_CASE("a float of fewer bits is a number that is stored, and computed with as a float") {
  using bellman::test::brain_float;
  using bellman::test::half_float;
  STATIC_REQUIRE(std::is_same_v<bellman::number_t<brain_float>, float>);
  STATIC_REQUIRE(std::is_same_v<bellman::number_t<half_float>, float>);
  STATIC_REQUIRE_FALSE(bellman::field<brain_float>);
  STATIC_REQUIRE_FALSE(bellman::field<half_float>);
  STATIC_REQUIRE_FALSE(bellman::is_exact_v<brain_float>);
  STATIC_REQUIRE_FALSE(bellman::is_exact_v<half_float>);
  CHECK(true_at_both_times([] {
    // The distance of 1 from the next number; sums and functions are not rounded to it.
    brain_float const x(1.0f);
    brain_float const e = scalar_traits<brain_float>::epsilon();
    return static_cast<float>(e) == 0x1p-7f && bellman::sum(x, brain_float(0x1p-8f)) == 1 + 0x1p-8f &&
           bellman::product(e, e) == 0x1p-14f && bellman::exp(brain_float(0.0f)) == 1.0f &&
           bellman::sqrt(brain_float(2.25f)) == 1.5f && bellman::quotient(x, 3.0) == 1 / 3.0 &&
           bellman::is_finite(x) && !bellman::is_finite(brain_float(std::numeric_limits<float>::infinity()));
  }));
  STATIC_REQUIRE(std::is_same_v<decltype(bellman::sum(half_float{}, half_float{})), float>);
  STATIC_REQUIRE(std::is_same_v<decltype(bellman::sum(half_float{}, 1.0)), double>);
}

TEST_CASE("what else two bytes hold is no float, and its traits say what it is computed in") {
  using scalar_traits_test::halves;
  using scalar_traits_test::residue_modulo_5;
  STATIC_REQUIRE(std::is_same_v<bellman::number_t<residue_modulo_5>, residue_modulo_5>);
  STATIC_REQUIRE(std::is_same_v<bellman::number_t<short>, double>);
  STATIC_REQUIRE(std::is_same_v<bellman::number_t<halves>, double>);
  CHECK(true_at_both_times([] {
    return bellman::sum(halves(1.5), halves(2.0)) == 3.5 &&
           bellman::discounted_return(std::array{halves(1.5), halves(2.0)}, 0.25) == 2.0;
  }));
}
