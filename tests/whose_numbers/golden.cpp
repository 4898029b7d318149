// SPDX-License-Identifier: BSL-1.0
#include <nlohmann/json.hpp>

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

json golden(std::string const& name) {
  char const* const folder = std::getenv("BELLMAN_GOLDEN");
  REQUIRE(folder != nullptr);
  std::ifstream in(std::string(folder) + "/" + name + ".json");
  REQUIRE(in);
  return json::parse(in);
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
  json const c = golden("cross_library_disagreements")["cases"][0];
  json const& in = c["inputs"];
  struct expected {
    char const *answer, *library, *verdict;
  };
  std::size_t seen = 0;
  for (expected const& e : {expected{"torchrl (", "torchrl (generalized", "RIGHT"},
                            expected{"tianshou", "tianshou", "RIGHT"},
                            expected{"cleanrl", "CleanRL", "A MISTAKE: a cut is taken for an end"},
                            expected{"stable-baselines3", "stable-baselines3", "RIGHT"},
                            expected{"rl_tools", "RLtools", "A MISTAKE: the step at a cut is left out"},
                            expected{"PufferLib", "PufferLib", "A MISTAKE: a cut is taken for an end"},
                            expected{"torchrl vtrace", "torchrl before its fix, issue 4209", "convention of its own"},
                            expected{"rllib", "RLlib", "RIGHT"}}) {
    for (auto const& [name, numbers] : c["answers"].items()) {
      if (name.rfind(e.answer, 0) != 0 || numbers.is_string()) continue;
      ++seen;
      check_named({{"rewards", in["reward"]}, {"values", in["value"]}, {"next_values", in["next_value"]},
                   {"terminated", in["terminated"]}, {"truncated", in["truncated"]}, {"advantages", numbers}},
                  e.library, e.verdict);
    }
  }
  CHECK(seen == 8);
}

TEST_CASE("every library's answer to a tool's tokens is known as its own", "[.][golden]") {
  json const cases = golden("cross_library_disagreements")["cases"];
  json const& in = cases[1]["inputs"];
  for (auto const& [name, numbers] : cases[1]["answers"].items()) {
    if (numbers.is_string()) continue;
    json file{{"rewards", in["reward"]}, {"values", in["value"]}, {"mask", in["mask"]}, {"gamma", 0.9}};
    bool const is_returns = name.find("return") != std::string::npos;
    file[is_returns ? "returns" : "advantages"] = numbers;
    bool const of_verl = name.rfind("verl", 0) == 0;
    check_named(file, of_verl ? "verl" : "OpenRLHF",
                !of_verl       ? "A MISTAKE: each masked token costs a gamma, as a step of value 0"
                : !is_returns ? "RIGHT"
                              : "A MISTAKE: a masked token wipes out all credit");
  }
  json const& at = cases[2]["inputs"];
  for (auto const& [name, numbers] : cases[2]["answers"].items()) {
    if (name.find("adv") == std::string::npos) continue;
    json const file{{"rewards", {{0, 0, 0, 0, 0}}}, {"scores", {at["score"]}}, {"values", at["values"]},
                    {"mask", {{1, 1, 1, 0, 0}}},   {"advantages", numbers}};
    bool const of_trl = name.rfind("trl", 0) == 0;
    check_named(file, of_trl ? "TRL" : name.rfind("verl", 0) == 0 ? "verl" : "OpenRLHF",
                of_trl ? "A MISTAKE: the reward lies on the padding" : "RIGHT");
  }
}

TEST_CASE("recordings of libraries of control are known as theirs", "[.][golden]") {
  for (json const& c : golden("gae_cleanrl_sb3")["cases"]) {
    json const& in = c["inputs"];
    json starts = in["dones_at_start_of_step[T,N]"];
    starts.push_back(in["next_done"]);
    json const file{{"rows", "steps"}, {"rewards", in["rewards[T,N]"]}, {"values", in["values[T,N]"]},
                    {"starts", starts}, {"last_value", in["next_value"]}, {"advantages", c["expected"]["advantages"]},
                    {"returns", c["expected"]["returns"]}};
    check_named(file, "CleanRL", "advantages: RIGHT");
    check_named(file, "stable-baselines3", "returns: RIGHT");
  }
  for (json const& c : golden("gae_torchrl")["cases"]) {
    json const& in = c["inputs"];
    check_named({{"rewards", in["reward"]}, {"values", in["state_value"]}, {"next_values", in["next_state_value"]},
                 {"dones", in["done"]}, {"terminated", in["terminated"]}, {"advantages", c["expected"]["advantage"]}},
                "torchrl", "advantages: RIGHT");
  }
  for (json const& c : golden("gae_tianshou")["cases"]) {
    json const& in = c["inputs"];
    check_named({{"rewards", in["rew"]}, {"values", in["v_s"]}, {"next_values", in["v_s_"]},
                 {"dones", in["end_flag"]}, {"terminated", in["terminated"]},
                 {"advantages", c["expected"]["advantage"]}},
                "tianshou", "advantages: RIGHT");
  }
  for (json const& c : golden("gae_rl_tools")["cases"]) {
    json const& in = c["inputs"];
    std::size_t const n = in["N"].get<std::size_t>();
    check_named({{"rows", "steps"}, {"rewards", rows_of(in["rewards[T*N]"], n)},
                 {"values", rows_of(in["all_values[(T+1)*N]"], n)}, {"terminated", rows_of(in["terminated"], n)},
                 {"truncated", rows_of(in["truncated"], n)}, {"gamma", c["parameters"]["gamma"]},
                 {"lambda", c["parameters"]["lambda"]},
                 {"advantages", rows_of(c["expected"]["advantages"], n)}},
                "RLtools", "advantages: ");
  }
}

TEST_CASE("recordings of libraries of language models are known as theirs", "[.][golden]") {
  for (json const& c : golden("gae_verl")["cases"]) {
    json const& in = c["inputs"];
    for (char const* const key : {"advantages_raw", "advantages_whitened"}) {
      if (!c["expected"].contains(key) || c["expected"][key].dump().find("NaN") != std::string::npos) continue;
      check_named({{"rewards", in["token_level_rewards"]}, {"values", in["values"]}, {"mask", in["response_mask"]},
                   {"advantages", c["expected"][key]}},
                  "verl", "advantages: RIGHT");
    }
  }
  for (json const& c : golden("gae_openrlhf")["cases"]) {
    json const& in = c["inputs"];
    check_named({{"rewards", in["rewards"]}, {"values", in["values"]}, {"mask", in["action_mask"]},
                 {"gamma", c["parameters"]["gamma"]}, {"lambda", c["parameters"]["lambda"]},
                 {"advantages", c["expected"]["advantages"]}},
                "OpenRLHF", "advantages: ");
  }
  for (json const& c : golden("returns_openrlhf")["cases"]) {
    json const& in = c["inputs"];
    check_named({{"rewards", in["rewards"]}, {"mask", in["action_mask"]}, {"gamma", c["parameters"]["gamma"]},
                 {"returns", c["expected"]["returns"]}},
                "OpenRLHF", "returns: ");
  }
}

TEST_CASE("groups of libraries are known as theirs", "[.][golden]") {
  json const trl = golden("grpo_trl")["cases"][0];
  json rewards = json::array(), groups = json::array();
  for (json const& each : trl["inputs"]["rewards_per_func"]) {
    double sum = 0;
    for (json const& x : each) sum += x.get<double>();
    groups.push_back(rewards.size() / 4);
    rewards.push_back(sum);
  }
  check_named({{"rewards", rewards}, {"groups", groups}, {"advantages", trl["expected"]["advantages"]}}, "TRL", "RIGHT");
  for (char const* const name : {"grpo_verl", "rloo_verl", "gpg_verl", "opo_verl"}) {
    json const c = golden(name)["cases"][0];
    json const& in = c["inputs"];
    check_named({{"rewards", in["token_level_rewards"]}, {"mask", in["response_mask"]}, {"groups", in["index"]},
                 {"advantages", c["expected"]["advantages"]}},
                "verl",
                // The reward of an answer without a token counts in alpha.
                std::string(name) == "gpg_verl" ? "A MISTAKE: rewards at masked positions count" : "RIGHT");
  }
  json const shaped = golden("group_shaping_openrlhf")["cases"];
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
