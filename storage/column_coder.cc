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

// Of the decoders below: the ids [begin, end) of `count` are wanted.
struct Part {
  size_t count = 0;
  size_t begin = 0;
  size_t end = 0;

  bool is_all() const { return begin == 0 && end == count; }
};

// What is not wanted behind the part may be left where it is; a whole column has no byte more.
bool IsUsedUp(absl::string_view bytes, const Part& part) { return bytes.empty() || !part.is_all(); }

bool DecodeDifferences(absl::string_view bytes, bool zigzag, const Part& part, TermId* values) {
  uint64_t value = 0;
  Numbers differences;
  // Each one depends on all before it.
  if (!TakeWord(&bytes, &value)) return false;
  const size_t needed = part.is_all()
                            ? part.count - 1
                            : std::min(part.count - 1, (part.end + kPackedGroup - 2) / kPackedGroup * kPackedGroup);
  if (!UnpackNumbers(&bytes, needed, differences.data())) return false;
  for (size_t i = 1; i <= part.begin; ++i) value += zigzag ? Unzigzag(differences[i - 1]) : differences[i - 1];
  values[part.begin] = TermId::FromBits(value);
  if (zigzag) {
    for (size_t i = part.begin + 1; i < part.end; ++i)
      values[i] = TermId::FromBits(value += Unzigzag(differences[i - 1]));
  } else {
    for (size_t i = part.begin + 1; i < part.end; ++i) values[i] = TermId::FromBits(value += differences[i - 1]);
  }
  return IsUsedUp(bytes, part);
}

bool DecodeDictionary(absl::string_view bytes, const Part& part, TermId* values) {
  if (bytes.empty()) return false;
  const size_t size = static_cast<unsigned char>(bytes[0]);
  bytes.remove_prefix(1);
  std::array<uint64_t, kMaxDictionary> dictionary;
  Numbers numbers;
  if (size == 0 || size > kMaxDictionary || !TakeWord(&bytes, &dictionary[0]) ||
      !UnpackNumbers(&bytes, size - 1, numbers.data())) {
    return false;
  }
  for (size_t i = 1; i < size; ++i) dictionary[i] = dictionary[i - 1] + numbers[i - 1];
  if (!UnpackSomeNumbers(&bytes, part.count, part.begin, part.end, numbers.data())) return false;
  uint64_t largest = 0;
  for (size_t i = part.begin; i < part.end; ++i) largest = std::max(largest, numbers[i]);
  if (largest >= size) return false;
  for (size_t i = part.begin; i < part.end; ++i) values[i] = TermId::FromBits(dictionary[numbers[i]]);
  return bytes.empty();
}

bool DecodeByTag(absl::string_view bytes, const Part& part, TermId* values) {
  if (bytes.empty()) return false;
  const size_t tags = static_cast<unsigned char>(bytes[0]);
  bytes.remove_prefix(1);
  std::array<uint64_t, kMaxTags> least{};
  if (tags == 0 || tags > kMaxTags) return false;
  for (size_t i = 0; i < tags; ++i) {
    if (!TakeWord(&bytes, &least[i])) return false;
  }
  Numbers codes;
  Numbers offsets;
  if (!UnpackSomeNumbers(&bytes, part.count, part.begin, part.end, codes.data()) ||
      !UnpackSomeNumbers(&bytes, part.count, part.begin, part.end, offsets.data())) {
    return false;
  }
  if (tags == 1) {
    for (size_t i = part.begin; i < part.end; ++i) values[i] = TermId::FromBits(least[0] + offsets[i]);
    return bytes.empty();
  }
  // Every code selects something inside `least`; codes beyond `tags` are damage and only have to stay in bounds.
  for (size_t i = part.begin; i < part.end; ++i) values[i] = TermId::FromBits(least[codes[i] % kMaxTags] + offsets[i]);
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
  return count > 0 && DecodeColumnPart(bytes, count, 0, count, values);
}

bool DecodeColumnPart(absl::string_view bytes, size_t count, size_t begin, size_t end, TermId* values) {
  if (bytes.empty() || count > kMaxBlockRows) return false;
  const auto coding = static_cast<Coding>(bytes[0]);
  bytes.remove_prefix(1);
  const Part part{count, begin, end};
  switch (coding) {
    case Coding::kConstant: {
      uint64_t value = 0;
      if (!TakeWord(&bytes, &value)) return false;
      std::fill(values + begin, values + end, TermId::FromBits(value));
      return bytes.empty();
    }
    case Coding::kAscending: return DecodeDifferences(bytes, false, part, values);
    case Coding::kZigzag: return DecodeDifferences(bytes, true, part, values);
    case Coding::kDictionary: return DecodeDictionary(bytes, part, values);
    case Coding::kByTag: return DecodeByTag(bytes, part, values);
  }
  return false;
}

std::optional<TermId> ConstantOf(absl::string_view column) {
  uint64_t value = 0;
  if (column.empty() || static_cast<Coding>(column[0]) != Coding::kConstant) return std::nullopt;
  column.remove_prefix(1);
  return TakeWord(&column, &value) ? std::optional(TermId::FromBits(value)) : std::nullopt;
}

std::optional<size_t> DecodeAscendingPast(absl::string_view bytes, size_t count, TermId key, TermId* values) {
  if (bytes.empty() || static_cast<Coding>(bytes[0]) != Coding::kAscending) return std::nullopt;
  bytes.remove_prefix(1);
  uint64_t value = 0;
  if (!TakeWord(&bytes, &value)) return std::nullopt;
  values[0] = TermId::FromBits(value);
  size_t filled = 1;
  std::array<uint64_t, kPackedGroup> differences;
  while (filled < count && value <= key.bits()) {
    const size_t size = std::min(kPackedGroup, count - filled);
    if (!UnpackNumbers(&bytes, size, differences.data())) return std::nullopt;
    for (size_t i = 0; i < size; ++i) values[filled + i] = TermId::FromBits(value += differences[i]);
    filled += size;
  }
  return filled;
}

}  // namespace dossier::storage
