// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/field.hpp>
#include <bellman/bellman.hpp>
#  include <boost/hana/tuple.hpp>
#include <range/v3/view.hpp>
