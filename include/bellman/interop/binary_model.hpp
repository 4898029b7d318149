// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/interop/internal/number_text.hpp>
#include <bellman/interop/internal/text_file.hpp>
#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/internal/model_arrays.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

// How a number lies in a file: its bytes, the lowest first.
//
//   0   8 bytes  89 42 4D 44 50 0D 0A 1A, which a transfer as a text would change
//   8   u32      version of the format: 1
//   12  u8 u8    the types of rewards and of probabilities: 1 float, 2 double, 3 quotient of two i64; 16 more for
//                intervals, a lower and an upper one
//   14  u16      0
//   16  u32      states
//   20  u32      the state in which what ends is left, the last one, or FFFFFFFF
//   24  u32 u32  slots, transitions
//   32  u32 ...  first slot of each state and one past the last; action of each slot; first transition of each slot and
//                one past the last; next state of each transition
//       ...      probability of each transition, reward of each
//       u64      FNV-1a of all bytes before
inline constexpr std::array<unsigned char, 8> magic_of_binary{0x89, 'B', 'M', 'D', 'P', '\r', '\n', 0x1A};
inline constexpr std::uint32_t version_of_binary = 1;

template <class T>
concept quotient_of_64_bits = internal::is_quotient<T> && std::same_as <
                              std::remove_cvref_t<decltype(scalar_traits<T>::numerator(std::declval<T const&>()))>,
long long > ;

template <class T>
consteval unsigned kind_of_binary() {
  if constexpr (internal::has_bounds<T>) {
    using bound = std::remove_cvref_t<decltype(scalar_traits<T>::lower(std::declval<T const&>()))>;
    return detail::kind_of_binary<bound>() == 0 ? 0 : 16 + detail::kind_of_binary<bound>();
  } else if constexpr (std::same_as<T, float>) {
    return 1;
  } else if constexpr (std::same_as<T, double>) {
    return 2;
  } else {
    return quotient_of_64_bits<T> ? 3 : 0;
  }
}
template <class T>
concept has_binary_form = detail::kind_of_binary<T>()
!= 0;

inline std::string name_of_kind(unsigned kind) {
  std::string const names[] = {"unknown numbers", "float", "double", "quotients of 64 bits"};
  bool const is_interval = kind >= 16;
  unsigned const bound = is_interval ? kind - 16 : kind;
  return (is_interval ? "intervals of " : "") + names[bound > 3 ? 0 : bound];
}

class checksum {
 public:
  void add(unsigned char byte) { sum_ = (sum_ ^ byte) * 0x100000001b3ULL; }
  std::uint64_t value() const { return sum_; }

 private:
  std::uint64_t sum_ = 0xcbf29ce484222325ULL;
};

class binary_writer {
 public:
  explicit binary_writer(std::ostream& out) : out_(out) {}
  binary_writer(binary_writer const&) = delete;
  binary_writer& operator=(binary_writer const&) = delete;

  template <std::unsigned_integral N>
  void integer(N i) {
    for (std::size_t k = 0; k < sizeof(N); ++k) byte(static_cast<unsigned char>((i >> (8 * k)) & 0xFF));
  }
  template <class T>
  void number(T const& x) {
    if constexpr (internal::has_bounds<T>) {
      number(scalar_traits<T>::lower(x));
      number(scalar_traits<T>::upper(x));
    } else if constexpr (std::same_as<T, float>) {
      integer(std::bit_cast<std::uint32_t>(x));
    } else if constexpr (std::same_as<T, double>) {
      integer(std::bit_cast<std::uint64_t>(x));
    } else {
      integer(static_cast<std::uint64_t>(scalar_traits<T>::numerator(x)));
      integer(static_cast<std::uint64_t>(scalar_traits<T>::denominator(x)));
    }
  }
  void byte(unsigned char b) {
    sum_.add(b);
    buffer_.push_back(static_cast<char>(b));
    if (buffer_.size() == 1 << 16) flush();
  }
  // The checksum; what comes before it is not all written without.
  void finish() {
    integer(sum_.value());
    flush();
  }

 private:
  void flush() {
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
  }

  std::ostream& out_;
  std::string buffer_{};
  checksum sum_{};
};

template <class R, class P>
class binary_reader {
 public:
  binary_reader(std::istream& in, std::string_view name) : in_(in), name_(name) {}

  explicit_model<R, P> read() {
    for (unsigned char expected : magic_of_binary) {
      if (byte("a model in bellman's binary form") != expected) fail(0, "a model in bellman's binary form");
    }
    auto const version = integer<std::uint32_t>("a version");
    if (version != version_of_binary) fail(8, "version 1, and this is version " + std::to_string(version));
    check_kind(byte("the type of rewards"), detail::kind_of_binary<R>(), "rewards");
    check_kind(byte("the type of probabilities"), detail::kind_of_binary<P>(), "probabilities");
    if (integer<std::uint16_t>("0") != 0) fail(14, "0");
    auto const states = integer<std::uint32_t>("a number of states");
    arrays_.end = integer<std::uint32_t>("the last state");
    auto const slots = integer<std::uint32_t>("a number of slots");
    auto const transitions = integer<std::uint32_t>("a number of transitions");
    if (states >= no_index || slots >= no_index || transitions >= no_index) fail(16, "sizes below 4294967295");

    read_bounds(arrays_.first_slot, states, slots, false, "the first slot of each state, in ascending order");
    read_indices(arrays_.actions, slots, "an action");
    read_bounds(arrays_.first_transition, slots, transitions, true,
                "the first transition of each slot, each greater than the one before");
    read_indices(arrays_.next, transitions, "a next state");
    read_numbers(arrays_.probabilities, transitions, "a probability");
    read_numbers(arrays_.rewards, transitions, "a reward");
    std::uint64_t const sum = sum_.value();
    std::uint64_t const place = at_;
    if (integer<std::uint64_t>("a checksum") != sum) fail(place, "the checksum of what stands before");
    if (next_ != filled_ || in_.peek() != std::char_traits<char>::eof()) fail(at_, "the end of the file");
    check();
    return explicit_model<R, P>(std::move(arrays_));
  }

 private:
  [[noreturn]] void fail(std::uint64_t place, std::string const& expected) const {
    internal::a_file_must_hold_what_its_format_says(name_, "byte " + std::to_string(place), expected,
                                                    std::string_view());
  }
  [[noreturn]] void fails(index_t s, std::string const& what) const {
    internal::a_file_must_say_what_can_be(name_, "in state " + std::to_string(s) + ", " + what);
  }

  void check_kind(unsigned found, unsigned wanted, char const* of) const {
    if (found != wanted) {
      fail(at_ - 1, std::string(of) + " that are " + detail::name_of_kind(wanted) + ", and these are " +
                        detail::name_of_kind(found));
    }
  }

  unsigned char byte(char const* expected) {
    if (next_ == filled_) {
      in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
      filled_ = static_cast<std::size_t>(in_.gcount());
      next_ = 0;
      if (in_.bad()) internal::a_file_must_be_readable(name_);
      if (filled_ == 0) fail(at_, std::string(expected) + ", and the file ends");
    }
    auto const b = static_cast<unsigned char>(buffer_[next_++]);
    sum_.add(b);
    ++at_;
    return b;
  }

  template <std::unsigned_integral N>
  N integer(char const* expected) {
    std::uint64_t i = 0;
    for (std::size_t k = 0; k < sizeof(N); ++k) i |= static_cast<std::uint64_t>(byte(expected)) << (8 * k);
    return static_cast<N>(i);
  }

  template <class T>
  T number(char const* expected) {
    std::uint64_t const place = at_;
    if constexpr (internal::has_bounds<T>) {
      using bound = std::remove_cvref_t<decltype(scalar_traits<T>::lower(std::declval<T const&>()))>;
      bound const lower = number<bound>(expected);
      bound const upper = number<bound>(expected);
      if (upper < lower) fail(place, std::string(expected) + " whose lower end is at most its upper one");
      return T(lower, upper);
    } else if constexpr (quotient_of_64_bits<T>) {
      auto const numerator = static_cast<long long>(integer<std::uint64_t>(expected));
      auto const denominator = static_cast<long long>(integer<std::uint64_t>(expected));
      if (denominator <= 0 || numerator == (std::numeric_limits<long long>::min)()) {
        fail(place, std::string(expected) + " with a denominator above 0");
      }
      return T(numerator, denominator);
    } else {
      using bits = std::conditional_t<std::same_as<T, float>, std::uint32_t, std::uint64_t>;
      T const x = std::bit_cast<T>(integer<bits>(expected));
      if (!is_finite(x)) fail(place, std::string(expected) + " that is a finite number");
      return x;
    }
  }

  // Arrays grow with what is read: the sizes at the beginning may be a lie.
  void read_indices(internal::vector<index_t>& to, std::size_t n, char const* expected) {
    for (std::size_t k = 0; k < n; ++k) to.push_back(integer<std::uint32_t>(expected));
  }
  // The bounds of rows: from 0 to `last`, and none below the one before it.
  void read_bounds(internal::vector<index_t>& to, std::size_t n, index_t last, bool no_row_is_empty,
                   char const* expected) {
    index_t before = 0;
    for (std::size_t k = 0; k <= n; ++k) {
      std::uint64_t const place = at_;
      auto const i = integer<std::uint32_t>(expected);
      bool const good = k == 0 ? i == 0 : i > before || (!no_row_is_empty && i == before);
      if (!good || (k == n && i != last)) fail(place, expected);
      before = i;
      to.push_back(i);
    }
  }
  template <class T>
  void read_numbers(internal::vector<T>& to, std::size_t n, char const* expected) {
    for (std::size_t k = 0; k < n; ++k) to.push_back(number<T>(expected));
  }

  void check() const {
    auto const states = static_cast<index_t>(arrays_.first_slot.size() - 1);
    auto const& end = arrays_.end;
    if (end != no_index &&
        (end + 1 != states || arrays_.first_slot[end] != arrays_.first_slot[static_cast<std::size_t>(end) + 1])) {
      fail(20, "the last state, without actions, for what ends; or FFFFFFFF");
    }
    for (index_t s = 0; s < states; ++s) {
      for (index_t k = arrays_.first_slot[s]; k < arrays_.first_slot[s + 1]; ++k) {
        index_t const a = arrays_.actions[k];
        if (a >= no_index - 1 || (k > arrays_.first_slot[s] && a <= arrays_.actions[k - 1])) {
          fails(s, "the actions are not in ascending order");
        }
        check_slot(s, k, states);
      }
    }
  }

  void check_slot(index_t s, index_t slot, index_t states) const {
    std::string const action = "action " + std::to_string(arrays_.actions[slot]);
    P total{};
    std::size_t const first = arrays_.first_transition[slot];
    std::size_t const last = arrays_.first_transition[slot + 1];
    for (std::size_t k = first; k < last; ++k) {
      if (arrays_.next[k] >= states || (k > first && arrays_.next[k] < arrays_.next[k - 1])) {
        fails(s, action + " has next states that are not in ascending order below " + std::to_string(states));
      }
      P const& p = arrays_.probabilities[k];
      if (!internal::is_not_negative(p) || internal::is_nothing(p)) {
        fails(s, action + " has an outcome of probability " + internal::text_of(p) + "; it must lie in (0, 1]");
      }
      total = sum(total, p);
    }
    if (!internal::may_sum_to_one(total, last - first)) {
      fails(s, "the outcomes of " + action + " have probabilities that sum to " + internal::text_of(total) +
                   "; they must sum to 1");
    }
  }

  std::istream& in_;
  std::string name_;
  std::uint64_t at_ = 0;
  std::array<char, 1 << 12> buffer_{};
  std::size_t next_ = 0;
  std::size_t filled_ = 0;
  checksum sum_;
  internal::model_arrays<R, P> arrays_;
};

template <class R, class P>
struct read_binary_model_fn {
  static_assert(has_binary_form<R> && has_binary_form<P>,
                "bellman: numbers in a binary file are float, double, rational, or intervals of them");

  explicit_model<R, P> operator()(std::istream& in, std::string_view name) const {
    return binary_reader<R, P>(in, name).read();
  }
  explicit_model<R, P> operator()(std::string const& path) const {
    return internal::with_file(path, [&](std::istream& in) { return (*this)(in, path); });
  }
};

struct write_binary_model_fn {
  template <has_binary_form R, has_binary_form P>
  void operator()(std::ostream& out, explicit_model<R, P> const& model) const {
    binary_writer to(out);
    for (unsigned char b : magic_of_binary) to.byte(b);
    to.integer(version_of_binary);
    to.byte(static_cast<unsigned char>(detail::kind_of_binary<R>()));
    to.byte(static_cast<unsigned char>(detail::kind_of_binary<P>()));
    to.integer(std::uint16_t{0});
    to.integer(std::uint32_t{model.size()});
    to.integer(std::uint32_t{model.end()});
    to.integer(static_cast<std::uint32_t>(model.slots()));
    to.integer(static_cast<std::uint32_t>(model.transitions()));
    for (index_t i : model.first_slots()) to.integer(std::uint32_t{i});
    for (index_t i : model.slot_actions()) to.integer(std::uint32_t{i});
    for (index_t i : model.first_transitions()) to.integer(std::uint32_t{i});
    for (index_t i : model.next_states()) to.integer(std::uint32_t{i});
    for (P const& p : model.probabilities()) to.number(p);
    for (R const& r : model.rewards()) to.number(r);
    to.finish();
    internal::check_written(out);
  }
};

}  // namespace detail

/// `read_binary_model<R>(in, name)`, `read_binary_model<R>(path)`: a model that `write_binary_model` wrote, to the last
/// bit. `read_binary_model<R, P>`: with probabilities of another type.
///
/// Everything is checked: sizes, order, probabilities, and a checksum, so that what is read is a model, whoever wrote
/// it.
///
/// *Arguments*: a stream, opened as binary, and the name of the file for messages, or its path. The types must be those
/// that were written: `float`, `double`, `rational`, or `interval`s of them.
/// *Errors*: `invalid_value` with the file, the byte and what was expected, or with the state and the action.
/// *Cost*: linear; memory by the length of the file, whatever it says of its size.
/// *Use*:
///     [] {
///       bellman::model_builder<double> builder;
///       builder.add(0, 0, 0, 1.0, 2.5);
///       std::stringstream file;
///       bellman::write_binary_model(file, builder.build());
///       return bellman::read_binary_model<double>(file, "one.bin") == builder.build();
///     }()
template <class R, class P = R>
inline constexpr detail::read_binary_model_fn<R, P> read_binary_model{};

/// `write_binary_model(out, model)`: a model in few bytes, the same on every machine: 4, a probability and a reward a
/// transition, 8 a slot, 4 a state, and 48. How they lie stands in the header `interop/binary_model.hpp`.
///
/// *Arguments*: a stream, opened as binary, and a model over `float`, `double`, `rational`, or `interval`s of them.
/// *Errors*: `invalid_value` where the stream fails.
/// *Cost*: linear.
/// *Use*:
///     [] {
///       bellman::model_builder<double> builder;
///       builder.add(0, 0, 0, 1.0, 2.5);
///       std::ostringstream file;
///       bellman::write_binary_model(file, builder.build());
///       return file.str().size() == 80;
///     }()
inline constexpr detail::write_binary_model_fn write_binary_model{};

}  // namespace bellman
