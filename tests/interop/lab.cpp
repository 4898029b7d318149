// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/lab.hpp>

#include <algorithm>
#include <array>
#include <sstream>
#include <string>
#include <vector>

#include "interop/files.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"
#include "support/message_of.hpp"

namespace lab_tests {

using bellman::index_t;
using bellman::read_lab;
using bellman::state_labels;
using bellman::test::message_of;

state_labels lab_of(std::string const& text, index_t states = 10) {
  return bellman::test::read_text(text, [&](std::istream& in) { return read_lab(in, "f.lab", states); });
}
std::string lab_refusal(std::string const& text, index_t states = 10) {
  return bellman::test::refusal_of(text, [&](std::istream& in) { return read_lab(in, "f.lab", states); });
}
std::string lab_written(state_labels const& labels) {
  std::ostringstream out;
  bellman::write_lab(out, labels);
  return out.str();
}

TEST_CASE("labels in Storm's words") {
  auto const labels = lab_of("#DECLARATION\ninit deadlock\n  one two\n#END\n0 init\n\n 7\tone  two \r\n3 one\n7 one\n");
  CHECK(std::ranges::equal(labels.names(), std::array<std::string, 4>{"init", "deadlock", "one", "two"}));
  CHECK(std::ranges::equal(labels.states("one"), std::array<index_t, 2>{3, 7}));
  CHECK(labels.states("deadlock").empty());
  CHECK(lab_of("#DECLARATION a b #END\n1 b\n").has("b", 1));
  auto const none = lab_of("#DECLARATION\n#END\n");
  CHECK(none.names().empty());
}

TEST_CASE("labels with PRISM's numbers") {
  auto const labels = lab_of("0=\"init\" 1=\"deadlock\" 5=\"end\"\n0: 0\n7: 1 5\n3: 5\n");
  CHECK(std::ranges::equal(labels.names(), std::array<std::string, 3>{"init", "deadlock", "end"}));
  CHECK(std::ranges::equal(labels.states("end"), std::array<index_t, 2>{3, 7}));
}

TEST_CASE("what is no file of labels is refused by line, with what was expected") {
  CHECK(lab_refusal("") ==
        "bellman: f.lab, line 1: expected `#DECLARATION`, or names such as 0=\"init\", and the file ends");
  CHECK(lab_refusal("#DECLARE\n#END\n") ==
        "bellman: f.lab, line 1: expected `#DECLARATION`, or names such as 0=\"init\", found \"#DECLARE\"");
  CHECK(lab_refusal("0 init\n") != "");
  CHECK(lab_refusal("#DECLARATION\na b\n0 a\n") == "bellman: f.lab, line 4: expected `#END`, and the file ends");
  CHECK(lab_refusal("#DECLARATION\na #EDN\n0 a\n") ==
        "bellman: f.lab, line 2: expected names of labels and `#END`, found \"a #EDN\"");
  CHECK(lab_refusal("#DECLARATION\na\n#END b\n") ==
        "bellman: f.lab, line 3: expected nothing behind `#END`, found \"#END b\"");
  CHECK(lab_refusal("#DECLARATION\na\n#END\n0 a b\n") ==
        "bellman: f.lab, line 4: expected `state label label ...` with labels that were declared, found \"0 a b\"");
  CHECK(lab_refusal("#DECLARATION\na\n#END\na 0\n") != "");
  CHECK(lab_refusal("#DECLARATION\na\n#END\n10 a\n") ==
        "bellman: f.lab, line 4: expected a state below 10, found \"10 a\"");
  CHECK(lab_refusal("#DECLARATION\na\n#END\n-1 a\n") != "");
  CHECK(lab_refusal("0=\"a\" 0=\"b\"\n").find("line 1: expected one name for each number") != std::string::npos);
  CHECK(lab_refusal("0=a\n") != "");
  CHECK(lab_refusal("0=\"\"\n") != "");
  CHECK(lab_refusal("x=\"a\"\n") != "");
  CHECK(lab_refusal("0=\"a\"\n3 0\n") ==
        "bellman: f.lab, line 2: expected `state: number number ...` with numbers of labels, found \"3 0\"");
  CHECK(lab_refusal("0=\"a\"\n3: 1\n") != "");
  CHECK(lab_refusal("0=\"a\"\n11: 0\n") != "");
}

TEST_CASE("labels that are written are read again") {
  auto const labels = lab_of("#DECLARATION\ninit none one two\n#END\n0 init\n3 one\n7 one two\n");
  CHECK(lab_written(labels) == "#DECLARATION\ninit none one two\n#END\n0 init\n3 one\n7 one two\n");
  CHECK(lab_of(lab_written(labels)) == labels);
  CHECK(lab_of(lab_written(state_labels{})) == state_labels{});
  state_labels blank;
  blank.declare("two words");
  CHECK(message_of([&] { lab_written(blank); }) ==
        "bellman: the label \"two words\" cannot be written; it must be one word, without \" and #");
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  CHECK(message_of([&] { bellman::write_lab(out, labels); }) != "");
}

TEST_CASE("labels are read from a path") {
  folder const files;
  files.write("f.lab", "#DECLARATION\na\n#END\n1 a\n");
  CHECK(read_lab(files.file("f.lab"), 2).has("a", 1));
  CHECK(message_of([&] { read_lab(files.file("g.lab"), 2); }) ==
        "bellman: " + files.file("g.lab") + " cannot be opened");
}

TEST_CASE("files of labels with mistakes are read or refused") {
  auto const reader = [](std::istream& in) { return read_lab(in, "f.lab", 100); };
  CHECK(bellman::test::read_mutations("#DECLARATION\ninit one two\n#END\n0 init\n3 one\n7 one two\n", 3000, reader) >
        50);
  CHECK(bellman::test::read_mutations("0=\"init\" 1=\"deadlock\" 5=\"end\"\n0: 0\n7: 1 5\n", 3000, reader) > 50);
}

}  // namespace lab_tests
