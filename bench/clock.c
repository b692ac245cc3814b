/*
 * A clock of a process's own: preloaded into it, this adds to what time it is so many seconds as a file says, which
 * may change at any moment. What measures time rather than telling it (CLOCK_MONOTONIC) is left as it is, as it is
 * when somebody sets a machine's clock.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile long *ahead;

__attribute__((constructor)) static void begin(void) {
	const char *path = getenv("BENCH_CLOCK");
	int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (file >= 0) {
		void *page = mmap(0, sizeof(long), PROT_READ, MAP_SHARED, file, 0);
		ahead = page == MAP_FAILED ? 0 : page;
		close(file);
	}
}

int clock_gettime(clockid_t clock, struct timespec *at) {
	int failed = syscall(SYS_clock_gettime, clock, at);
	if (!failed && ahead && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
		at->tv_sec += *ahead;
	}
	return failed;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
	int failed = syscall(SYS_gettimeofday, at, zone);
	if (!failed && ahead && at) {
		at->tv_sec += *ahead;
	}
	return failed;
}

time_t time(time_t *at) {
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	if (at) {
		*at = now.tv_sec;
	}
	return now.tv_sec;
}
