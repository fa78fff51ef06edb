#include "query/expr/digest.h"

#include <openssl/evp.h>

#include <array>

#include "absl/strings/escaping.h"

namespace dossier {
namespace {

const EVP_MD* AlgorithmOf(DigestKind kind) {
  switch (kind) {
    case DigestKind::kMd5: return EVP_md5();
    case DigestKind::kSha1: return EVP_sha1();
    case DigestKind::kSha256: return EVP_sha256();
    case DigestKind::kSha384: return EVP_sha384();
    case DigestKind::kSha512: return EVP_sha512();
  }
  return nullptr;
}

}  // namespace

std::optional<std::string> DigestInHex(DigestKind kind, absl::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes = {};
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), bytes.data(), &size, AlgorithmOf(kind), nullptr) != 1) return std::nullopt;
  std::string digest;
  for (unsigned int i = 0; i < size; ++i) digest.push_back(static_cast<char>(bytes[i]));
  return absl::BytesToHexString(digest);
}

}  // namespace dossier
