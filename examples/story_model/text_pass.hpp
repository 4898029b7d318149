// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "cache.hpp"
#include "model.hpp"
#include "parameters.hpp"
#include "products.hpp"

#include <bellman/bellman.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace story_model {

/// A whole text through a model, forwards, and back with the derivatives of a loss. The model must outlive it.
template <class Number>
class text_pass {
 public:
  /// For texts of at most so many tokens. Throws `std::length_error` where the model reads none so long.
  text_pass(model<Number> const& its_model, std::size_t longest)
      : model_(&its_model),
        past_(its_model.shape(), 1, longest),
        results_(results<Number>::of_every_layer(its_model.shape())) {}

  /// The logits of the token behind each of these, until this is called again. Throws `std::length_error` for a text
  /// that is too long.
  std::span<Number const> forward(std::span<token const> tokens) {
    if (tokens.size() > past_.length()) {
      throw std::length_error("a text of " + std::to_string(tokens.size()) + " tokens; at most " +
                              std::to_string(past_.length()) + " are expected");
    }
    tokens_.assign(tokens.begin(), tokens.end());
    places_.clear();
    for (std::size_t t = 0; t < tokens.size(); ++t) places_.push_back({0, t});
    return model_->forward(tokens_, places_, past_, results_);
  }

  /// What the last layer made of each token, from which the logits are: a row of `dimension` numbers for each.
  std::span<Number const> features() const { return results_.normed; }

  /// Adds the derivative of a loss in every weight to `gradient`, from those in the logits of the last `forward`, and,
  /// where there are any, in the features.
  void backward(std::span<Number const> of_logits, std::span<Number> gradient,
                std::span<Number const> of_features = {}) {
    gradient_ = gradient;
    parameters const& where = model_->where();
    std::vector<Number> slopes(of_logits.begin(), of_logits.end());
    std::vector<Number> of_normed(of_features.begin(), of_features.end());
    of_normed.resize(results_.normed.size(), Number(0));
    through(slopes, results_.normed, where.embedding(), of_normed);
    stream_.assign(results_.stream.size(), Number(0));
    through_norm(of_normed, results_.stream, results_.scale, where.final_norm(), stream_);
    for (std::size_t l = model_->shape().layers; l-- > 0;) {
      layer_parameters const p = where.layer(l);
      layer_results<Number>& r = results_.layer(l);
      through_feed_forward(p, r);
      through_attention(p, r);
    }
    std::size_t const d = model_->shape().dimension;
    for (std::size_t t = 0; t < tokens_.size(); ++t) {
      for (std::size_t i = 0; i < d; ++i) gradient_[tokens_[t] * d + i] += stream_[t * d + i];
    }
  }

 private:
  // Of `y = x W^T`: adds what y's slopes make of W's and x's.
  void through(std::vector<Number> const& slopes, std::vector<Number> const& x, matrix const& m,
               std::vector<Number>& of_x) {
    std::size_t const n = slopes.size() / m.outputs;
    add_product<Number>({slopes.data(), 1, m.outputs}, {x.data(), m.inputs}, {&gradient_[m.at], m.inputs},
                        {m.outputs, n, m.inputs});
    add_product<Number>({slopes.data(), m.outputs, 1}, {model_->at(m), m.inputs}, {of_x.data(), m.inputs},
                        {n, m.outputs, m.inputs});
  }

  // Of `y = w x s`, `s = 1 / sqrt(mean x^2 + e)`: d y_i / d x_j is w_i s where i is j, less w_i x_i x_j s^3 / n.
  void through_norm(std::vector<Number> const& slopes, std::vector<Number> const& x, std::vector<Number> const& scale,
                    matrix const& m, std::vector<Number>& of_x) {
    std::size_t const d = m.inputs;
    Number const* const w = model_->at(m);
    for (std::size_t k = 0; k < scale.size(); ++k) {
      Number const* const slope = &slopes[k * d];
      Number const* const from = &x[k * d];
      Number const s = scale[k];
      Number along(0);
      for (std::size_t i = 0; i < d; ++i) along = along + slope[i] * w[i] * from[i];
      Number const back = along * s * s * s / Number(static_cast<int>(d));
      for (std::size_t i = 0; i < d; ++i) {
        gradient_[m.at + i] += slope[i] * from[i] * s;
        of_x[k * d + i] += slope[i] * w[i] * s - from[i] * back;
      }
    }
  }

  void through_feed_forward(layer_parameters const& p, layer_results<Number> const& r) {
    std::vector<Number> gated(r.gated.size(), Number(0)), of_normed(r.middle_normed.size(), Number(0));
    through(stream_, r.gated, p.down, gated);
    std::vector<Number> gate(r.gate.size()), up(r.up.size());
    // y = x s(x) u, s(x) = 1 / (1 + e^-x), whose derivative is s (1 - s)
    in_pieces<Number>(gate.size(), [&]<std::size_t Width>(std::size_t i) {
      using pack = bellman::pack<Number, Width>;
      pack const one(Number(1));
      pack const x = pack::loaded(&r.gate[i]), slope = pack::loaded(&gated[i]);
      pack const s = one / (one + exp(-x));
      (slope * x * s).store(&up[i]);
      (slope * pack::loaded(&r.up[i]) * s * (one + x * (one - s))).store(&gate[i]);
    });
    through(gate, r.middle_normed, p.gate, of_normed);
    through(up, r.middle_normed, p.up, of_normed);
    through_norm(of_normed, r.middle, r.middle_scale, p.feed_forward_norm, stream_);
  }

  void through_attention(layer_parameters const& p, layer_results<Number> const& r) {
    shape const& s = model_->shape();
    std::vector<Number> attended(r.attended.size(), Number(0)), query(attended.size(), Number(0)),
        key(r.key.size(), Number(0)), value(key.size(), Number(0)), of_normed(r.normed.size(), Number(0));
    through(stream_, r.attended, p.output, attended);
    for (std::size_t head = 0; head < s.heads; ++head) through_head(head, r, attended, query, key, value);
    model_->template rotate<true>(query, s.heads, places_);
    model_->template rotate<true>(key, s.kv_heads, places_);
    through(query, r.normed, p.query, of_normed);
    through(key, r.normed, p.key, of_normed);
    through(value, r.normed, p.value, of_normed);
    through_norm(of_normed, r.input, r.scale, p.attention_norm, stream_);
  }

  // Of `o = P v`, `P = softmax(c q k^T)`: P's slopes are `o' v^T`, those of what the softmax is of `P (P' - sum P P')`.
  // Some tokens at a time, since a token sees none behind it.
  void through_head(std::size_t head, layer_results<Number> const& r, std::vector<Number> const& attended,
                    std::vector<Number>& query, std::vector<Number>& key, std::vector<Number>& value) {
    constexpr std::size_t some = 32;
    shape const& s = model_->shape();
    std::size_t const n = tokens_.size(), d = s.dimension, kv = s.kv_dimension(), size = s.head_size();
    std::size_t const row = past_.row(), of_head = head * size, of_kv = head / s.queries_for_a_key() * size;
    Number const by = Number(1) / bellman::sqrt(Number(static_cast<int>(size)));
    values_.assign(size * row, Number(0));
    for (std::size_t t = 0; t < n; ++t) {
      for (std::size_t i = 0; i < size; ++i) values_[i * row + t] = r.value[t * kv + of_kv + i];
    }
    for (std::size_t from = 0; from < n; from += some) {
      std::size_t const end = std::min(n, from + some), rows = end - from;
      Number const* const weights = &r.attention[(from * s.heads + head) * row];
      std::size_t const next = s.heads * row;
      slopes_.assign(rows * row, Number(0));
      add_product<Number>({&attended[from * d + of_head], d, 1}, {values_.data(), row}, {slopes_.data(), row},
                          {rows, size, end});
      for (std::size_t k = 0; k < rows; ++k) through_softmax(weights + k * next, &slopes_[k * row], from + k + 1, by);
      add_product<Number>({slopes_.data(), row, 1}, {&r.key[of_kv], kv}, {&query[from * d + of_head], d},
                          {rows, end, size});
      add_product<Number>({slopes_.data(), 1, row}, {&r.query[from * d + of_head], d}, {&key[of_kv], kv},
                          {end, rows, size});
      add_product<Number>({weights, 1, next}, {&attended[from * d + of_head], d}, {&value[of_kv], kv},
                          {end, rows, size});
    }
  }

  void through_softmax(Number const* weights, Number* slopes, std::size_t n, Number const& by) const {
    constexpr std::size_t width = bellman::register_width<Number>;
    using pack = bellman::pack<Number, width>;
    // Both are 0 from n on, up to the end of their rows.
    pack sums(Number(0));
    for (std::size_t t = 0; t < n; t += width) sums = sums + pack::loaded(weights + t) * pack::loaded(slopes + t);
    pack const mean(total(sums)), factor(by);
    for (std::size_t t = 0; t < n; t += width) {
      (pack::loaded(weights + t) * (pack::loaded(slopes + t) - mean) * factor).store(slopes + t);
    }
    for (std::size_t t = n; t < past_.row(); ++t) slopes[t] = Number(0);
  }

  model<Number> const* model_;
  cache<Number> past_;
  results<Number> results_;
  std::vector<token> tokens_{};
  std::vector<place> places_{};
  std::span<Number> gradient_{};
  std::vector<Number> stream_{}, values_{}, slopes_{};
};

}  // namespace story_model
