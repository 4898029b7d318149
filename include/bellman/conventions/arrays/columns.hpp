// SPDX-License-Identifier: BSL-1.0
#pragma once

/// The arrays of other libraries, read where they lie: one number for each step, moved, masked or strided. All are lazy
/// views with random access, which the estimators accept as they accept a vector; the arrays must outlive them.
///
/// Its parts: `in_place`, `from`, `before_last`: an array or a part of it; `computed`: any function of an index, and by
/// it `at_arrival`, `own_or_zero`, `strided`, `across`; `number_at`, `flag_at`: one element; `common_length`: that of
/// several columns.

#include <bellman/conventions/arrays/across.hpp>
#include <bellman/conventions/arrays/at_arrival.hpp>
#include <bellman/conventions/arrays/before_last.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/from.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/arrays/own_or_zero.hpp>
#include <bellman/conventions/arrays/strided.hpp>
