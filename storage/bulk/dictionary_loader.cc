#include "storage/bulk/dictionary_loader.h"

#include <algorithm>
#include <cstring>
#include <deque>
#include <tuple>
#include <utility>

#include "base/status_macros.h"
#include "storage/big_endian.h"

namespace dossier::storage {
namespace {

constexpr size_t kNumberBytes = sizeof(uint32_t);
constexpr size_t kHashBytes = sizeof(uint64_t);

uint64_t ReadNumber64(absl::string_view bytes) {
  uint64_t value = 0;
  std::memcpy(&value, bytes.data(), sizeof(value));
  return value;
}

// A record of the sorted file, taken apart.
absl::string_view MergeKey(absl::string_view record) { return record.substr(0, record.size() - kNumberBytes); }

TermId NumberInBatch(absl::string_view record) {
  uint32_t number = 0;
  std::memcpy(&number, record.data() + record.size() - kNumberBytes, kNumberBytes);
  return {static_cast<TermTag>(record[kHashBytes]), number};
}

// Tags, numbers of batches and numbers of terms are all kept as bits of an id, which is what rows are made of.
TermId AsId(uint64_t bits) { return TermId::FromBits(bits); }

}  // namespace

// The terms of a batch that the store does not have.
struct DictionaryLoader::NewTerms {
  struct Term {
    uint64_t hash = 0;
    TermId number;          // In the batch.
    absl::string_view key;  // The record or, of a triple term, the portable one.
  };
  std::vector<Term> terms;
  std::deque<std::string> portable;
};

absl::StatusOr<std::unique_ptr<DictionaryLoader>> DictionaryLoader::Create(const LoadContext& context) {
  std::unique_ptr<DictionaryLoader> loader(new DictionaryLoader(context));
  for (auto* file : {&loader->known_file_, &loader->ordered_file_, &loader->sorted_file_}) {
    DOSSIER_ASSIGN_OR_RETURN(*file, SpillFile::Create(context.spill_directory));
  }
  DOSSIER_ASSIGN_OR_RETURN(loader->triple_terms_, RowFile::Create(context.spill_directory, 4));
  return loader;
}

DictionaryLoader::DictionaryLoader(const LoadContext& context)
    : context_(context),
      reader_(context.before),
      repeats_(4, context.memory_bytes / 8, context.spill_directory),
      next_repeat_(&repeats_, 4),
      index_rows_(std::make_unique<RowSorter>(2, context.memory_bytes / 8, context.spill_directory)),
      names_(std::make_unique<RowSorter>(2, context.memory_bytes / 16, context.spill_directory)),
      name_words_(std::make_unique<RowSorter>(3, context.memory_bytes / 16, context.spill_directory)) {
  for (size_t tag = 0; tag < kDictionaryTags; ++tag) writers_.emplace_back(context, TagOfIndex(tag));
}

absl::Status DictionaryLoader::AddBatch(const TermBatch& batch, bool last) {
  Batch info;
  KnownIds known;
  for (size_t tag = 0; tag < kDictionaryTags; ++tag) {
    info.terms[tag] = batch.records(TagOfIndex(tag)).size();
    info.first[tag] = RankedBits(info.terms[tag]);
    known[tag].resize(info.terms[tag]);
    info.has_known = info.has_known || context_.state.next(TagOfIndex(tag)) > 0;
  }
  if (info.has_known) {
    DOSSIER_RETURN_IF_ERROR(FindKnown(batch, &known));
    DOSSIER_RETURN_IF_ERROR(FindKnownTripleTerms(batch, &known));
    DOSSIER_RETURN_IF_ERROR(SpillKnown(known, &info));
  }
  NewTerms added;
  DOSSIER_RETURN_IF_ERROR(SpillOrdered(batch, known, &added, &info));
  // The terms of a single batch are told apart already.
  if (!last || !batches_.empty()) DOSSIER_RETURN_IF_ERROR(SpillSorted(&added, &info));
  batches_.push_back(std::move(info));
  return absl::OkStatus();
}

absl::Status DictionaryLoader::AddShortString(TermId id) { return AddNames(NameKeyOfInline(id), id); }

absl::Status DictionaryLoader::AddNames(absl::string_view key, TermId id) {
  added_names_.whole.clear();
  added_names_.words.clear();
  AppendNameRows(key, id, &added_names_);
  for (const Row& row : added_names_.whole) DOSSIER_RETURN_IF_ERROR(names_->Add(row.data()));
  for (const Row& row : added_names_.words) DOSSIER_RETURN_IF_ERROR(name_words_->Add(row.data()));
  return absl::OkStatus();
}

absl::Status DictionaryLoader::FindKnown(const TermBatch& batch, KnownIds* known) const {
  for (const TermTag tag : {TermTag::kIri, TermTag::kBlankNode, TermTag::kLiteral}) {
    if (context_.state.next(tag) == 0) continue;
    const auto records = batch.records(tag);
    // In the order of the index, so that neighbouring lookups find the same blocks in the cache.
    std::vector<std::pair<TermId, size_t>> by_hash;
    by_hash.reserve(records.size());
    for (size_t i = 0; i < records.size(); ++i) by_hash.emplace_back(TermHash(tag, records[i]), i);
    std::sort(by_hash.begin(), by_hash.end());
    for (size_t i = 0; i < by_hash.size(); ++i) {
      if (i % 1024 == 0) DOSSIER_RETURN_IF_ERROR(context_.CheckCancelled());
      const auto& [hash, number] = by_hash[i];
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, reader_.FindRecord(tag, records[number], hash));
      if (id.has_value()) (*known)[TagIndex(tag)][number] = *id;
    }
  }
  return absl::OkStatus();
}

absl::Status DictionaryLoader::FindKnownTripleTerms(const TermBatch& batch, KnownIds* known) const {
  const auto records = batch.records(TermTag::kTripleTerm);
  // A triple term has a greater number than one inside it, so components are found before.
  for (size_t i = 0; i < records.size(); ++i) {
    DOSSIER_ASSIGN_OR_RETURN(auto components, ParseTripleTermRecord(records[i]));
    bool all_known = true;
    for (TermId& id : components) {
      if (!id.is_dictionary()) continue;
      id = (*known)[TagIndex(id.tag())][id.payload()];
      all_known = all_known && !id.is_undefined();
    }
    if (!all_known) continue;
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id,
                             reader_.FindTripleTerm(components[0], components[1], components[2]));
    if (id.has_value()) (*known)[TagIndex(TermTag::kTripleTerm)][i] = *id;
  }
  return absl::OkStatus();
}

absl::Status DictionaryLoader::SpillKnown(const KnownIds& known, Batch* info) {
  info->known.begin = known_file_->size();
  for (const std::vector<TermId>& ids : known) {
    const absl::string_view bytes(reinterpret_cast<const char*>(ids.data()), ids.size() * sizeof(TermId));
    DOSSIER_RETURN_IF_ERROR(known_file_->Append(bytes));
  }
  info->known.end = known_file_->size();
  return absl::OkStatus();
}

absl::Status DictionaryLoader::SpillOrdered(const TermBatch& batch, const KnownIds& known, NewTerms* added,
                                            Batch* info) {
  info->ordered.begin = ordered_file_->size();
  std::string bytes;
  for (size_t index = 0; index < kDictionaryTags; ++index) {
    const TermTag tag = TagOfIndex(index);
    const auto records = batch.records(tag);
    for (size_t i = 0; i < records.size(); ++i) {
      if (!known[index][i].is_undefined()) continue;
      info->first[index].Add(i);
      NewTerms::Term& term = added->terms.emplace_back(NewTerms::Term{0, TermId(tag, i), records[i]});
      if (tag == TermTag::kTripleTerm) term.key = added->portable.emplace_back(batch.PortableRecord(term.number));
      term.hash = TermHash(tag, term.key).bits();
      bytes.assign(reinterpret_cast<const char*>(&term.hash), kHashBytes);
      bytes.append(records[i].data(), records[i].size());
      DOSSIER_RETURN_IF_ERROR(ordered_file_->Append(bytes));
    }
  }
  info->ordered.end = ordered_file_->size();
  return absl::OkStatus();
}

absl::Status DictionaryLoader::SpillSorted(NewTerms* added, Batch* info) {
  std::sort(added->terms.begin(), added->terms.end(), [](const NewTerms::Term& a, const NewTerms::Term& b) {
    return std::make_tuple(a.hash, a.number.tag(), a.key) < std::make_tuple(b.hash, b.number.tag(), b.key);
  });
  info->sorted.begin = sorted_file_->size();
  std::string bytes;
  for (const NewTerms::Term& term : added->terms) {
    bytes.clear();
    AppendBigEndian(term.hash, &bytes);
    bytes.push_back(static_cast<char>(term.number.tag()));
    bytes.append(term.key.data(), term.key.size());
    const auto number = static_cast<uint32_t>(term.number.payload());
    bytes.append(reinterpret_cast<const char*>(&number), kNumberBytes);
    DOSSIER_RETURN_IF_ERROR(sorted_file_->Append(bytes));
  }
  info->sorted.end = sorted_file_->size();
  return absl::OkStatus();
}

absl::Status DictionaryLoader::MergeBatches() {
  for (SpillFile* file : {known_file_.get(), ordered_file_.get(), sorted_file_.get()}) {
    DOSSIER_RETURN_IF_ERROR(file->Flush());
  }
  if (batches_.size() > 1) DOSSIER_RETURN_IF_ERROR(MergeSorted());
  std::array<uint64_t, kDictionaryTags> next = context_.state.next_payload;
  for (Batch& batch : batches_) {
    for (size_t tag = 0; tag < kDictionaryTags; ++tag) {
      batch.first[tag].BuildRanks();
      batch.first_payload[tag] = next[tag];
      next[tag] += batch.first[tag].count();
    }
  }
  end_ = next;
  return next_repeat_.Advance();
}

absl::Status DictionaryLoader::MergeSorted() {
  struct Source {
    SpillReader reader;
    size_t batch;
    absl::string_view record;
  };
  std::vector<std::unique_ptr<Source>> heap;
  // Of equal keys the one of the earliest batch comes first.
  const auto greater = [](const std::unique_ptr<Source>& a, const std::unique_ptr<Source>& b) {
    return std::make_pair(MergeKey(a->record), a->batch) > std::make_pair(MergeKey(b->record), b->batch);
  };
  const size_t buffer_bytes = std::min<size_t>(context_.memory_bytes / 2 / batches_.size(), 256 << 10);
  for (size_t i = 0; i < batches_.size(); ++i) {
    auto source = std::make_unique<Source>(
        Source{SpillReader(sorted_file_.get(), batches_[i].sorted, buffer_bytes), i, absl::string_view()});
    DOSSIER_ASSIGN_OR_RETURN(const bool more, source->reader.Next(&source->record));
    if (more) heap.push_back(std::move(source));
  }
  std::make_heap(heap.begin(), heap.end(), greater);
  std::string key;
  uint64_t first_batch = 0;
  TermId first_number;
  for (uint64_t merged = 0; !heap.empty(); ++merged) {
    if (merged % 4096 == 0) DOSSIER_RETURN_IF_ERROR(context_.CheckCancelled());
    std::pop_heap(heap.begin(), heap.end(), greater);
    Source& source = *heap.back();
    const TermId number = NumberInBatch(source.record);
    if (merged > 0 && MergeKey(source.record) == key) {
      batches_[source.batch].first[TagIndex(number.tag())].Remove(number.payload());
      const TermId row[] = {AsId(source.batch), number, AsId(first_batch), first_number};
      DOSSIER_RETURN_IF_ERROR(repeats_.Add(row));
    } else {
      key.assign(MergeKey(source.record).data(), MergeKey(source.record).size());
      first_batch = source.batch;
      first_number = number;
    }
    DOSSIER_ASSIGN_OR_RETURN(const bool more, source.reader.Next(&source.record));
    if (more) {
      std::push_heap(heap.begin(), heap.end(), greater);
    } else {
      heap.pop_back();
    }
  }
  return absl::OkStatus();
}

absl::Status DictionaryLoader::BeginBatch(size_t batch) {
  const Batch& info = batches_[batch];
  DOSSIER_RETURN_IF_ERROR(ReadKnown(info));
  for (size_t tag = 0; tag < kDictionaryTags; ++tag) {
    uint64_t payload = info.first_payload[tag];
    for (size_t i = 0; i < info.terms[tag]; ++i) {
      if (info.first[tag].Contains(i)) ids_[tag][i] = TermId(TagOfIndex(tag), payload++);
    }
  }
  for (; next_repeat_.row() != nullptr && next_repeat_.row()[0].bits() == batch;) {
    const TermId* const row = next_repeat_.row();
    const Batch& first = batches_[row[2].bits()];
    const size_t tag = TagIndex(row[1].tag());
    const uint64_t payload = first.first_payload[tag] + first.first[tag].Rank(row[3].payload());
    ids_[tag][row[1].payload()] = TermId(TagOfIndex(tag), payload);
    DOSSIER_RETURN_IF_ERROR(next_repeat_.Advance());
  }
  return absl::OkStatus();
}

absl::Status DictionaryLoader::WriteBatch(size_t batch) {
  const Batch& info = batches_[batch];
  SpillReader ordered(ordered_file_.get(), info.ordered, 256 << 10);
  for (size_t tag = 0; tag < kDictionaryTags; ++tag) {
    DOSSIER_RETURN_IF_ERROR(WriteNewTerms(info, TagOfIndex(tag), &ordered));
  }
  return absl::OkStatus();
}

absl::Status DictionaryLoader::ReadKnown(const Batch& info) {
  SpillReader reader(known_file_.get(), info.known, 256 << 10);
  for (size_t tag = 0; tag < kDictionaryTags; ++tag) {
    ids_[tag].assign(info.terms[tag], TermId());
    absl::string_view bytes;
    DOSSIER_ASSIGN_OR_RETURN(const bool more, reader.Next(&bytes));
    if (more && !bytes.empty()) std::memcpy(ids_[tag].data(), bytes.data(), bytes.size());
  }
  return absl::OkStatus();
}

absl::Status DictionaryLoader::WriteNewTerms(const Batch& info, TermTag tag, SpillReader* ordered) {
  const size_t index = TagIndex(tag);
  TermBlockWriter& writer = writers_[index];
  for (size_t i = 0; i < info.terms[index]; ++i) {
    const TermId id = ids_[index][i];
    // What the store knew has no record here.
    if (id.payload() < context_.state.next(tag)) continue;
    absl::string_view record;
    DOSSIER_RETURN_IF_ERROR(ordered->Next(&record).status());
    if (!info.first[index].Contains(i)) continue;
    const TermId hash = AsId(ReadNumber64(record));
    record.remove_prefix(kHashBytes);
    if (tag == TermTag::kTripleTerm) {
      DOSSIER_ASSIGN_OR_RETURN(const auto components, ParseTripleTermRecord(record));
      const TermId row[] = {Resolve(components[0]), Resolve(components[1]), Resolve(components[2]), id};
      if (row[2].tag() == TermTag::kShortString) DOSSIER_RETURN_IF_ERROR(AddShortString(row[2]));
      DOSSIER_RETURN_IF_ERROR(triple_terms_->Add(row));
      DOSSIER_RETURN_IF_ERROR(writer.Add(TripleTermRecord(row[0], row[1], row[2])));
    } else {
      const TermId row[] = {hash, id};
      DOSSIER_RETURN_IF_ERROR(index_rows_->Add(row));
      DOSSIER_RETURN_IF_ERROR(AddNames(NameKeyOfRecord(tag, record), id));
      DOSSIER_RETURN_IF_ERROR(writer.Add(record));
    }
  }
  return absl::OkStatus();
}

absl::Status DictionaryLoader::Finish(std::vector<std::unique_ptr<SortedRun>>* runs, StoreState* state) {
  for (size_t tag = 0; tag < kDictionaryTags; ++tag) {
    DOSSIER_RETURN_IF_ERROR(writers_[tag].Finish(runs));
    state->next_payload[tag] = writers_[tag].next();
  }
  return triple_terms_->Flush();
}

}  // namespace dossier::storage
