// SPDX-License-Identifier: BSL-1.0
#include <bellman/affine/steps_at_once.hpp>

#include <bellman/affine/one_step.hpp>

#include <array>
#include <limits>
#include <type_traits>

#include "support/catch.hpp"

namespace {

template <class V>
struct steps {
  static constexpr std::size_t width = 4;
  std::array<V, 6> offsets{1, 2, 3, 4, 5, 6};
  std::array<V, 6> slopes{V(0.5), V(0.25), V(2), V(1), V(0.5), V(0.5)};
};

}  // namespace

TEMPLATE_TEST_CASE("several steps give what they give one by one", "", float, double, long double) {
  using V = TestType;
  steps<V> const s;
  bellman::column const offsets{s.offsets.begin()};
  bellman::column const slopes{s.slopes.begin()};
  bellman::steps_at_once<V, 4> const here(1);
  using pack = typename std::remove_const_t<decltype(here)>::value_type;
  V carry(8);
  auto const x = here.scan(carry, bellman::affine<pack, pack>{here.read(offsets), here.read(slopes)});
  V one(8);
  for (std::size_t i = 4; i-- > 0;) {
    bellman::one_step<V> const step(1 + i);
    auto const y = step.scan(one, bellman::affine<V, V>{step.read(offsets), step.read(slopes)});
    CHECK(x.before[i] == y.before);
    CHECK(x.after[i] == y.after);
  }
  CHECK(x.is_finite);
  CHECK(carry == one);

  std::array<V, 6> out{};
  here.write(bellman::column{out.begin()}, x.before);
  CHECK(out[0] == V(0));
  CHECK(out[1] == one);
  CHECK(out[4] == V(9));  // 5 + 8/2
}

TEMPLATE_TEST_CASE("what is not finite is said", "", float, double) {
  using V = TestType;
  steps<V> s;
  s.offsets[2] = std::numeric_limits<V>::infinity();
  bellman::steps_at_once<V, 4> const here(0);
  using pack = typename std::remove_const_t<decltype(here)>::value_type;
  V carry(8);
  auto const x = here.scan(carry, bellman::affine<pack, pack>{here.read(bellman::column{s.offsets.begin()}),
                                                              here.read(bellman::column{s.slopes.begin()})});
  CHECK(!x.is_finite);
}

TEST_CASE("flags and numbers that are not read are told lane by lane") {
  std::array<unsigned char, 4> const flags{0, 1, 0, 2};
  std::array<float, 4> const numbers{1, std::numeric_limits<float>::quiet_NaN(), 3, 4};
  bellman::steps_at_once<float, 4> const here(0);
  auto const mask = here.flags(bellman::column{flags.begin()});
  auto const x = here.read_unless(mask, bellman::column{numbers.begin()});
  CHECK(x[0] == 1.0f);
  CHECK(x[1] == 0.0f);
  CHECK(x[2] == 3.0f);
  CHECK(x[3] == 0.0f);
}
