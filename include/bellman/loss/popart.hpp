// SPDX-License-Identifier: BSL-1.0
#pragma once

// PopArt in its parts: a normalisation; the moments of targets, which give one (ART, adaptively rescaling targets); and
// what keeps a network's outputs where they were when it changes (POP, preserving outputs precisely).
#include <bellman/loss/keep_outputs.hpp>
#include <bellman/loss/normalisation.hpp>
#include <bellman/loss/target_moments.hpp>
