# SPDX-License-Identifier: BSL-1.0

# What bellman::bellman links where it is there: Boost's headers, range-v3 and nlohmann's JSON. Read by the project and by its package.

# Boost's own config first: CMake's FindBoost is only for a Boost that was installed without one.
find_package(Boost 1.74 QUIET CONFIG)
if(NOT TARGET Boost::headers)
  find_package(Boost 1.74 QUIET MODULE)
endif()

# Asked for without a version: the config in Debian's package accepts no version but its own.
find_package(range-v3 QUIET)
if(range-v3_FOUND AND range-v3_VERSION VERSION_LESS 0.12)
  message(WARNING "bellman needs range-v3 0.12 or newer for its views; ${range-v3_DIR} has ${range-v3_VERSION}")
endif()

find_package(nlohmann_json QUIET)
