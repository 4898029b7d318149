// SPDX-License-Identifier: BSL-1.0
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "open_bandit/program.hpp"
#include "support/answered.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"

namespace {

auto run(std::vector<std::string> const& arguments) {
  return bellman::test::answered(
      [](auto const& given, auto&... streams) { return open_bandit::run(given, streams...); }, arguments);
}

std::string const heading = "timestamp,item_id,position,click,propensity_score\n";
// Two items, which the adaptive policy shows with probability 1/4 and 3/4, the uniform one with 1/2.
std::string const adaptive = heading + "a,0,1,1,0.25\na,1,1,0,0.75\na,1,2,1,0.75\na,1,3,0,0.75\n";
std::string const uniform = heading + "a,0,1,1,0.5\na,1,1,0,0.5\n";

void write_logs(folder const& here, std::string const& first, std::string const& second) {
  here.write("bts_men_5cols.csv", first);
  here.write("random_men_5cols.csv", second);
}

nlohmann::json estimates_of(folder const& here, std::string const& data) {
  auto const a = run({"--data", data, "--resamples", "0", "--json", here.file("out.json")});
  REQUIRE(a.err == "");
  REQUIRE(a.status == 0);
  return nlohmann::json::parse(read_whole(here.file("out.json")));
}

}  // namespace

TEST_CASE("importance sampling of four impressions, by hand") {
  folder const here;
  write_logs(here, adaptive, uniform);
  auto const all = estimates_of(here, here.path().string());
  // Ratios 2, 2/3, 2/3, 2/3; clicked the first and the third: (2 + 2/3) / 4 and (2 + 2/3) / 4.
  CHECK(std::abs(all["estimates"][0]["click_rate"].get<double>() - 2.0 / 3) < 1e-15);
  CHECK(std::abs(all["estimates"][1]["click_rate"].get<double>() - 2.0 / 3) < 1e-15);
  // 4^2 / (4 + 3 * 4/9)
  CHECK(std::abs(all["estimates"][0]["effective_sample_size"].get<double>() - 3) < 1e-12);
  CHECK(all["uniform_log"]["click_rate"] == 0.5);
  CHECK(all["adaptive_log"]["click_rate"] == 0.5);
}

TEST_CASE("without data the truth is known, and shown beside the estimates") {
  folder const here;
  auto const a = run({"--repeats", "3", "--resamples", "0", "--json", here.file("o.json"), "--svg", here.file("o.svg")});
  CHECK(a.status == 0);
  CHECK(a.out.find("the truth") != std::string::npos);
  auto const all = nlohmann::json::parse(read_whole(here.file("o.json")));
  double const truth = all["truth"];
  for (auto const& one : all["estimates"]) {
    CHECK(std::abs(one["click_rate"].get<double>() - truth) < truth / 2);
  }
  CHECK(read_whole(here.file("o.svg")).find("<svg") == 0);
}

TEST_CASE("what is wrong with a log is said by file, line and what was expected") {
  struct mistake {
    std::string first;
    std::string second;
    std::vector<std::string> said;
  };
  std::string const two = heading + "a,0,1,1,0.25\n";
  for (auto const& m : std::vector<mistake>{
           {"", uniform, {"bts_men_5cols.csv", "empty"}},
           {two, uniform, {"bts_men_5cols.csv:2", "two impressions"}},
           {two + "a,1,1,0\n", uniform, {"bts_men_5cols.csv:3", "4 columns", "5"}},
           {two + "a,x,1,0,0.5\n", uniform, {"bts_men_5cols.csv:3", "item_id is \"x\"", "whole number"}},
           {two + "a,1,4,0,0.5\n", uniform, {"bts_men_5cols.csv:3", "position is \"4\"", "1, 2 or 3"}},
           {two + "a,1,1,2,0.5\n", uniform, {"bts_men_5cols.csv:3", "click is \"2\"", "0 or 1"}},
           {two + "a,1,1,0,0\n", uniform, {"bts_men_5cols.csv:3", "propensity_score is \"0\"", "above 0"}},
           {two + "a,1,1,0,nan\n", uniform, {"bts_men_5cols.csv:3", "propensity_score", "above 0"}},
           {adaptive, heading + "a,0,1,1,0.5\na,1,1,0,0.3\n", {"random_men_5cols.csv:3", "1/2"}}}) {
    folder const here;
    write_logs(here, m.first, m.second);
    auto const a = run({"--data", here.path().string()});
    CHECK(a.status == 2);
    for (auto const& part : m.said) {
      CHECK(a.err.find(part) != std::string::npos);
    }
  }
}

TEST_CASE("a folder that is not there and an option that is none are refused") {
  CHECK(run({"--data", "/no/such/folder"}).status == 2);
  CHECK(run({"--data"}).status == 2);
  CHECK(run({"--seed", "x"}).status == 2);
  CHECK(run({"--what"}).err.find("--what") != std::string::npos);
}

TEST_CASE("the recorded logs give what a loop over their lines gives", "[.][recorded]") {
  char const* const data = std::getenv("BELLMAN_DATA");
  REQUIRE(data != nullptr);
  std::string const logs = std::string(data) + "/open-bandit";
  folder const here;
  auto const all = estimates_of(here, logs);
  std::ifstream in(logs + "/bts_men_5cols.csv");
  std::string line;
  std::getline(in, line);
  double weights = 0;
  double squares = 0;
  double clicked = 0;
  double rows = 0;
  while (std::getline(in, line)) {
    double const propensity = std::stod(line.substr(line.rfind(',') + 1));
    std::string const before = line.substr(0, line.rfind(','));
    double const w = 1.0 / 34 / propensity;
    weights += w;
    squares += w * w;
    clicked += w * std::stod(before.substr(before.rfind(',') + 1));
    rows += 1;
  }
  CHECK(rows == 10'000);
  CHECK(all["items"] == 34);
  CHECK(std::abs(all["estimates"][0]["click_rate"].get<double>() - clicked / rows) < 1e-12);
  CHECK(std::abs(all["estimates"][1]["click_rate"].get<double>() - clicked / weights) < 1e-12);
  CHECK(std::abs(all["estimates"][0]["effective_sample_size"].get<double>() - weights * weights / squares) < 1e-6);
  // Each within two errors of what the uniform policy's own log says.
  for (auto const& one : all["estimates"]) {
    CHECK(std::abs(one["standard_errors_from_uniform_log"].get<double>()) < 2);
  }
}
