#include "rdf/rdf_xml.h"

#include "rdf/rdf_xml_parser.h"
#include "rdf/xml_events.h"

namespace dossier {

absl::Status ReadRdfXml(Input* input, const ReaderOptions& options, QuadSink sink) {
  RdfXmlParser parser(options, sink);
  XmlReader reader(input, options.source, &parser);
  parser.set_reader(&reader);
  return reader.Read();
}

}  // namespace dossier
