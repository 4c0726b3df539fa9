# Short doors to meson. `make run` and `make test` install what they need.
BUILD ?= build
DEBUG ?= build-debug
NAME ?= coracle
DATA ?= /var/lib/$(NAME)
# On a terminal ninja tells in one line how far it is; elsewhere only what goes wrong.
QUIET := $(shell test -t 1 || echo --quiet)
.PHONY: all build debug run stop test unit e2e clients operators conformance bench bench-sched million fuzz fmt lint gen install crash clean

all: build

build:
	@tools/install build
	@test -f $(BUILD)/build.ninja || echo "==> building (some minutes the first time)"
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release -Ddebug=true >/dev/null
	@ninja -C $(BUILD) $(QUIET) coracle codec

debug:
	@tools/install build
	@test -f $(DEBUG)/build.ninja || echo "==> building with sanitizers (some minutes the first time)"
	@test -f $(DEBUG)/build.ninja || meson setup $(DEBUG) --buildtype=debugoptimized -Db_sanitize=address,undefined >/dev/null
	@ninja -C $(DEBUG) $(QUIET)

run: build
	@tools/install run example
	@tools/run

stop:
	@test -x $(BUILD)/coracle || { echo "make stop: $(BUILD)/coracle is not built, so nothing was started from here" >&2; exit 1; }
	@$(BUILD)/coracle stop --name $(NAME) --data-dir $(DATA)

test: unit lint e2e

unit: debug
	@tools/install run test
	@meson test -C $(DEBUG) --no-rebuild --print-errorlogs

e2e: build
	@tools/install run test
	@tests/e2e/run
	@tests/e2e/limits
	@tests/e2e/nodes
	@tests/sim/run

clients: build debug
	@tools/install run test client
	@tests/cel/table.py --fetch && $(DEBUG)/test_cellib_conformance || test $$? = 77
	@tests/clients/run

# Real operators, Ansible and the official clients' own tests; the first run builds for half an hour. PARTS names some of them.
operators: build
	@tools/install run test client operators
	@tests/operators/run

# FOCUS and SKIP are regular expressions over the tests' names; without them the whole suite runs (half an hour). RESUME=1 goes on where one was ended.
conformance: build
	@tools/install run test conformance
	@tests/conformance/run "$(FOCUS)" "$(SKIP)"

bench: build
	@tools/install run test bench
	@bench/run

bench-sched: build
	@ninja -C $(BUILD) $(QUIET) bench_sched
	@$(BUILD)/bench_sched build/bench-sched.tsv

fuzz:
	@tools/install build
	@tools/fuzz

# What may never happen, checked after each of a million random steps: over-committed nodes, devices, counters, cores; gangs in part.
million: build
	@ninja -C $(BUILD) $(QUIET) test_bench_whole test_cycle_trees test_dynamic_dynamic test_device_reference test_deadline_deadline test_queue_queue
	@for t in bench_whole cycle_trees dynamic_dynamic device_reference deadline_deadline queue_queue; do \
	  CORACLE_STEPS=1000000 DEVICE_LIFE=1000000 $(BUILD)/test_$$t || exit 1; done

crash: debug
	@$(DEBUG)/test_store_crash 1000

gen:
	@tools/gen.py

lint:
	@tools/rooms.py
	@tools/lint

fmt:
	@for pass in 1 2; do git ls-files '*.c' '*.h' | grep -v '^gen/' | xargs clang-format -i; done # one pass may leave strings for another

install: build
	@tools/install-files "$(DESTDIR)" "$(BUILD)"

clean:
	rm -rf $(BUILD) $(DEBUG) build-fuzz
