// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/backward_pass.hpp>
#include <bellman/affine/column.hpp>
#include <bellman/estimation/corrected_return.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/parameter_columns.hpp>
#include <bellman/estimation/internal/readings.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// The body of an estimator that is known by its terms.
template <class Estimator, class V, class Read>
struct body_of_terms {
  Read read;

  template <class X>
  static constexpr X start(X const& after_last) {
    return after_last;
  }

  template <class Here, class Seen, class Carry>
  [[gnu::always_inline]] constexpr auto operator()(Here const& here, Seen const& s, Carry& carry) const {
    return read(here, s, [&](auto const& step, auto const&... x) __attribute__((always_inline)) {
      auto c = Estimator::terms(step, x...);
      auto G = corrected(here, s, carry, step, c);
      if constexpr (requires { Estimator::emit(step, c, G.value, x...); }) {
        return emitted_of(here, s, G.is_finite, Estimator::emit(step, c, G.value, x...));
      } else {
        return emit(here, s, G.is_finite, G.value);
      }
    });
  }

 private:
  template <class Here, class Seen, class X>
  [[gnu::always_inline]] static constexpr auto emitted_of(Here const& here, Seen const& s, bool all_finite,
                                                          X const& x) {
    return emit(here, s, all_finite, x);
  }
  template <class Here, class Seen, class X, std::size_t N>
    requires(N == outputs_of<Estimator>)
  [[gnu::always_inline]] static constexpr auto emitted_of(Here const& here, Seen const& s, bool all_finite,
                                                          std::array<X, N> const& x) {
    return [&]<std::size_t... Index>(std::index_sequence<Index...>) __attribute__((always_inline)) {
      return emit(here, s, all_finite, x[Index]...);
    }
    (std::make_index_sequence<N>{});
  }
};

/// The body of an estimator over the columns of n steps that it reads, all of them checked, as the parameters are where
/// steps are not skipped.
template <class Estimator, class V, class N, class Source, class Parameters, class Gamma, class Lambda, class Rewards,
          class... Columns>
[[gnu::always_inline]] constexpr auto body_with(N const& n, Source const& source, Parameters const& p,
                                                Gamma const& gamma, Lambda const& lambda, Rewards const& rewards,
                                                Columns const&... column) {
  auto const read =
      internal::readings_of<Estimator, V>(typename Estimator::columns{}, n, p, gamma, lambda, rewards, column...);
  internal::check_each_of<V>("the discount", gamma, source, n);
  internal::check_each_of<V>("lambda", lambda, source, n);
  using Read = std::remove_const_t<decltype(read)>;
  if constexpr (has_body<Estimator>) {
    return typename Estimator::template body<V, Read>(read, p);
  } else {
    return body_of_terms<Estimator, V, Read>{read};
  }
}

/// `body_of<E, V>(source, p, rewards, columns...)`: of a sequence, or of several whose rows stand one after the other.
template <class Estimator, class V, class Source, class Parameters, class Rewards, class... Columns>
[[gnu::always_inline]] constexpr auto body_of(Source const& source, Parameters const& p, Rewards const& rewards,
                                              Columns const&... column) {
  return internal::body_with<Estimator, V>(internal::length_of(rewards), source, p, internal::gamma_of<Estimator>(p),
                                           internal::lambda_of<Estimator>(p), rewards, column...);
}

/// A body on its way through a pass: its carry is what the steps say comes after the last.
template <class V, class Body, class Source, class... Out>
[[gnu::always_inline]] constexpr auto started(Body const& body, Source const& source, Out... out) {
  auto carry = body.start(V(source.after_last().value));
  return running<Body, decltype(carry), Out...>{body, std::move(carry), {column<Out>{out}...}};
}

}  // namespace bellman::internal
