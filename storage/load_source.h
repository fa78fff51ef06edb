// What a bulk load reads from: quads one by one or, for line formats, chunks of text that the load parses itself, in
// several threads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rdf/quad.h"
#include "rdf/reader.h"
#include "rdf/term.h"

namespace dossier {

// One input of N-Triples or N-Quads. Its functions are called from threads of the load: the first from any, the others
// from one at a time and in the order of the lines.
struct LineSource {
  bool with_graphs = false;           // N-Quads.
  std::string name;                   // Of the file, for messages.
  std::optional<Term> default_graph;  // Where the triples of the default graph go; none leaves them there.
  // What goes before the labels of blank nodes; asked for only when there are any.
  std::function<absl::StatusOr<std::string>()> blank_node_prefix;
  std::function<void(const Reject&)> on_reject;  // Empty: a bad line ends the load.
  // After each chunk, and after its rejects: how many statements it had. An error ends the load.
  std::function<absl::Status(uint64_t statements)> on_statements;
};

// An error that either function returns is that of these or of earlier quads, and ends the load.
class LoadSink {
 public:
  virtual ~LoadSink() = default;

  virtual absl::Status Add(Quad&& quad) = 0;

  // `lines` are whole lines (rdf/line_chunks.h), those that follow the ones given before; `first`: the first ones of
  // their source.
  virtual absl::Status AddLines(const std::shared_ptr<const LineSource>& source, std::string lines, bool first) = 0;
};

// Gives all it has to the sink; ends with OK, or with an error that cancels the load.
using LoadSource = absl::FunctionRef<absl::Status(LoadSink*)>;

}  // namespace dossier
