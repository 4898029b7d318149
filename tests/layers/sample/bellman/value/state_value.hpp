// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/bellman.hpp>
#include <bellman/scalar/field.hpp>
#  include <boost/hana/tuple.hpp>
#include <range/v3/view.hpp>
