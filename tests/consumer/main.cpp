// SPDX-License-Identifier: BSL-1.0

#include <bellman/bellman.hpp>

#include <array>

#if WITH_BOOST
#include <boost/rational.hpp>

using half_type = boost::rational<long long>;
constexpr half_type half(1, 2);
#else
constexpr double half = 0.5;
#endif

static_assert(bellman::discounted_return(std::array{0.0, 0.0, 1.0}, 0.5) == 0.25);

int main() { return half + half == 1 ? 0 : 1; }
