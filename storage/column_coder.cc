#include "storage/column_coder.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "storage/bit_packing.h"
#include "storage/block.h"

namespace dossier::storage {
namespace {

// The first byte of a column. Part of the storage format.
enum class Coding : uint8_t {
  kConstant = 0,    // value:u64
  kAscending = 1,   // first:u64 packed(differences)
  kZigzag = 2,      // first:u64 packed(differences, sign in the lowest bit)
  kDictionary = 3,  // values:u8 first:u64 packed(differences of the values) packed(codes)
  kByTag = 4,       // tags:u8 (least value of a tag:u64)* packed(tag codes) packed(value - least value of its tag)
};

// Of a dictionary; with more, codes are no smaller than what they stand for.
constexpr size_t kMaxDictionary = 255;
constexpr size_t kMaxTags = 16;

using Numbers = std::array<uint64_t, kMaxBlockRows>;

void AppendWord(uint64_t word, std::string* bytes) {
  bytes->append(reinterpret_cast<const char*>(&word), sizeof(word));
}

bool TakeWord(absl::string_view* bytes, uint64_t* word) {
  if (bytes->size() < sizeof(*word)) return false;
  std::memcpy(word, bytes->data(), sizeof(*word));
  bytes->remove_prefix(sizeof(*word));
  return true;
}

uint64_t Zigzag(uint64_t difference) { return difference << 1U ^ (0 - (difference >> 63U)); }
uint64_t Unzigzag(uint64_t number) { return number >> 1U ^ (0 - (number & 1U)); }

// The distinct values of a column, with the code of each row.
struct Dictionary {
  std::array<uint64_t, kMaxDictionary> values;
  size_t size = 0;
  Numbers codes;

  // False when there are too many. Values are numbered as they come, until they are sorted.
  bool Build(absl::Span<const uint64_t> rows) {
    constexpr size_t kSample = 128;
    constexpr size_t kSlots = 1024;  // Four times the most values: probing ends.
    std::array<uint16_t, kSlots> slots{};
    for (size_t i = 0; i < rows.size(); ++i) {
      if (i == kSample && size > kSample * 3 / 4) return false;  // It would only grow on like this.
      size_t slot = rows[i] * 0x9E3779B97F4A7C15U >> 54U;
      while (slots[slot] != 0 && values[slots[slot] - 1] != rows[i]) slot = (slot + 1) % kSlots;
      if (slots[slot] == 0) {
        if (size == kMaxDictionary) return false;
        values[size++] = rows[i];
        slots[slot] = static_cast<uint16_t>(size);
      }
      codes[i] = slots[slot] - 1U;
    }
    return true;
  }

  // About the bytes that it takes to encode it.
  size_t EstimateBytes(size_t rows) const { return 16 + size + rows * BitWidth(size - 1) / 8; }

  void Sort(size_t rows) {
    std::array<std::pair<uint64_t, uint64_t>, kMaxDictionary> order;
    for (size_t i = 0; i < size; ++i) order[i] = {values[i], i};
    std::sort(order.begin(), order.begin() + size);
    std::array<uint64_t, kMaxDictionary> rank;
    for (size_t i = 0; i < size; ++i) {
      values[i] = order[i].first;
      rank[order[i].second] = i;
    }
    for (size_t i = 0; i < rows; ++i) codes[i] = rank[codes[i]];
  }
};

struct ByTag {
  std::array<uint64_t, kMaxTags> least;
  size_t tags = 0;
  Numbers codes;
  Numbers offsets;

  bool Build(absl::Span<const uint64_t> rows) {
    std::array<uint8_t, 256> code_of_tag{};
    for (size_t i = 0; i < rows.size(); ++i) {
      uint8_t& code = code_of_tag[rows[i] >> 56U];
      if (code == 0) {
        if (tags == kMaxTags) return false;
        least[tags] = rows[i];
        code = static_cast<uint8_t>(++tags);
      }
      codes[i] = code - 1U;
      least[code - 1U] = std::min(least[code - 1U], rows[i]);
    }
    for (size_t i = 0; i < rows.size(); ++i) offsets[i] = rows[i] - least[codes[i]];
    return true;
  }
};

void EncodeDifferences(Coding coding, uint64_t first, const NumberPacker& differences, std::string* bytes) {
  bytes->push_back(static_cast<char>(coding));
  AppendWord(first, bytes);
  differences.AppendTo(bytes);
}

void EncodeDictionary(const Dictionary& dictionary, const NumberPacker& codes, std::string* bytes) {
  bytes->push_back(static_cast<char>(Coding::kDictionary));
  bytes->push_back(static_cast<char>(dictionary.size));
  AppendWord(dictionary.values[0], bytes);
  std::array<uint64_t, kMaxDictionary> differences;
  for (size_t i = 1; i < dictionary.size; ++i) differences[i - 1] = dictionary.values[i] - dictionary.values[i - 1];
  NumberPacker({differences.data(), dictionary.size - 1}).AppendTo(bytes);
  codes.AppendTo(bytes);
}

void EncodeByTag(const ByTag& by_tag, const NumberPacker& codes, const NumberPacker& offsets, std::string* bytes) {
  bytes->push_back(static_cast<char>(Coding::kByTag));
  bytes->push_back(static_cast<char>(by_tag.tags));
  for (size_t i = 0; i < by_tag.tags; ++i) AppendWord(by_tag.least[i], bytes);
  codes.AppendTo(bytes);
  offsets.AppendTo(bytes);
}

// A column that goes up and down: what is smallest of the codings that can take it.
void EncodeUnsorted(absl::Span<const uint64_t> values, const NumberPacker& zigzag, std::string* bytes) {
  const size_t rows = values.size();
  std::string best;
  size_t least = sizeof(uint64_t) + zigzag.bytes();
  ByTag by_tag;
  if (by_tag.Build(values)) {
    const NumberPacker codes({by_tag.codes.data(), rows});
    const NumberPacker offsets({by_tag.offsets.data(), rows});
    const size_t size = 1 + by_tag.tags * sizeof(uint64_t) + codes.bytes() + offsets.bytes();
    if (size <= least) {
      EncodeByTag(by_tag, codes, offsets, &best);
      least = size;
    }
  }
  Dictionary dictionary;
  if (dictionary.Build(values) && dictionary.EstimateBytes(rows) < least) {
    dictionary.Sort(rows);
    const NumberPacker codes({dictionary.codes.data(), rows});
    if (codes.bytes() < least) {
      std::string trial;
      EncodeDictionary(dictionary, codes, &trial);
      if (trial.size() <= least) best = std::move(trial);
    }
  }
  if (best.empty()) {
    EncodeDifferences(Coding::kZigzag, values[0], zigzag, bytes);
  } else {
    bytes->append(best);
  }
}

constexpr size_t kCodingBytes = 1;

bool DecodeDifferences(absl::string_view bytes, bool zigzag, size_t count, TermId* values) {
  uint64_t value = 0;
  Numbers differences;
  if (!TakeWord(&bytes, &value) || !UnpackNumbers(&bytes, count - 1, differences.data())) return false;
  values[0] = TermId::FromBits(value);
  if (zigzag) {
    for (size_t i = 1; i < count; ++i) values[i] = TermId::FromBits(value += Unzigzag(differences[i - 1]));
  } else {
    for (size_t i = 1; i < count; ++i) values[i] = TermId::FromBits(value += differences[i - 1]);
  }
  return bytes.empty();
}

// Of a column with its coding: the ids behind the first one of group `group`, which has `size` differences.
bool DecodeDifferencesOf(absl::string_view column, const ColumnGroups& groups, bool zigzag, size_t group, size_t size,
                         TermId* values) {
  std::array<uint64_t, kPackedGroup> differences;
  if (!UnpackGroupAt(column, groups.places[group], size, differences.data())) return false;
  uint64_t value = groups.before[group];
  TermId* const out = values + group * kPackedGroup + 1;
  if (zigzag) {
    for (size_t i = 0; i < size; ++i) out[i] = TermId::FromBits(value += Unzigzag(differences[i]));
  } else {
    for (size_t i = 0; i < size; ++i) out[i] = TermId::FromBits(value += differences[i]);
  }
  return true;
}

bool DecodeDifferencesPart(absl::string_view column, const ColumnGroups& groups, bool zigzag, size_t count,
                           size_t begin, size_t end, TermId* values) {
  if (begin == 0) values[0] = TermId::FromBits(groups.before[0]);
  // The first id of all stands before the groups.
  for (size_t group = begin == 0 ? 0 : (begin - 1) / kPackedGroup; group * kPackedGroup + 1 < end; ++group) {
    const size_t size = std::min(kPackedGroup, count - 1 - group * kPackedGroup);
    if (!DecodeDifferencesOf(column, groups, zigzag, group, size, values)) return false;
  }
  return true;
}

using Values = std::array<uint64_t, kMaxDictionary>;

// The values of a dictionary, from the front of `bytes`; how many they are, 0 when they are not well formed.
size_t TakeDictionary(absl::string_view* bytes, Values* dictionary) {
  if (bytes->empty()) return 0;
  const size_t size = static_cast<unsigned char>((*bytes)[0]);
  bytes->remove_prefix(1);
  Values differences;
  if (size == 0 || size > kMaxDictionary || !TakeWord(bytes, dictionary->data()) ||
      !UnpackNumbers(bytes, size - 1, differences.data())) {
    return 0;
  }
  for (size_t i = 1; i < size; ++i) (*dictionary)[i] = (*dictionary)[i - 1] + differences[i - 1];
  return size;
}

// False when a code stands for nothing.
bool LookUpCodes(const Values& dictionary, size_t size, const uint64_t* codes, size_t count, TermId* values) {
  uint64_t largest = 0;
  for (size_t i = 0; i < count; ++i) largest = std::max(largest, codes[i]);
  if (largest >= size) return false;
  for (size_t i = 0; i < count; ++i) values[i] = TermId::FromBits(dictionary[codes[i]]);
  return true;
}

bool DecodeDictionary(absl::string_view bytes, size_t count, TermId* values) {
  Values dictionary;
  const size_t size = TakeDictionary(&bytes, &dictionary);
  Numbers codes;
  return size > 0 && UnpackNumbers(&bytes, count, codes.data()) &&
         LookUpCodes(dictionary, size, codes.data(), count, values) && bytes.empty();
}

bool DecodeDictionaryPart(absl::string_view column, const ColumnGroups& groups, size_t count, size_t begin, size_t end,
                          TermId* values) {
  Values dictionary;
  absl::string_view bytes = column.substr(kCodingBytes);
  const size_t size = TakeDictionary(&bytes, &dictionary);
  if (size == 0) return false;
  std::array<uint64_t, kPackedGroup> codes;
  for (size_t row = begin / kPackedGroup * kPackedGroup; row < end; row += kPackedGroup) {
    const size_t some = std::min(kPackedGroup, count - row);
    if (!UnpackGroupAt(column, groups.places[row / kPackedGroup], some, codes.data()) ||
        !LookUpCodes(dictionary, size, codes.data(), some, values + row)) {
      return false;
    }
  }
  return true;
}

// Of a column that is coded by tag.
struct Tags {
  std::array<uint64_t, kMaxTags> least{};
  size_t count = 0;

  bool Take(absl::string_view* bytes) {
    if (bytes->empty()) return false;
    count = static_cast<unsigned char>((*bytes)[0]);
    bytes->remove_prefix(1);
    if (count == 0 || count > kMaxTags) return false;
    for (size_t i = 0; i < count; ++i) {
      if (!TakeWord(bytes, &least[i])) return false;
    }
    return true;
  }

  void Add(const uint64_t* codes, const uint64_t* offsets, size_t rows, TermId* values) const {
    if (count == 1) {
      for (size_t i = 0; i < rows; ++i) values[i] = TermId::FromBits(least[0] + offsets[i]);
      return;
    }
    // Every code selects something inside `least`; codes beyond `count` are damage and only have to stay in bounds.
    for (size_t i = 0; i < rows; ++i) values[i] = TermId::FromBits(least[codes[i] % kMaxTags] + offsets[i]);
  }
};

bool DecodeByTag(absl::string_view bytes, size_t count, TermId* values) {
  Tags tags;
  Numbers codes;
  Numbers offsets;
  if (!tags.Take(&bytes) || !UnpackNumbers(&bytes, count, codes.data()) ||
      !UnpackNumbers(&bytes, count, offsets.data())) {
    return false;
  }
  tags.Add(codes.data(), offsets.data(), count, values);
  return bytes.empty();
}

bool DecodeByTagPart(absl::string_view column, const ColumnGroups& groups, size_t count, size_t begin, size_t end,
                     TermId* values) {
  Tags tags;
  absl::string_view bytes = column.substr(kCodingBytes);
  if (!tags.Take(&bytes)) return false;
  std::array<uint64_t, kPackedGroup> codes;
  std::array<uint64_t, kPackedGroup> offsets;
  for (size_t row = begin / kPackedGroup * kPackedGroup; row < end; row += kPackedGroup) {
    const size_t group = row / kPackedGroup;
    const size_t some = std::min(kPackedGroup, count - row);
    if (tags.count > 1 && !UnpackGroupAt(column, groups.places[group], some, codes.data())) return false;
    if (!UnpackGroupAt(column, groups.offset_places[group], some, offsets.data())) return false;
    tags.Add(codes.data(), offsets.data(), some, values + row);
  }
  return true;
}

// Of a column that is coded as differences.
bool FindGroupsOfDifferences(const char* start, absl::string_view bytes, bool zigzag, size_t count,
                             ColumnGroups* groups) {
  uint64_t value = 0;
  if (!TakeWord(&bytes, &value)) return false;
  groups->before[0] = value;
  std::array<uint64_t, kPackedGroup> differences;
  for (size_t row = 1; row < count; row += kPackedGroup) {
    const size_t group = row / kPackedGroup;
    const size_t some = std::min(kPackedGroup, count - row);
    groups->before[group] = value;
    absl::string_view numbers = bytes;
    if (!FindGroups(start, &bytes, some, &groups->places[group]) ||
        !UnpackNumbers(&numbers, some, differences.data())) {
      return false;
    }
    for (size_t i = 0; i < some; ++i) value += zigzag ? Unzigzag(differences[i]) : differences[i];
  }
  return bytes.empty();
}

}  // namespace

void EncodeColumn(absl::Span<const uint64_t> values, std::string* bytes) {
  const size_t rows = values.size();
  bool ascending = true;
  uint64_t changes = 0;
  Numbers differences;
  for (size_t i = 1; i < rows; ++i) {
    differences[i - 1] = values[i] - values[i - 1];
    ascending &= values[i - 1] <= values[i];
    changes |= differences[i - 1];
  }
  if (changes == 0) {
    bytes->push_back(static_cast<char>(Coding::kConstant));
    AppendWord(values[0], bytes);
    return;
  }
  if (!ascending) {
    for (size_t i = 0; i + 1 < rows; ++i) differences[i] = Zigzag(differences[i]);
  }
  const NumberPacker packer({differences.data(), rows - 1});
  if (ascending) {
    EncodeDifferences(Coding::kAscending, values[0], packer, bytes);
  } else {
    EncodeUnsorted(values, packer, bytes);
  }
}

bool DecodeColumn(absl::string_view bytes, size_t count, TermId* values) {
  if (bytes.empty() || count == 0 || count > kMaxBlockRows) return false;
  const auto coding = static_cast<Coding>(bytes[0]);
  bytes.remove_prefix(kCodingBytes);
  switch (coding) {
    case Coding::kConstant: {
      uint64_t value = 0;
      if (!TakeWord(&bytes, &value)) return false;
      std::fill_n(values, count, TermId::FromBits(value));
      return bytes.empty();
    }
    case Coding::kAscending: return DecodeDifferences(bytes, false, count, values);
    case Coding::kZigzag: return DecodeDifferences(bytes, true, count, values);
    case Coding::kDictionary: return DecodeDictionary(bytes, count, values);
    case Coding::kByTag: return DecodeByTag(bytes, count, values);
  }
  return false;
}

bool FindColumnGroups(absl::string_view bytes, size_t count, ColumnGroups* groups) {
  if (bytes.empty() || count == 0 || count > kMaxBlockRows) return false;
  const char* const start = bytes.data();
  const auto coding = static_cast<Coding>(bytes[0]);
  bytes.remove_prefix(kCodingBytes);
  switch (coding) {
    case Coding::kConstant: return bytes.size() == sizeof(uint64_t);
    case Coding::kAscending: return FindGroupsOfDifferences(start, bytes, false, count, groups);
    case Coding::kZigzag: return FindGroupsOfDifferences(start, bytes, true, count, groups);
    case Coding::kDictionary: {
      Values dictionary;
      return TakeDictionary(&bytes, &dictionary) > 0 && FindGroups(start, &bytes, count, groups->places.data()) &&
             bytes.empty();
    }
    case Coding::kByTag: {
      Tags tags;
      return tags.Take(&bytes) && FindGroups(start, &bytes, count, groups->places.data()) &&
             FindGroups(start, &bytes, count, groups->offset_places.data()) && bytes.empty();
    }
  }
  return false;
}

bool DecodeColumnPart(absl::string_view bytes, const ColumnGroups& groups, size_t count, size_t begin, size_t end,
                      TermId* values) {
  if (bytes.empty() || count > kMaxBlockRows) return false;
  switch (static_cast<Coding>(bytes[0])) {
    case Coding::kConstant: {
      const std::optional<TermId> value = ConstantOf(bytes);
      if (value.has_value()) std::fill(values + begin, values + end, *value);
      return value.has_value();
    }
    case Coding::kAscending: return DecodeDifferencesPart(bytes, groups, false, count, begin, end, values);
    case Coding::kZigzag: return DecodeDifferencesPart(bytes, groups, true, count, begin, end, values);
    case Coding::kDictionary: return DecodeDictionaryPart(bytes, groups, count, begin, end, values);
    case Coding::kByTag: return DecodeByTagPart(bytes, groups, count, begin, end, values);
  }
  return false;
}

std::optional<TermId> ConstantOf(absl::string_view column) {
  uint64_t value = 0;
  if (column.empty() || static_cast<Coding>(column[0]) != Coding::kConstant) return std::nullopt;
  column.remove_prefix(1);
  return TakeWord(&column, &value) ? std::optional(TermId::FromBits(value)) : std::nullopt;
}

std::optional<RowWindow> DecodeAscendingAround(absl::string_view bytes, const ColumnGroups& groups, size_t count,
                                               TermId key, TermId* values) {
  if (bytes.empty() || static_cast<Coding>(bytes[0]) != Coding::kAscending) return std::nullopt;
  // The last group before which an id less than the key stands; with that id, which is not in the group.
  size_t group = 0;
  while ((group + 1) * kPackedGroup + 1 < count && groups.before[group + 1] < key.bits()) ++group;
  RowWindow filled{group * kPackedGroup, group * kPackedGroup + 1};
  values[filled.begin] = TermId::FromBits(groups.before[group]);
  for (; filled.end < count && values[filled.end - 1] <= key; ++group) {
    const size_t size = std::min(kPackedGroup, count - filled.end);
    if (!DecodeDifferencesOf(bytes, groups, false, group, size, values)) return std::nullopt;
    filled.end += size;
  }
  return filled;
}

}  // namespace dossier::storage
