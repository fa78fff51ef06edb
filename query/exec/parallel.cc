#include "query/exec/parallel.h"

#include <atomic>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace dossier::exec {

absl::Status RunParts(size_t parts, ThreadPermits* permits, absl::FunctionRef<absl::Status(size_t)> work) {
  std::atomic<size_t> next{0};
  std::mutex mutex;
  absl::Status status;
  const auto run = [&] {
    for (size_t part = next.fetch_add(1); part < parts; part = next.fetch_add(1)) {
      absl::Status of_part = work(part);
      if (of_part.ok()) continue;
      const std::lock_guard<std::mutex> lock(mutex);
      status.Update(of_part);
      next.store(parts);
    }
  };
  const ThreadLease lease(permits, parts > 0 ? parts - 1 : 0);
  std::vector<std::thread> others;
  for (size_t i = 0; i < lease.count(); ++i) {
    try {
      others.emplace_back(run);
    } catch (const std::system_error&) {
      break;  // No more threads to be had: the parts are done by those that there are.
    }
  }
  run();
  for (std::thread& thread : others) thread.join();
  return status;
}

}  // namespace dossier::exec
