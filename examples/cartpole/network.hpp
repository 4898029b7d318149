// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/bellman.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace cartpole {

/// `y = W2 tanh(W1 x + b1) + b2` of many x at once: two layers, with the derivatives of a loss in all parameters.
/// Rows of inputs lie one behind the other, so do rows of outputs.
template <class Number>
class network {
 public:
  /// Weights are uniform with the variance 1 / inputs, those of the outputs times `last`; constants are 0.
  template <class Draw>
  network(std::size_t inputs, std::size_t hidden, std::size_t outputs, Number last, Draw const& draw)
      : in_(inputs), hidden_(hidden), out_(outputs) {
    auto const add = [&](std::size_t n, double width) {
      for (std::size_t k = 0; k < n; ++k) parameters_.push_back(Number(width * (2 * draw() - 1)));
    };
    add(in_ * hidden_, std::sqrt(3.0 / static_cast<double>(in_)));
    add(hidden_, 0);
    std::size_t const first = parameters_.size();
    add(hidden_ * out_, std::sqrt(3.0 / static_cast<double>(hidden_)));
    for (std::size_t k = first; k < parameters_.size(); ++k) parameters_[k] = parameters_[k] * last;
    add(out_, 0);
    gradient_.assign(parameters_.size(), Number(0));
  }

  std::span<Number> parameters() { return parameters_; }

  /// Rows of outputs, which are valid until it is called again.
  std::span<Number const> forward(std::span<Number const> inputs) {
    std::size_t const n = inputs.size() / in_;
    inputs_.assign(inputs.begin(), inputs.end());
    layer(inputs_, in_, hidden_, weights_of_first(), n, seen_);
    for (Number& x : seen_) x = squashed(x);
    layer(seen_, hidden_, out_, weights_of_last(), n, outputs_);
    return outputs_;
  }

  /// The derivatives of a loss in all parameters, from those in the outputs of the last `forward`.
  std::span<Number> backward(std::span<Number const> slopes) {
    std::size_t const n = slopes.size() / out_;
    gradient_.assign(gradient_.size(), Number(0));
    slopes_.assign(n * hidden_, Number(0));
    std::size_t const last = weights_of_last();
    for (std::size_t row = 0; row < n; ++row) {
      add_gradient(&seen_[row * hidden_], hidden_, &slopes[row * out_], out_, last);
      for (std::size_t i = 0; i < hidden_; ++i) {
        Number sum(0);
        for (std::size_t j = 0; j < out_; ++j) sum = sum + parameters_[last + i * out_ + j] * slopes[row * out_ + j];
        Number const t = seen_[row * hidden_ + i];
        slopes_[row * hidden_ + i] = sum * (Number(1) - t * t);
      }
      add_gradient(&inputs_[row * in_], in_, &slopes_[row * hidden_], hidden_, weights_of_first());
    }
    return gradient_;
  }

 private:
  static Number squashed(Number const& x) { return Number(1) - Number(2) / (bellman::exp(Number(2) * x) + Number(1)); }

  // A layer's weights lie in rows, one for each of its inputs, and behind them its constants.
  std::size_t weights_of_first() const { return 0; }
  std::size_t weights_of_last() const { return (in_ + 1) * hidden_; }

  void layer(std::vector<Number> const& from, std::size_t in, std::size_t out, std::size_t weights, std::size_t n,
             std::vector<Number>& to) const {
    to.resize(n * out);
    for (std::size_t row = 0; row < n; ++row) {
      Number* const y = &to[row * out];
      for (std::size_t j = 0; j < out; ++j) y[j] = parameters_[weights + in * out + j];
      for (std::size_t i = 0; i < in; ++i) {
        Number const x = from[row * in + i];
        Number const* const w = &parameters_[weights + i * out];
        for (std::size_t j = 0; j < out; ++j) y[j] = y[j] + x * w[j];
      }
    }
  }
  void add_gradient(Number const* x, std::size_t in, Number const* slope, std::size_t out, std::size_t weights) {
    for (std::size_t i = 0; i < in; ++i) {
      Number* const g = &gradient_[weights + i * out];
      for (std::size_t j = 0; j < out; ++j) g[j] = g[j] + x[i] * slope[j];
    }
    Number* const g = &gradient_[weights + in * out];
    for (std::size_t j = 0; j < out; ++j) g[j] = g[j] + slope[j];
  }

  std::size_t in_, hidden_, out_;
  std::vector<Number> parameters_{}, gradient_{};
  std::vector<Number> inputs_{}, seen_{}, outputs_{}, slopes_{};
};

}  // namespace cartpole
