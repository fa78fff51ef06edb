#include "storage/bulk/load_stages.h"

#include "base/status_macros.h"
#include "storage/bulk/fields.h"

namespace dossier::storage {
namespace {

absl::Status Damaged() { return absl::DataLossError("the journal of the load is damaged"); }

void AddRuns(const Runs& runs, FieldWriter* writer) {
  writer->Add(runs.size());
  for (const auto& run : runs) writer->Add(static_cast<uint64_t>(run->family())).Add(run->name());
}

absl::StatusOr<Runs> ReadRuns(const LoadContext& context, FieldReader* reader) {
  Runs runs;
  for (uint64_t left = reader->Number(); left > 0; --left) {
    const uint64_t family = reader->Number();
    const absl::string_view name = reader->Text();
    if (!reader->good() || family >= kFamilyCount) return Damaged();
    DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<SortedRun> run,
                             context.store->AdoptRun(static_cast<Family>(family), name));
    runs.push_back(std::move(run));
  }
  return runs;
}

}  // namespace

absl::StatusOr<std::string> DescribeStage(const SortedStage& stage) {
  FieldWriter writer;
  for (RowFile* rows : {stage.quads.get(), stage.claims.get(), stage.triple_terms.get()}) {
    DOSSIER_RETURN_IF_ERROR(rows->Sync());
    rows->Describe(&writer);
  }
  writer.Add(uint64_t{stage.has_named_graphs}).Add(stage.state.commit);
  for (const uint64_t next : stage.state.next_payload) writer.Add(next);
  AddRuns(stage.runs, &writer);
  writer.Add(stage.report);
  return writer.bytes();
}

absl::StatusOr<SortedStage> RestoreStage(const LoadContext& context, absl::string_view description) {
  FieldReader reader(description);
  SortedStage stage;
  DOSSIER_ASSIGN_OR_RETURN(stage.quads, RowFile::Open(context.spill_directory, kQuadsFile, &reader));
  DOSSIER_ASSIGN_OR_RETURN(stage.claims, RowFile::Open(context.spill_directory, kClaimsFile, &reader));
  DOSSIER_ASSIGN_OR_RETURN(stage.triple_terms, RowFile::Open(context.spill_directory, kTripleTermsFile, &reader));
  stage.has_named_graphs = reader.Number() != 0;
  stage.state.commit = reader.Number();
  for (uint64_t& next : stage.state.next_payload) next = reader.Number();
  DOSSIER_ASSIGN_OR_RETURN(stage.runs, ReadRuns(context, &reader));
  stage.report = std::string(reader.Text());
  if (!reader.good()) return Damaged();
  return stage;
}

std::string DescribePermutation(Permutation permutation, const Runs& runs, absl::string_view statistics) {
  FieldWriter writer;
  writer.Add(static_cast<uint64_t>(permutation));
  AddRuns(runs, &writer);
  writer.Add(statistics);
  return writer.bytes();
}

absl::StatusOr<PermutationStage> RestorePermutation(const LoadContext& context, absl::string_view description) {
  FieldReader reader(description);
  PermutationStage stage;
  const uint64_t number = reader.Number();
  if (number >= kPermutationCount) return Damaged();
  stage.permutation = static_cast<Permutation>(number);
  DOSSIER_ASSIGN_OR_RETURN(stage.runs, ReadRuns(context, &reader));
  stage.statistics = std::string(reader.Text());
  if (!reader.good()) return Damaged();
  return stage;
}

}  // namespace dossier::storage
