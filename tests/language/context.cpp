// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/context.hpp>

#include <bellman/decision/environment.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/planning/state_index.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

// What is allocated on this thread, so that a test can say what an operation costs.
thread_local std::size_t allocations = 0;
thread_local std::size_t bytes = 0;

}  // namespace

// Not inlined: g++ 12 would see free() meet operator new and warn.
[[gnu::noinline]] void* operator new(std::size_t n) {
  ++allocations;
  bytes += n;
  void* const p = std::malloc(n);
  if (p == nullptr) throw std::bad_alloc();
  return p;
}
[[gnu::noinline]] void* operator new(std::size_t n, std::nothrow_t const&) noexcept { return std::malloc(n); }
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }

namespace {

using bellman::concat;
using bellman::context;
using bellman::token;
using bellman::test::true_at_both_times;

constexpr context followed_by(context s, std::vector<token> const& tokens) {
  for (token a : tokens) s = concat(s, a);
  return s;
}

context long_context(token tokens) {
  context s{1, 2, 3};
  for (token a = 0; a < tokens; ++a) s = concat(s, a);
  return s;
}

}  // namespace

TEST_CASE("a context is a state: prompt and generated tokens") {
  STATIC_REQUIRE(bellman::state<context>);
  CHECK(true_at_both_times([] {
    context const s = followed_by(context{5, 6, 7}, {8, 9});
    return std::ranges::equal(s.prompt(), std::array<token, 3>{5, 6, 7}) && s.generated() == std::vector<token>{8, 9} &&
           s.tokens() == std::vector<token>{5, 6, 7, 8, 9} && s.size() == 5 && s.generated_size() == 2 && s.last() == 9;
  }));
}

TEST_CASE("a prompt is not generated") {
  CHECK(true_at_both_times([] {
    context const s{5, 6};
    return s.last() == bellman::no_token && s.generated_size() == 0 && s.generated().empty() && s.size() == 2;
  }));
  CHECK(true_at_both_times([] {
    context const s;
    return s.last() == bellman::no_token && s.size() == 0 && s.tokens().empty() && s == context{};
  }));
}

TEST_CASE("a prompt may be any range of tokens") {
  CHECK(true_at_both_times([] {
    std::vector<token> const own{5, 6};
    std::array<token, 2> const same{5, 6};
    return context(own) == context{5, 6} && context(same) == context{5, 6};
  }));
}

TEST_CASE("appending leaves the context as it was") {
  CHECK(true_at_both_times([] {
    context const s = followed_by(context{1}, {2});
    context const yes = concat(s, 3);
    context const no = concat(s, 4);
    return s.tokens() == std::vector<token>{1, 2} && yes.tokens() == std::vector<token>{1, 2, 3} &&
           no.tokens() == std::vector<token>{1, 2, 4};
  }));
}

TEST_CASE("contexts are equal when their prompts and their generated tokens are") {
  CHECK(true_at_both_times([] {
    context const s = followed_by(context{1, 2}, {3, 4});
    return s == followed_by(context{1, 2}, {3, 4}) && s == concat(followed_by(context{1, 2}, {3}), 4) &&
           s != followed_by(context{1, 2}, {3, 5}) && s != followed_by(context{1, 2}, {5, 4}) &&
           s != followed_by(context{1, 5}, {3, 4}) && s != followed_by(context{1, 2}, {4, 3}) &&
           s != followed_by(context{1, 2}, {3}) && s != followed_by(context{1, 2}, {3, 4, 4});
  }));
}

TEST_CASE("where the prompt ends is part of a context") {
  CHECK(true_at_both_times([] {
    context const all_prompt{1, 2, 3};
    context const half = followed_by(context{1}, {2, 3});
    return all_prompt != half && all_prompt.tokens() == half.tokens() && half != followed_by(context{1, 2}, {3}) &&
           half == followed_by(context{1}, {2, 3});
  }));
}

TEST_CASE("equal contexts have equal hashes, others hardly ever") {
  CHECK(true_at_both_times([] {
    return followed_by(context{1, 2}, {3, 4}).hash() == followed_by(context{1, 2}, {3, 4}).hash() &&
           context{}.hash() == context{}.hash();
  }));
  // All contexts of up to four tokens after one prompt, and all prompts of up to four tokens: no two in common.
  std::set<std::uint64_t> generated;
  std::set<std::uint64_t> prompts;
  std::size_t n = 0;
  std::vector<std::vector<token>> texts{{}};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    generated.insert(followed_by(context{1, 2}, texts[i]).hash());
    prompts.insert(context(texts[i]).hash());
    ++n;
    for (token a = -1; a < 6 && texts[i].size() < 4; ++a) {
      texts.push_back(texts[i]);
      texts.back().push_back(a);
    }
  }
  CHECK(n == 1 + 7 + 49 + 343 + 2401);
  CHECK(generated.size() == n);
  CHECK(prompts.size() == n);
}

TEST_CASE("contexts with equal hashes are told apart") {
  // A hash takes in a token by the lower half of its bits. Among so many contexts two have the same upper half, and the
  // next token can then be chosen so that the lower halves agree as well.
  std::vector<std::pair<std::uint64_t, token>> hashes;
  for (token t = 0; t < 300'000; ++t) hashes.emplace_back(context{t, 0}.hash(), t);
  std::ranges::sort(hashes);
  auto const same_upper_half = [](auto const& x, auto const& y) { return x.first >> 32 == y.first >> 32; };
  auto const found = std::ranges::adjacent_find(hashes, same_upper_half);
  REQUIRE(found != hashes.end());
  auto const [h, t] = found[0];
  auto const [g, u] = found[1];
  token const after_t = 0;
  auto const after_u = static_cast<token>(static_cast<std::uint32_t>(h ^ g ^ 1U) - 1U);

  context const prompt{t, 0, after_t};
  context const other_prompt{u, 0, after_u};
  REQUIRE(prompt.hash() == other_prompt.hash());
  CHECK(prompt != other_prompt);
  CHECK(concat(prompt, 7) != concat(other_prompt, 7));

  context const answer = followed_by(context{}, {t, 0, after_t});
  context const other_answer = followed_by(context{}, {u, 0, after_u});
  REQUIRE(answer.hash() == other_answer.hash());
  CHECK(answer != other_answer);
  CHECK(concat(answer, 7) != concat(other_answer, 7));
}

TEST_CASE("a table finds contexts by their hash") {
  CHECK(true_at_both_times([] {
    bellman::state_index<context> index;
    context const s{1};
    index.insert(s);
    index.insert(concat(s, 2));
    return index.find(followed_by(context{1}, {2})) == 1 && index.find(context{1}) == 0 &&
           index.find(context{2}) == bellman::no_index;
  }));
}

TEST_CASE("appending shares the prompt") {
  CHECK(true_at_both_times([] {
    context const s{1, 2, 3};
    context const longer = followed_by(s, {4, 5, 6});
    context const copy = longer;
    return longer.prompt().data() == s.prompt().data() && copy.prompt().data() == s.prompt().data();
  }));
}

TEST_CASE("appending costs one small allocation, however long the context") {
  for (std::size_t length : {std::size_t{0}, std::size_t{10}, std::size_t{100'000}}) {
    context s(std::vector<token>(length, 7));
    for (std::size_t i = 0; i < length; ++i) s = concat(s, 8);
    std::size_t const allocations_before = allocations;
    std::size_t const bytes_before = bytes;
    context const longer = concat(s, 9);
    std::size_t const made = allocations - allocations_before;
    std::size_t const size = bytes - bytes_before;
    CHECK(made == 1);
    CHECK(size <= 64);
    CHECK(longer.last() == 9);
  }
}

TEST_CASE("copying, comparing, hashing and destroying allocate nothing") {
  context const s = long_context(1000);
  context const other = long_context(1000);
  std::size_t const before = allocations;
  bool equal = false;
  std::uint64_t hash = 0;
  {
    context const copy = s;
    equal = copy == other;
    hash = copy.hash();
  }
  std::size_t const made = allocations - before;
  CHECK(made == 0);
  CHECK(equal);
  CHECK(hash == s.hash());
}

TEST_CASE("a context of a million tokens is compared and destroyed without recursion") {
  context const kept = long_context(10);
  {
    context a = long_context(1'000'000);
    context const b = long_context(1'000'000);
    CHECK(a == b);
    CHECK(a.size() == 1'000'003);
    CHECK(a.generated().back() == 999'999);
    context const branch = concat(a, 1);
    context const other_branch = concat(a, 2);
    a = kept;  // the branches still own what they share
    CHECK(branch != other_branch);
    CHECK(branch.generated_size() == 1'000'001);
    CHECK(branch.generated()[500'000] == 500'000);
  }
  CHECK(kept == long_context(10));
}

TEST_CASE("threads may append to, copy and drop the same context") {
  context const s = long_context(1000);
  auto const work = [&s](context* result) {
    for (token k = 0; k < 2000; ++k) {
      context const copy = s;
      *result = concat(copy, k);
    }
  };
  std::vector<context> results(4);
  {
    std::vector<std::thread> threads;
    for (context& r : results) threads.emplace_back(work, &r);
    for (std::thread& t : threads) t.join();
  }
  for (context const& r : results) CHECK(r == concat(s, 1999));
  CHECK(s == long_context(1000));
}

TEST_CASE("a context can be moved and assigned") {
  CHECK(true_at_both_times([] {
    context s = followed_by(context{1}, {2, 3});
    context t = std::move(s);
    s = context{4};
    t = concat(t, 5);
    auto& same = t;
    t = same;
    return s == context{4} && t == followed_by(context{1}, {2, 3, 5});
  }));
}

TEST_CASE("a prompt is of integers that are tokens, not of characters") {
  STATIC_REQUIRE(std::constructible_from<bellman::context, std::vector<std::int64_t>>);
  STATIC_REQUIRE(!std::constructible_from<bellman::context, std::string>);
  STATIC_REQUIRE(!std::constructible_from<bellman::context, std::vector<double>>);
  CHECK(bellman::context(std::vector<std::int64_t>{3, 2147483647}).size() == 2);
  CHECK_THROWS_WITH(bellman::context(std::vector<std::int64_t>{3, 2147483648}),
                    "bellman: the token at place 1 of a context is 2147483648; it must lie in [-2147483648, 2147483647]");
}
