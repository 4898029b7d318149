// SPDX-License-Identifier: BSL-1.0

// Off-policy evaluation, value transforms and PopArt.
#include "family.hpp"

#include <bellman/conventions/rlax/popart.hpp>
#include <bellman/conventions/rlax/transforms.hpp>
#include <bellman/conventions/rllib/off_policy_evaluation.hpp>
#include <bellman/loss/evenly_spaced.hpp>
#include <bellman/loss/two_hot.hpp>

#include <cmath>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace {

using golden::estimator_case;
using golden::family;
using golden::json;

namespace rlax = bellman::conventions::rlax;
namespace rllib = bellman::conventions::rllib;

json as_json(rllib::estimates<double> const& x) { return {{"v_behavior", x.v_behavior}, {"v_target", x.v_target}}; }

void run_ope(estimator_case& c) {
  double const gamma = c.number("gamma");
  // The numbers of the episodes tell them apart in a table; here each is one of the list.
  json const& inputs = c.list_of_inputs({"rewards", "action_prob", "new", "q", "v", "eps_id"});
  std::vector<rllib::episode<double>> episodes;
  for (json const& e : inputs) {
    episodes.push_back(
        {golden::numbers(e.at("rewards")), golden::numbers(e.at("action_prob")), golden::numbers(e.at("new"))});
  }
  for (auto const& [key, _] : c.expected().items()) {
    json answers = json::array();
    auto const each = [&](auto const& of) {
      for (std::size_t i = 0; i < episodes.size(); ++i) answers.push_back(as_json(of(episodes[i], inputs[i])));
    };
    if (key == "importance_sampling") {
      each([&](auto const& e, json const&) { return rllib::importance_sampling(e, gamma); });
    } else if (key == "weighted_importance_sampling") {
      for (auto const& x : rllib::weighted_importance_sampling(episodes, gamma)) answers.push_back(as_json(x));
    } else if (key == "doubly_robust") {
      each([&](auto const& e, json const& in) {
        return rllib::doubly_robust(e, golden::numbers(in.at("q")), golden::numbers(in.at("v")), gamma);
      });
    } else if (key == "direct_method") {
      each([&](auto const& e, json const& in) {
        return rllib::direct_method(e, golden::numbers(in.at("q")), golden::numbers(in.at("v")), gamma);
      });
    } else {
      golden::unknown(key);
    }
    c.check(key, answers);
  }
}

// A function of one number, on a number or on lists of them.
template <class F>
json on_each(json const& x, F const& f) {
  if (!x.is_array()) return f(golden::number(x));
  json all = json::array();
  for (json const& each : x) all.push_back(on_each(each, f));
  return all;
}

// One list of weights, or lists of such lists.
template <class F>
json on_each_row(json const& x, F const& f) {
  if (x.empty() || !x[0].is_array()) return f(golden::numbers(x));
  json all = json::array();
  for (json const& each : x) all.push_back(on_each_row(each, f));
  return all;
}

// What an id starts with: "signed_logp1", or "signed_logp1_large".
bool names(std::string const& id, std::string const& name) {
  return id == name || id.starts_with(name + "_") || id.starts_with(name + "/") || id.starts_with(name + " ") ||
         id.starts_with(name + "-") || id.starts_with(name + ".");
}

void run_transforms(estimator_case& c) {
  using function = std::function<double(double)>;
  static std::map<std::string, function> const of_one_number{
      {"identity", rlax::identity},
      {"sigmoid", rlax::sigmoid},
      {"logit", rlax::logit},
      {"signed_logp1", rlax::signed_logp1},
      {"signed_expm1", rlax::signed_expm1},
      {"hyperbolic_sin", rlax::hyperbolic_sin},
      {"hyperbolic_arcsin", rlax::hyperbolic_arcsin},
  };
  auto const parameter = [&](std::string const& name, std::string const& other) {
    return c.number(c.has_parameter(name) ? name : other);
  };
  auto const input = [&]() -> json const& {
    for (char const* key : {"x", "scalar", "probs"}) {
      if (c.has_input(key)) return c.input(key);
    }
    return c.input("x");
  };
  std::string id = c.id();
  if (id.starts_with("transform_")) id = id.substr(10);
  if (names(id, "to_2hot") || names(id, "from_2hot")) {
    double const least = parameter("min", "min_value");
    double const most = parameter("max", "max_value");
    auto const bins = static_cast<std::size_t>(c.number("num_bins"));
    if (names(id, "from_2hot")) {
      return c.check("", on_each_row(input(), [&](std::vector<double> const& probs) {
                       return rlax::transform_from_2hot(probs, least, most, bins);
                     }));
    }
    c.check("", on_each(input(), [&](double x) { return json(rlax::transform_to_2hot(x, least, most, bins)); }));
    if (c.has_entry("expected_literal")) {
      bellman::two_hot const exact(bellman::evenly_spaced(least, most, bins));
      json const right = on_each(input(), [&](double x) {
        std::vector<double> weights(bins, 0.0);
        exact(x, weights.begin());
        return json(weights);
      });
      c.compare("expected_literal", c.entry("expected_literal"), right, golden::number(c.entry("literal_atol")));
    }
    return;
  }
  if (names(id, "signed_hyperbolic") || names(id, "signed_parabolic")) {
    double const eps = c.has_parameter("eps") ? c.number("eps") : 1e-3;
    bool const inverse = names(id, "signed_parabolic");
    return c.check("", on_each(input(), [&](double x) {
                     return inverse ? rlax::signed_parabolic(x, eps) : rlax::signed_hyperbolic(x, eps);
                   }));
  }
  if (names(id, "power")) {
    double const p = c.number("p");
    return c.check("", on_each(input(), [&](double x) { return rlax::power(x, p); }));
  }
  for (auto const& [name, f] : of_one_number) {
    if (names(id, name)) return c.check("", on_each(input(), f));
  }
  golden::unknown(c.id());
}

std::vector<double> flat(json const& x) {
  if (!x.is_array()) return {golden::number(x)};
  std::vector<double> all;
  for (json const& each : x) {
    auto const more = flat(each);
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}
std::vector<std::size_t> indices(json const& x) {
  std::vector<std::size_t> all;
  for (double const i : flat(x)) all.push_back(static_cast<std::size_t>(i));
  return all;
}

rlax::popart_state<double> state_of(estimator_case const& c) {
  auto const numbers = [&](char const* key, std::size_t n) {
    return c.has_input(key) ? golden::numbers(c.input(key)) : std::vector<double>(n, 1.0);
  };
  auto shift = golden::numbers(c.input("shift"));
  auto const n = shift.size();
  return {std::move(shift), golden::numbers(c.input("scale")), numbers("second_moment", n)};
}

void run_popart_updates(estimator_case& c) {
  auto const outputs = static_cast<std::size_t>(c.number("num_outputs"));
  auto state = c.has_input("shift") ? state_of(c) : rlax::popart_initial_state<double>(outputs);
  auto w = golden::rows(c.input("w0"));
  auto b = golden::numbers(c.input("b0"));
  auto const targets = flat(c.input("targets"));
  auto const which = indices(c.input("indices"));
  bool const enabled = !c.parameter("step_size").is_null();  // rlax: None leaves everything as it is
  auto const update = [&](json const& wanted) {
    if (enabled) {
      auto const next =
          rlax::art(state, targets, which, c.number("step_size"), c.number("scale_lb"), c.number("scale_ub"));
      rlax::pop(w, b, state, next);
      state = next;
    }
    json after{
        {"shift", state.shift}, {"scale", state.scale}, {"second_moment", state.second_moment}, {"w", w}, {"b", b}};
    json asked = json::object();
    for (auto const& [key, _] : wanted.items()) asked[key] = after.at(key);
    return asked;
  };
  if (!c.expected().is_array()) {
    json const after = update(c.expected());
    for (auto const& [key, value] : after.items()) c.check(key, value);
    return;
  }
  json all = json::array();
  for (json const& wanted : c.expected()) all.push_back(update(wanted));
  c.check("", all);
  // Where the library's own test wants the statistics to be after all updates, nearly.
  if (c.has_entry("literal_loose")) {
    json const& literal = c.entry("literal_loose");
    json const last{{"shift", state.shift}, {"scale", state.scale}, {"second_moment", state.second_moment}};
    for (auto const& [key, value] : literal.items()) {
      if (key == "atol") continue;
      c.compare_within("literal_loose." + key, value, last.at(key), golden::number(literal.at("atol")));
    }
  }
}

void run_popart(estimator_case& c) {
  if (c.has_input("targets")) return run_popart_updates(c);
  auto const state = state_of(c);
  auto const which = indices(c.input("indices"));
  auto const with = [&](std::vector<double> const& x, auto const& f) {
    std::vector<double> all;
    for (std::size_t i = 0; i < x.size(); ++i) all.push_back(f(state, x[i], which.at(i)));
    return all;
  };
  if (c.has_input("inputs")) {
    auto const rows = golden::rows(c.input("inputs"));
    std::vector<double> chosen;
    for (std::size_t i = 0; i < rows.size(); ++i) chosen.push_back(rows[i].at(which.at(i)));
    json const all{{"normalized", chosen}, {"unnormalized", with(chosen, rlax::unnormalize)}};
    for (auto const& [key, value] : c.expected().items()) c.check(key, all.at(key));
    if (c.has_entry("literal")) c.compare("literal", c.entry("literal"), all);
  } else if (c.has_input("unnormalized")) {
    c.check("", with(flat(c.input("unnormalized")), rlax::normalize));
  } else if (c.has_input("normalized")) {
    c.check("", with(flat(c.input("normalized")), rlax::unnormalize));
  } else {
    golden::unknown(c.id());
  }
}

family const ope{"ope_rllib.json", run_ope};
family const transforms{"rlax_transforms.json", run_transforms};
family const popart{"rlax_popart.json", run_popart};

}  // namespace
