# SPDX-License-Identifier: BSL-1.0

# cmake -Dpath=PATH -P with_data.cmake -- COMMAND...: runs the command where the path is there, else says that it skips.

if(NOT EXISTS "${path}")
  message("skipped: there is no ${path}")
  return()
endif()

set(command "")
set(after_dashes FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE ${last})
  if(after_dashes)
    list(APPEND command "${CMAKE_ARGV${i}}")
  elseif(CMAKE_ARGV${i} STREQUAL "--")
    set(after_dashes TRUE)
  endif()
endforeach()

execute_process(COMMAND ${command} RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${command}: ${result}")
endif()
