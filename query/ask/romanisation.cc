#include "query/ask/romanisation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "query/ask/phrase_index.h"

namespace dossier::ask {
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

std::string Syllable(absl::string_view word) {
  for (const absl::string_view row : kSyllables) {
    const std::vector<absl::string_view> spellings = absl::StrSplit(row, ' ');
    if (std::find(spellings.begin(), spellings.end(), word) != spellings.end())
      return absl::StrCat("=", spellings.front());
  }
  return std::string();
}

std::string Letters(absl::string_view word) {
  std::string text;
  for (size_t at = 0; at < word.size();) {
    const auto* rule = std::find_if(kLetters.begin(), kLetters.end(),
                                    [&](const auto& pair) { return absl::StartsWith(word.substr(at), pair.first); });
    if (rule != kLetters.end()) {
      absl::StrAppend(&text, rule->second);
      at += rule->first.size();
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

std::vector<Respelling> FindRespellings(const Catalogue& catalogue, absl::string_view phrase) {
  // Looking at every name is for stores in which that is quick; in others the name has to be right.
  constexpr size_t kMaximumNames = 1'000'000;
  constexpr size_t kShortest = 4;
  std::vector<Respelling> found;
  const std::string known = PhraseKey(phrase);
  if (catalogue.names().size() > kMaximumNames || known.size() < kShortest) return found;
  const std::string key = RomanisationKey(known);
  catalogue.names().ForEach([&](absl::string_view name, uint32_t index) {
    if (name.size() < kShortest || name == known || RomanisationKey(name) != key) return;
    const TermId entity = catalogue.entity_id(index);
    const bool repeated =
        std::any_of(found.begin(), found.end(), [&](const Respelling& other) { return other.entity == entity; });
    if (!repeated) found.push_back({std::string(name), std::string(catalogue.Label(entity)), entity});
  });
  return found;
}

}  // namespace dossier::ask
