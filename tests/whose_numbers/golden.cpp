// SPDX-License-Identifier: BSL-1.0
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "whose_numbers_tests.hpp"

// Numbers that libraries gave: the program names the library.
namespace whose_numbers_golden {

using nlohmann::json;
using whose_numbers_tests::said;

// By value: what a loop runs over must last.
json golden(std::string const& name) {
  char const* const folder = std::getenv("BELLMAN_GOLDEN");
  REQUIRE(folder != nullptr);
  std::ifstream in(std::string(folder) + "/" + name + ".json");
  REQUIRE(in);
  return json::parse(in).at("cases");
}

void check_named(json const& file, std::string const& library, std::string const& verdict) {
  // Without the breaks of lines.
  std::istringstream words(said(file));
  std::string text;
  for (std::string word; words >> word;) text += (text.empty() ? "" : " ") + word;
  INFO(text);
  CHECK(text.find(library) != std::string::npos);
  CHECK(text.find(verdict) != std::string::npos);
}

// Rows of steps of a flat array.
json rows_of(json const& flat, std::size_t width) {
  json rows = json::array();
  for (std::size_t i = 0; i < flat.size(); ++i) {
    if (i % width == 0) rows.push_back(json::array());
    rows.back().push_back(flat[i]);
  }
  return rows;
}

TEST_CASE("every library's answer to one trajectory is known as its own", "[.][golden]") {
  json const c = golden("cross_library_disagreements")[0];
  json const& in = c["inputs"];
  struct expected {
    char const *answer, *library, *verdict;
  };
  std::size_t seen = 0;
  for (expected const& e :
       {expected{"torchrl (", "torchrl (generalized", "RIGHT"}, expected{"tianshou", "tianshou", "RIGHT"},
        expected{"cleanrl", "CleanRL", "A MISTAKE: a cut is taken for an end"},
        expected{"stable-baselines3", "stable-baselines3", "RIGHT"},
        expected{"rl_tools", "RLtools", "A MISTAKE: the step at a cut is left out"},
        expected{"PufferLib", "PufferLib", "A MISTAKE: a cut is taken for an end"},
        expected{"torchrl vtrace", "torchrl before its fix, issue 4209", "convention of its own"},
        expected{"rllib", "RLlib", "RIGHT"}}) {
    for (auto const& [name, numbers] : c["answers"].items()) {
      if (name.rfind(e.answer, 0) != 0 || numbers.is_string()) continue;
      ++seen;
      check_named({{"rewards", in["reward"]},
                   {"values", in["value"]},
                   {"next_values", in["next_value"]},
                   {"terminated", in["terminated"]},
                   {"truncated", in["truncated"]},
                   {"advantages", numbers}},
                  e.library, e.verdict);
    }
  }
  CHECK(seen == 8);
}

TEST_CASE("every library's answer to a tool's tokens is known as its own", "[.][golden]") {
  json const cases = golden("cross_library_disagreements");
  json const& in = cases[1]["inputs"];
  for (auto const& [name, numbers] : cases[1]["answers"].items()) {
    if (numbers.is_string()) continue;
    json file{{"rewards", in["reward"]}, {"values", in["value"]}, {"mask", in["mask"]}, {"gamma", 0.9}};
    bool const is_returns = name.find("return") != std::string::npos;
    file[is_returns ? "returns" : "advantages"] = numbers;
    bool const of_verl = name.rfind("verl", 0) == 0;
    check_named(file, of_verl ? "verl" : "OpenRLHF",
                !of_verl      ? "A MISTAKE: each masked token costs a gamma, as a step of value 0"
                : !is_returns ? "RIGHT"
                              : "A MISTAKE: a masked token wipes out all credit");
  }
  json const& at = cases[2]["inputs"];
  for (auto const& [name, numbers] : cases[2]["answers"].items()) {
    if (name.find("adv") == std::string::npos) continue;
    json const file{{"rewards", {{0, 0, 0, 0, 0}}},
                    {"scores", {at["score"]}},
                    {"values", at["values"]},
                    {"mask", {{1, 1, 1, 0, 0}}},
                    {"advantages", numbers}};
    bool const of_trl = name.rfind("trl", 0) == 0;
    check_named(file,
                of_trl                       ? "TRL"
                : name.rfind("verl", 0) == 0 ? "verl"
                                             : "OpenRLHF",
                of_trl ? "A MISTAKE: the reward lies on the padding" : "RIGHT");
  }
}

TEST_CASE("recordings of libraries of control are known as theirs", "[.][golden]") {
  for (json const& c : golden("gae_cleanrl_sb3")) {
    json const& in = c["inputs"];
    json starts = in["dones_at_start_of_step[T,N]"];
    starts.push_back(in["next_done"]);
    json const file{{"rows", "steps"},
                    {"rewards", in["rewards[T,N]"]},
                    {"values", in["values[T,N]"]},
                    {"starts", starts},
                    {"last_value", in["next_value"]},
                    {"advantages", c["expected"]["advantages"]},
                    {"returns", c["expected"]["returns"]}};
    check_named(file, "CleanRL", "advantages: RIGHT");
    check_named(file, "stable-baselines3", "returns: RIGHT");
  }
  for (json const& c : golden("gae_torchrl")) {
    json const& in = c["inputs"];
    check_named({{"rewards", in["reward"]},
                 {"values", in["state_value"]},
                 {"next_values", in["next_state_value"]},
                 {"dones", in["done"]},
                 {"terminated", in["terminated"]},
                 {"advantages", c["expected"]["advantage"]}},
                "torchrl", "advantages: RIGHT");
  }
  for (json const& c : golden("gae_tianshou")) {
    json const& in = c["inputs"];
    if (!in.contains("v_s")) continue;
    check_named({{"rewards", in["rew"]},
                 {"values", in["v_s"]},
                 {"next_values", in["v_s_"]},
                 {"dones", in["end_flag"]},
                 {"terminated", in["terminated"]},
                 {"advantages", c["expected"]["advantage"]}},
                "tianshou", "advantages: RIGHT");
  }
  for (json const& c : golden("gae_rl_tools")) {
    json const& in = c["inputs"];
    std::size_t const n = in["N"].get<std::size_t>();
    check_named({{"rows", "steps"},
                 {"rewards", rows_of(in["rewards[T*N]"], n)},
                 {"values", rows_of(in["all_values[(T+1)*N]"], n)},
                 {"terminated", rows_of(in["terminated"], n)},
                 {"truncated", rows_of(in["truncated"], n)},
                 {"gamma", c["parameters"]["gamma"]},
                 {"lambda", c["parameters"]["lambda"]},
                 {"advantages", rows_of(c["expected"]["advantages"], n)}},
                "RLtools", "advantages: ");
  }
}

TEST_CASE("recordings of libraries of language models are known as theirs", "[.][golden]") {
  for (json const& c : golden("gae_verl")) {
    json const& in = c["inputs"];
    for (char const* const key : {"advantages_raw", "advantages_whitened"}) {
      if (!c["expected"].contains(key) || c["expected"][key].dump().find("NaN") != std::string::npos) continue;
      check_named({{"rewards", in["token_level_rewards"]},
                   {"values", in["values"]},
                   {"mask", in["response_mask"]},
                   {"advantages", c["expected"][key]}},
                  "verl", "advantages: RIGHT");
    }
  }
  for (json const& c : golden("gae_openrlhf")) {
    json const& in = c["inputs"];
    check_named({{"rewards", in["rewards"]},
                 {"values", in["values"]},
                 {"mask", in["action_mask"]},
                 {"gamma", c["parameters"]["gamma"]},
                 {"lambda", c["parameters"]["lambda"]},
                 {"advantages", c["expected"]["advantages"]}},
                "OpenRLHF", "advantages: ");
  }
  for (json const& c : golden("returns_openrlhf")) {
    json const& in = c["inputs"];
    check_named({{"rewards", in["rewards"]},
                 {"mask", in["action_mask"]},
                 {"gamma", c["parameters"]["gamma"]},
                 {"returns", c["expected"]["returns"]}},
                "OpenRLHF", "returns: ");
  }
}

TEST_CASE("other estimators of libraries are known as theirs", "[.][golden]") {
  for (json const& c : golden("reward2go_torchrl")) {
    if (!c["inputs"]["reward"][0].is_array() || c["inputs"]["reward"][0][0].is_array()) continue;
    check_named(
        {{"rewards", c["inputs"]["reward"]}, {"dones", c["inputs"]["done"]}, {"returns", c["expected"]["reward2go"]}},
        "torchrl (reward2go)",
        // It takes the end of the recording for one.
        "returns: A MISTAKE: the end of the recording is taken for an end");
  }
  for (json const& c : golden("mc_return_tianshou")) {
    check_named({{"rewards", c["inputs"]["rewards"]},
                 {"gamma", c["parameters"]["gamma"]},
                 {"returns", c["expected"]["mc_return_to_go"]}},
                "tianshou (episode_mc_return_to_go)", "returns: RIGHT");
  }
  std::size_t of_lambda = 0;
  for (json const& c : golden("td_torchrl")) {
    if (!c["expected"].contains("td_lambda_return") || c["id"].get<std::string>().rfind("tdlambda", 0) != 0) continue;
    json const& in = c["inputs"];
    if (!c["parameters"]["gamma"].is_number() || !c["parameters"]["lambda"].is_number()) continue;
    ++of_lambda;
    check_named({{"rewards", in["reward"]},
                 {"values", in["state_value"]},
                 {"next_values", in["next_state_value"]},
                 {"dones", in["done"]},
                 {"terminated", in["terminated"]},
                 {"returns", c["expected"]["td_lambda_return"]}},
                "torchrl", "returns: ");
  }
  CHECK(of_lambda > 3);
  for (json const& c : golden("vtrace_torchrl")) {
    json const& in = c["inputs"];
    json file{{"rewards", in["reward"]},
              {"values", in["state_value"]},
              {"next_values", in["next_state_value"]},
              {"dones", in["done"]},
              {"terminated", in["terminated"]}};
    for (std::size_t i = 0; i < in["log_pi"].size(); ++i) {
      for (std::size_t t = 0; t < in["log_pi"][i].size(); ++t) {
        file["ratios"][i].push_back(std::exp(in["log_pi"][i][t].get<double>() - in["log_mu"][i][t].get<double>()));
      }
    }
    file["advantages"] = c["expected"]["advantage"];
    check_named(file, "torchrl", "(vtrace_advantage_estimate)");
  }
  std::size_t of_puffer = 0;
  for (json const& c : golden("puff_advantage")) {
    std::string const kernel = c["parameters"]["kernel"].get<std::string>();
    json const& in = c["inputs"];
    bool const is_on_policy = c["id"].get<std::string>().find("ratio1") != std::string::npos;
    if (kernel != "puffer3" && !is_on_policy) continue;
    ++of_puffer;
    auto const without = [](json x, std::size_t which) {
      x.erase(which);
      return x;
    };
    std::size_t const last = in["values"].size() - 1;
    check_named({{"rewards", without(in["rewards"], 0)},
                 {"values", in["values"]},
                 {"dones", without(in["dones"], 0)},
                 {"ratios", without(in["importance"], last)},
                 {"clip_rho", c["parameters"]["rho_clip"]},
                 {"clip_c", c["parameters"]["c_clip"]},
                 {"advantages", without(c["expected_f32"], last)}},
                "PufferLib", "advantages: ");
  }
  CHECK(of_puffer > 3);
  json const rlax = golden("rlax_gae");
  for (json const& c : rlax) {
    json const& in = c["inputs"];
    check_named({{"rewards", in["r_t"][0]}, {"values", in["values"][0]}, {"advantages", c["expected"][0]}}, "rlax",
                "advantages: RIGHT. GAE with gamma = 0.99");
    check_named({{"rewards", in["r_t"][1]},
                 {"values", in["values"][1]},
                 {"terminated", {0, 0, 0, 1, 0}},
                 {"advantages", c["expected"][1]}},
                "rlax", "advantages: RIGHT. GAE with gamma = 0.9");
  }
}

TEST_CASE("a reward that TRL's PPO put on the padding is found behind its whitening", "[.][golden]") {
  json const c = golden("gae_trl_ppo")[0];
  json mask = json::array();
  for (json const& row : c["expected"]["padding_mask"]) {
    mask.push_back(json::array());
    for (json const& x : row) mask.back().push_back(1 - x.get<int>());
  }
  json const file{{"rewards", c["expected"]["rewards"]},
                  {"values", c["inputs"]["values"]},
                  {"mask", mask},
                  {"advantages", c["expected"]["advantages"]}};
  check_named(file, "A MISTAKE: the reward lies on the padding", "So computed by TRL");
  check_named(file, "GAE with gamma = 1, lambda = 0.95, then whitened as in TRL's PPOTrainer", "TRL");
}

TEST_CASE("REINFORCE++ of verl is known as its own", "[.][golden]") {
  for (json const& c : golden("reinforce_pp_verl")) {
    json const& in = c["inputs"];
    bool const wiped = c["id"].get<std::string>().find("DEFECT") != std::string::npos;
    check_named({{"rewards", in["token_level_rewards"]},
                 {"mask", in["response_mask"]},
                 {"gamma", c["parameters"]["gamma"]},
                 {"returns", c["expected"]["returns"]}},
                wiped ? "verl's REINFORCE++ before its fix (issue 7278)" : "verl (REINFORCE++)",
                wiped ? "A MISTAKE: a masked token wipes out all credit" : "returns: RIGHT");
  }
}

TEST_CASE("groups of libraries are known as theirs", "[.][golden]") {
  json const trl = golden("grpo_trl")[0];
  json rewards = json::array(), groups = json::array();
  for (json const& each : trl["inputs"]["rewards_per_func"]) {
    double sum = 0;
    for (json const& x : each) sum += x.get<double>();
    groups.push_back(rewards.size() / 4);
    rewards.push_back(sum);
  }
  check_named({{"rewards", rewards}, {"groups", groups}, {"advantages", trl["expected"]["advantages"]}}, "TRL",
              "RIGHT");
  for (char const* const name : {"grpo_verl", "rloo_verl", "gpg_verl", "opo_verl", "grpo_vectorized_verl",
                                 "grpo_passk_verl", "reinforce_pp_baseline_verl"}) {
    json const c = golden(name).at(0);
    json const& in = c["inputs"];
    check_named({{"rewards", in["token_level_rewards"]},
                 {"mask", in["response_mask"]},
                 {"groups", in["index"]},
                 {"advantages", c["expected"]["advantages"]}},
                "verl",
                // The reward of an answer without a token counts in alpha.
                std::string(name) == "gpg_verl" ? "A MISTAKE: rewards at masked positions count" : "RIGHT");
  }
  for (json const& c : golden("rloo_trl")) {
    if (c["id"] == "nan_member") continue;
    json ids = json::array();
    for (std::size_t i = 0; i < c["inputs"]["rewards"].size(); ++i) ids.push_back(i / 4);
    check_named({{"rewards", c["inputs"]["rewards"]}, {"groups", ids}, {"advantages", c["expected"]["advantages"]}},
                "TRL", "RIGHT. RLOO");
  }
  json const shaped = golden("group_shaping_openrlhf");
  for (json const& c : shaped) {
    if (c["id"].get<std::string>().find("DEFECT") != std::string::npos) continue;
    std::size_t const n = c["parameters"]["n_samples_per_prompt"].get<std::size_t>();
    json ids = json::array(), flat = json::array();
    for (json const& row : c["expected"]["shaped"]) {
      for (json const& x : row) {
        ids.push_back(flat.size() / n);
        flat.push_back(x);
      }
    }
    check_named({{"rewards", c["inputs"]["rewards"]}, {"groups", ids}, {"advantages", flat}}, "OpenRLHF", "RIGHT");
  }
}

}  // namespace whose_numbers_golden
