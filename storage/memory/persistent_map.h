// An ordered map of bytes whose copies cost nothing and never change one another: a treap (a search tree by key that is
// a heap by random priority, so balanced) whose nodes are shared between versions and never modified.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace dossier::storage {

// Const members may be called from several threads at once; so may all members of different copies.
class PersistentMap {
 public:
  struct Entry {
    std::string key;
    std::shared_ptr<const std::string> value;
  };

  void Put(absl::string_view key, absl::string_view value);
  void Erase(absl::string_view key);

  // Null when there is none. Entries live as long as any copy of the map that holds them.
  const Entry* AtOrAfter(absl::string_view key) const;
  const Entry* AtOrBefore(absl::string_view key) const;
  const Entry* After(absl::string_view key) const;
  const Entry* Before(absl::string_view key) const;

 private:
  struct Node;
  using Link = std::shared_ptr<const Node>;

  static Link Make(const Node& like, Link left, Link right);
  // Splits into the keys less than `key` and the others.
  static void Split(const Link& node, absl::string_view key, Link* less, Link* rest);
  static Link Insert(const Link& node, Entry entry, uint64_t priority);
  static Link Remove(const Link& node, absl::string_view key);
  static Link Join(const Link& left, const Link& right);

  Link root_;
};

}  // namespace dossier::storage
