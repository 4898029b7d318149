// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

namespace support {

/// Something is wrong with what the program was given. The message names the file and the line, or the argument.
struct bad_input : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Throws `bad_input` where there is no folder of that name.
inline void expect_folder(std::filesystem::path const& folder) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) throw bad_input(folder.string() + ": not a folder");
}

/// A file to be read, from its first byte on. Throws `bad_input` where there is none.
inline std::ifstream opened(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  std::error_code ignored;
  if (!in || std::filesystem::is_directory(path, ignored)) throw bad_input(path.string() + ": cannot be read");
  return in;
}

/// A file, read line by line, that knows where it is.
class line_reader {
 public:
  explicit line_reader(std::filesystem::path path) : path_(std::move(path)), in_(opened(path_)) {}

  bool next(std::string& line) {
    if (!std::getline(in_, line)) {
      if (in_.bad()) fail("reading failed");
      return false;
    }
    if (line.ends_with('\r')) line.pop_back();
    ++number_;
    return true;
  }

  /// Throws `bad_input` with the file, the line and `what`.
  [[noreturn]] void fail(std::string const& what) const {
    throw bad_input(path_.string() + ":" + std::to_string(number_ == 0 ? 1 : number_) + ": " + what);
  }

 private:
  std::filesystem::path path_;
  std::ifstream in_;
  std::size_t number_ = 0;
};

/// The line that was read last, as a JSON object with these members.
template <class... Keys>
nlohmann::json read_object(std::string const& line, line_reader const& at, Keys const&... keys) {
  nlohmann::json record;
  try {
    record = nlohmann::json::parse(line);
  } catch (nlohmann::json::parse_error const& e) {
    at.fail("not JSON from byte " + std::to_string(e.byte) + " on");
  } catch (nlohmann::json::exception const&) {
    at.fail("JSON with a number out of range");
  }
  if (!record.is_object()) at.fail("not a JSON object");
  for (char const* key : {keys...}) {
    if (!record.contains(key)) at.fail(std::string("has no \"") + key + '"');
  }
  return record;
}

/// Writes all of it or throws `bad_input`.
template <class Write>
void write_file(std::filesystem::path const& path, Write write) {
  std::ofstream out(path, std::ios::binary);
  if (out) write(out);
  out.close();
  if (!out) throw bad_input(path.string() + ": cannot be written");
}

}  // namespace support
