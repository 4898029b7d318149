// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/adam.hpp"
#include "../support/text_file.hpp"
#include "trainer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <optional>
#include <random>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

// What a trainer has come to, in a file that is there whole whenever the program ends, and however.
namespace story_model {

using support::bad_input;

namespace detail {

// Fowler, Noll and Vo's hash, FNV-1a.
inline std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t sum = 0xcbf29ce484222325ULL;
  for (char const c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return sum;
}

// Writes what it visits behind what there is, the lowest byte first.
class state_writer {
 public:
  explicit state_writer(std::string& its_bytes) : bytes_(&its_bytes) {}

  void operator()(std::uint64_t x) const {
    for (int i = 0; i < 8; ++i) *bytes_ += static_cast<char>((x >> (8 * i)) & 0xFF);
  }
  void operator()(double x) const { (*this)(std::bit_cast<std::uint64_t>(x)); }
  void operator()(std::string_view text) const {
    (*this)(std::uint64_t{text.size()});
    *bytes_ += text;
  }
  void operator()(std::span<float const> numbers) const {
    (*this)(std::uint64_t{numbers.size()});
    for (float const x : numbers) {
      auto const bits = std::bit_cast<std::uint32_t>(x);
      for (int i = 0; i < 4; ++i) *bytes_ += static_cast<char>((bits >> (8 * i)) & 0xFF);
    }
  }
  void operator()(support::adam const& a) const {
    (*this)(a.steps);
    (*this)(std::span<float const>(a.mean));
    (*this)(std::span<float const>(a.square));
  }
  void operator()(std::mt19937_64 const& urbg) const {
    std::ostringstream text;
    text << urbg;
    (*this)(std::string_view(text.str()));
  }
  void operator()(std::vector<measures> const& all) const {
    (*this)(std::uint64_t{all.size()});
    for (measures const& m : all) {
      for (double const x : {m.reward, m.kl, m.entropy, m.signal, m.balanced, m.distinct, m.length}) (*this)(x);
    }
  }

 private:
  std::string* bytes_;
};

// Reads what was written so. Throws `bad_input`.
class state_reader {
 public:
  state_reader(std::string_view its_bytes, std::string const& its_name) : bytes_(its_bytes), name_(&its_name) {}

  void operator()(std::uint64_t& x) {
    std::string_view const eight = take(8);
    x = 0;
    for (std::size_t i = 8; i-- > 0;) x = x << 8 | static_cast<unsigned char>(eight[i]);
  }
  void operator()(double& x) { x = std::bit_cast<double>(number()); }
  std::string_view text() { return take(number()); }
  void operator()(std::span<float> numbers) {
    if (number() != numbers.size()) fail();
    for (float& x : numbers) x = real();
  }
  void operator()(std::vector<float>& numbers) {
    std::uint64_t const n = number();
    if (n > bytes_.size() / 4) fail();
    numbers.resize(n);
    for (float& x : numbers) x = real();
  }
  void operator()(support::adam& a) {
    (*this)(a.steps);
    (*this)(a.mean);
    (*this)(a.square);
  }
  void operator()(std::mt19937_64& urbg) {
    std::istringstream in{std::string(text())};
    in >> urbg;
    if (!in) fail();
  }
  void operator()(std::vector<measures>& all) {
    all.clear();
    for (std::uint64_t n = number(); n > 0; --n) {
      measures m;
      for (double* x : {&m.reward, &m.kl, &m.entropy, &m.signal, &m.balanced, &m.distinct, &m.length}) (*this)(*x);
      all.push_back(m);
    }
  }
  void expect_end() const {
    if (!bytes_.empty()) fail();
  }

 private:
  [[noreturn]] void fail() const {
    throw bad_input(*name_ + ": is no checkpoint of this program, or of another model");
  }

  std::string_view take(std::uint64_t n) {
    if (n > bytes_.size()) fail();
    std::string_view const first = bytes_.substr(0, n);
    bytes_.remove_prefix(n);
    return first;
  }
  std::uint64_t number() {
    std::uint64_t x = 0;
    (*this)(x);
    return x;
  }
  float real() {
    std::string_view const four = take(4);
    std::uint32_t x = 0;
    for (std::size_t i = 4; i-- > 0;) x = x << 8 | static_cast<unsigned char>(four[i]);
    return std::bit_cast<float>(x);
  }

  std::string_view bytes_;
  std::string const* name_;
};

inline constexpr std::string_view mark = "story_model 1\n";

// Closes what was opened, whatever happens.
class open_file {
 public:
  open_file(std::string const& name, int flags) : number_(::open(name.c_str(), flags | O_CLOEXEC, 0644)) {}
  open_file(open_file const&) = delete;
  open_file& operator=(open_file const&) = delete;
  ~open_file() {
    if (number_ >= 0) ::close(number_);
  }

  bool write(std::string_view bytes) const {
    while (number_ >= 0 && !bytes.empty()) {
      auto const n = ::write(number_, bytes.data(), bytes.size());
      if (n < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return number_ >= 0;
  }
  bool to_disk() const { return number_ >= 0 && ::fsync(number_) == 0; }

 private:
  int number_;
};

// Puts bytes in the place of a file. Whenever the program is ended, the file or the one before it is there, and whole:
// what is new is on the disk before it has the name.
inline void replace_file(std::filesystem::path const& path, std::filesystem::path const& before,
                         std::string_view bytes) {
  std::filesystem::path const unfinished = path.string() + ".new";
  {
    open_file const file(unfinished.string(), O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.write(bytes) || !file.to_disk()) throw bad_input(unfinished.string() + ": cannot be written");
  }
  std::error_code error;
  std::filesystem::rename(path, before, error);  // there may be none yet
  std::filesystem::rename(unfinished, path, error);
  if (error) throw bad_input(path.string() + ": cannot be written");
  auto const folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  open_file(folder.string(), O_RDONLY).to_disk();
}

}  // namespace detail

/// A file in which a trainer's state is kept, and the one that was there before it.
class checkpoint {
 public:
  /// `its_run` says what the trainer was made with; of another run nothing is read.
  checkpoint(std::filesystem::path its_path, std::string its_run)
      : path_(std::move(its_path)), before_(path_.string() + ".before"), run_(std::move(its_run)) {}

  /// Throws `bad_input` where it cannot be written.
  void save(trainer& t) const {
    std::string bytes(detail::mark);
    detail::state_writer const write(bytes);
    write(std::string_view(run_));
    t.visit_state(write);
    write(detail::checksum(bytes));
    detail::replace_file(path_, before_, bytes);
  }

  /// Gives the trainer the state of the file, or, where that is missing or damaged, of the one before it; false where
  /// there is neither. `refused(message)` is told of each that is of no use. Throws `bad_input` where there was one,
  /// but none of use; the trainer is then as it was.
  template <class Refused>
  bool load(trainer& t, Refused const& refused) const {
    bool any = false;
    for (std::filesystem::path const& path : {path_, before_}) {
      std::error_code ignored;
      if (!std::filesystem::exists(path, ignored)) continue;
      any = true;
      try {
        read(path, t);
        // The next one is put before nothing that is damaged.
        if (path == before_) std::filesystem::rename(before_, path_, ignored);
        return true;
      } catch (bad_input const& error) {
        refused(std::string(error.what()));
      }
    }
    if (any) throw bad_input(path_.string() + ": there is no checkpoint of use; remove it to begin anew");
    return false;
  }

 private:
  void read(std::filesystem::path const& path, trainer& t) const {
    std::string const name = path.string();
    auto in = support::opened(path);
    std::string const bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad() || !std::string_view(bytes).starts_with(detail::mark)) {
      throw bad_input(name + ": is no checkpoint of this program");
    }
    std::string_view const all(bytes);
    std::string_view const body = all.substr(0, all.size() < 8 ? 0 : all.size() - 8);
    std::string sum;
    detail::state_writer{sum}(detail::checksum(body));
    if (!all.ends_with(sum))
      throw bad_input(name + ": is damaged: its checksum is not that of its " + std::to_string(bytes.size()) +
                      " bytes");
    detail::state_reader reader(body.substr(detail::mark.size()), name);
    if (std::string const run(reader.text()); run != run_) {
      throw bad_input(name + ": is of another run: \"" + run + "\", and not \"" + run_ + '"');
    }
    trainer other(t);
    other.visit_state([&](auto&& x) { reader(x); });
    reader.expect_end();
    t = std::move(other);
  }

  std::filesystem::path path_, before_;
  std::string run_;
};

}  // namespace story_model
