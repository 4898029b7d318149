# SPDX-License-Identifier: BSL-1.0
# shellcheck shell=bash

# What examples/run, tests/run, benchmarks/run and .ci/run share; they source it. It finds a compiler, installs the
# packages that are missing, and configures and builds outside the source tree. It speaks on standard error, so that
# standard output is the program's alone.
#
#   CXX                 the compiler; else g++, where it is new enough
#   BELLMAN_BUILD_DIR   where to build; else a folder in the user's cache
#   BELLMAN_NO_INSTALL  if set, look for no package and install none: CMake says what it does not find

set -euo pipefail
unset CDPATH

source_dir=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf 'bellman: %s\n' "$*" >&2; }
fail() {
  say "$@"
  exit 1
}

# --- The compiler -----------------------------------------------------------------------------------------------------

oldest_gcc=12
oldest_clang=16
oldest_cmake=3.22

# usable COMMAND: whether it is a compiler that is new enough.
usable() {
  local name version
  name=$("$1" --version 2>/dev/null) || return 1
  version=$("$1" -dumpfullversion -dumpversion 2>/dev/null) || return 1
  case $name in
    *clang*) ((${version%%.*} >= oldest_clang)) ;;
    *) ((${version%%.*} >= oldest_gcc)) ;;
  esac
}

# Sets `cxx` to the compiler, or to nothing when there is none yet.
find_compiler() {
  if [[ -n ${CXX:-} ]]; then
    cxx=$CXX
    if ! command -v "${cxx%% *}" >/dev/null; then
      cxx=
    elif [[ $cxx != *\ * ]] && ! usable "$cxx"; then
      fail "CXX is $cxx, which is too old: g++ $oldest_gcc or clang++ $oldest_clang is needed"
    fi
    return
  fi
  for cxx in g++ g++-{16..12} clang++ clang++-{22..16}; do
    if usable "$cxx"; then return; fi
  done
  cxx=
}

# --- Packages ---------------------------------------------------------------------------------------------------------

# What the commands need, a program or a header, and the Debian packages that have it: the first one that the system
# offers is taken. Boost's -dev packages exclude each other, so whichever is there is kept.
declare -A packages=(
  [cmake]=cmake
  [ninja]="ninja-build make"
  [pkg-config]="pkg-config pkgconf"
  [boost/rational.hpp]="libboost1.81-dev libboost-dev"
  [range/v3/version.hpp]=librange-v3-dev
  [nlohmann/json.hpp]=nlohmann-json3-dev
  [catch2/catch.hpp]=catch2
  [rapidcheck.h]=librapidcheck-dev
  [eigen3/Eigen/Core]=libeigen3-dev
  [benchmark/benchmark.h]=libbenchmark-dev
  [clang++-19]=clang-19
  [clang++-16]=clang-16
  [libc++]=libc++-19-dev
  [libc++abi]=libc++abi-19-dev
)

# found THING: whether a program, or a header, or what a sanitizer links is there.
found() {
  case $1 in
    compiler) [[ -n $cxx ]] ;;
    sanitizers) [[ -n $cxx ]] && $cxx "-fsanitize=$BELLMAN_SANITIZE" -x c++ - -o /dev/null <<<'int main() {}' ;;
    ninja) command -v ninja || command -v make ;;
    libc++ | libc++abi) clang++-19 -stdlib=libc++ -x c++ - -o /dev/null <<<$'#include <vector>\nint main() {}' ;;
    # Catch2 3 has catch_all.hpp where Catch2 2 has catch.hpp.
    catch2/catch.hpp) found_header "$1" || found_header catch2/catch_all.hpp ;;
    *.h | *.hpp | */Core) found_header "$1" ;;
    *) command -v "$1" ;;
  esac &>/dev/null
}
found_header() {
  if [[ -n $cxx ]]; then
    printf '#if !__has_include(<%s>)\n#error\n#endif\n' "$1" | $cxx -std=c++20 -E -x c++ -
  else
    [[ -e /usr/include/$1 || -e /usr/local/include/$1 ]]
  fi
}

# lacking THING...: prints those that are not there.
lacking() {
  local thing
  for thing; do
    found "$thing" || echo "$thing"
  done
}

# offered PACKAGE: the version that the system's package lists offer; fails where there is none.
offered() { apt-cache show "$1" 2>/dev/null | sed -n 's/^Version: //p' | head -n 1 | grep .; }

# The package of the system's own g++, or of a newer one where that is too old; or of the compiler that CXX names.
compiler_package() {
  local name version
  case ${CXX:-} in
    *clang*) name=${CXX##*/} && echo "${name/++/}" ;;
    ?*) echo "${CXX##*/}" ;;
    *)
      for name in g++ g++-{16..12}; do
        if version=$(offered "$name") && version=${version#*:} && ((${version%%[.-]*} >= oldest_gcc)); then
          echo "$name"
          return
        fi
      done
      fail "this system offers no g++ $oldest_gcc or newer"
      ;;
  esac
}

# packages_of THING...: the packages to install, one a line.
packages_of() {
  local thing name chosen
  for thing; do
    case $thing in
      compiler) compiler_package || exit ;;
      sanitizers) [[ ${CXX:-} != *clang* ]] || echo "libclang-rt${CXX##*clang++}-dev" ;;
      *)
        chosen=${packages[$thing]%% *}
        for name in ${packages[$thing]}; do
          if offered "$name" >/dev/null; then
            chosen=$name
            break
          fi
        done
        echo "$chosen"
        ;;
    esac
  done
}

# Debian's names of the packages, where there is no package list to ask.
names_of() {
  local thing names=()
  for thing; do
    case $thing in
      compiler) names+=("${CXX:-g++}") ;;
      sanitizers) ;;
      *) names+=("${packages[$thing]%% *}") ;;
    esac
  done
  echo "${names[*]}"
}

# require THING...: sees to it that a compiler and the things are there.
require() {
  local missing wanted as_root=() version
  find_compiler
  [[ -z ${BELLMAN_NO_INSTALL:-} ]] || return 0

  mapfile -t missing < <(lacking compiler "$@")
  if ((${#missing[@]})); then
    say "missing here: ${missing[*]}"
    command -v apt-get >/dev/null ||
      fail "this system has no apt-get; please install what Debian calls: $(names_of "${missing[@]}")"
    if ((EUID != 0)); then
      command -v sudo >/dev/null ||
        fail "there is no sudo; please run as root: apt-get install $(names_of "${missing[@]}")"
      as_root=(sudo)
    fi
    "${as_root[@]}" apt-get -q update >&2 || say "apt-get update failed; trying with the lists that are there"
    wanted=$(packages_of "${missing[@]}")
    mapfile -t wanted <<<"$wanted"
    say "installing ${wanted[*]}"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
      install --no-install-recommends "${wanted[@]}" >&2 </dev/null ||
      fail "could not install ${wanted[*]} (see above)"

    find_compiler
    mapfile -t missing < <(lacking compiler "$@")
    ((${#missing[@]} == 0)) || fail "installed ${wanted[*]}, and still missing: ${missing[*]}"
  fi

  version=$(cmake --version | sed -n '1s/.* //p')
  [[ $(printf '%s\n' "$oldest_cmake" "$version" | sort -V | head -n 1) == "$oldest_cmake" ]] ||
    fail "CMake $oldest_cmake or newer is needed; $(command -v cmake) is $version"
}

# --- Building ---------------------------------------------------------------------------------------------------------

# Prints the folder under which everything is built, and makes it.
build_root() {
  local id cache
  if [[ -n ${BELLMAN_BUILD_DIR:-} ]]; then
    mkdir -p "$BELLMAN_BUILD_DIR" && cd "$BELLMAN_BUILD_DIR" && pwd
    return
  fi
  # Named after the path of the source, so that two checkouts do not share a folder.
  id=$(basename "$source_dir")-$(printf %s "$source_dir" | cksum | cut -d ' ' -f 1)
  for cache in "${XDG_CACHE_HOME:-}" "${HOME:+$HOME/.cache}" "${TMPDIR:-/tmp}/cache-of-user-$EUID"; do
    # A folder of somebody else's, as one in a shared temporary folder could be, is not built in.
    if [[ -n $cache ]] && mkdir -p "$cache/bellman/$id" 2>/dev/null && [[ -w $cache/bellman/$id && -O $cache/bellman ]]
    then
      printf '%s\n' "$cache/bellman/$id"
      return
    fi
  done
  fail "no folder to build in; name one in BELLMAN_BUILD_DIR"
}

jobs() { echo "${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc 2>/dev/null || echo 2)}"; }

# build NAME TARGET OPTION...: configures with the options and builds the target, in a folder of that name, whose path
# is then in `build_dir`. Configures again only when the options change; the build itself sees when CMake's files do.
build() {
  local name=$1 target=$2 root generator file keep_going settings lock
  shift 2
  root=$(build_root)
  build_dir=$root/$name-$(basename "${cxx:-c++}")
  if command -v ninja >/dev/null; then
    generator=Ninja file=build.ninja keep_going=(-k 0)
  else
    generator="Unix Makefiles" file=Makefile keep_going=(-k)
  fi

  mkdir -p "$build_dir"
  # Two commands at once, in one tree, build one after the other.
  exec {lock}>"$build_dir/lock"
  ! command -v flock >/dev/null || flock "$lock"

  settings=$(printf '%s\n' "$source_dir" "$cxx" "$generator" "$@")
  if [[ ! -e $build_dir/$file || $(cat "$build_dir/settings" 2>/dev/null) != "$settings" ]]; then
    say "configuring in $build_dir"
    rm -rf "$build_dir/settings" "$build_dir/CMakeCache.txt" "$build_dir/CMakeFiles"
    CXX=${cxx:-c++} cmake -S "$source_dir" -B "$build_dir" -G "$generator" "$@" >"$build_dir/configure.log" 2>&1 || {
      cat "$build_dir/configure.log" >&2
      fail "CMake could not configure (see above)"
    }
    printf '%s\n' "$settings" >"$build_dir/settings"
  fi
  cmake --build "$build_dir" --target "$target" --parallel "$(jobs)" -- "${keep_going[@]}" >&2 ||
    fail "the build failed (see above)"
  exec {lock}>&-
}
