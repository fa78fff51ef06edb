#include "storage/dictionary.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"
#include "storage/hash.h"
#include "storage/key_layout.h"
#include "storage/permutation_cursor.h"
#include "storage/varint.h"

namespace dossier::storage {
namespace {

// The first byte of a literal's record. Part of the storage format.
enum class LiteralForm : uint8_t {
  kString = 0,       // lexical
  kLanguage = 1,     // length:varint language lexical
  kLeftToRight = 2,  // the same
  kRightToLeft = 3,  // the same
  kTyped = 4,        // length:varint datatype lexical
  kTypedXsd = 5,     // the same without the namespace of XML Schema
};

absl::Status DamagedDictionary(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("damaged dictionary: ", what));
}

absl::StatusOr<TermView> ViewLiteral(absl::string_view record) {
  if (record.empty()) return DamagedDictionary("an empty literal");
  const auto form = static_cast<LiteralForm>(record.front());
  record.remove_prefix(1);
  TermView view;
  view.kind = TermKind::kLiteral;
  view.value = record;
  if (form == LiteralForm::kString) return view;
  uint64_t length = 0;
  if (!TakeVarint(&record, &length) || length > record.size()) return DamagedDictionary("a literal's qualifier");
  const absl::string_view qualifier = record.substr(0, length);
  view.value = record.substr(length);
  switch (form) {
    case LiteralForm::kRightToLeft: view.direction = BaseDirection::kRightToLeft; break;
    case LiteralForm::kLeftToRight: view.direction = BaseDirection::kLeftToRight; break;
    case LiteralForm::kLanguage: break;
    case LiteralForm::kTypedXsd: view.datatype_namespace = xsd::kPrefix; [[fallthrough]];
    case LiteralForm::kTyped: view.datatype_name = qualifier; return view;
    default: return DamagedDictionary("an unknown form of literal");
  }
  view.language = qualifier;
  return view;
}

// The term of a record. REQUIRES: no triple term.
absl::StatusOr<TermView> ViewRecord(TermTag tag, absl::string_view record) {
  if (tag == TermTag::kLiteral) return ViewLiteral(record);
  TermView view;
  view.kind = tag == TermTag::kIri ? TermKind::kIri : TermKind::kBlankNode;
  view.value = record;
  return view;
}

}  // namespace

TermTag DictionaryTag(const Term& term) {
  switch (term.kind()) {
    case TermKind::kIri: return TermTag::kIri;
    case TermKind::kBlankNode: return TermTag::kBlankNode;
    case TermKind::kLiteral: return TermTag::kLiteral;
    case TermKind::kTripleTerm: break;
  }
  return TermTag::kTripleTerm;
}

void AppendLiteralRecord(const LiteralParts& literal, std::string* record) {
  absl::string_view qualifier = literal.qualifier;
  auto form = LiteralForm::kString;
  if (literal.is_language) {
    form = literal.direction == BaseDirection::kNone          ? LiteralForm::kLanguage
           : literal.direction == BaseDirection::kLeftToRight ? LiteralForm::kLeftToRight
                                                              : LiteralForm::kRightToLeft;
  } else if (qualifier != xsd::kString) {
    form = LiteralForm::kTyped;
    if (qualifier.substr(0, xsd::kPrefix.size()) == xsd::kPrefix) {
      qualifier.remove_prefix(xsd::kPrefix.size());
      form = LiteralForm::kTypedXsd;
    }
  }
  record->push_back(static_cast<char>(form));
  if (form != LiteralForm::kString) {
    AppendVarint(qualifier.size(), record);
    absl::StrAppend(record, qualifier);
  }
  absl::StrAppend(record, literal.lexical);
}

std::string TermRecord(const Term& term) {
  assert(!term.is_triple_term());
  if (!term.is_literal()) return term.value();
  const bool is_language = !term.language().empty();
  std::string record;
  AppendLiteralRecord({term.value(), is_language ? term.language() : term.datatype(), is_language, term.direction()},
                      &record);
  return record;
}

std::string TripleTermRecord(TermId subject, TermId predicate, TermId object) {
  std::string record;
  for (const TermId id : {subject, predicate, object}) AppendVarint(id.bits(), &record);
  return record;
}

absl::StatusOr<std::array<TermId, 3>> ParseTripleTermRecord(absl::string_view record) {
  std::array<TermId, 3> ids;
  for (TermId& id : ids) {
    uint64_t bits = 0;
    if (!TakeVarint(&record, &bits)) return DamagedDictionary("a triple term");
    id = TermId::FromBits(bits);
  }
  if (!record.empty()) return DamagedDictionary("a triple term");
  return ids;
}

uint64_t RecordHash(TermTag tag, absl::string_view record) {
  return Hash64(record) ^ uint64_t { static_cast<uint8_t>(tag) } * 0x9E3779B97F4A7C15U;
}

std::optional<absl::string_view> TextOfRecord(absl::string_view record) {
  if (record.empty()) return std::nullopt;
  const auto form = static_cast<LiteralForm>(record.front());
  record.remove_prefix(1);
  if (form == LiteralForm::kString) return record;
  uint64_t length = 0;
  if (form > LiteralForm::kRightToLeft || !TakeVarint(&record, &length) || length > record.size()) return std::nullopt;
  return record.substr(length);
}

TermId TermHash(TermTag tag, absl::string_view record) {
  constexpr unsigned kHashBits = 40;
  return TermId::FromBits(RecordHash(tag, record) >> (64U - kHashBits));
}

// block = checksum:u32 count:u8 (length:varint)* record*
std::string EncodeTermBlock(absl::Span<const std::string> records) {
  assert(!records.empty() && records.size() <= kTermsPerBlock);
  std::string block(kChecksumBytes, '\0');
  block.push_back(static_cast<char>(records.size()));
  for (const std::string& record : records) AppendVarint(record.size(), &block);
  for (const std::string& record : records) block.append(record);
  const uint32_t checksum = Checksum(block);
  block.replace(0, kChecksumBytes, reinterpret_cast<const char*>(&checksum), kChecksumBytes);
  return block;
}

absl::Status DecodeTermBlock(absl::string_view block, std::vector<absl::string_view>* records) {
  records->clear();
  if (block.size() <= kChecksumBytes) return DamagedDictionary("a term block is too short");
  uint32_t checksum = 0;
  block.copy(reinterpret_cast<char*>(&checksum), kChecksumBytes);
  if (checksum != Checksum(block)) return DamagedDictionary("the checksum of a term block does not fit");
  const size_t count = static_cast<unsigned char>(block[kChecksumBytes]);
  block.remove_prefix(kChecksumBytes + 1);
  std::array<uint64_t, kTermsPerBlock> lengths{};
  if (count == 0 || count > kTermsPerBlock) return DamagedDictionary("a term block has an impossible number of terms");
  for (size_t i = 0; i < count; ++i) {
    if (!TakeVarint(&block, &lengths[i])) return DamagedDictionary("a term block is too short");
  }
  for (size_t i = 0; i < count; ++i) {
    if (lengths[i] > block.size()) return DamagedDictionary("a term block is too short");
    records->push_back(block.substr(0, lengths[i]));
    block.remove_prefix(lengths[i]);
  }
  if (!block.empty()) return DamagedDictionary("a term block has bytes left over");
  return absl::OkStatus();
}

absl::StatusOr<std::optional<TermId>> DictionaryReader::Find(const Term& term) const {
  if (const std::optional<TermId> id = InlineTermId(term); id.has_value()) return id;
  if (!term.is_triple_term()) {
    const TermTag tag = DictionaryTag(term);
    const std::string record = TermRecord(term);
    return FindRecord(tag, record, TermHash(tag, record));
  }
  std::array<TermId, 3> ids;
  const Triple& triple = term.triple();
  const std::array<const Term*, 3> components = {&triple.subject, &triple.predicate, &triple.object};
  for (size_t i = 0; i < ids.size(); ++i) {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, Find(*components[i]));
    if (!id.has_value()) return std::optional<TermId>();
    ids[i] = *id;
  }
  return FindTripleTerm(ids[0], ids[1], ids[2]);
}

absl::StatusOr<std::optional<TermId>> DictionaryReader::FindRecord(TermTag tag, absl::string_view record,
                                                                   TermId hash) const {
  TableRange range;
  range.table = kTermIndexTable;
  range.prefix = {hash};
  const std::unique_ptr<ScanCursor> cursor = NewTableCursor(snapshot_, range, cache_);
  RowBlock block;
  std::string value;
  std::vector<absl::string_view> records;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool found, cursor->Next(&block));
    if (!found) return std::optional<TermId>();
    for (size_t i = 0; i < block.rows; ++i) {
      const TermId id = block.columns[1][i];
      if (id.tag() != tag) continue;
      const std::string key = TermBlockKey(tag, id.payload() / kTermsPerBlock);
      DOSSIER_ASSIGN_OR_RETURN(const bool has_block, snapshot_->Get(Family::kTerms, key, &value));
      if (!has_block) return DamagedDictionary("a term block is missing");
      DOSSIER_RETURN_IF_ERROR(DecodeTermBlock(value, &records));
      const size_t index = id.payload() % kTermsPerBlock;
      if (index >= records.size()) return DamagedDictionary("a term is missing");
      if (records[index] == record) return std::optional<TermId>(id);
    }
  }
}

absl::StatusOr<std::optional<TermId>> DictionaryReader::FindTripleTerm(TermId subject, TermId predicate,
                                                                       TermId object) const {
  TableRange range;
  range.table = TableOf(Permutation::kTermSpo);
  range.prefix = {subject, predicate, object};
  const std::unique_ptr<ScanCursor> cursor = NewTableCursor(snapshot_, range, cache_);
  RowBlock block;
  DOSSIER_ASSIGN_OR_RETURN(const bool found, cursor->Next(&block));
  if (!found) return std::optional<TermId>();
  return std::optional<TermId>(block.columns[3][0]);
}

absl::StatusOr<Term> DictionaryReader::Get(TermId id) const {
  std::vector<Term> terms;
  DOSSIER_RETURN_IF_ERROR(GetMany({&id, 1}, &terms));
  return std::move(terms[0]);
}

absl::Status DictionaryReader::GetMany(absl::Span<const TermId> ids, std::vector<Term>* terms) const {
  return GetNested(ids, 0, terms);
}

absl::Status DictionaryReader::GetNested(absl::Span<const TermId> ids, size_t depth, std::vector<Term>* terms) const {
  // Components were there before the triple terms that they are in, so only a damaged store nests without end.
  constexpr size_t kMaxDepth = 1000;
  if (depth > kMaxDepth) return DamagedDictionary("triple terms are nested too deeply");
  terms->assign(ids.size(), Term());
  // In the order of the ids, so that every block is read once.
  std::vector<size_t> order;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (ids[i].is_inline()) {
      (*terms)[i] = InlineTerm(ids[i]);
    } else if (ids[i].is_dictionary()) {
      order.push_back(i);
    } else {
      return absl::InvalidArgumentError("an id that is not one of the store");
    }
  }
  const auto by_id = [&ids](size_t a, size_t b) { return ids[a] < ids[b]; };
  if (!std::is_sorted(order.begin(), order.end(), by_id)) std::sort(order.begin(), order.end(), by_id);
  constexpr size_t kTermsAtOnce = 4096;  // Bounds the memory for their blocks.
  for (size_t begin = 0; begin < order.size(); begin += kTermsAtOnce) {
    const size_t count = std::min(kTermsAtOnce, order.size() - begin);
    DOSSIER_RETURN_IF_ERROR(ReadTerms(ids, {order.data() + begin, count}, depth, terms));
  }
  return absl::OkStatus();
}

absl::Status DictionaryReader::ReadTerms(absl::Span<const TermId> ids, absl::Span<const size_t> order, size_t depth,
                                         std::vector<Term>* terms) const {
  std::vector<std::string> keys;
  std::vector<size_t> first_of_key;  // Where in `order` the terms of a block begin.
  for (size_t i = 0; i < order.size(); ++i) {
    const TermId id = ids[order[i]];
    std::string key = TermBlockKey(id.tag(), id.payload() / kTermsPerBlock);
    if (!keys.empty() && keys.back() == key) continue;
    keys.push_back(std::move(key));
    first_of_key.push_back(i);
  }
  first_of_key.push_back(order.size());
  std::vector<std::optional<std::string>> blocks;
  DOSSIER_RETURN_IF_ERROR(snapshot_->MultiGet(Family::kTerms, keys, &blocks));

  std::vector<absl::string_view> records;
  for (size_t k = 0; k < keys.size(); ++k) {
    if (!blocks[k].has_value()) return DamagedDictionary("a term block is missing");
    DOSSIER_RETURN_IF_ERROR(DecodeTermBlock(*blocks[k], &records));
    for (size_t i = first_of_key[k]; i < first_of_key[k + 1]; ++i) {
      const TermId id = ids[order[i]];
      const size_t index = id.payload() % kTermsPerBlock;
      if (index >= records.size()) return DamagedDictionary("a term is missing");
      DOSSIER_ASSIGN_OR_RETURN((*terms)[order[i]], MakeTerm(id.tag(), records[index], depth));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Term> DictionaryReader::MakeTerm(TermTag tag, absl::string_view record, size_t depth) const {
  if (tag != TermTag::kTripleTerm) {
    DOSSIER_ASSIGN_OR_RETURN(const TermView view, ViewRecord(tag, record));
    return view.ToTerm();
  }
  DOSSIER_ASSIGN_OR_RETURN(const auto ids, ParseTripleTermRecord(record));
  std::vector<Term> components;
  DOSSIER_RETURN_IF_ERROR(GetNested(ids, depth + 1, &components));
  return Term::TripleTerm({std::move(components[0]), std::move(components[1]), std::move(components[2])});
}

namespace {

// Walks forward over the term blocks of ascending ids.
class BlockWalker {
 public:
  explicit BlockWalker(const KeyValueSnapshot* snapshot) : iterator_(snapshot->NewIterator(Family::kTerms)) {}

  // The record of a term; lives until the next call.
  absl::StatusOr<absl::string_view> Record(TermId id) {
    const uint64_t block = id.payload() / kTermsPerBlock;
    if (!at_block_ || id.tag() != tag_ || block != block_) {
      DOSSIER_RETURN_IF_ERROR(MoveTo(id.tag(), block));
      DOSSIER_RETURN_IF_ERROR(DecodeTermBlock(iterator_->value(), &records_));
    }
    const size_t index = id.payload() % kTermsPerBlock;
    if (index >= records_.size()) return DamagedDictionary("a term is missing");
    return records_[index];
  }

 private:
  absl::Status MoveTo(TermTag tag, uint64_t block) {
    const std::string key = TermBlockKey(tag, block);
    // To a block nearby it is quicker to step than to seek.
    constexpr uint64_t kNearBlocks = 6;
    const bool near = at_block_ && tag == tag_ && block > block_ && block - block_ <= kNearBlocks;
    at_block_ = false;
    if (near) {
      while (iterator_->valid() && iterator_->key() < key) iterator_->Next();
    } else {
      iterator_->Seek(key);
    }
    if (!iterator_->valid()) DOSSIER_RETURN_IF_ERROR(iterator_->status());
    if (!iterator_->valid() || iterator_->key() != key) return DamagedDictionary("a term block is missing");
    tag_ = tag;
    block_ = block;
    at_block_ = true;
    return absl::OkStatus();
  }

  const std::unique_ptr<KeyValueIterator> iterator_;
  bool at_block_ = false;
  TermTag tag_ = TermTag::kUndefined;
  uint64_t block_ = 0;
  std::vector<absl::string_view> records_;
};

}  // namespace

absl::Status DictionaryReader::Visit(absl::Span<const TermId> ids, TermVisitor visit) const {
  std::optional<BlockWalker> walker;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (ids[i].is_inline()) {
      DOSSIER_RETURN_IF_ERROR(visit(i, TermView(InlineTerm(ids[i]))));
      continue;
    }
    if (!ids[i].is_dictionary()) return absl::InvalidArgumentError("an id that is not one of the store");
    if (!walker.has_value()) walker.emplace(snapshot_);
    DOSSIER_ASSIGN_OR_RETURN(const absl::string_view record, walker->Record(ids[i]));
    if (ids[i].tag() == TermTag::kTripleTerm) {
      DOSSIER_ASSIGN_OR_RETURN(const Term term, MakeTerm(ids[i].tag(), record, 0));
      DOSSIER_RETURN_IF_ERROR(visit(i, TermView(term)));
    } else {
      DOSSIER_ASSIGN_OR_RETURN(const TermView view, ViewRecord(ids[i].tag(), record));
      DOSSIER_RETURN_IF_ERROR(visit(i, view));
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier::storage
