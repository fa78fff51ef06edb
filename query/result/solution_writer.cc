#include "query/result/solution_writer.h"

#include <utility>

#include "query/result/solution_writers.h"

namespace dossier {

std::unique_ptr<SolutionWriter> MakeSolutionWriter(SolutionFormat format, SolutionWriterOptions options,
                                                   TextSink sink) {
  switch (format) {
    case SolutionFormat::kJson: return solutions::MakeJsonWriter(sink);
    case SolutionFormat::kXml: return solutions::MakeXmlWriter(sink);
    case SolutionFormat::kCsv: return solutions::MakeCsvWriter(sink);
    case SolutionFormat::kTsv: return solutions::MakeTsvWriter(sink);
    case SolutionFormat::kTable: break;
  }
  return solutions::MakeTableWriter(std::move(options), sink);
}

}  // namespace dossier
