// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "table.hpp"

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace support {

namespace colour {
inline constexpr char const* green = "#1b8a74";
inline constexpr char const* dark_green = "#0d4f43";
inline constexpr char const* orange = "#e07b39";
inline constexpr char const* grey = "#9aa3ad";
inline constexpr char const* ink = "#1f2933";
inline constexpr char const* faint = "#66727f";
inline constexpr char const* paper = "#ffffff";
}  // namespace colour

struct text_style {
  double size = 13;
  char const* fill = colour::ink;
  char const* anchor = "start";  ///< or `middle`, `end`
  bool bold = false;
  bool halo = true;  ///< keeps words apart from what they cross
};

struct place {
  double x, y;
};

/// What is drawn, in the order in which it is drawn.
class canvas {
 public:
  explicit canvas(double width) : width_(width) {}

  void rectangle(double x, double y, double w, double h, char const* fill, double opacity = 1) {
    body_ += "<rect" + attribute("x", x) + attribute("y", y) + attribute("width", w) + attribute("height", h) +
             attribute("fill", fill) + attribute("fill-opacity", opacity) + "/>\n";
  }

  void circle(double x, double y, double radius, char const* fill, double opacity = 1) {
    body_ += "<circle" + attribute("cx", x) + attribute("cy", y) + attribute("r", radius) + attribute("fill", fill) +
             attribute("fill-opacity", opacity) + "/>\n";
  }

  void line(double x0, double y0, double x1, double y1, char const* stroke, double width = 1) {
    body_ += "<line" + attribute("x1", x0) + attribute("y1", y0) + attribute("x2", x1) + attribute("y2", y1) +
             attribute("stroke", stroke) + attribute("stroke-width", width) + "/>\n";
  }

  /// Straight lines from point to point.
  void polyline(std::vector<place> const& points, char const* stroke, double width = 1) {
    body_ += "<path d='" + through(points) + "'" + attribute("fill", "none") + attribute("stroke", stroke) +
             attribute("stroke-width", width) + attribute("stroke-linejoin", "round") + "/>\n";
  }

  /// What such lines enclose.
  void polygon(std::vector<place> const& points, char const* fill, double opacity = 1) {
    body_ +=
        "<path d='" + through(points) + " Z'" + attribute("fill", fill) + attribute("fill-opacity", opacity) + "/>\n";
  }

  void text(double x, double y, std::string_view words, text_style const& style = {}) {
    body_ += "<text" + attribute("x", x) + attribute("y", y) + attribute("font-size", style.size) +
             attribute("fill", style.fill) + attribute("text-anchor", style.anchor);
    if (style.bold) body_ += attribute("font-weight", "bold");
    if (style.halo) body_ += attribute("class", "halo");
    body_.append(">").append(escaped(words)).append("</text>\n");
  }

  /// A band that flows from `(x0, y0)` to `(x1, y1)`, its upper corners.
  void band(double x0, double y0, double x1, double y1, double height, char const* fill) {
    double const middle = (x0 + x1) / 2;
    body_ += "<path d='M" + point(x0, y0) + " C" + point(middle, y0) + point(middle, y1) + point(x1, y1) + " L" +
             point(x1, y1 + height) + " C" + point(middle, y1 + height) + point(middle, y0 + height) +
             point(x0, y0 + height) + " Z'" + attribute("fill", fill) + attribute("fill-opacity", 0.35) + "/>\n";
  }

  /// A small triangle that points down at `(x, y)`.
  void mark(double x, double y) {
    body_ += "<path d='M" + point(x, y) + " l -3.5 -5 h 7 Z'" + attribute("fill", colour::ink) + "/>\n";
  }

  void write(std::ostream& out, double height) const {
    out << "<svg xmlns='http://www.w3.org/2000/svg'" << attribute("width", width_) << attribute("height", height)
        << " viewBox='0 0" << point(width_, height) << "' font-family='Helvetica, Arial, DejaVu Sans, sans-serif'>\n"
        << "<style>.halo { paint-order: stroke; stroke: #fff; stroke-width: 3px; stroke-linejoin: round }</style>\n"
        << "<rect width='100%' height='100%'" << attribute("fill", colour::paper) << "/>\n"
        << body_ << "</svg>\n";
  }

 private:
  static std::string attribute(char const* name, std::string_view value) {
    return std::string(" ").append(name).append("='").append(value).append("'");
  }
  static std::string attribute(char const* name, char const* value) { return attribute(name, std::string_view(value)); }
  static std::string attribute(char const* name, double value) { return attribute(name, fixed(value, 2)); }
  static std::string point(double x, double y) {
    return std::string(" ").append(fixed(x, 1)).append(" ").append(fixed(y, 1));
  }

  static std::string through(std::vector<place> const& points) {
    std::string path;
    for (place const& p : points) path += (path.empty() ? "M" : " L") + point(p.x, p.y);
    return path;
  }

  static std::string escaped(std::string_view words) {
    std::string out;
    for (char const c : words) {
      switch (c) {
        case '&':
          out += "&amp;";
          break;
        case '<':
          out += "&lt;";
          break;
        case '>':
          out += "&gt;";
          break;
        default:
          out += c;
      }
    }
    return out;
  }

  double width_;
  std::string body_;
};

}  // namespace support
