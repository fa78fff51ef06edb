#include "storage/hash.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace dossier::storage {
namespace {

// Stored bytes depend on these values: they never change within a format.
TEST(Hash, IsTheOneOfTheStorageFormat) {
  EXPECT_EQ(Hash64(""), 0xAE88AB476FD73D31U);
  EXPECT_EQ(Hash64("a"), 0x62EEA2259CCBC144U);
  EXPECT_EQ(Hash64("http://example.org/term"), 0x9AA4DD91F865DDA3U);
  EXPECT_EQ(Hash64(std::string(64, 'x')), 0x0D2940B1935AC889U);
  EXPECT_EQ(Hash64(std::string(1000, 'x')), 0x6B59089931BE5EB8U);
}

TEST(Hash, TellsStringsOfEveryLengthApart) {
  std::set<uint64_t> hashes;
  for (size_t length = 0; length < 300; ++length) {
    EXPECT_TRUE(hashes.insert(Hash64(std::string(length, '\0'))).second) << length;
    if (length > 0) {
      EXPECT_TRUE(hashes.insert(Hash64(std::string(length - 1, '\0') + '\1')).second) << length;
    }
  }
}

TEST(Hash, SpreadsOverItsTopBits) {
  std::set<uint64_t> tops;
  for (int i = 0; i < 1000; ++i) tops.insert(Hash64("http://example.org/" + std::to_string(i)) >> 24U);
  EXPECT_EQ(tops.size(), 1000U);
}

}  // namespace
}  // namespace dossier::storage
