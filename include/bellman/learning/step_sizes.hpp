// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All schedules of step sizes and what takes them.

#include <bellman/learning/constant_step.hpp>
#include <bellman/learning/harmonic_step.hpp>
#include <bellman/learning/linear_step.hpp>
#include <bellman/learning/power_step.hpp>
#include <bellman/learning/step_schedule.hpp>
