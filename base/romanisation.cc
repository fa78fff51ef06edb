#include "base/romanisation.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/numeric/bits.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace dossier {
namespace {

// Whole syllables and words that the systems spell apart; each is brought to the first of its row.
// Korean: McCune-Reischauer, Revised Romanisation, that of the North, and what families write. Chinese: Pinyin and
// Wade-Giles, postal names.
constexpr absl::string_view kSyllables[] = {
    "ri lee li yi rhee rhie yee",
    "pak park bak bark",
    "kim gim",
    "choe choi chwe choy",
    "jong jung chong chung jeong joung",
    "un eun",
    "il ill",
    "song sung seong",
    "kyong kyung gyeong gyong kyeong",
    "hyon hyun hyeon",
    "chol chul cheol chuhl",
    "yong young yeong",
    "myong myung myeong",
    "sok suk seok sock",
    "hui hee hi",
    "sun soon seon son",
    "jo cho joe",
    "u woo wu oo",
    "mu moo",
    "o oh",
    "no roh noh ro",
    "paek baek paik baik back",
    "sin shin",
    "kwon gwon kweon",
    "kang gang",
    "pyong byong byung pyung byeong pyeong",
    "ryong ryung ryeong",
    "thae tae tai",
    "jae chae jai",
    "jun joon chun",
    "guk kuk gook kook",
    "rim lim im",
    "ryu yoo yu ryoo",
    "ryang yang liang",
    "jang chang zhang",
    "xi hsi",
    "zhou chou",
    "jinping chinping",
    "xiaoping hsiaoping",
    "guo kuo",
    "qing ching",
    "mao mau",
    "zedong tsetung",
    "beijing peking peiping",
    "nanjing nanking",
    "guangzhou canton kwangchow",
    "tianjin tientsin",
    "chongqing chungking",
    "kyiv kiev kiew kijew",
    "odesa odessa",
    "kharkiv kharkov charkow",
    "lviv lvov lwow lemberg",
    "muhammad mohammed mohamed mohammad muhamed mehmet",
    "hussein husayn hussain husein hoessein",
    "ahmad ahmed achmed",
    "sheikh shaykh sheik",
    "abd abdel abdul abdal",
};

// Letters that systems write apart; applied in this order. Russian and Arabic above all.
constexpr std::array<std::pair<absl::string_view, absl::string_view>, 38> kLetters = {{
    {"shch", "S"}, {"schtsch", "S"}, {"tsch", "C"}, {"tch", "C"}, {"sch", "S"}, {"kh", "h"},  {"zh", "j"}, {"sh", "S"},
    {"ch", "C"},   {"ts", "c"},      {"tz", "c"},   {"dj", "j"},  {"dzh", "j"}, {"ph", "f"},  {"gh", "g"}, {"th", "t"},
    {"dh", "d"},   {"ks", "x"},      {"iy", "y"},   {"ij", "y"},  {"yy", "y"},  {"ie", "ye"}, {"yo", "e"}, {"ya", "a"},
    {"ia", "a"},   {"ja", "a"},      {"yu", "u"},   {"iu", "u"},  {"ou", "u"},  {"oo", "u"},  {"ee", "i"}, {"ey", "y"},
    {"ei", "y"},   {"ai", "y"},      {"ay", "y"},   {"w", "v"},   {"q", "k"},   {"ck", "k"},
}};

// The spelling that stands for each of the syllables' spellings.
absl::flat_hash_map<absl::string_view, absl::string_view> MakeSyllables() {
  absl::flat_hash_map<absl::string_view, absl::string_view> syllables;
  for (const absl::string_view row : kSyllables) {
    const std::vector<absl::string_view> spellings = absl::StrSplit(row, ' ');
    for (const absl::string_view spelling : spellings) syllables.emplace(spelling, spellings.front());
  }
  return syllables;
}

std::string Syllable(absl::string_view word) {
  static const absl::flat_hash_map<absl::string_view, absl::string_view> syllables = MakeSyllables();
  const auto found = syllables.find(word);
  return found == syllables.end() ? std::string() : absl::StrCat("=", found->second);
}

// Bit i: rule i of kLetters begins with the byte.
std::array<uint64_t, 256> MakeRulesByFirst() {
  static_assert(kLetters.size() <= 64);
  std::array<uint64_t, 256> rules{};
  for (size_t i = 0; i < kLetters.size(); ++i) {
    rules[static_cast<unsigned char>(kLetters[i].first.front())] |= uint64_t{1} << i;
  }
  return rules;
}

std::string Letters(absl::string_view word) {
  static const std::array<uint64_t, 256> rules_by_first = MakeRulesByFirst();
  std::string text;
  for (size_t at = 0; at < word.size();) {
    uint64_t rules = rules_by_first[static_cast<unsigned char>(word[at])];
    while (rules != 0 && !absl::StartsWith(word.substr(at), kLetters[absl::countr_zero(rules)].first))
      rules &= rules - 1;
    if (rules != 0) {
      const auto& [spelling, letters] = kLetters[absl::countr_zero(rules)];
      absl::StrAppend(&text, letters);
      at += spelling.size();
    } else {
      text.push_back(word[at++]);
    }
  }
  // French and German write ch and sch for sh, and i for y at the end.
  std::string key;
  for (const char c : text) {
    const char plain = c == 'S' || c == 'C' ? 'C' : c == 'y' ? 'i' : c;
    if (plain != 'i' || key.empty() || key.back() != 'i') key.push_back(plain);
  }
  if (absl::EndsWith(key, "of") || absl::EndsWith(key, "ef")) key.back() = 'v';
  return key;
}

}  // namespace

std::string RomanisationKey(absl::string_view name) {
  std::string key;
  for (const absl::string_view word : absl::StrSplit(name, ' ', absl::SkipEmpty())) {
    const std::string syllable = Syllable(word);
    absl::StrAppend(&key, key.empty() ? "" : " ", syllable.empty() ? Letters(word) : syllable);
  }
  return key;
}

}  // namespace dossier
