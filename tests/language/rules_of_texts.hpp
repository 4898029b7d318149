// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rules that check an answer: of texts, and of contexts by `of_answer`.
#include <bellman/decision/reward.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/language/answer_text.hpp>
#include <bellman/language/balanced_quotes.hpp>
#include <bellman/language/contains.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/exact_match.hpp>
#include <bellman/language/last_number_is.hpp>
#include <bellman/language/length_within.hpp>
#include <bellman/language/token_environment.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "language/three_words.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace text_rules_of_language {


using bellman::balanced_quotes;
using bellman::concat;
using bellman::contains;
using bellman::context;
using bellman::exact_match;
using bellman::last_number_is;
using bellman::length_within;
using bellman::of_answer;
using bellman::rational;
using bellman::test::message_of;
using bellman::test::three_words::words;
using bellman::test::true_at_both_times;


}  // namespace text_rules_of_language
