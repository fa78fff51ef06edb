#include "tests/support/block_file.h"

#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"

namespace dossier {

std::vector<Block> ReadBlocks(const std::string& path) {
  std::ifstream file(path);
  std::vector<Block> blocks;
  Block block;
  std::string line;
  const auto finish = [&] {
    if (!block.kind.empty() || !block.comments.empty()) blocks.push_back(std::exchange(block, Block()));
  };
  while (std::getline(file, line)) {
    if (line.empty()) {
      finish();
    } else if (block.kind.empty() && line[0] == '#') {
      block.comments.push_back(line);
    } else if (block.kind.empty()) {
      block.kind = line;
    } else {
      absl::StrAppend(&block.text, line, "\n");
    }
  }
  finish();
  return blocks;
}

void WriteBlocks(const std::string& path, const std::vector<Block>& blocks) {
  std::ofstream file(path);
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (i > 0) file << "\n";
    for (const std::string& comment : blocks[i].comments) file << comment << "\n";
    if (!blocks[i].kind.empty()) file << blocks[i].kind << "\n" << blocks[i].text;
  }
}

}  // namespace dossier
