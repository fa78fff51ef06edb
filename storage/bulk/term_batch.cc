#include "storage/bulk/term_batch.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "storage/dictionary.h"

namespace dossier::storage {
namespace {

constexpr size_t kFirstSize = 1 << 12;
// How far ahead of the term at hand memory is asked for: table and records are larger than any cache.
constexpr size_t kEntriesAhead = 24;
constexpr size_t kRecordsAhead = 12;

void AppendNumber(uint64_t number, std::string* bytes) {
  bytes->append(reinterpret_cast<const char*>(&number), sizeof(number));
}

}  // namespace

void TermBatch::Intern(const EncodedChunk& chunk, std::vector<TermId>* numbers) {
  const std::vector<ChunkTerm>& terms = chunk.terms;
  while ((used_ + terms.size()) * 3 / 2 >= entries_.size()) Grow();
  const size_t mask = entries_.size() - 1;
  numbers->resize(terms.size());
  std::string triple_record;
  for (size_t i = 0; i < terms.size(); ++i) {
    if (i + kEntriesAhead < terms.size()) __builtin_prefetch(&entries_[terms[i + kEntriesAhead].hash & mask]);
    if (i + kRecordsAhead < terms.size()) {
      const Entry& entry = entries_[terms[i + kRecordsAhead].hash & mask];
      if (entry.record != nullptr) __builtin_prefetch(entry.record);
    }
    const ChunkTerm& term = terms[i];
    if (term.tag != TermTag::kTripleTerm) {
      (*numbers)[i] = InternRecord(term.tag, term.hash, term.record);
      continue;
    }
    std::array<TermId, 3> components = chunk.triples[term.triple];
    for (TermId& id : components) {
      if (id.is_dictionary()) id = (*numbers)[id.payload()];
    }
    triple_record = TripleTermRecord(components[0], components[1], components[2]);
    (*numbers)[i] = InternRecord(term.tag, RecordHash(term.tag, triple_record), triple_record);
  }
}

TermId TermBatch::InternRecord(TermTag tag, uint64_t hash, absl::string_view record) {
  const size_t mask = entries_.size() - 1;
  size_t i = hash & mask;
  for (; entries_[i].record != nullptr; i = (i + 1) & mask) {
    const Entry& entry = entries_[i];
    if (entry.hash == hash && entry.record_bytes == record.size() && entry.number.tag() == tag &&
        std::memcmp(entry.record, record.data(), record.size()) == 0) {
      return entry.number;
    }
  }
  std::vector<absl::string_view>& records = records_[TagIndex(tag)];
  const TermId number(tag, records.size());
  const absl::string_view kept = arena_.Keep(record);
  records.push_back(kept);
  entries_[i] = {hash, kept.data(), static_cast<uint32_t>(kept.size()), number};
  ++used_;
  return number;
}

void TermBatch::Grow() {
  std::vector<Entry> old(std::max(kFirstSize, 2 * entries_.size()));
  old.swap(entries_);
  const size_t mask = entries_.size() - 1;
  for (const Entry& entry : old) {
    if (entry.record == nullptr) continue;
    size_t i = entry.hash & mask;
    while (entries_[i].record != nullptr) i = (i + 1) & mask;
    entries_[i] = entry;
  }
}

std::string TermBatch::PortableRecord(TermId triple_term) const {
  const auto components = ParseTripleTermRecord(records(TermTag::kTripleTerm)[triple_term.payload()]);
  assert(components.ok() && "the batch wrote the record itself");
  std::string bytes;
  for (const TermId id : *components) {
    if (id.is_inline()) {
      AppendNumber(id.bits(), &bytes);
      continue;
    }
    const std::string record =
        id.tag() == TermTag::kTripleTerm ? PortableRecord(id) : std::string(records(id.tag())[id.payload()]);
    // The tag of a dictionary id, which no inline id has, and the length keep the parts apart.
    AppendNumber(TermId(id.tag(), record.size()).bits(), &bytes);
    bytes.append(record);
  }
  return bytes;
}

size_t TermBatch::memory_bytes() const {
  size_t bytes = arena_.memory_bytes() + entries_.capacity() * sizeof(Entry);
  for (const auto& records : records_) bytes += records.capacity() * sizeof(absl::string_view);
  return bytes;
}

}  // namespace dossier::storage
