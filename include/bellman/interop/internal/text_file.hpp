// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/interop/internal/number_text.hpp>
#include <bellman/planning/state_index.hpp>

#include <cstddef>
#include <fstream>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

namespace bellman::internal {

/// The first letters of what stands in a file, for a message.
inline std::string excerpt(std::string_view text) {
  constexpr std::size_t most = 40;
  std::string shown(text.substr(0, most));
  for (char& c : shown) {
    if (c < ' ' || c > '~') c = '?';
  }
  return '"' + shown + (text.size() > most ? "...\"" : "\"");
}

[[noreturn]] inline void a_file_must_hold_what_its_format_says(std::string_view name, std::string const& place,
                                                               std::string const& expected, std::string_view found) {
  internal::refuse("bellman: " + std::string(name) + ", " + place + ": expected " + expected +
                   (found.data() == nullptr ? std::string() : ", found " + internal::excerpt(found)));
}
[[noreturn]] inline void a_file_must_say_what_can_be(std::string_view name, std::string const& what) {
  internal::refuse("bellman: " + std::string(name) + ": " + what);
}
[[noreturn]] inline void a_file_must_hold_as_many_as_it_says(std::string_view name, char const* what, std::size_t said,
                                                             std::size_t found) {
  internal::a_file_must_say_what_can_be(
      name, "it says that there are " + std::to_string(said) + " " + what + ", and there are " + std::to_string(found));
}
[[noreturn]] inline void a_file_must_open(std::string_view name) {
  internal::refuse("bellman: " + std::string(name) + " cannot be opened");
}
[[noreturn]] inline void a_file_must_be_readable(std::string_view name) {
  internal::refuse("bellman: " + std::string(name) + " cannot be read");
}
[[noreturn]] inline void a_stream_must_take_what_is_written() {
  internal::refuse("bellman: a model cannot be written: the stream takes no more");
}

/// What is expected in place of a number that is too large or too fine.
inline constexpr char const* a_number_of_its_type = "a number that its type can hold";

inline void check_written(std::ostream& out) {
  if (!out) a_stream_must_take_what_is_written();
}

/// What `read` makes of the stream of a file.
template <class Read>
auto with_file(std::string const& path, Read const& read) {
  std::ifstream in(path, std::ios::binary);
  if (!in) a_file_must_open(path);
  return read(in);
}

/// A line of a file, and the words in it.
class text_line {
 public:
  explicit text_line(std::string_view name) : name_(name) {}

  std::string_view name() const { return name_; }
  std::string_view line() const { return internal::without_blanks_around(text_); }
  /// What has not been read of it.
  std::string_view rest() const { return internal::without_blanks_around(std::string_view(text_).substr(at_)); }
  std::size_t number_of_line() const { return number_; }

  /// The next word, or nothing; what begins with `[` goes on to `]`.
  std::string_view word() { return word_from(at_); }
  bool more() {
    skip_blanks();
    return at_ < text_.size();
  }
  /// The letter with which the next word begins, or 0.
  char next_of_line() { return more() ? text_[at_] : '\0'; }
  /// Passes over letters.
  void skip(std::size_t letters) {
    skip_blanks();
    at_ += letters < text_.size() - at_ ? letters : text_.size() - at_;
  }
  /// How many words it has, from the first one on.
  std::size_t words() const {
    std::size_t n = 0;
    for (std::size_t at = 0; !word_from(at).empty();) ++n;
    return n;
  }

  /// The next word as a whole number, from 0 on.
  index_t index(char const* expected) { return index_of(word(), expected); }
  index_t index_of(std::string_view text, char const* expected) const {
    std::optional<index_t> const i = internal::index_in_text(text);
    if (!i) fail(expected);
    return *i;
  }
  /// The next word as a number.
  template <class R>
  R number(char const* expected) {
    return number_of<R>(word(), expected);
  }
  template <class R>
  R number_of(std::string_view text, char const* expected) const {
    std::optional<R> const x = internal::number_in_text<R>(text);
    if (x) return *x;
    if (!internal::is_number(text)) fail(expected);
    a_file_must_hold_what_its_format_says(name_, place(), a_number_of_its_type, text);
  }
  void end_of_line(char const* expected) {
    if (more()) fail(expected);
  }

  [[noreturn]] void fail(std::string const& expected) const {
    a_file_must_hold_what_its_format_says(name_, place(), expected, line());
  }

 protected:
  std::string place() const { return "line " + std::to_string(number_); }
  void skip_blanks() { skip_blanks_from(at_); }
  void skip_blanks_from(std::size_t& at) const {
    while (at < text_.size() && internal::is_blank(text_[at])) ++at;
  }
  std::string_view word_from(std::size_t& at) const {
    skip_blanks_from(at);
    std::size_t const first = at;
    bool const bracket = at < text_.size() && text_[at] == '[';
    while (at < text_.size() && (bracket || !internal::is_blank(text_[at]))) {
      if (text_[at++] == ']' && bracket) break;
    }
    return std::string_view(text_).substr(first, at - first);
  }

  std::string name_;
  std::string text_{};
  std::size_t at_ = 0;
  std::size_t number_ = 0;
};

/// The lines of a text, one after the other. No more is kept than one.
class text_file : public text_line {
 public:
  text_file(std::istream& in, std::string_view name) : text_line(name), in_(in) {}

  /// Goes to the next line that is not blank; false at the end of the file.
  bool next() {
    while (next_as_it_is()) {
      if (!line().empty()) return true;
    }
    return false;
  }
  /// Goes to the next line, be it blank.
  bool next_as_it_is() {
    at_ = 0;
    if (!std::getline(in_, text_)) {
      if (in_.bad()) a_file_must_be_readable(name_);
      text_.clear();
      return false;
    }
    ++number_;
    return true;
  }

  /// The letter with which the next line begins; something else at the end.
  int next_letter() { return in_.peek(); }

  [[noreturn]] void fail_at_end(std::string const& expected) const {
    a_file_must_hold_what_its_format_says(name_, "line " + std::to_string(number_ + 1),
                                          expected + ", and the file ends", std::string_view());
  }

 private:
  std::istream& in_;
};

}  // namespace bellman::internal
