// Lines of N-Triples and N-Quads as a chunk of rows, straight from the text: of a term that the chunk has had already
// nothing is made but a hash.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "rdf/line_parser.h"
#include "storage/bulk/chunk_terms.h"
#include "storage/bulk/encoded_chunk.h"

namespace dossier::storage {

// One thread's. The texts of the terms that it looks up are those of the chunk.
class LineEncoder {
 public:
  // `terms` outlives the encoder.
  explicit LineEncoder(ChunkTerms* terms) : terms_(*terms) {}

  // `chunk` has its text and source; its rows, terms and rejects are filled in. An error is that of the source.
  absl::Status Encode(EncodedChunk* chunk);

 private:
  void EncodeStatement(const RawQuad& quad);
  TermId Intern(const RawTerm& term);
  TermId InternIri(const RawTerm& term);
  TermId InternBlankNode(absl::string_view text);
  TermId MakeLiteral(const RawTerm& term);
  TermId MakeTripleTerm(const RawTerm& term);
  bool IsReifies(const RawTerm& predicate) const;

  ChunkTerms& terms_;
  EncodedChunk* chunk_ = nullptr;
  absl::Status status_;
  bool has_prefix_ = false;
  std::string prefix_;  // Of blank nodes.
  TermId default_graph_;
  absl::string_view last_subject_;  // Often the next one's too.
  TermId last_subject_id_;
  std::string record_;
};

}  // namespace dossier::storage
