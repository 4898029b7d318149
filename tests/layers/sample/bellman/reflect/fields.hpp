// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/language/token.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/rational.hpp>
