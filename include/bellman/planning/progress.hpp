// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/internal/verdict.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct progress_is_reported_to_a_function_of_how_many_states_are_done_and_how_many_there_are {};

}  // namespace refused

/// An environment that says how far its tabulation is: what `with_progress` returns.
template <environment E, class Report>
class progress_environment : public internal::environment_over<E> {
 public:
  constexpr progress_environment(E its_env, Report report)
      : internal::environment_over<E>(std::move(its_env)), report_(std::move(report)) {
    if constexpr (finite_environment<E>) {
      for (auto&& s : this->states()) {
        static_cast<void>(s);
        ++total_;
      }
    }
  }

  // It is asked of each state once, when its actions are about to be written down.
  constexpr bool terminal(state_t<E> const& s) const {
    bool const ends = this->inner().terminal(s);
    report_(++done_, total_);
    return ends;
  }

 private:
  mutable Report report_;
  mutable std::size_t done_ = 0;
  std::size_t total_ = 0;
};

namespace detail {

struct with_progress_fn {
  template <class E, class Report, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<
                internal::an_environment<Env>,
                internal::rule<
                    std::is_invocable_v<Report&, std::size_t, std::size_t>,
                    refused::progress_is_reported_to_a_function_of_how_many_states_are_done_and_how_many_there_are>>::
                type::yes>
  constexpr auto operator()(E&& env, Report report) const {
    auto kept = internal::environment_of(std::forward<E>(env));
    return progress_environment<decltype(kept), Report>(std::move(kept), std::move(report));
  }
};

}  // namespace detail

/// `with_progress(env, report)`: `env`, which calls `report(done, total)` for each state that `tabulate` comes to:
/// `tabulate(with_progress(env, report))` is the table of `env`.
///
/// *Arguments*: any environment, moved in or copied, or a `std::reference_wrapper` of one; a function of how many
/// states have been begun and how many there are, 0 where `env` does not list them.
/// *Errors*: what `report` throws ends the tabulation.
/// *Cost*: a walk over the states, and a call a state; it is for one tabulation, by one thread.
/// *Use*:
///     [] {
///       bellman::model_builder<double> builder(3);
///       builder.add(0, 0, 1, 1.0, 0.0);
///       std::size_t last = 0;
///       auto const report = [&](auto done, auto total) { last = total == 3 ? done : 0; };
///       return bellman::tabulate(bellman::with_progress(builder.build(), report)).size() == 3 && last == 3;
///     }()
inline constexpr detail::with_progress_fn with_progress{};

}  // namespace bellman
