// RDF/XML 1.2 (and 1.1), read as a stream.
#pragma once

#include "absl/status/status.h"
#include "rdf/reader.h"

namespace dossier {

// As ReadRdf. Nothing is fetched from the network or from other files, whatever the document names.
absl::Status ReadRdfXml(Input* input, const ReaderOptions& options, QuadSink sink);

}  // namespace dossier
