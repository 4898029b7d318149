// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstddef>
#include <ostream>
#include <string>
#include <utility>

namespace support {

/// A bar on a terminal, drawn at most twenty times a second and wiped away at the end. Without a stream it is silent.
class progress {
 public:
  explicit progress(std::ostream* terminal) : terminal_(terminal) {}
  progress(progress const&) = delete;
  progress& operator=(progress const&) = delete;
  ~progress() { clear(); }

  void begin(std::string what, std::size_t steps) {
    clear();
    what_ = std::move(what);
    steps_ = steps;
    done_ = 0;
    drawn_ = {};
  }

  void step() {
    ++done_;
    if (terminal_ == nullptr) return;
    auto const now = clock::now();
    if (now - drawn_ < std::chrono::milliseconds(50)) return;
    drawn_ = now;
    draw();
  }

  void clear() {
    if (!shown_) return;
    *terminal_ << "\r\x1b[K" << std::flush;
    shown_ = false;
  }

 private:
  using clock = std::chrono::steady_clock;

  void draw() {
    constexpr std::size_t width = 40;
    std::size_t const full = steps_ == 0 ? width : width * done_ / steps_;
    *terminal_ << "\r\x1b[K" << what_ << " [" << std::string(full, '=') << std::string(width - full, ' ') << "] "
               << done_ << '/' << steps_ << std::flush;
    shown_ = true;
  }

  std::ostream* terminal_;
  std::string what_;
  std::size_t steps_ = 0, done_ = 0;
  clock::time_point drawn_{};
  bool shown_ = false;
};

}  // namespace support
