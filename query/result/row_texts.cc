#include "query/result/row_texts.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/status_macros.h"

namespace dossier {
namespace {

constexpr uint64_t kHashFactor = 0x9E3779B97F4A7C15U;
constexpr size_t kNoPlace = std::numeric_limits<size_t>::max();
constexpr size_t kFirstPlaces = 1024;
// What is kept for the rows to come where the terms lie close together, so that reading them again costs little.
constexpr size_t kKeptTerms = size_t{1} << 18;
constexpr size_t kKeptTextBytes = size_t{16} << 20;
// Where they lie far apart, each of them costs a block of the dictionary: then as many are kept as a part of the
// query's memory holds.
constexpr size_t kMostKeptBytes = size_t{1} << 30;
constexpr size_t kPartOfMemory = 6;
constexpr uint64_t kFarApart = 32;
// Texts of the rows at hand, to be neither very few nor very much.
constexpr size_t kLittleTextBytes = size_t{1} << 20;
constexpr size_t kMuchTextBytes = size_t{4} << 20;
constexpr size_t kMostCellsPerRead = size_t{32} << 10;
// Rows held back, so that the dictionary is read for many at once; and for how long when they come slowly.
constexpr size_t kMostRowsAtOnce = size_t{16} << 10;
constexpr absl::Duration kLongestWait = absl::Milliseconds(50);

}  // namespace

TermTexts::TermTexts() { Clear(); }

void TermTexts::Clear() {
  entries_.assign(kFirstPlaces, Entry());
  entries_.shrink_to_fit();
  shift_ = 64;
  for (size_t places = kFirstPlaces; places > 1; places /= 2) --shift_;
  taken_ = 0;
  text_.clear();
}

void TermTexts::Reserve(size_t ids) {
  while ((taken_ + ids) * 2 > entries_.size()) Grow();
}

size_t TermTexts::Place(TermId id, bool* is_new) {
  const size_t mask = entries_.size() - 1;
  size_t place = (id.bits() * kHashFactor) >> shift_;
  while (entries_[place].id != id && !entries_[place].id.is_undefined()) place = (place + 1) & mask;
  *is_new = entries_[place].id != id;
  if (*is_new) {
    entries_[place].id = id;
    ++taken_;
  }
  return place;
}

void TermTexts::Grow() {
  std::vector<Entry> old(entries_.size() * 2);
  old.swap(entries_);
  --shift_;
  const size_t mask = entries_.size() - 1;
  for (const Entry& entry : old) {
    if (entry.id.is_undefined()) continue;
    size_t place = (entry.id.bits() * kHashFactor) >> shift_;
    while (!entries_[place].id.is_undefined()) place = (place + 1) & mask;
    entries_[place] = entry;
  }
}

RowTexts::RowTexts(TermSpace* terms, MemoryBudget* memory, TextRowWriter* writer)
    : terms_(terms),
      writer_(writer),
      memory_(memory),
      most_kept_bytes_(std::min(kMostKeptBytes, memory->limit() / kPartOfMemory)),
      rows_per_read_(kFewRows) {}

absl::Status RowTexts::Add(const RowBatch& batch, bool* written) {
  rows_.columns.resize(batch.columns.size());
  for (size_t i = 0; i < batch.columns.size(); ++i) {
    rows_.columns[i].insert(rows_.columns[i].end(), batch.columns[i].begin(), batch.columns[i].end());
  }
  rows_.rows += batch.rows;
  *written = rows_.rows >= rows_at_once_ || absl::Now() - last_flush_ > kLongestWait;
  if (!*written) return absl::OkStatus();
  rows_at_once_ = std::min(kMostRowsAtOnce, rows_.rows * 2);
  return Flush();
}

absl::Status RowTexts::Flush() {
  for (size_t begin = 0; begin < rows_.rows;) {
    const size_t most = std::max<size_t>(1, kMostCellsPerRead / std::max<size_t>(1, rows_.columns.size()));
    const size_t end = std::min({rows_.rows, begin + rows_per_read_, begin + most});
    DOSSIER_RETURN_IF_ERROR(WriteRows(begin, end));
    begin = end;
  }
  rows_.Clear();
  last_flush_ = absl::Now();
  return absl::OkStatus();
}

absl::Status RowTexts::WriteRows(size_t begin, size_t end) {
  DOSSIER_RETURN_IF_ERROR(ForgetTextsIfMany());
  const size_t bytes_before = texts_.text()->size();
  FindPlaces(begin, end);
  DOSSIER_RETURN_IF_ERROR(MakeTexts());
  const size_t made_bytes = texts_.text()->size() - bytes_before;
  if (made_bytes < kLittleTextBytes) {
    rows_per_read_ = std::min(rows_per_read_ * 2, kMostRowsAtOnce);
  } else if (made_bytes > kMuchTextBytes) {
    rows_per_read_ = std::max<size_t>(1, rows_per_read_ / 4);
  }
  const size_t rows = end - begin;
  cells_.resize(rows_.columns.size());
  for (size_t row = 0; row < rows; ++row) {
    for (size_t column = 0; column < cells_.size(); ++column) {
      const size_t place = places_[column * rows + row];
      cells_[column] = place == kNoPlace ? absl::string_view() : texts_.TextAt(place);
    }
    DOSSIER_RETURN_IF_ERROR(writer_->TextRow(cells_));
  }
  return absl::OkStatus();
}

void RowTexts::FindPlaces(size_t begin, size_t end) {
  const size_t rows = end - begin;
  texts_.Reserve(rows * rows_.columns.size());
  places_.resize(rows * rows_.columns.size());
  wanted_.clear();
  size_t* place = places_.data();
  for (const std::vector<TermId>& column : rows_.columns) {
    TermId last;
    size_t last_place = kNoPlace;
    for (size_t row = begin; row < end; ++row) {
      if (column[row] != last) {
        last = column[row];
        bool is_new = false;
        last_place = last.is_undefined() ? kNoPlace : texts_.Place(last, &is_new);
        if (is_new) wanted_.push_back(last);
      }
      *place++ = last_place;
    }
  }
}

// Of the first `stored` of those wanted, which are in the dictionary.
void RowTexts::LookAtDistances(ptrdiff_t stored) {
  if (wanted_.size() < kFewRows) return;
  ptrdiff_t far = 0;
  for (ptrdiff_t i = 1; i < stored; ++i) far += wanted_[i].bits() - wanted_[i - 1].bits() > kFarApart ? 1 : 0;
  far_apart_ = 2 * far > stored;
}

absl::Status RowTexts::MakeTexts() {
  std::sort(wanted_.begin(), wanted_.end());
  // Dictionary, made in the query, inline: in this order.
  const auto first_local =
      std::partition_point(wanted_.begin(), wanted_.end(), [](TermId id) { return id.tag() < TermTag::kLocal; });
  LookAtDistances(first_local - wanted_.begin());
  const auto first_inline = std::partition_point(first_local, wanted_.end(), [](TermId id) { return !id.is_inline(); });
  const auto read = [&](absl::Span<const TermId> ids) {
    return terms_->snapshot().VisitTerms(ids, [&](size_t i, const TermView& term) { return AppendText(ids[i], term); });
  };
  const auto local_begin = static_cast<size_t>(first_local - wanted_.begin());
  const auto local_end = static_cast<size_t>(first_inline - wanted_.begin());
  DOSSIER_RETURN_IF_ERROR(read(absl::MakeConstSpan(wanted_).first(local_begin)));
  DOSSIER_RETURN_IF_ERROR(read(absl::MakeConstSpan(wanted_).subspan(local_end)));
  for (size_t i = local_begin; i < local_end; ++i) {
    DOSSIER_ASSIGN_OR_RETURN(const Term* const term, terms_->Get(wanted_[i]));
    DOSSIER_RETURN_IF_ERROR(AppendText(wanted_[i], TermView(*term)));
  }
  return absl::OkStatus();
}

absl::Status RowTexts::AppendText(TermId id, const TermView& term) {
  bool is_new = false;
  TermTexts::Entry& entry = texts_.entry(texts_.Place(id, &is_new));
  std::string* const text = texts_.text();
  const size_t offset = text->size();
  DOSSIER_RETURN_IF_ERROR(writer_->AppendCell(term, text));
  if (text->size() > std::numeric_limits<uint32_t>::max()) {
    return absl::ResourceExhaustedError("the terms of a few rows have too much text");
  }
  entry.offset = static_cast<uint32_t>(offset);
  entry.length = static_cast<uint32_t>(text->size() - offset);
  return absl::OkStatus();
}

absl::Status RowTexts::ForgetTextsIfMany() {
  const bool many = far_apart_ ? texts_.bytes() > most_kept_bytes_
                               : texts_.taken() > kKeptTerms || texts_.text()->size() > kKeptTextBytes;
  if (many) texts_.Clear();
  if (memory_.Resize(texts_.bytes()).ok()) return absl::OkStatus();
  texts_.Clear();
  return memory_.Resize(0);
}

}  // namespace dossier
