// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <initializer_list>

namespace story_model {

/// The sizes of a model of the Llama-2 architecture (Touvron et al. 2023).
struct shape {
  std::size_t dimension;  ///< numbers that a token is held in
  std::size_t hidden;     ///< of a layer's feed-forward part
  std::size_t layers;
  std::size_t heads;     ///< of queries
  std::size_t kv_heads;  ///< of keys and values, each for as many queries
  std::size_t vocabulary;
  std::size_t context;  ///< the longest sequence

  std::size_t head_size() const { return dimension / heads; }
  std::size_t kv_dimension() const { return kv_heads * head_size(); }
  std::size_t queries_for_a_key() const { return heads / kv_heads; }

  friend bool operator==(shape const&, shape const&) = default;
};

/// A matrix among all parameters: where it begins, its rows (outputs) and columns (inputs). A vector has one row.
struct matrix {
  std::size_t at;
  std::size_t outputs;
  std::size_t inputs;

  std::size_t size() const { return outputs * inputs; }
};

/// The parameters of one layer.
struct layer_parameters {
  matrix attention_norm, query, key, value, output, feed_forward_norm, gate, down, up;
};

/// Where all parameters lie, in the order of the published files; the embedding is the output layer too.
class parameters {
 public:
  explicit parameters(shape const& its_shape) : shape_(its_shape) {}

  matrix embedding() const { return {0, shape_.vocabulary, shape_.dimension}; }

  layer_parameters layer(std::size_t l) const {
    std::size_t const d = shape_.dimension, kv = shape_.kv_dimension(), h = shape_.hidden;
    std::size_t begin = embedding().size();
    auto const next = [&](std::size_t outputs, std::size_t inputs) {
      matrix const m{begin + l * outputs * inputs, outputs, inputs};
      begin += shape_.layers * m.size();
      return m;
    };
    layer_parameters p{};
    p.attention_norm = next(1, d);
    p.query = next(d, d);
    p.key = next(kv, d);
    p.value = next(kv, d);
    p.output = next(d, d);
    p.feed_forward_norm = next(1, d);
    p.gate = next(h, d);
    p.down = next(d, h);
    p.up = next(h, d);
    return p;
  }

  matrix final_norm() const {
    matrix const last = layer(shape_.layers - 1).up;
    return {last.at + last.size(), 1, shape_.dimension};
  }
  std::size_t size() const { return final_norm().at + final_norm().size(); }

  /// Calls `f(matrix)` for every matrix that rows are multiplied with.
  template <class F>
  void for_each_matrix(F const& f) const {
    f(embedding());
    for (std::size_t l = 0; l < shape_.layers; ++l) {
      layer_parameters const p = layer(l);
      for (matrix const& m : {p.query, p.key, p.value, p.output, p.gate, p.down, p.up}) f(m);
    }
  }

 private:
  shape shape_;
};

}  // namespace story_model
