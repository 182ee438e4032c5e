/*
 * Records what a process does to the files below RECORD_FOLDER, and when it answers an HTTP request with 2xx, so that the
 * disk can be rebuilt as a power cut at any moment would have left it. Loaded with LD_PRELOAD; writes to RECORD_LOG.
 *
 * A record: kind (1 byte), length of the path (u16), offset (u64), length of the content (u32), path, content. Little-endian.
 *   W content at offset    T cut to offset bytes    S synced    C file made    M folder made    U name removed
 *   A answer on a socket (the content; no path)
 * Contents and names are recorded before the call, syncs after it: what a sync has not finished is not safe.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;
static const char *folder;
static size_t folder_length;

__attribute__((constructor)) static void begin(void) {
  folder = getenv("RECORD_FOLDER");
  const char *path = getenv("RECORD_LOG");
  if (!folder || !path) return;
  folder_length = strlen(folder);
  log_fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void record(char kind, const char *path, uint64_t offset, const struct iovec *parts, int count) {
  if (log_fd < 0) return;
  uint16_t path_length = (uint16_t)strlen(path);
  uint32_t length = 0;
  for (int i = 0; i < count; i++) length += (uint32_t)parts[i].iov_len;
  char head[15];
  head[0] = kind;
  memcpy(head + 1, &path_length, 2);
  memcpy(head + 3, &offset, 8);
  memcpy(head + 11, &length, 4);
  pthread_mutex_lock(&lock);
  syscall(SYS_write, log_fd, head, sizeof head);
  syscall(SYS_write, log_fd, path, path_length);
  for (int i = 0; i < count; i++) syscall(SYS_write, log_fd, parts[i].iov_base, parts[i].iov_len);
  pthread_mutex_unlock(&lock);
}

static int is_ours(const char *path) { return log_fd >= 0 && strncmp(path, folder, folder_length) == 0; }

/* The path of an open file below the folder, in `path`; 0 where it is another one. */
static int path_of(int fd, char *path) {
  if (log_fd < 0 || fd < 3 || fd == log_fd) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return is_ours(path) && !strstr(path, " (deleted)");
}

static void record_content(int fd, const struct iovec *parts, int count, off_t offset) {
  char path[PATH_MAX];
  if (count > 0 && path_of(fd, path)) {
    record('W', path, (uint64_t)(offset < 0 ? lseek(fd, 0, SEEK_CUR) : offset), parts, count);
    return;
  }
  if (count > 0 && parts[0].iov_len > 10 && strncmp(parts[0].iov_base, "HTTP/1.1 2", 10) == 0) record('A', "", 0, parts, count);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t length) {
  struct iovec part = {(void *)bytes, length};
  record_content(fd, &part, 1, -1);
  return NEXT(write)(fd, bytes, length);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  record_content(fd, parts, count, -1);
  return NEXT(writev)(fd, parts, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
  struct iovec part = {(void *)bytes, length};
  record_content(fd, &part, 1, offset);
  return NEXT(pwrite)(fd, bytes, length, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  struct iovec part = {(void *)bytes, length};
  record_content(fd, &part, 1, offset);
  return NEXT(pwrite64)(fd, bytes, length, offset);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  record_content(fd, parts, count, offset);
  return NEXT(pwritev)(fd, parts, count, offset);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  record_content(fd, parts, count, offset);
  return NEXT(pwritev64)(fd, parts, count, offset);
}

static void record_cut(int fd, off_t length) {
  char path[PATH_MAX];
  if (path_of(fd, path)) record('T', path, (uint64_t)length, 0, 0);
}

int ftruncate(int fd, off_t length) {
  record_cut(fd, length);
  return NEXT(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length) {
  record_cut(fd, length);
  return NEXT(ftruncate64)(fd, length);
}

static int record_sync(int fd, int result) {
  char path[PATH_MAX];
  if (result == 0 && path_of(fd, path)) record('S', path, 0, 0, 0);
  return result;
}

int fsync(int fd) { return record_sync(fd, NEXT(fsync)(fd)); }

int fdatasync(int fd) { return record_sync(fd, NEXT(fdatasync)(fd)); }

static void record_new(const char *path, int flags) {
  if ((flags & O_CREAT) && is_ours(path) && access(path, F_OK) != 0) record('C', path, 0, 0, 0);
  if ((flags & O_TRUNC) && is_ours(path)) record('T', path, 0, 0, 0);
}

static mode_t mode_in(int flags, va_list arguments) { return flags & O_CREAT ? va_arg(arguments, mode_t) : 0; }

#define OPEN(name)                          \
  int name(const char *path, int flags, ...) { \
    va_list arguments;                      \
    va_start(arguments, flags);             \
    mode_t mode = mode_in(flags, arguments); \
    va_end(arguments);                      \
    record_new(path, flags);                \
    return NEXT(name)(path, flags, mode);   \
  }
OPEN(open)
OPEN(open64)

int mkdir(const char *path, mode_t mode) {
  if (is_ours(path) && access(path, F_OK) != 0) record('M', path, 0, 0, 0);
  return NEXT(mkdir)(path, mode);
}

int unlink(const char *path) {
  if (is_ours(path)) record('U', path, 0, 0, 0);
  return NEXT(unlink)(path);
}
