// Files of blocks, in which data-driven tests keep questions and answers as text: a line with the block's kind, its
// lines, a blank line. Comments before a block begin with `#` and are kept.
#pragma once

#include <string>
#include <vector>

namespace dossier {

struct Block {
  std::vector<std::string> comments;
  std::string kind;
  std::string text;  // Each line ends with a line feed.
};

std::vector<Block> ReadBlocks(const std::string& path);
void WriteBlocks(const std::string& path, const std::vector<Block>& blocks);

}  // namespace dossier
