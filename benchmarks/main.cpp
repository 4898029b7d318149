// SPDX-License-Identifier: BSL-1.0
#include "growth.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr double target = 1.05;

#if defined(__clang__)
constexpr char const* compiler = "clang++ " __clang_version__;
#elif defined(__GNUC__)
constexpr char const* compiler = "g++ " __VERSION__;
#else
constexpr char const* compiler = "another compiler";
#endif

/// A table of what `measure::side_by_side` reports, one line a comparison.
class table : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(Context const&) override {
    std::printf("Run time, %s, %s\n", compiler, BELLMAN_FLAGS);
    std::printf("  nanoseconds of processor time for one reward or one transition: medians of timings taken in turn\n");
    std::printf("  ratio: median of the ratios of neighbouring timings; target: at most %.2f\n", target);
    std::printf("  to copy: the same to only reading and writing the same arrays\n\n");
    std::printf("  %-42s %8s %5s  %-10s %8s %8s %6s %8s\n", "what", "size", "pairs", "of one", "library", "by hand",
                "ratio", "to copy");
    return true;
  }

  void ReportRuns(std::vector<Run> const& runs) override {
    for (auto const& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      if (run.counters.count("ratio") == 0) {
        std::printf("  %-42s failed: %s\n", run.run_name.function_name.c_str(), run.report_label.c_str());
        failed_ = true;
        continue;
      }
      double const ratio = run.counters.at("ratio");
      ++all_;
      if (ratio > target) ++above_;
      auto const to_copy = run.counters.find("to_copy");
      char copy[16] = "";
      if (to_copy != run.counters.end()) {
        std::snprintf(copy, sizeof copy, "%.3f", static_cast<double>(to_copy->second));
      }
      std::printf("  %-42s %8s %5lld  %-10s %8.3f %8.3f %6.3f %8s%s\n", run.run_name.function_name.c_str(),
                  run.run_name.args.c_str(), static_cast<long long>(run.iterations), run.report_label.c_str(),
                  static_cast<double>(run.counters.at("library_ns")),
                  static_cast<double>(run.counters.at("by_hand_ns")), ratio, copy,
                  ratio > target ? "  above the target" : "");
      std::fflush(stdout);
    }
  }

  void Finalize() override { std::printf("\n  %zu of %zu ratios within the target\n\n", all_ - above_, all_); }

  bool failed() const { return failed_; }

 private:
  std::size_t all_ = 0;
  std::size_t above_ = 0;
  bool failed_ = false;
};

// `--growth=FILE`: where to draw what the rows named growth say. It is taken out of the arguments.
std::optional<std::string> picture_in(int& argc, char** argv) {
  constexpr std::string_view option = "--growth=";
  for (int i = 1; i < argc; ++i) {
    std::string_view const given = argv[i];
    if (!given.starts_with(option)) continue;
    std::copy(argv + i + 1, argv + argc, argv + i);
    --argc;
    return std::string(given.substr(option.size()));
  }
  return std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  auto const picture = picture_in(argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  table shown;
  benchmark::RunSpecifiedBenchmarks(&shown);
  benchmark::Shutdown();
  if (picture && !growth::rows().empty()) {
    std::ofstream out(*picture);
    growth::draw(out);
    if (!out.flush()) {
      std::fprintf(stderr, "%s: cannot be written\n", picture->c_str());
      return 1;
    }
  }
  return shown.failed() ? 1 : 0;
}
