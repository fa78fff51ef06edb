#include "storage/bulk/term_batch.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "storage/dictionary.h"

namespace dossier::storage {
namespace {

constexpr size_t kChunkBytes = 1 << 20;

void AppendNumber(uint64_t number, std::string* bytes) {
  bytes->append(reinterpret_cast<const char*>(&number), sizeof(number));
}

}  // namespace

TermId TermBatch::Intern(const Term& term) {
  if (const auto id = InlineTermId(term)) return *id;
  const TermTag tag = DictionaryTag(term);
  key_.assign(1, static_cast<char>(tag));
  if (tag == TermTag::kTripleTerm) {
    const Triple& triple = term.triple();
    const TermId subject = Intern(triple.subject);
    const TermId predicate = Intern(triple.predicate);
    const TermId object = Intern(triple.object);
    key_.assign(1, static_cast<char>(tag));
    key_.append(TripleTermRecord(subject, predicate, object));
  } else {
    key_.append(TermRecord(term));
  }
  const auto found = numbers_.find(key_);
  if (found != numbers_.end()) return found->second;
  std::vector<absl::string_view>& records = records_[TagIndex(tag)];
  const TermId number(tag, records.size());
  const absl::string_view key = Keep(tag, absl::string_view(key_).substr(1));
  records.push_back(key.substr(1));
  numbers_.emplace(key, number);
  return number;
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
  size_t bytes = kept_bytes_ + numbers_.capacity() * (sizeof(absl::string_view) + sizeof(TermId) + 1);
  for (const auto& records : records_) bytes += records.capacity() * sizeof(absl::string_view);
  return bytes;
}

void TermBatch::Clear() { *this = TermBatch(); }

absl::string_view TermBatch::Keep(TermTag tag, absl::string_view record) {
  const size_t bytes = record.size() + 1;
  if (chunk_bytes_ - chunk_used_ < bytes) {
    chunk_bytes_ = std::max(kChunkBytes, bytes);
    chunk_used_ = 0;
    kept_bytes_ += chunk_bytes_;
    chunks_.push_back(std::make_unique<char[]>(chunk_bytes_));
  }
  char* const begin = chunks_.back().get() + chunk_used_;
  begin[0] = static_cast<char>(tag);
  std::memcpy(begin + 1, record.data(), record.size());
  chunk_used_ += bytes;
  return {begin, bytes};
}

}  // namespace dossier::storage
