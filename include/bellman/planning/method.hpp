// SPDX-License-Identifier: BSL-1.0
#pragma once

// How fixed points are found. Its parts: the concept `solving_method` (solving_method.hpp), the problem that a method
// is given (fixed_point_problem.hpp), and the methods `automatic`, `elimination` and `iteration`.

#include <bellman/planning/automatic.hpp>
#include <bellman/planning/elimination.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/iteration.hpp>
#include <bellman/planning/solving_method.hpp>
