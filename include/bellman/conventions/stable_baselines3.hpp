// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All of `bellman::conventions::stable_baselines3`: the numbers of stable-baselines3.

#include <bellman/conventions/stable_baselines3/gae.hpp>
